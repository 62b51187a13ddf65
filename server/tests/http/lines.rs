//! Lines that are slow, silent or too many: each is cut off in the end, and nobody else waits for it.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use server::lines::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::app::TestApp;

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_millis(500);
const MANY: Duration = Duration::from_secs(3_600);

/// What comes until the line ends.
async fn rest(line: &mut TcpStream) -> String {
    let mut told = Vec::new();
    match timeout(PATIENCE, line.read_to_end(&mut told)).await.expect("it ends") {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
    }
    String::from_utf8_lossy(&told).into_owned()
}

async fn ask(address: SocketAddr, path: &str) -> String {
    let mut line = TcpStream::connect(address).await.expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: herstelroute.test\r\nConnection: close\r\n\r\n");
    line.write_all(request.as_bytes()).await.expect("sent");
    rest(&mut line).await
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_is_waited_for_no_longer() {
    let app = TestApp::new().await;
    let address = app.listen_within(Limits { head: SOON, ..Limits::default() }).await;
    let mut slow = TcpStream::connect(address).await.expect("it listens");
    let mut silent = TcpStream::connect(address).await.expect("it listens");
    let begun = Instant::now();
    for byte in b"GET / HTTP/1.1\r\nHost: herstelroute.test\r\nX-Slow: ".iter().chain([b'x'; 1_000].iter()) {
        if slow.write_all(&[*byte]).await.is_err() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    assert!(begun.elapsed() >= SOON);
    assert!(!rest(&mut slow).await.contains("200 OK"));
    assert_eq!(rest(&mut silent).await, "");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert!(ask(address, "/").await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn who_asks_and_asks_and_reads_nothing_is_cut_off() {
    let app = TestApp::new().await;
    let address = app.listen_within(Limits { unread: SOON, head: MANY, ..Limits::default() }).await;
    let mut deaf = TcpStream::connect(address).await.expect("it listens");
    let request = b"GET /over HTTP/1.1\r\nHost: herstelroute.test\r\n\r\n";
    let cut_off = async { while deaf.write_all(request).await.is_ok() {} };
    timeout(PATIENCE, cut_off).await.expect("it is cut off");
    assert!(ask(address, "/").await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn one_line_too_many_is_told_so_and_the_process_stays_healthy() {
    let app = TestApp::new().await;
    let address = app.listen_within(Limits { lines: 2, ..Limits::default() }).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut line = TcpStream::connect(address).await.expect("it listens");
        line.write_all(b"GET /healthz HTTP/1.1\r\nHost: herstelroute.test\r\n\r\n").await.expect("sent");
        line.read_u8().await.expect("an answer");
        held.push(line);
    }
    let told = ask(address, "/").await;
    assert!(told.starts_with("HTTP/1.1 503"), "{told}");
    assert!(told.contains("retry-after: 5\r\n") && told.contains("connection: close\r\n"), "{told}");
    assert!(told.ends_with("</html>"), "{told}");
    assert!(ask(address, "/healthz").await.starts_with("HTTP/1.1 200 OK"));
    drop(held);
    let begun = Instant::now();
    while !ask(address, "/").await.starts_with("HTTP/1.1 200 OK") {
        assert!(begun.elapsed() < PATIENCE, "their lines are never free again");
    }
}
