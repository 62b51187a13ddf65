//! Asking the program something, as a browser or an office's system does, and hearing all of its answer.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::life::CLIENT_ADDRESS;

/// Longer than an answer takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request, ready to be sent as often as needed.
#[derive(Clone)]
pub struct Ask {
    head: String,
    body: Vec<u8>,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Ask {
    pub fn get(path: &str) -> Ask {
        Ask { head: format!("GET {path} HTTP/1.1\r\n"), body: Vec::new() }
    }

    /// As a browser sends a form.
    pub fn form(path: &str, fields: &[(&str, &str)]) -> Ask {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Ask::post(path, "application/x-www-form-urlencoded", form)
    }

    pub fn post(path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Ask {
        let body = body.into();
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n");
        Ask { head, body }
    }

    pub fn with(mut self, header: &str, value: &str) -> Ask {
        self.head.push_str(&format!("{header}: {value}\r\n"));
        self
    }

    /// From an address of its own.
    pub fn by(self, number: u32) -> Ask {
        let [_, a, b, c] = number.to_be_bytes();
        self.with(CLIENT_ADDRESS, &format!("10.{a}.{b}.{c}"))
    }

    /// `None`: it couldn't be sent.
    pub fn send(&self, address: &str) -> Option<TcpStream> {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream.write_all(&self.bytes(address)).ok()?;
        Some(stream)
    }

    /// As it goes over the line, the only thing on it.
    pub fn bytes(&self, host: &str) -> Vec<u8> {
        let head = format!("{}Host: {host}\r\nConnection: close\r\n\r\n", self.head);
        [head.as_bytes(), &self.body].concat()
    }

    /// `None`: it couldn't be sent, or the answer broke off.
    pub fn answer(&self, address: &str) -> Option<Answer> {
        whole_answer(self.send(address)?)
    }

    /// On a line that stays open. `None`: it broke off.
    pub fn answer_on(&self, stream: &mut TcpStream, host: &str) -> Option<Answer> {
        let head = format!("{}Host: {host}\r\n\r\n", self.head);
        stream.write_all(&[head.as_bytes(), &self.body].concat()).ok()?;
        let mut read = Vec::new();
        loop {
            if let Some(answer) = Answer::read(&read) {
                return Some(answer);
            }
            let mut part = [0; 16 * 1024];
            let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
            read.extend(&part[..count]);
        }
    }
}

/// `None`: it broke off.
pub fn whole_answer(mut stream: TcpStream) -> Option<Answer> {
    let mut read = Vec::new();
    stream.read_to_end(&mut read).ok()?;
    Answer::read(&read)
}

impl Answer {
    /// `None`: there is more to come.
    fn read(read: &[u8]) -> Option<Answer> {
        let end = read.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&read[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let mut answer = Answer { status, head, body: Vec::new() };
        let rest = &read[end + 4..];
        answer.body = match answer.header("content-length") {
            Some(length) => rest.get(..length.parse().ok()?)?.to_vec(),
            None if answer.header("transfer-encoding").is_some() => in_one(rest)?,
            None => Vec::new(),
        };
        Some(answer)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (told, value) = line.split_once(':')?;
            told.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What stands on the page behind these signs, up to the next quote or tag.
    pub fn behind(&self, signs: &str) -> Option<String> {
        let text = self.text();
        let (_, rest) = text.split_once(signs)?;
        Some(rest.split(['"', '<']).next()?.to_owned())
    }

    /// In words for a person, or in a problem's for a program.
    #[track_caller]
    pub fn says_when_to_try_again(&self) {
        let seconds = self.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok());
        assert!(seconds.is_some(), "{}: {}", self.status, self.text());
        let is_in_words = match self.header("content-type") {
            Some(kind) if kind.starts_with("text/html") => self.text().contains("tel:"),
            Some(kind) => kind == "application/problem+json",
            // A script asked.
            None => self.body.is_empty(),
        };
        assert!(is_in_words, "{:?}: {}", self.header("content-type"), self.text());
    }

    /// The cookie that it sets, as a browser sends it back.
    pub fn cookie(&self) -> Option<String> {
        Some(self.header("set-cookie")?.split(';').next()?.to_owned())
    }
}

/// What came in chunks. `None`: there are more to come.
fn in_one(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(all);
        }
        all.extend(rest.get(end + 2..end + 2 + length)?);
        rest = rest.get(end + 2 + length + 2..)?;
    }
}
