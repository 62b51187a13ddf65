//! An address that nothing on this machine has a reason to ask for: scanners write it into every field, and whoever comes by
//! read it there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::spawn;
use std::time::Duration;

use anyhow::{Result, ensure};

/// The scanner itself asks here who came by; nobody, it is told, and we count ourselves.
const SCANNER_ASKS: &str = "GET /get_";
const NOBODY: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
const PATIENCE: Duration = Duration::from_secs(5);
const LONGEST_LINE: u64 = 64 * 1024;

/// Lies there as long as the program runs.
pub struct Bait {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Bait {
    pub fn lay() -> Result<Bait> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let bait = Bait { address: listener.local_addr()?, taken: Arc::default() };
        let taken = bait.taken.clone();
        spawn(move || {
            for mut line in listener.incoming().flatten() {
                let first = first_line(&line);
                if !first.starts_with(SCANNER_ASKS) {
                    taken.lock().unwrap_or_else(PoisonError::into_inner).push(first);
                }
                // Only now: who has its answer may ask at once who came by.
                line.write_all(NOBODY).ok();
            }
        });
        Ok(bait)
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// # Errors
    /// Someone came by.
    pub fn was_left(&self) -> Result<()> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        ensure!(taken.is_empty(), "the server asked for an address that was typed: {taken:?}");
        Ok(())
    }
}

/// Also who says nothing came by.
fn first_line(line: &TcpStream) -> String {
    let mut first = Vec::new();
    line.set_read_timeout(Some(PATIENCE)).ok();
    BufReader::new(line).take(LONGEST_LINE).read_until(b'\n', &mut first).ok();
    String::from_utf8_lossy(&first).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_scanner_may_ask() {
        let bait = Bait::lay().unwrap();
        let ask = |line: &str| {
            let mut asking = TcpStream::connect(bait.address).unwrap();
            asking.write_all(line.as_bytes()).unwrap();
            asking.read_to_end(&mut Vec::new()).unwrap();
        };
        ask("GET /get_ssrf.php?session_id=1 HTTP/1.1\r\n\r\n");
        assert!(bait.was_left().is_ok());
        ask("GET /ssrf/1/code/ HTTP/1.1\r\n\r\n");
        assert!(bait.was_left().is_err());
    }
}
