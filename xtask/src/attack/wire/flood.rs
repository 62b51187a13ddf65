//! Bodies without end: refused soon, and never in the server's memory.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread::{scope, spawn};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};

use super::answers::Answers;
use crate::proof::Figures;
use crate::server::Running;

/// What each would send.
const BYTES: usize = 256 * 1024 * 1024;
const AT_ONCE: usize = 32;
const CHUNK: usize = 64 * 1024;
const LONGEST: Duration = Duration::from_secs(10);
/// What the machine holds on its way between both, and no more.
const MOST_HEARD: usize = 32 * 1024 * 1024;
/// Of what all of them together would send it's little, and more than what the limit lets each keep there.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;

pub fn check(server: &Running, figures: &Figures) -> Result<()> {
    let before = server.memory_bytes()?;
    let started = Instant::now();
    let all: Vec<Result<()>> = scope(|threads| {
        let pour = |number: usize| threads.spawn(move || pour(server, number.is_multiple_of(2)));
        let pouring: Vec<_> = (0..AT_ONCE).map(pour).collect();
        pouring.into_iter().map(|one| one.join().unwrap_or_else(|_| Err(anyhow!("it broke")))).collect()
    });
    let took = started.elapsed();
    all.into_iter().collect::<Result<()>>()?;
    let grown = server.memory_bytes()?.saturating_sub(before);
    let measured = format!("{:.1} s · {} MB", took.as_secs_f64(), grown / (1024 * 1024));
    let promise = format!(
        "{AT_ONCE} bodies of 256 MB at once, with a length and without: all refused after · memory grown by"
    );
    figures.add(&promise, &measured, "at most 64 MB")?;
    ensure!(grown <= MOST_MEMORY, "the server's memory grew by {} MB", grown / (1024 * 1024));
    Ok(())
}

fn pour(server: &Running, tells_length: bool) -> Result<()> {
    let mut line = TcpStream::connect(server.address())?;
    line.set_read_timeout(Some(LONGEST))?;
    line.set_write_timeout(Some(LONGEST))?;
    let length = if tells_length {
        format!("Content-Length: {BYTES}")
    } else {
        "Transfer-Encoding: chunked".to_owned()
    };
    let head = format!(
        "POST /bedragen HTTP/1.1\r\nHost: herstelroute.test\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
    );
    line.write_all(head.as_bytes())?;
    let bytes = vec![b'a'; CHUNK];
    let mut reader = line.try_clone()?;
    let answer = spawn(move || {
        let mut came = Vec::new();
        // The line may also be cut to who goes on talking.
        let ended = reader
            .read_to_end(&mut came)
            .err()
            .is_none_or(|error| error.kind() == ErrorKind::ConnectionReset);
        (came, ended)
    });
    let mut sent = 0;
    while sent < BYTES && !answer.is_finished() {
        let said = if tells_length {
            line.write_all(&bytes)
        } else {
            let start = format!("{CHUNK:x}\r\n");
            line.write_all(start.as_bytes())
                .and_then(|()| line.write_all(&bytes))
                .and_then(|()| line.write_all(b"\r\n"))
        };
        if said.is_err() {
            break;
        }
        sent += CHUNK;
    }
    let (came, ended) = answer.join().ok().context("it broke")?;
    let answers = Answers::read(&came)?;
    ensure!(ended, "{answers} came after {sent} bytes, and the line stays open");
    ensure!(sent < MOST_HEARD, "{sent} bytes were heard before {answers} came");
    ensure!(answers.0.iter().all(|answer| answer.status == 413), "a body without end got {answers}");
    Ok(())
}
