//! Someone who asks for help.

use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use app::urls::Page;
use server::code::Code;
use server::help::Reference;

use super::{Writer, form};
use crate::ask::{Answer, Ask, whole_answer};
use crate::book::{Book, column};
use crate::line::{Line, now_ms};

const PATIENCE: Duration = Duration::from_secs(60);
const BEFORE_TRYING_AGAIN: Duration = Duration::from_millis(5);
/// One in so many presses the button twice.
const IMPATIENT: u32 = 4;

#[derive(Default)]
pub struct Requests {
    pub kept: Vec<Kept>,
}

/// A request of which she was told that it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    form: String,
    reference: String,
    code: String,
    /// Milliseconds since 1970.
    pub told_at: u64,
}

impl Requests {
    /// Sends one more, once; whatever comes of it.
    pub fn send_once(&mut self, line: &Line) -> Answer {
        let form = form();
        let place = line.place().expect("a place");
        let answer = sent(&form, &[]).by(line.somebody()).answer(&place.address).expect("an answer");
        let (reference, code) =
            if answer.status == 200 { number_and_code(&answer) } else { Default::default() };
        self.kept.push(Kept { form, reference, code, told_at: now_ms() });
        answer
    }

    /// An answer came that a form is kept.
    pub fn was_told(&mut self, form: String, answer: &Answer) {
        let (reference, code) = number_and_code(answer);
        self.kept.push(Kept { form, reference, code, told_at: now_ms() });
    }

    /// Sends the last one until it is kept: as the one that she was told of, if she was.
    pub fn send_on(&mut self, line: &Line) {
        let last = self.kept.last_mut().expect("one that was sent");
        let told = line.until_told(&sent(&last.form, &[]).by(line.somebody()));
        let (reference, code) = number_and_code(&told.answer);
        assert!(last.code.is_empty() || last.code == code, "it isn't the same any more");
        (last.reference, last.code) = (reference, code);
    }
}

impl Writer for Requests {
    fn keep(&mut self, line: &Line) {
        let number = line.somebody();
        let form = form();
        let ask = sent(&form, &[]).by(number);
        let times = if number.is_multiple_of(IMPATIENT) { 2 } else { 1 };
        let started = Instant::now();
        let (reference, code) = loop {
            assert!(started.elapsed() < PATIENCE, "a request isn't kept, however often it is sent");
            if let Some(told) = send(line, &ask, times) {
                break told;
            }
            sleep(BEFORE_TRYING_AGAIN);
        };
        self.kept.push(Kept { form, reference, code, told_at: now_ms() });
        line.acknowledge();
    }

    fn look(&self, address: &str) {
        for kept in &self.kept {
            assert!(kept.opens(address), "{kept:?} doesn't open, or opens another one");
        }
    }

    fn account(&self, book: &mut Book) {
        let rows = book.rows("SELECT id, finder, reference FROM request");
        let told = |row| (column::<Vec<u8>>(row, "finder"), column::<String>(row, "reference"));
        for kept in &self.kept {
            let wanted = kept.row();
            let found: Vec<String> =
                rows.iter().filter(|row| told(row) == wanted).map(|row| column(row, "id")).collect();
            book.stands(format!("{kept:?}"), found.len() as i64, 1..=1);
            for id in found {
                let happened = format!("SELECT count(*) FROM request_event WHERE request_id = '{id}'");
                let happened = book.number(&happened);
                book.stands(format!("what happened with {kept:?}"), happened, 1..=1);
                book.logged("request.made", &id, 1..=1);
            }
        }
    }
}

impl Kept {
    /// Whether its number and its code open what was sent with its form.
    pub fn opens(&self, address: &str) -> bool {
        let fields = [("action", "open"), ("reference", &*self.reference), ("code", &self.code)];
        let page = Ask::form(Page::FollowHelp.path(), &fields).answer(address);
        page.is_some_and(|page| {
            let text = page.text();
            page.status == 200
                && text.contains(&self.reference)
                && text.contains(&format!("value=\"{}\"", name(&self.form)))
        })
    }

    /// Its finder and its number as they stand in the database.
    fn row(&self) -> (Vec<u8>, String) {
        let finder = Code::read(&self.code).expect("a code").finder("request");
        let reference = Reference::read(&self.reference).expect("a number");
        (finder.0.to_vec(), reference.signs().to_owned())
    }
}

/// Sends it so many times at once; the number and the code, if a whole answer came.
fn send(line: &Line, ask: &Ask, times: usize) -> Option<(String, String)> {
    let place = line.place()?;
    let sent: Vec<TcpStream> = (0..times).filter_map(|_| ask.send(&place.address)).collect();
    let heard = sent.into_iter().filter_map(|sent| line.hear(whole_answer(sent)));
    let mut told: Vec<(String, String)> = heard.map(|answer| number_and_code(&answer)).collect();
    told.dedup();
    assert!(told.len() < 2, "sent twice, it got two numbers: {told:?}");
    told.pop()
}

pub fn number_and_code(page: &Answer) -> (String, String) {
    let of = |id: &str| {
        let shown = page.behind(&format!("id=\"{id}\">"));
        shown.unwrap_or_else(|| panic!("no #{id} on the page ({}): {}", page.status, page.text()))
    };
    (of("nummer"), of("code"))
}

/// The last page of a request that somebody of legal aid fits; `other` fields come in the place of its own.
pub fn sent(form: &str, other: &[(&str, &str)]) -> Ask {
    let name = name(form);
    let own = [
        ("at", "check"),
        ("action", "send"),
        ("form", form),
        ("urgent", "no"),
        ("kind", "legal"),
        ("about.step.objection", "yes"),
        ("wish", "find"),
        ("language", "tr"),
        ("region", "utrecht"),
        ("name", &name),
        ("reach.phone", "yes"),
        ("phone", "06 12345678"),
        ("story", "Regel een.\nRegel twee."),
    ];
    let own = own.into_iter().filter(|(name, _)| !other.iter().any(|(other, _)| other == name));
    Ask::form(Page::Help.path(), &own.chain(other.iter().copied()).collect::<Vec<_>>())
}

/// Her name tells which form it came with.
fn name(form: &str) -> String {
    format!("F {form}")
}
