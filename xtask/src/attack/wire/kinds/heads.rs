//! Heads: lines that can't be, methods that nobody has, other protocols, and far too much of it.

use std::net::SocketAddr;

use super::{HOST, Kind, Wanted, get, kind};

/// It isn't here, or can't be done here.
const NO: &[u16] = &[400, 403, 404, 405, 501];

pub fn all(server: SocketAddr) -> Vec<Kind> {
    let mut kinds = first_lines();
    kinds.extend(lines());
    kinds.extend(methods());
    kinds.extend(protocols(server));
    kinds.extend(sizes());
    kinds
}

fn first_lines() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for first in [
        "GET /",
        "GET",
        "GET  / HTTP/1.1",
        "GET /\tHTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET / HTTP/1.1 x",
        "GET / HTTP/9.9",
        "GET / http/1.1",
        "GET / HTTP/1.1\0",
        "GET /\0 HTTP/1.1",
        "GET /\u{7f} HTTP/1.1",
        "G\0T / HTTP/1.1",
        "GET:/ HTTP/1.1",
        "GET http:// HTTP/1.1",
        "GET ?x HTTP/1.1",
        "\u{feff}GET / HTTP/1.1",
        " GET / HTTP/1.1",
        "HTTP/1.1 200 OK",
    ] {
        kinds.push(kind(format!("first line {first:?}"), format!("{first}\r\n{HOST}\r\n"), Wanted::Refused));
    }
    kinds.push(kind("an address that is none", get("nergens", ""), Wanted::Once(NO)));
    let mut letters = b"GET /\xff\xfe HTTP/1.1\r\nHost: herstelroute.test\r\n\r\n".to_vec();
    kinds.push(kind("letters that aren't UTF-8 in the address", letters.clone(), Wanted::Once(NO)));
    letters.splice(..0, b"\x16\x03\x01\x02\x00\x01\x00".iter().copied());
    kinds.push(kind("the beginning of TLS", letters, Wanted::Refused));
    kinds.push(kind(
        "two empty lines before it",
        format!("\r\n\r\n{}", get("/over", "")),
        Wanted::Once(&[200]),
    ));
    kinds.push(kind(
        "a bare line feed after each line",
        get("/over", "").replace('\r', ""),
        Wanted::Once(&[200, 400]),
    ));
    kinds.push(kind(
        "a bare carriage return after each line",
        format!("{}\r\n\r\n", get("/over", "").replace('\n', "")),
        Wanted::Refused,
    ));
    kinds
}

fn lines() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for line in [
        "X y: z",
        "X : y",
        ": y",
        "X",
        "X\0: y",
        "X: \0",
        "X: a\rb",
        "X: \u{1}",
        "X: \u{7f}",
        "X(: y",
        "X\u{e9}: y",
        " X: y",
        "\tX: y",
        "X: y\r\n z",
    ] {
        kinds.push(kind(format!("line {line:?}"), get("/over", &format!("{line}\r\n")), Wanted::Refused));
    }
    for host in ["Host: elders.test\r\n", "Host: herstelroute.test\r\n"] {
        kinds.push(kind(format!("also {host:?}"), get("/over", host), Wanted::Once(&[400])));
    }
    // Without one, and with another one in the address, there is one right answer: nothing here hangs on it.
    kinds.push(kind("no host", "GET /over HTTP/1.1\r\n\r\n", Wanted::Once(&[200, 400])));
    kinds.push(kind(
        "another host in the address",
        get("http://elders.test/over", ""),
        Wanted::Once(&[200, 400]),
    ));
    kinds.push(kind(
        "an address with a password",
        get("http://a:b@elders.test/over", ""),
        Wanted::Once(&[200, 400]),
    ));
    kinds.push(kind("another scheme", get("file:///etc/passwd", ""), Wanted::Once(NO)));
    kinds.push(kind("HTTP/1.0", "GET /over HTTP/1.0\r\n\r\n", Wanted::Closed(&[200])));
    kinds
}

fn methods() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for method in [
        "TRACE",
        "TRACK",
        "DEBUG",
        "PUT",
        "DELETE",
        "PATCH",
        "PROPFIND",
        "get",
        "GETGET",
        "POST\u{e9}",
        &"A".repeat(5_000),
    ] {
        let sent = format!("{method} /over HTTP/1.1\r\n{HOST}Max-Forwards: 0\r\n\r\n");
        let method = method.get(..10).unwrap_or(method);
        kinds.push(kind(format!("method {method}"), sent, Wanted::Once(NO)));
    }
    for target in ["herstelroute.test:443", "127.0.0.1:22", "/over"] {
        let sent = format!("CONNECT {target} HTTP/1.1\r\n{HOST}\r\n");
        kinds.push(kind(format!("a tunnel to {target}"), sent, Wanted::Once(NO)));
    }
    kinds.push(kind(
        "what can be done at all",
        format!("OPTIONS * HTTP/1.1\r\n{HOST}\r\n"),
        Wanted::Once(NO),
    ));
    kinds
}

fn protocols(server: SocketAddr) -> Vec<Kind> {
    let socket = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let foreign = format!("{socket}Origin: http://{server}.elders.test\r\n");
    vec![
        kind("HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", Wanted::Refused),
        kind(
            "asks for HTTP/2",
            get(
                "/over",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n",
            ),
            Wanted::Once(&[200]),
        ),
        kind("asks for a socket where there is none", get("/over", socket), Wanted::Once(&[200])),
        kind(
            "a socket without its key",
            get("/samen/lijn", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
            Wanted::Once(&[400, 403, 426]),
        ),
        kind(
            "a socket of another version",
            get("/samen/lijn", &socket.replace("13", "8")),
            Wanted::Once(&[400, 403, 426]),
        ),
        kind("a socket for a page elsewhere", get("/samen/lijn", &foreign), Wanted::Once(&[400, 403])),
        kind("a socket posted", get("/samen/lijn", socket).replacen("GET", "POST", 1), Wanted::Once(NO)),
    ]
}

fn sizes() -> Vec<Kind> {
    let long = "a".repeat(1024 * 1024);
    let many = "X: y\r\n".repeat(5_000);
    let cookies = format!("Cookie: {}\r\n", "a=b; ".repeat(4_000));
    vec![
        kind("an address of 1 MB", get(&format!("/{long}"), ""), Wanted::Refused),
        kind(
            "a query of 60.000 letters",
            get(&format!("/over?{}", &long[..60_000]), ""),
            Wanted::Once(&[200, 414, 431]),
        ),
        kind("a line of 1 MB", get("/over", &format!("X: {long}\r\n")), Wanted::Refused),
        kind("a name of 1 MB", get("/over", &format!("{long}: y\r\n")), Wanted::Refused),
        kind("5.000 lines", get("/over", &many), Wanted::Refused),
        kind("4.000 cookies", get("/balie", &cookies), Wanted::Once(&[303, 401, 403, 431])),
    ]
}
