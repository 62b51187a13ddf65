//! Two helpers who bring requests to an end: picked up, spoken to, handed over, put back, picked up again, closed.

use app::urls::{DESK, DESK_PICK_UP, DESK_REQUEST};

use super::request::{number_and_code, sent};
use super::session::{SignedIn, sign_in};
use super::{Writer, form};
use crate::ask::Ask;
use crate::book::{Book, column};
use crate::line::{Line, Told};

/// What happens with each request.
const COURSE: [&str; 7] = ["made", "claimed", "contacted", "handed_over", "released", "claimed", "closed"];
/// After each of these she gets a mail; so not when a helper was in touch with her.
const MAILS: i64 = 5;

#[derive(Default)]
pub struct Helpers {
    samira: Option<SignedIn>,
    joyce: Option<SignedIn>,
    /// Requests that were closed.
    closed: Vec<String>,
}

impl Writer for Helpers {
    fn keep(&mut self, line: &Line) {
        let signed = sign_in(&mut self.samira, line, "Samira").zip(sign_in(&mut self.joyce, line, "Joyce"));
        let Some((samira, joyce)) = signed else { return };
        let asked = sent(
            &form(),
            &[("kind", "experience_expert"), ("reach.mail", "yes"), ("mail", "anna@voorbeeld.example")],
        );
        number_and_code(&line.until_told(&asked.by(line.somebody())).answer);
        let waiting = line.until_told(&Ask::get(DESK).with("Cookie", &samira)).answer;
        // Nobody else makes what fits her.
        let id = waiting.behind("name=\"request\" value=\"").expect("what waits");
        let path = format!("{DESK_REQUEST}/{id}");
        let pick_up = Ask::form(DESK_PICK_UP, &[("request", &id)]).with("Cookie", &samira);
        let act = |cookie: &str, fields: &[(&str, &str)]| Ask::form(&path, fields).with("Cookie", cookie);
        is_done(&line.until_told(&pick_up), &path);
        let contact = [("action", "contact"), ("way", "reached"), ("note", "Gesproken.")];
        is_done(&line.until_told(&act(&samira, &contact)), &path);
        let hand_over = [("action", "hand_over"), ("to", "demo-joyce")];
        is_done(&line.until_told(&act(&samira, &hand_over)), DESK);
        is_done(&line.until_told(&act(&joyce, &[("action", "release")])), DESK);
        is_done(&line.until_told(&pick_up), &path);
        let close = [("action", "close"), ("outcome", "helped")];
        is_done(&line.until_told(&act(&samira, &close)), DESK);
        self.closed.push(id);
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        for signed in [&self.samira, &self.joyce].into_iter().flatten() {
            let list = Ask::get(DESK).with("Cookie", &signed.cookie).answer(address).expect("an answer");
            assert_eq!(list.status, 200, "a session is lost");
            assert!(!list.text().contains(DESK_REQUEST), "something isn't closed");
        }
    }

    fn account(&self, book: &mut Book) {
        for id in &self.closed {
            let state = format!("SELECT count(*) FROM request WHERE id = '{id}' AND state = 'closed'");
            let state = book.number(&state);
            book.stands(format!("{id}, closed"), state, 1..=1);
            let events = format!("SELECT kind FROM request_event WHERE request_id = '{id}' ORDER BY id");
            let events: Vec<String> = book.rows(&events).iter().map(|row| column(row, "kind")).collect();
            let is_so = i64::from(events == COURSE);
            book.stands(format!("the course of {id} ({events:?})"), is_so, 1..=1);
            for act in COURSE {
                let times = COURSE.iter().filter(|it| **it == act).count() as i64;
                book.logged(&format!("request.{act}"), id, times..=times);
            }
        }
        let mails = book.number("SELECT count(*) FROM outbox");
        let wanted = self.closed.len() as i64 * MAILS;
        book.stands("mails in the outbox", mails, wanted..=wanted);
        for signed in [&self.samira, &self.joyce].into_iter().flatten() {
            book.logged("staff.signed_in", signed.staff, 1..=signed.times);
        }
    }
}

/// She is led on; or it was done the time before, and isn't hers any more.
#[track_caller]
fn is_done(told: &Told, to: &str) {
    let answer = &told.answer;
    let is_led_on = answer.status == 303 && answer.header("location").is_some_and(|it| it.starts_with(to));
    let was_done = told.is_again() && answer.status == 404;
    assert!(is_led_on || was_done, "{} to {:?}, wanted {to}", answer.status, answer.header("location"));
}
