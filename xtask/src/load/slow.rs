//! Many who are slow: with what they ask, with what they type, and with reading what they asked for. Nobody else waits for them.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::mix::{Mix, addresses};
use super::storm::{From, Storm, Weather};
use crate::say::note;
use crate::server::Running;

const BETWEEN_BYTES: Duration = Duration::from_millis(500);
const LINES: u32 = 16;

/// 95 of 100 of the others, in milliseconds.
pub struct Others {
    pub before_ms: f64,
    pub meanwhile_ms: f64,
}

/// How the others fare before and while so many are slow.
///
/// # Errors
/// Somebody else wasn't answered.
pub fn slow(server: &Running, mix: &Mix, clients: usize, a_second: u32, lasts: Duration) -> Result<Others> {
    let storm = Storm { a_second, lasts, lines: LINES, from: From::Due };
    let addresses = addresses(&[server]);
    let before = storm.over(&addresses, mix);
    let is_over = AtomicBool::new(false);
    let lines =
        (0..clients).map(|number| Slow::open(number, server.address())).collect::<Result<Vec<_>>>()?;
    let (meanwhile, still_there): (Weather, usize) = scope(|scope| {
        let slow = scope.spawn(|| drag(lines, &is_over));
        let meanwhile = storm.over(&addresses, mix);
        is_over.store(true, Ordering::Relaxed);
        (meanwhile, slow.join().unwrap_or_default())
    });
    before.all_well()?;
    meanwhile.all_well()?;
    note(&format!(
        "before: {}; with {clients} slow clients, of whom {still_there} still held a line at the end: {}",
        before.answered, meanwhile.answered
    ));
    ensure!(still_there > clients / 4, "they weren't slow: most were cut off before they could hurt");
    Ok(Others { before_ms: before.answered.percentile(95), meanwhile_ms: meanwhile.answered.percentile(95) })
}

/// A client that keeps a line for as long as it can.
struct Slow {
    stream: TcpStream,
    /// What it sends over and over…
    again: &'static [u8],
    /// …byte by byte, or as much as fits.
    by_bytes: bool,
    sent: usize,
}

impl Slow {
    fn open(number: usize, address: SocketAddr) -> Result<Slow> {
        let mut stream = TcpStream::connect(address).context("a slow client isn't let in")?;
        let (first, again, by_bytes): (&[u8], &[u8], bool) = match number % 3 {
            0 => (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-Slow: x\r\n", true),
            1 => (
                b"POST /bedragen HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                  Content-Length: 100000\r\n\r\nreceived=",
                b"1",
                true,
            ),
            _ => (b"", b"GET /over HTTP/1.1\r\nHost: localhost\r\n\r\n", false),
        };
        stream.write_all(first)?;
        stream.set_nonblocking(true)?;
        Ok(Slow { stream, again, by_bytes, sent: 0 })
    }

    /// Sends a little more; says whether the server still lets it.
    fn go_on(&mut self) -> bool {
        let at = self.sent % self.again.len();
        let next = if self.by_bytes { &self.again[at..=at] } else { self.again };
        match self.stream.write(next) {
            Ok(bytes) => self.sent += bytes,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return false,
        }
        // Who doesn't read can't see that it is over.
        !self.by_bytes || !matches!(self.stream.read(&mut [0; 512]), Ok(0))
    }
}

/// Goes on until it is over, one after the other; gives how many were still let.
fn drag(mut lines: Vec<Slow>, is_over: &AtomicBool) -> usize {
    while !is_over.load(Ordering::Relaxed) && !lines.is_empty() {
        let pause = BETWEEN_BYTES / u32::try_from(lines.len()).unwrap_or(u32::MAX);
        lines.retain_mut(|line| {
            sleep(pause);
            line.go_on()
        });
    }
    lines.len()
}
