//! The rules as a bare WebAssembly module: `xtask/src/golden.mjs` asks it what the native program is asked too.
//!
//! Addresses have 32 bits there. On another target this compiles, and nobody calls it.
#![allow(unsafe_code, reason = "JavaScript hands over addresses, and calls functions by name")]

use std::ptr::slice_from_raw_parts_mut;

use domain::amounts::answer_line;

/// Room for a line of so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: u32) -> u32 {
    let room = vec![0_u8; len as usize].into_boxed_slice();
    Box::into_raw(room).cast::<u8>() as usize as u32
}

/// The answer to the line in that room: where it starts in the high half, its length in the low half. It stays there:
/// the module lives no longer than one comparison.
///
/// # Safety
/// `start` and `len` are those of a call of [`alloc`], and the room is handed in once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn assess(start: u32, len: u32) -> u64 {
    let room = slice_from_raw_parts_mut(start as usize as *mut u8, len as usize);
    // SAFETY: `alloc` made this room and gave it away; by the contract above nobody else holds it.
    let line = unsafe { Box::from_raw(room) };
    let answer = answer_line(&String::from_utf8_lossy(&line)).leak();
    let address = answer.as_ptr() as usize as u32;
    (u64::from(address) << 32) | answer.len() as u64
}
