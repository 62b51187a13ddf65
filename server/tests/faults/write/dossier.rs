//! Someone who keeps her letters: made, changed, linked to an office's case, changed again; every other one deleted.

use app::urls::Page;
use server::code::Code;

use super::office::{LinkCode, Office};
use super::{Writer, form};
use crate::ask::{Answer, Ask};
use crate::book::{Book, column};
use crate::line::Line;

pub struct Dossiers {
    office: Office,
    kept: Vec<Kept>,
}

struct Kept {
    code: String,
    /// What she told last.
    day: String,
    version: i64,
    /// The code that it was linked with.
    linked: Option<LinkCode>,
    is_deleted: bool,
}

impl Dossiers {
    pub fn of(office: &Office) -> Dossiers {
        Dossiers { office: office.another(), kept: Vec::new() }
    }

    fn make(line: &Line) -> (Kept, String) {
        let (form, day) = (form(), "16-1-2023");
        let [kind, on] = letter(day);
        let fields = [("action", "make"), ("form", &*form), kind, on];
        let made = Ask::form(Page::Dossier.path(), &fields).by(line.somebody());
        let page = line.until_told(&made).answer;
        let code = page
            .text()
            .split_once("class=\"code\"")
            .and_then(|(_, rest)| Some(rest.split_once('>')?.1.split_once('<')?.0.to_owned()));
        let code = code.unwrap_or_else(|| panic!("no code on the page: {}", page.text()));
        let kept = Kept { code, day: day.to_owned(), version: 1, linked: None, is_deleted: false };
        (kept, ticket(&page))
    }
}

impl Kept {
    /// What a button on her page asks.
    fn act(&self, line: &Line, ticket: &str, fields: &[(&str, &str)]) -> Answer {
        let ask = |way_in: (&str, &str)| Ask::form(Page::Dossier.path(), &[&[way_in], fields].concat());
        let page = line.until_told(&ask(("ticket", ticket))).answer;
        if page.status != 422 {
            return page;
        }
        // Her page stood open for too long: she types her code.
        line.until_told(&ask(("code", &self.code)).by(line.somebody())).answer
    }

    fn save(&mut self, line: &Line, ticket: &str, day: &str) {
        let version = self.version.to_string();
        let [kind, on] = letter(day);
        let page = self.act(line, ticket, &[("action", "save"), ("version", &version), kind, on]);
        self.version += 1;
        let newest = format!("name=\"version\" value=\"{}\"", self.version);
        assert!(page.text().contains(&newest), "not saved ({}): {}", page.status, page.text());
        self.day = day.to_owned();
    }
}

impl Writer for Dossiers {
    fn keep(&mut self, line: &Line) {
        let (mut kept, ticket) = Dossiers::make(line);
        kept.save(line, &ticket, "17-1-2023");
        if let Some(link) = self.office.link_code(line) {
            let page = kept.act(line, &ticket, &[("action", "link"), ("link_code", &link.code)]);
            assert!(page.text().contains("value=\"unlink\""), "not linked: {}", page.text());
            kept.linked = Some(link);
        }
        kept.save(line, &ticket, "18-1-2023");
        if self.kept.len() % 2 == 1 {
            assert_eq!(kept.act(line, &ticket, &[("action", "delete")]).status, 200);
            kept.is_deleted = true;
        }
        self.kept.push(kept);
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        for (kept, number) in self.kept.iter().zip(0..) {
            let open = Ask::form(Page::Dossier.path(), &[("action", "open"), ("code", &kept.code)]);
            // Codes that open nothing any more are counted by address.
            let page = open.by(u32::MAX - number).answer(address).expect("an answer");
            let day = format!("value=\"{}\"", kept.day);
            let stands = page.status == 200 && page.text().contains(&day);
            assert!(stands != kept.is_deleted, "of {}, deleted: {}", kept.code, kept.is_deleted);
        }
    }

    fn account(&self, book: &mut Book) {
        self.office.account(book);
        let rows = book.rows("SELECT id, finder, version, case_id FROM dossier");
        for kept in &self.kept {
            let finder = Code::read(&kept.code).expect("a code").finder("dossier").0.to_vec();
            let found: Vec<_> =
                rows.iter().filter(|row| column::<Vec<u8>>(row, "finder") == finder).collect();
            let wanted = i64::from(!kept.is_deleted);
            book.stands(format!("the dossier of {}", kept.code), found.len() as i64, wanted..=wanted);
            for row in found {
                let id: String = column(row, "id");
                let wanted = kept.version..=kept.version;
                book.stands(format!("the version of {id}"), column(row, "version"), wanted.clone());
                let versions =
                    book.number(&format!("SELECT count(*) FROM dossier_version WHERE dossier_id = '{id}'"));
                book.stands(format!("versions of {id}"), versions, wanted);
                let case: Option<i64> = column(row, "case_id");
                let is_linked = i64::from(kept.linked.is_some());
                book.stands(format!("the link of {id}"), i64::from(case.is_some()), is_linked..=is_linked);
                if let Some((case, link)) = case.zip(kept.linked.as_ref()) {
                    book.logged("link.made", &case.to_string(), 1..=link.times);
                }
                book.logged("dossier.made", &id, 1..=1);
                book.logged("dossier.saved", &id, kept.version - 1..=kept.version - 1);
                book.logged("dossier.linked", &id, is_linked..=is_linked);
            }
        }
        of_the_deleted(book);
    }
}

/// Whose dossier it was, nothing tells any more: only that each has its lines.
fn of_the_deleted(book: &mut Book) {
    let gone = "SELECT subject_id FROM audit WHERE act = 'dossier.deleted'";
    let gone: Vec<String> = book.rows(gone).iter().map(|row| column(row, "subject_id")).collect();
    for id in gone {
        book.logged("dossier.deleted", &id, 1..=1);
        book.logged("dossier.made", &id, 1..=1);
        book.logged("dossier.saved", &id, 2..=2);
        book.logged("dossier.linked", &id, 0..=1);
    }
}

fn letter(day: &str) -> [(&str, &str); 2] {
    [("letters[0].kind", "registered"), ("letters[0].on", day)]
}

fn ticket(page: &Answer) -> String {
    page.behind("name=\"ticket\" value=\"").expect("a ticket")
}
