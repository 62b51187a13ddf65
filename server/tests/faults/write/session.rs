//! Someone who signs in, and out again, each time that she finds a link.

use std::thread::sleep;
use std::time::Duration;

use app::urls::{DESK, SIGN_OUT};

use super::Writer;
use crate::ask::Ask;
use crate::book::Book;
use crate::line::Line;

const BEFORE_THE_NEXT_LINK: Duration = Duration::from_millis(20);
const ANS: &str = "demo-ans";

/// In her browser.
pub struct SignedIn {
    pub staff: &'static str,
    pub cookie: String,
    /// How often she tried, this one included.
    pub times: i64,
}

/// Whom a person's links let in.
fn id(name: &str) -> &'static str {
    match name {
        "Samira" => "demo-samira",
        "Joyce" => "demo-joyce",
        "Henk" => "demo-henk",
        "Ans" => ANS,
        _ => "demo-willem",
    }
}

/// Her cookie, by the first link that works; `None`: there came none any more.
pub fn sign_in(signed: &mut Option<SignedIn>, line: &Line, name: &str) -> Option<String> {
    let mut times = 0;
    while signed.is_none() {
        let place = line.place();
        let link = place.as_ref().and_then(|place| place.links.get(name));
        if let Some((place, link)) = place.as_ref().zip(link) {
            times += 1;
            let answer = line.hear(Ask::form(link, &[]).answer(&place.address));
            // A link works once: it may have worked the time before.
            let cookie = answer.filter(|answer| answer.status == 303).and_then(|answer| answer.cookie());
            *signed = cookie.map(|cookie| SignedIn { staff: id(name), cookie, times });
        }
        if signed.is_none() {
            if line.is_over() {
                return None;
            }
            sleep(BEFORE_THE_NEXT_LINK);
        }
    }
    signed.as_ref().map(|signed| signed.cookie.clone())
}

#[derive(Default)]
pub struct Sessions {
    signed_in: Option<SignedIn>,
    /// How often she was let in, and how often that may have been.
    times: (i64, i64),
    signed_out: Vec<String>,
}

impl Writer for Sessions {
    fn keep(&mut self, line: &Line) {
        let Some(cookie) = sign_in(&mut self.signed_in, line, "Ans") else { return };
        let times = self.signed_in.take().map_or(0, |signed| signed.times);
        self.times = (self.times.0 + 1, self.times.1 + times);
        let come_by = Ask::get(DESK).with("Cookie", &cookie);
        assert_eq!(line.until_told(&come_by).answer.status, 200, "a session is lost");
        let leave = Ask::form(SIGN_OUT, &[]).with("Cookie", &cookie);
        assert_eq!(line.until_told(&leave).answer.status, 303);
        self.signed_out.push(cookie);
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        for cookie in &self.signed_out {
            let answer = Ask::get(DESK).with("Cookie", cookie).answer(address).expect("an answer");
            assert_eq!(answer.status, 303, "a session came back");
        }
    }

    fn account(&self, book: &mut Book) {
        let out = self.signed_out.len() as i64;
        book.logged("staff.signed_in", ANS, self.times.0..=self.times.1);
        book.logged("staff.signed_out", ANS, out..=out);
    }
}
