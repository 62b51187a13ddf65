//! Someone who sends a request for help, again and again, until she holds its number and its code.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::life::CLIENT_ADDRESS;

/// Longer than an answer takes, and than a request waits for the next life, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const BEFORE_TRYING_AGAIN: Duration = Duration::from_millis(5);
/// One in so many presses the button twice.
const IMPATIENT: u32 = 4;

/// What all writers see, and what they tell.
#[derive(Default)]
pub struct Line {
    /// Where the program listens; `None`: nowhere just now.
    pub address: Mutex<Option<String>>,
    pub is_over: AtomicBool,
    pub acknowledged: AtomicU32,
    /// Forms that were sent, and to which no whole answer came.
    pub broken: AtomicU32,
    /// The program said that it couldn't keep it now.
    pub refused: AtomicU32,
    begun: AtomicU32,
}

/// A request of which she was told that it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub form: String,
    pub reference: String,
    pub code: String,
    /// Milliseconds since 1970.
    pub told_at: u64,
}

impl Line {
    /// Makes one request after another; the last one too until it is kept.
    pub fn write(&self) -> Vec<Kept> {
        let mut kept = Vec::new();
        while !self.is_over.load(Ordering::Relaxed) {
            kept.push(self.keep());
            self.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        kept
    }

    fn keep(&self) -> Kept {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let form = uuid::Uuid::new_v4().simple().to_string();
        let times = if number.is_multiple_of(IMPATIENT) { 2 } else { 1 };
        let started = Instant::now();
        loop {
            assert!(started.elapsed() < PATIENCE, "a request isn't kept, however often it is sent");
            if let Some((reference, code)) = self.send(number, &form, times) {
                return Kept { form, reference, code, told_at: now_ms() };
            }
            sleep(BEFORE_TRYING_AGAIN);
        }
    }

    /// Sends it so many times at once; the number and the code, if a whole answer came.
    fn send(&self, number: u32, form: &str, times: usize) -> Option<(String, String)> {
        let address = self.address.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let fields = request(form);
        let sent: Vec<TcpStream> =
            (0..times).filter_map(|_| post(&address, "/hulpvraag", number, &fields)).collect();
        let mut told: Vec<(String, String)> = sent.into_iter().filter_map(|it| self.answer(it)).collect();
        told.dedup();
        assert!(told.len() < 2, "sent twice, it got two numbers: {told:?}");
        told.pop()
    }

    fn answer(&self, stream: TcpStream) -> Option<(String, String)> {
        let Some(page) = whole_answer(stream) else {
            self.broken.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        if page.starts_with("HTTP/1.1 503") {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        assert!(page.starts_with("HTTP/1.1 200 "), "another answer came: {page}");
        let of = |id: &str| {
            let shown = page.split_once(&format!("id=\"{id}\">")).and_then(|(_, rest)| rest.split_once('<'));
            shown.unwrap_or_else(|| panic!("no #{id} on the page: {page}")).0.to_owned()
        };
        Some((of("nummer"), of("code")))
    }
}

/// Whether a number and a code open what was sent with that form.
pub fn opens(address: &str, kept: &Kept) -> bool {
    let fields = [("action", "open"), ("reference", &kept.reference), ("code", &kept.code)];
    let page = post(address, "/hulpvraag/volgen", 0, &encoded(&fields)).and_then(whole_answer);
    page.is_some_and(|page| {
        page.starts_with("HTTP/1.1 200 ")
            && page.contains(&kept.reference)
            && page.contains(&format!("value=\"{}\"", name(&kept.form)))
    })
}

/// Her name tells which form it came with.
fn name(form: &str) -> String {
    format!("F {form}")
}

fn request(form: &str) -> String {
    encoded(&[
        ("at", "check"),
        ("action", "send"),
        ("form", form),
        ("urgent", "no"),
        ("kind", "legal"),
        ("about.step.objection", "yes"),
        ("wish", "find"),
        ("language", "tr"),
        ("region", "utrecht"),
        ("name", &name(form)),
        ("reach.phone", "yes"),
        ("phone", "06 12345678"),
        ("story", "Regel een.\nRegel twee."),
    ])
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// `None`: it couldn't be sent.
pub fn post(address: &str, path: &str, number: u32, form: &str) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let [_, a, b, c] = number.to_be_bytes();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\n{CLIENT_ADDRESS}: 10.{a}.{b}.{c}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    Some(stream)
}

/// `None`: it broke off.
pub fn whole_answer(mut stream: TcpStream) -> Option<String> {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.ends_with("</html>").then_some(answer)
}

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}
