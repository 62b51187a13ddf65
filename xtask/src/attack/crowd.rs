//! A door to the server through which everyone who asks comes from somewhere else: a scanner that were held up by the limits
//! on wrong codes would find nothing more.

use std::io::{self, BufRead, BufReader, Read, Write, copy};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::spawn;

use anyhow::Result;

use crate::server::{CLIENT_ADDRESS, Running};

/// A first line is no longer than this.
const LONGEST_LINE: u64 = 256 * 1024;

/// Open until it is dropped.
pub struct Crowd {
    address: SocketAddr,
    is_closed: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

impl Crowd {
    pub fn before(server: &Running) -> Result<Crowd> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (address, server) = (listener.local_addr()?, server.address());
        let (is_closed, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let crowd = Crowd { address, is_closed: is_closed.clone(), asked: asked.clone() };
        spawn(move || {
            for line in listener.incoming().flatten() {
                if is_closed.load(Ordering::Relaxed) {
                    break;
                }
                let number = asked.fetch_add(1, Ordering::Relaxed);
                // Who hangs up halfway gets no answer, which is nobody else's trouble.
                spawn(move || drop(pass_on(line, server, number)));
            }
        });
        Ok(crowd)
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.is_closed.store(true, Ordering::Relaxed);
        // It looks up once more.
        drop(TcpStream::connect(self.address));
    }
}

/// One request, as from someone who wasn't here before.
fn pass_on(line: TcpStream, server: SocketAddr, number: usize) -> io::Result<()> {
    let mut asking = BufReader::new(line.try_clone()?);
    let mut first = Vec::new();
    asking.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut first)?;
    let [.., b, c, d] = number.to_be_bytes();
    let mut there = TcpStream::connect(server)?;
    there.write_all(&first)?;
    there.write_all(format!("{CLIENT_ADDRESS}: 10.{b}.{c}.{d}\r\nConnection: close\r\n").as_bytes())?;
    let (mut back, mut answered) = (line.try_clone()?, there.try_clone()?);
    let answering = spawn(move || {
        let copied = copy(&mut answered, &mut back);
        back.shutdown(Shutdown::Both).and(copied)
    });
    let passed = copy(&mut asking, &mut there);
    answering.join().ok();
    passed.map(drop)
}
