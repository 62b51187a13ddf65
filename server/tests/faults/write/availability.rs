//! A helper who tells what he does, with other words each time.

use app::urls::DESK_AVAILABILITY;

use super::Writer;
use super::session::{SignedIn, sign_in};
use crate::ask::Ask;
use crate::book::{Book, column};
use crate::line::Line;

const WILLEM: &str = "demo-willem";

#[derive(Default)]
pub struct Availability {
    willem: Option<SignedIn>,
    /// What he told last, and how often he was told that it is saved.
    saved: i64,
    /// How often he sent something a second time.
    again: i64,
}

impl Writer for Availability {
    fn keep(&mut self, line: &Line) {
        let Some(willem) = sign_in(&mut self.willem, line, "Willem de Boer") else { return };
        let words = (self.saved + 1).to_string();
        let fields = [("kinds.legal", "yes"), ("languages.nl", "yes"), ("about_me", &words), ("most", "7")];
        let told = line.until_told(&Ask::form(DESK_AVAILABILITY, &fields).with("Cookie", &willem));
        assert_eq!(told.answer.status, 303);
        self.saved += 1;
        self.again += told.times - 1;
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        let (Some(willem), true) = (&self.willem, self.saved > 0) else { return };
        let page = Ask::get(DESK_AVAILABILITY).with("Cookie", &willem.cookie).answer(address);
        assert_eq!(page.expect("an answer").status, 200, "a session is lost");
    }

    fn account(&self, book: &mut Book) {
        let told = book.rows(&format!("SELECT about_me FROM helper WHERE staff_id = '{WILLEM}'"));
        let is_last = told.iter().any(|row| column::<String>(row, "about_me") == self.saved.to_string());
        book.stands("what he told last", i64::from(is_last || self.saved == 0), 1..=1);
        // And once for what the demo tells of him.
        book.logged("staff.changed", WILLEM, self.saved + 1..=self.saved + 1 + self.again);
    }
}
