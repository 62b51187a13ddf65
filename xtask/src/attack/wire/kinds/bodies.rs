//! Bodies whose end two readers see in different places, so that a request could hide in one; and broken ones.

use super::{HOST, Kind, Wanted, get, kind};

/// Would be answered by itself, were it not inside a body.
const HIDDEN: &str = "GET /woorden HTTP/1.1\r\nHost: herstelroute.test\r\n\r\n";
const NO_CHUNKS: &str = "0\r\n\r\n";
const ANSWERED: &[u16] = &[200, 400, 413, 422, 501];

pub fn all() -> Vec<Kind> {
    let mut kinds = lengths();
    kinds.extend(both());
    kinds.extend(obscured());
    kinds.extend(chunks());
    kinds.extend(whole());
    kinds
}

/// A form, with these lines in its head and that behind it.
fn post(lines: &str, rest: &str) -> String {
    format!(
        "POST /bedragen HTTP/1.1\r\n{HOST}Content-Type: application/x-www-form-urlencoded\r\n{lines}\r\n{rest}"
    )
}

/// Lengths that aren't numbers, or two.
fn lengths() -> Vec<Kind> {
    let length = HIDDEN.len();
    let mut kinds = Vec::new();
    for wrong in
        ["+5", "-1", "0x5", "5x", "5 5", "5;5", "\u{b}5", "0,5", "5e0", "", "٥", "18446744073709551616"]
    {
        let sent = post(&format!("Content-Length: {wrong}\r\n"), HIDDEN);
        kinds.push(kind(format!("length {wrong:?}"), sent, Wanted::Refused));
    }
    for (first, second) in [(0, length), (length, 0), (length, length + 1)] {
        let lines = format!("Content-Length: {first}\r\nContent-Length: {second}\r\n");
        kinds.push(kind(format!("lengths {first} and {second}"), post(&lines, HIDDEN), Wanted::Refused));
    }
    let twice = format!("Content-Length: {length}\r\nContent-Length: {length}\r\n");
    kinds.push(kind("the same length twice", post(&twice, HIDDEN), Wanted::Once(ANSWERED)));
    let listed = format!("Content-Length: {length}, {length}\r\n");
    kinds.push(kind("the same length twice on a line", post(&listed, HIDDEN), Wanted::Once(ANSWERED)));
    kinds
}

/// A length and chunks: who reads by the one sees another end than who reads by the other.
fn both() -> Vec<Kind> {
    let rest = format!("{NO_CHUNKS}{HIDDEN}");
    let hidden_in_chunk = format!("{:x}\r\n{HIDDEN}\r\n{NO_CHUNKS}", HIDDEN.len());
    let all = rest.len();
    let lines = [
        ("a length, then chunks", format!("Content-Length: {all}\r\nTransfer-Encoding: chunked\r\n"), &rest),
        ("chunks, then a length", format!("Transfer-Encoding: chunked\r\nContent-Length: {all}\r\n"), &rest),
        (
            "a short length, then chunks",
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n".to_owned(),
            &hidden_in_chunk,
        ),
        (
            "chunks, then a short length",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n".to_owned(),
            &hidden_in_chunk,
        ),
        ("chunks twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".to_owned(), &rest),
        ("chunked chunks", "Transfer-Encoding: chunked, chunked\r\n".to_owned(), &rest),
    ];
    let kinds = lines.map(|(what, lines, rest)| kind(what, post(&lines, rest), Wanted::Closed(ANSWERED)));
    kinds.into()
}

/// "Transfer-Encoding: chunked", so that one reader sees it and another doesn't.
fn obscured() -> Vec<Kind> {
    let rest = format!("{NO_CHUNKS}{HIDDEN}");
    let mut kinds = Vec::new();
    for line in [
        "Transfer-Encoding : chunked",
        "Transfer-Encoding\t: chunked",
        " Transfer-Encoding: chunked",
        "X: y\r\n Transfer-Encoding: chunked",
        "X: y\rTransfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunkedx",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked;q=1",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: 'chunked'",
        "Transfer-Encoding: \u{b}chunked",
        "Transfer-Encoding: chun\0ked",
        "Transfer-Encoding: chunk\rd",
        "Transfer-Encoding:\r\n chunked",
        "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding:",
        "Transfer\u{b}Encoding: chunked",
        "Transfer-Encoding\0: chunked",
        "\u{feff}Transfer-Encoding: chunked",
        "X: y\nTransfer-Encoding: chunked",
        "Transfer-Encoding:chunked",
        "transfer-encoding: CHUNKED",
        "Transfer-Encoding: chunked ",
        "Transfer-Encoding:\tchunked\t",
        "TRANSFER_ENCODING: chunked",
    ] {
        // Who sees no chunks reads all of it as the body, so there is nothing behind it for anyone.
        let sent = post(&format!("Content-Length: {}\r\n{line}\r\n", rest.len()), &rest);
        kinds.push(kind(format!("{line:?}"), sent, Wanted::Once(ANSWERED)));
    }
    let old = post("Transfer-Encoding: chunked\r\n", &rest).replace(
        "HTTP/1.1\r\nHost: herstelroute.test\r\nContent",
        "HTTP/1.0\r\nHost: herstelroute.test\r\nContent",
    );
    kinds.push(kind("chunks in HTTP/1.0", old, Wanted::Refused));
    kinds
}

