//! What stands in the database, held against what people were told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::RangeInclusive;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement, TryGetable};
use tokio::runtime::Runtime;

use crate::program::run;

pub struct Book {
    runtime: Runtime,
    db: DatabaseConnection,
    /// Lines of the audit log, by act and subject.
    lines: BTreeMap<(String, String), i64>,
    asked: BTreeSet<(String, String)>,
    wrong: Wrong,
}

/// What isn't as people were told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
    /// It stands there, and the audit log doesn't say so.
    pub unlogged: Vec<String>,
}

impl Book {
    pub fn open(database_url: &str) -> Book {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let db = runtime.block_on(Database::connect(database_url)).expect("a database");
        let mut book =
            Book { runtime, db, lines: BTreeMap::new(), asked: BTreeSet::new(), wrong: Wrong::default() };
        let lines =
            book.rows("SELECT act, subject_id, count(*) AS lines FROM audit GROUP BY act, subject_id");
        book.lines = lines
            .iter()
            .map(|row| ((column(row, "act"), column(row, "subject_id")), column(row, "lines")))
            .collect();
        book
    }

    pub fn rows(&self, question: &str) -> Vec<QueryResult> {
        let question = Statement::from_string(self.db.get_database_backend(), question);
        self.runtime.block_on(self.db.query_all_raw(question)).expect("rows")
    }

    /// The only number that answers a question.
    pub fn number(&self, question: &str) -> i64 {
        let rows = self.rows(&format!("SELECT CAST(coalesce(({question}), 0) AS bigint) AS number"));
        column(&rows[0], "number")
    }

    /// Something stands there so often.
    pub fn stands(&mut self, what: impl Display, found: i64, wanted: RangeInclusive<i64>) {
        let told = || format!("{what}: {found}, not {wanted:?}");
        if found < *wanted.start() {
            self.wrong.lost.push(told());
        } else if found > *wanted.end() {
            self.wrong.doubled.push(told());
        }
    }

    /// So many lines of the audit log say so.
    pub fn logged(&mut self, act: &str, subject: &str, wanted: RangeInclusive<i64>) {
        let key = (act.to_owned(), subject.to_owned());
        let found = self.lines.get(&key).copied().unwrap_or(0);
        self.asked.insert(key);
        let told = || format!("{act} of {subject}: {found}, not {wanted:?}");
        if found < *wanted.start() {
            self.wrong.unlogged.push(told());
        } else if found > *wanted.end() {
            self.wrong.doubled.push(told());
        }
    }

    /// The audit log tells nothing of this that nobody asked about.
    pub fn nothing_else(&mut self, acts: &[&str]) {
        for ((act, subject), lines) in &self.lines {
            if acts.contains(&act.as_str()) && !self.asked.contains(&(act.clone(), subject.clone())) {
                self.wrong.doubled.push(format!("{act} of {subject}: {lines}, of which nobody was told"));
            }
        }
    }

    pub fn close(self) -> Wrong {
        self.runtime.block_on(self.db.close()).expect("closed");
        self.wrong
    }
}

impl Wrong {
    pub fn is_nothing(&self) -> bool {
        *self == Wrong::default()
    }

    /// How much of each.
    pub fn counted(&self) -> String {
        format!("{} · {} · {}", self.lost.len(), self.doubled.len(), self.unlogged.len())
    }
}

pub fn column<T: TryGetable>(row: &QueryResult, name: &str) -> T {
    row.try_get_by(name).expect(name)
}

/// Walks the chain; gives its head.
pub fn verified(database_url: &str, more: &[&str]) -> String {
    let printed = run(&[&["verify-audit", "--database-url", database_url], more].concat(), b"").printed();
    printed.lines().last().expect("a head").to_owned()
}
