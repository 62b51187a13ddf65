//! Everyone who writes something, each in the way of their own: a kind of write is a file here.

mod availability;
mod coordinator;
mod dossier;
mod helper;
mod meeting;
mod office;
pub mod request;
mod session;

use std::thread::scope;

use crate::book::{Book, verified};
use crate::line::Line;
use crate::program::run;

use office::Office;
pub use request::{Kept, Requests};

/// One who writes, again and again.
pub trait Writer: Send + Sync {
    /// Makes one thing more, and sends it until told that it is kept.
    fn keep(&mut self, line: &Line);

    /// Looks whether it is there, as who was told so.
    fn look(&self, address: &str);

    /// What she was told, held against the database.
    fn account(&self, book: &mut Book);

    /// Goes on until the line is over; the last thing until it is kept.
    fn go_on(&mut self, line: &Line) {
        while !line.is_over() {
            self.keep(line);
        }
    }
}

/// Everybody at once, on one database.
pub struct Crowd {
    writers: Vec<Box<dyn Writer>>,
    database_url: String,
}

impl Crowd {
    /// One of everybody, and more of those who come most.
    pub fn of(database_url: &str) -> Crowd {
        let mut crowd = Crowd::of_the_public(database_url);
        let desk: [Box<dyn Writer>; 5] = [
            Box::new(helper::Helpers::default()),
            Box::new(coordinator::Coordinator::default()),
            Box::new(availability::Availability::default()),
            Box::new(session::Sessions::default()),
            Box::new(meeting::Meetings::default()),
        ];
        crowd.writers.extend(desk);
        crowd
    }

    /// Only those whose things stay for long: parents, and an office.
    pub fn of_the_public(database_url: &str) -> Crowd {
        run(&["migrate", "--database-url", database_url], b"").printed();
        let office = Office::connected(database_url);
        let mut writers: Vec<Box<dyn Writer>> = Vec::new();
        writers.extend((0..3).map(|_| Box::new(dossier::Dossiers::of(&office)) as Box<dyn Writer>));
        writers.extend((0..7).map(|_| Box::new(Requests::default()) as Box<dyn Writer>));
        writers.push(Box::new(office));
        Crowd { writers, database_url: database_url.to_owned() }
    }

    /// All write while something happens, and finish what they began.
    pub fn writes_while<T>(&mut self, line: &Line, happens: impl FnOnce() -> T) -> T {
        scope(|scope| {
            for writer in &mut self.writers {
                scope.spawn(|| writer.go_on(line));
            }
            // Also when something is wrong: else nobody would ever hear of it.
            let _at_the_end = Ending(line);
            happens()
        })
    }

    /// Everything that they were told is there.
    pub fn looks(&self, address: &str) {
        scope(|scope| {
            for writer in &self.writers {
                scope.spawn(|| writer.look(address));
            }
        });
    }

    /// All that they were told held against the database; and the chain of the log is whole, this head in it.
    pub fn accounts(&self, head: Option<&str>, others: &[&dyn Writer]) -> Book {
        let expected: Vec<&str> = head.into_iter().flat_map(|head| ["--expect", head]).collect();
        verified(&self.database_url, &expected);
        let mut book = Book::open(&self.database_url);
        self.writers.iter().for_each(|writer| writer.account(&mut book));
        others.iter().for_each(|writer| writer.account(&mut book));
        nothing_else(&mut book);
        book
    }
}

struct Ending<'a>(&'a Line);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// What the database holds beside what anybody was told.
fn nothing_else(book: &mut Book) {
    book.nothing_else(&[
        "request.made",
        "request.claimed",
        "request.contacted",
        "request.handed_over",
        "request.released",
        "request.closed",
        "dossier.made",
        "dossier.saved",
        "dossier.linked",
        "batch.counted",
        "staff.blocked",
    ]);
    // What is counted against limits is counted with what it counts.
    for (act, action) in [("request.made", "request"), ("dossier.made", "dossier")] {
        let made = book.number(&format!("SELECT count(*) FROM audit WHERE act = '{act}'"));
        let counted = book.number(&format!("SELECT sum(times) FROM attempt WHERE action = '{action}'"));
        book.stands(format!("{action}, counted against its limit"), counted, made..=made);
    }
}

/// A number that makes sending twice do it once.
fn form() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