/// Chunks that can't be.
fn chunks() -> Vec<Kind> {
    let mut kinds = Vec::new();
    let chunked = "Transfer-Encoding: chunked\r\n";
    let long = "a".repeat(20_000);
    for (what, rest) in [
        ("a size that isn't one", "zz\r\nab\r\n0\r\n\r\n"),
        ("a size below nothing", "-1\r\nab\r\n0\r\n\r\n"),
        ("a size in C", "0x2\r\nab\r\n0\r\n\r\n"),
        ("a size of 17 digits", "FFFFFFFFFFFFFFFFF\r\nab\r\n0\r\n\r\n"),
        ("no size", "\r\nab\r\n0\r\n\r\n"),
        ("a plus before the size", "+2\r\nab\r\n0\r\n\r\n"),
        ("a size too small", "1\r\nab\r\n0\r\n\r\n"),
        ("no end of a chunk", "2\r\nab0\r\n\r\n"),
        ("a bare line feed after the size", "2\nab\r\n0\r\n\r\n"),
        ("an extension of 20.000 letters", &format!("2;{long}\r\nab\r\n0\r\n\r\n")),
        ("a trailer that is no header", &format!("2\r\nab\r\n0\r\n{long}\r\n\r\n")),
        ("a request as a trailer", &format!("0\r\n{HIDDEN}")),
    ] {
        kinds.push(kind(format!("chunks: {what}"), post(chunked, rest), Wanted::Closed(ANSWERED)));
    }
    kinds
}

/// Bodies that are well, in places where others stumble.
fn whole() -> Vec<Kind> {
    let length = HIDDEN.len();
    let two = format!("{}{}", get("/over", ""), get("/nergens", ""));
    let gone_on = format!("Content-Length: {length}\r\nExpect: 100-continue\r\n");
    let other = format!("Content-Length: {length}\r\nExpect: a-miracle\r\n");
    let packed = format!("Content-Length: {length}\r\nContent-Encoding: gzip\r\n");
    vec![
        kind(
            "a page with a body",
            format!("{}{HIDDEN}", get("/over", &format!("Content-Length: {length}\r\n"))),
            Wanted::Once(&[200]),
        ),
        kind("three in a row", format!("{two}{}", get("/privacy", "")), Wanted::Each(vec![200, 404, 200])),
        kind(
            "one after the last",
            format!("{}{HIDDEN}", get("/over", "Connection: close\r\n")),
            Wanted::Closed(&[200]),
        ),
        kind(
            "chunks, and a request behind them",
            post("Transfer-Encoding: chunked\r\n", &format!("{NO_CHUNKS}{HIDDEN}")),
            Wanted::Each(vec![200, 200]),
        ),
        kind("asks to go on first", post(&gone_on, HIDDEN), Wanted::Once(&[200, 422])),
        kind("expects something else", post(&other, HIDDEN), Wanted::Once(&[200, 417, 422])),
        kind("says that its body is packed", post(&packed, HIDDEN), Wanted::Once(&[200, 415, 422])),
        kind(
            "a body of 600 kB",
            post("Content-Length: 600000\r\n", &"a".repeat(600_000)),
            Wanted::Once(&[413]),
        ),
        kind(
            "an extension of a chunk with a control character",
            post("Transfer-Encoding: chunked\r\n", "2;\0\r\nab\r\n0\r\n\r\n"),
            Wanted::Once(ANSWERED),
        ),
        // Told that it is too long, who sends it needn't send any of it.
        kind(
            "announces a body of 100 GB",
            post("Content-Length: 100000000000\r\n", ""),
            Wanted::Closed(&[413]),
        ),
    ]
}
