#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/rules/target/dates.rs"]
mod target;

fuzz_target!(|bytes: &[u8]| target::any_bytes(bytes));
