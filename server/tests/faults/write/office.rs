//! An office that tells what happened in its cases, and prints link codes.

use std::fmt::Write as _;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::{Writer, form};
use crate::ask::{Answer, Ask};
use crate::book::{Book, column};
use crate::line::Line;
use crate::program::run;

/// More than are worked on before the answer.
const MANY: usize = 600;
const BEFORE_ASKING_AGAIN: Duration = Duration::from_millis(50);

/// With its token.
pub struct Office {
    token: String,
    counted: Vec<Batch>,
    /// Cut off by a kill, and left at that.
    given_up: Vec<Batch>,
}

#[derive(Clone, Debug)]
struct Batch {
    id: String,
    events: i64,
}

/// A code for a letter. It may have been made so often: each time the one before is void.
pub struct LinkCode {
    pub code: String,
    pub times: i64,
}

impl Office {
    pub fn connected(database_url: &str) -> Office {
        let database = ["--database-url", database_url];
        let create = ["token", "create", "--office", "Bureau", "--scope", "events", "--scope", "links"];
        let printed = run(&[&create[..], &database].concat(), b"").printed;
        let token = printed.split_whitespace().find(|word| word.starts_with("hr_")).expect("a token");
        Office { token: token.to_owned(), counted: Vec::new(), given_up: Vec::new() }
    }

    /// Another system of the same office.
    pub fn another(&self) -> Office {
        Office { token: self.token.clone(), counted: Vec::new(), given_up: Vec::new() }
    }

    /// Tells something of a new case and asks a code for it. `None`: that was cut off.
    pub fn link_code(&mut self, line: &Line) -> Option<LinkCode> {
        let case = form();
        if !self.tell(line, &case, 1) {
            return None;
        }
        let cases = serde_json::json!({"cases": [format!("{case}-0")]}).to_string();
        let ask = self.ask("/api/v1/links", "application/json", &cases);
        let told = line.until_told(&ask);
        assert_eq!(told.answer.status, 201, "{}", told.answer.text());
        let links = json(&told.answer);
        let code = links["links"][0]["code"].as_str().expect("a code").to_owned();
        Some(LinkCode { code, times: told.times })
    }

    /// Tells one thing of so many new cases. `false`: it was cut off, and what becomes of it shows in a minute.
    fn tell(&mut self, line: &Line, name: &str, count: usize) -> bool {
        let mut events = "case,on,kind\n".to_owned();
        for number in 0..count {
            writeln!(events, "{name}-{number},2023-01-16,registered").expect("text");
        }
        let ask = self.ask("/api/v1/batches", "text/csv", &events).with("Idempotency-Key", name);
        let mut told = line.until_told(&ask);
        let batch = |answer: &Answer| Batch {
            id: json(answer)["id"].as_str().expect("an id").to_owned(),
            events: count as i64,
        };
        let where_it_lives = line.place().map(|place| place.address);
        loop {
            match (told.answer.status, json(&told.answer)["state"].as_str()) {
                (200 | 201, Some("done")) => {
                    self.counted.push(batch(&told.answer));
                    return true;
                }
                (200, Some("interrupted")) => {
                    told = line.until_told(&ask);
                    continue;
                }
                (200 | 202, Some("running")) => {
                    // Who was at work on it may be gone: then nobody else may be for a minute.
                    if told.is_again()
                        || line.is_over()
                        || line.place().map(|place| place.address) != where_it_lives
                    {
                        self.given_up.push(batch(&told.answer));
                        return false;
                    }
                }
                _ => panic!("{}: {}", told.answer.status, told.answer.text()),
            }
            sleep(BEFORE_ASKING_AGAIN);
            let path = format!("/api/v1/batches/{}", batch(&told.answer).id);
            let ask = Ask::get(&path).with("Authorization", &format!("Bearer {}", self.token));
            told = line.until_told(&ask);
        }
    }

    fn ask(&self, path: &str, kind: &str, body: &str) -> Ask {
        Ask::post(path, kind, body).with("Authorization", &format!("Bearer {}", self.token))
    }

    pub fn account(&self, book: &mut Book) {
        let told = |book: &Book, batch: &Batch| {
            let id = &batch.id;
            let state = book.rows(&format!("SELECT state FROM batch WHERE id = '{id}'"));
            let is_done = state.iter().any(|row| column::<String>(row, "state") == "done");
            let events = book.number(&format!("SELECT count(*) FROM event WHERE batch_id = '{id}'"));
            (is_done, events)
        };
        for batch in &self.counted {
            let (is_done, events) = told(book, batch);
            book.stands(format!("{batch:?}, done"), i64::from(is_done), 1..=1);
            book.stands(format!("events of {batch:?}"), events, batch.events..=batch.events);
            book.logged("batch.counted", &batch.id, 1..=1);
        }
        for batch in &self.given_up {
            let (is_done, events) = told(book, batch);
            let wanted = if is_done { batch.events } else { 0 };
            book.stands(format!("events of {batch:?}, cut off"), events, wanted..=wanted);
            book.logged("batch.counted", &batch.id, i64::from(is_done)..=i64::from(is_done));
        }
    }
}

/// Large ones and small ones in turn.
impl Writer for Office {
    fn keep(&mut self, line: &Line) {
        let count = if self.counted.len().is_multiple_of(2) { MANY } else { 3 };
        if self.tell(line, &form(), count) {
            line.acknowledge();
        }
    }

    fn look(&self, address: &str) {
        for batch in &self.counted {
            let ask = Ask::get(&format!("/api/v1/batches/{}", batch.id));
            let answer = ask.with("Authorization", &format!("Bearer {}", self.token)).answer(address);
            let told = json(&answer.expect("an answer"));
            assert_eq!((told["state"].as_str(), told["events"].as_i64()), (Some("done"), Some(batch.events)));
        }
    }

    fn account(&self, book: &mut Book) {
        Office::account(self, book);
    }
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}
