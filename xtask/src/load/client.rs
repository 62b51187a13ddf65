//! A browser that costs next to nothing: it shares the machine with the server that it measures.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// Longer than the server takes over anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request as it goes over a line.
#[derive(Clone)]
pub struct Request {
    head: String,
    form: String,
}

impl Request {
    pub fn get(path: &str) -> Request {
        Request::of("GET", path)
    }

    /// As a page of the site posts.
    pub fn post(path: &str, fields: &[(&str, &str)]) -> Request {
        let mut request = Request::of("POST", path)
            .with("Content-Type", "application/x-www-form-urlencoded")
            .with("Origin", "http://localhost");
        for (name, value) in fields {
            if !request.form.is_empty() {
                request.form.push('&');
            }
            encode(name, &mut request.form);
            request.form.push('=');
            encode(value, &mut request.form);
        }
        let length = request.form.len().to_string();
        request.with("Content-Length", &length)
    }

    fn of(method: &str, path: &str) -> Request {
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n");
        Request { head, form: String::new() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Request {
        for part in [name, ": ", value, "\r\n"] {
            self.head.push_str(part);
        }
        self
    }

    /// As today's browsers ask.
    pub fn compressed(self) -> Request {
        self.with("Accept-Encoding", "gzip, deflate, br, zstd")
    }

    pub fn bytes(&self) -> Vec<u8> {
        format!("{}\r\n{}", self.head, self.form).into_bytes()
    }
}

fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => into.push(char::from(byte)),
            b' ' => into.push('+'),
            _ => into.push_str(&format!("%{byte:02X}")),
        }
    }
}

/// What came back.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// A header by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.body).into_owned()
    }
}

/// To one server; opened when it is needed, and kept open.
pub struct Line {
    address: SocketAddr,
    stream: Option<TcpStream>,
    read: Vec<u8>,
}

impl Line {
    pub fn to(address: SocketAddr) -> Line {
        Line { address, stream: None, read: Vec::new() }
    }

    /// One question, one whole answer.
    ///
    /// # Errors
    /// The line broke off, or what came isn't an answer.
    pub fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => open(self.address)?,
        };
        stream.write_all(request).context("sending")?;
        self.read.clear();
        let head = loop {
            more(&mut stream, &mut self.read)?;
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                break end;
            }
        };
        let (length, ends) = {
            let head = std::str::from_utf8(&self.read[..head]).context("a head of other signs")?;
            let lines = || head.lines().map(str::to_ascii_lowercase);
            let length =
                lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            (length.context("an answer without its length")?, lines().any(|line| line == "connection: close"))
        };
        let whole = head + 4 + length;
        while self.read.len() < whole {
            more(&mut stream, &mut self.read)?;
        }
        ensure!(self.read.len() == whole, "more came than the answer");
        if !ends {
            self.stream = Some(stream);
        }
        let text = std::str::from_utf8(&self.read[..head])?;
        let status = text.get(9..12).and_then(|status| status.parse().ok()).context("no status")?;
        Ok(Answer { status, head: text, body: &self.read[head + 4..] })
    }
}

fn open(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).context("opening a line")?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

fn more(stream: &mut TcpStream, read: &mut Vec<u8>) -> Result<()> {
    let mut buffer = [0; 32 * 1024];
    let count = stream.read(&mut buffer).context("reading")?;
    ensure!(count > 0, "the line ended halfway an answer");
    read.extend_from_slice(&buffer[..count]);
    Ok(())
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// What stands between two marks.
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_goes_as_a_browser_sends_it() {
        let request = Request::post("/x", &[("a", "1 €"), ("b[0].c", "")]).bytes();
        let sent = String::from_utf8(request).unwrap();
        assert!(sent.ends_with("Content-Length: 25\r\n\r\na=1+%E2%82%AC&b%5B0%5D.c="), "{sent}");
    }
}
