//! Answers as they come over the line, one behind the other.

use std::fmt;

use anyhow::{Context, Result, ensure};

pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    is_whole: bool,
}

/// Without what says "go on".
pub struct Answers(pub Vec<Answer>);

impl Answers {
    /// # Errors
    /// Something came that isn't an answer.
    pub fn read(mut came: &[u8]) -> Result<Answers> {
        let mut answers = Vec::new();
        while !came.is_empty() {
            let Some(end) = came.windows(4).position(|it| it == b"\r\n\r\n") else {
                answers.push(Answer { status: 0, body: came.to_vec(), is_whole: false });
                break;
            };
            let head = String::from_utf8_lossy(&came[..end]).to_ascii_lowercase();
            let (first, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
            let status = first.strip_prefix("http/1.").and_then(|rest| rest.get(2..5)?.parse().ok());
            let status = status.with_context(|| format!("{first:?} is no answer"))?;
            came = &came[end + 4..];
            if (100..200).contains(&status) && status != 101 {
                continue;
            }
            let header = |name: &str| headers.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let (body, is_whole, rest) = if header("transfer-encoding:").is_some() {
                chunks(came)?
            } else {
                let length = header("content-length:").map_or(Ok(0), str::parse).context("a length")?;
                let (body, rest) = came.split_at(came.len().min(length));
                (body.to_vec(), body.len() == length, rest)
            };
            came = rest;
            answers.push(Answer { status, body, is_whole });
        }
        Ok(Answers(answers))
    }

    /// There is one, and none of them is cut off.
    pub fn is_whole(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|answer| answer.is_whole)
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<String> = self.0.iter().map(|answer| answer.status.to_string()).collect();
        f.write_str(&if said.is_empty() { "nothing".to_owned() } else { said.join(", ") })
    }
}

/// A body in pieces; whether its end is there; and what stands behind it.
fn chunks(mut came: &[u8]) -> Result<(Vec<u8>, bool, &[u8])> {
    let mut body = Vec::new();
    loop {
        let Some(end) = came.windows(2).position(|it| it == b"\r\n") else { return Ok((body, false, &[])) };
        let size =
            usize::from_str_radix(str::from_utf8(&came[..end])?.trim(), 16).context("a chunk's size")?;
        let Some(chunk) = came.get(end + 2..end + 2 + size + 2) else { return Ok((body, false, &[])) };
        ensure!(chunk.ends_with(b"\r\n"), "a chunk without its end");
        body.extend_from_slice(&chunk[..size]);
        came = &came[end + 2 + size + 2..];
        if size == 0 {
            return Ok((body, true, came));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let came = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n\
            HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nHTT";
        let answers = Answers::read(came).unwrap();
        let told: Vec<(u16, &[u8])> = answers.0.iter().map(|it| (it.status, &*it.body)).collect();
        assert_eq!(told, [(200, b"ab".as_slice()), (404, b"HTT")]);
        assert!(answers.is_whole());
        assert!(!Answers::read(&came[..came.len() - 1]).unwrap().is_whole());
        assert!(!Answers::read(b"").unwrap().is_whole());
        assert!(Answers::read(b"GET / HTTP/1.1\r\n\r\n").is_err());
    }
}
