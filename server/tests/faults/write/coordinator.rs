//! A coordinator who invites people, and lets every other one in no more.

use app::urls::{DESK_BLOCK, DESK_INVITE, DESK_OVERVIEW};
use server::code::Code;

use super::session::{SignedIn, sign_in};
use super::{Writer, form};
use crate::ask::Ask;
use crate::book::{Book, column};
use crate::line::Line;

#[derive(Default)]
pub struct Coordinator {
    henk: Option<SignedIn>,
    invited: Vec<Invited>,
}

struct Invited {
    id: String,
    code: String,
    is_blocked: bool,
}

impl Writer for Coordinator {
    fn keep(&mut self, line: &Line) {
        let Some(henk) = sign_in(&mut self.henk, line, "Henk") else { return };
        let name = form();
        let fields = [("name", &*name), ("role", "support-worker")];
        let page = line.until_told(&Ask::form(DESK_INVITE, &fields).with("Cookie", &henk)).answer;
        let code = page.behind("id=\"code\">");
        let code = code.unwrap_or_else(|| panic!("no code ({}): {}", page.status, page.text()));
        let people = line.until_told(&Ask::get(DESK_OVERVIEW).with("Cookie", &henk)).answer.text();
        // Of those of the same name the last one: whom an invitation that broke off is for, nobody knows.
        let (_, hers) = people.rsplit_once(&format!("<dt>{name}</dt>")).expect("who was invited");
        let (_, hers) = hers.split_once("name=\"staff\" value=\"").expect("her id");
        let id = hers.split_once('"').expect("her id").0.to_owned();
        let is_blocked = self.invited.len() % 2 == 1;
        if is_blocked {
            let block = Ask::form(DESK_BLOCK, &[("staff", &id)]).with("Cookie", &henk);
            assert_eq!(line.until_told(&block).answer.status, 303);
        }
        self.invited.push(Invited { id, code, is_blocked });
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        if let Some(henk) = &self.henk {
            let answer = Ask::get(DESK_OVERVIEW).with("Cookie", &henk.cookie).answer(address);
            assert_eq!(answer.expect("an answer").status, 200, "a session is lost");
        }
    }

    fn account(&self, book: &mut Book) {
        let open = book.rows("SELECT finder, staff_id FROM invitation");
        for Invited { id, code, is_blocked } in &self.invited {
            let finder = Code::read(code).expect("a code").finder("invitation").0.to_vec();
            let found = open.iter().filter(|row| column::<Vec<u8>>(row, "finder") == finder);
            let found = found.filter(|row| column::<String>(row, "staff_id") == *id).count() as i64;
            let blocked = i64::from(*is_blocked);
            book.stands(format!("the invitation of {id}"), found, 1 - blocked..=1 - blocked);
            book.logged("staff.blocked", id, blocked..=blocked);
        }
        // Also those whose code nobody saw are there as a whole.
        for row in book.rows("SELECT id FROM staff WHERE id NOT LIKE 'demo-%'") {
            let id: String = column(&row, "id");
            book.logged("staff.invited", &id, 1..=1);
        }
        let halves = "SELECT count(*) FROM staff WHERE id NOT LIKE 'demo-%' AND blocked_at IS NULL \
                      AND NOT EXISTS (SELECT 1 FROM invitation WHERE staff_id = staff.id)";
        let halves = book.number(halves);
        book.stands("invited without a code", halves, 0..=0);
    }
}
