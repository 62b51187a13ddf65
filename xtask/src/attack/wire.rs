//! Requests that no browser sends: broken, doubled, hidden behind one another, and far too large. Each gets one clear answer at
//! most, and none that stands behind another gets in with it.

mod answers;
mod flood;
mod kinds;

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Mutex;
use std::thread::{scope, spawn};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use self::answers::Answers;
use self::kinds::{Kind, Wanted};
use crate::proof::Figures;
use crate::server::Running;

/// Longer than the server thinks about anything.
const PATIENCE: Duration = Duration::from_secs(25);
/// Asked behind each of them on the same connection, where that is still open: its answer shows that the server doesn't wait for
/// more of what came before, and that nothing else was answered in between.
const AFTERWARDS: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: herstelroute.test\r\nConnection: close\r\n\r\n";
const AFTERWARDS_SAYS: &[u8] = b"ok\n";
/// At once: more would only wait for each other.
const CLIENTS: usize = 8;

pub fn check(server: &Running, figures: &Figures) -> Result<()> {
    let kinds = kinds::all(server.address());
    let (queue, wrong) = (Mutex::new(kinds.iter()), Mutex::new(Vec::new()));
    scope(|threads| {
        for _ in 0..CLIENTS {
            threads.spawn(|| {
                while let Some(kind) = take(&queue) {
                    if let Err(error) = try_out(server.address(), kind) {
                        lock(&wrong).push(format!("{}: {error:#}", kind.what));
                    }
                }
            });
        }
    });
    let wrong = lock(&wrong);
    let measured = format!("{} kinds · {}", kinds.len(), wrong.len());
    figures.add(
        "broken, hidden and traversing requests: kinds · answered wrongly",
        &measured,
        "0 wrongly",
    )?;
    ensure!(wrong.is_empty(), "answered wrongly:\n  {}", wrong.join("\n  "));
    flood::check(server, figures)
}

/// One of them on a connection of its own.
fn try_out(server: SocketAddr, kind: &Kind) -> Result<()> {
    let (answers, closed) = ask(server, &kind.sent)?;
    for answer in &answers.0 {
        ensure!(answer.status < 500, "{answers}");
        for secret in kinds::SECRETS {
            let found = answer.body.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
            ensure!(!found, "gave away {secret:?}");
        }
    }
    let said: Vec<u16> = answers.0.iter().map(|answer| answer.status).collect();
    let is_right = match &kind.wanted {
        Wanted::Refused => closed && said.len() <= 1 && said.iter().all(|it| (400..500).contains(it)),
        Wanted::Closed(wanted) => closed && matches!(said[..], [one] if wanted.contains(&one)),
        Wanted::Once(wanted) => matches!(said[..], [one] if wanted.contains(&one)),
        Wanted::Each(wanted) => said == *wanted,
    };
    ensure!(is_right, "wanted {:?}, and got {answers}{}", kind.wanted, if closed { ", closed" } else { "" });
    Ok(())
}

/// What came, and whether the server ended the connection by itself.
fn ask(server: SocketAddr, sent: &[u8]) -> Result<(Answers, bool)> {
    let mut line = TcpStream::connect(server)?;
    line.set_nodelay(true)?;
    line.set_read_timeout(Some(Duration::from_millis(100)))?;
    let mut writer = line.try_clone()?;
    let sent = sent.to_vec();
    // Beside the reading: a server that has heard enough answers before all of it was said, and then listens no more.
    let writing = spawn(move || drop(writer.write_all(&sent)));
    let started = Instant::now();
    let mut came = Vec::new();
    let mut asked_afterwards = false;
    let ended = loop {
        let mut part = [0; 16 * 1024];
        match line.read(&mut part) {
            Ok(0) => break true,
            Ok(length) => came.extend_from_slice(&part[..length]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                if started.elapsed() > PATIENCE {
                    break false;
                }
                if !asked_afterwards && writing.is_finished() && Answers::read(&came)?.is_whole() {
                    asked_afterwards = true;
                    // Where this fails, the server has just closed: the next reading says so.
                    drop(line.write_all(AFTERWARDS));
                }
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break true,
            Err(error) => return Err(error).context("reading"),
        }
    };
    // Also ends a writer that nobody listens to.
    line.shutdown(Shutdown::Both).ok();
    writing.join().ok();
    let mut answers = Answers::read(&came)?;
    ensure!(ended, "nothing more came for {} s after {answers}", PATIENCE.as_secs());
    let was_open = answers.0.last().is_some_and(|last| last.body == AFTERWARDS_SAYS) && asked_afterwards;
    if was_open {
        answers.0.pop();
    }
    Ok((answers, !was_open))
}

fn take<'a>(queue: &Mutex<impl Iterator<Item = &'a Kind>>) -> Option<&'a Kind> {
    lock(queue).next()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
