//! A parent who begins meetings, and a helper who joins them.

use app::urls::{TOGETHER_BEGIN, TOGETHER_FETCH, TOGETHER_JOIN};

use super::Writer;
use crate::ask::Ask;
use crate::book::Book;
use crate::line::Line;

#[derive(Default)]
pub struct Meetings {
    /// The tickets of both chairs.
    tickets: Vec<String>,
}

impl Writer for Meetings {
    fn keep(&mut self, line: &Line) {
        let somebody = line.somebody();
        let name = fastrand::u128(..).to_be_bytes();
        let name = [name, name].concat();
        let ask = |path: &str| Ask::post(path, "application/octet-stream", name.clone()).by(somebody);
        let begun = line.until_told(&ask(TOGETHER_BEGIN));
        // It is there, and her browser never saw the ticket: it begins another one.
        if begun.is_again() && begun.answer.status == 409 {
            return;
        }
        assert_eq!(begun.answer.status, 200);
        let joined = line.until_told(&ask(TOGETHER_JOIN));
        let is_cut_off = joined.is_again() && joined.answer.status == 404;
        assert!(is_cut_off || joined.answer.status == 200, "{}", joined.answer.status);
        self.tickets.push(begun.answer.text());
        if !is_cut_off {
            self.tickets.push(joined.answer.text());
        }
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        for ticket in &self.tickets {
            let fetch = Ask::get(TOGETHER_FETCH).with("Authorization", &format!("Bearer {ticket}"));
            let told = fetch.answer(address).expect("an answer").text();
            assert!(told.contains("joined"), "a meeting is lost: {told:?}");
        }
    }

    /// Nothing tells whose a meeting is, and the audit log nothing of it at all: looking has to do.
    fn account(&self, _: &mut Book) {}
}
