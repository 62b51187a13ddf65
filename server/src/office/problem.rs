//! What is wrong with something that an office sent, and on which line.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longer lists of problems help nobody; the count tells how many there are in all.
pub const MOST_TOLD: usize = 1_000;

/// Something that is wrong on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"line": 3, "field": "on", "problem": "in_the_future", "words": "lies after today"}))]
pub struct LineProblem {
    /// Of CSV, the line of the file: its header is line 1. Of JSON, the place in the list, from 1. 0: the whole of it.
    pub line: u32,
    /// The field or column; empty: the whole line.
    pub field: String,
    pub problem: Wrong,
    /// The same for people to read. It never repeats what was sent, but for the name of a column or field.
    pub words: String,
}

/// What can be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    NotUtf8,
    CutOff,
    NotSeparatedByCommas,
    Unreadable,
    UnknownField,
    MissingField,
    RepeatedField,
    NoEvents,
    TooMany,
    NotAName,
    NotADate,
    NotAChoice,
    InTheFuture,
    BeforeTheScheme,
    EndBeforeStart,
    /// It conflicts with what was told before of the same case.
    Conflicts,
    Twice,
    KnownAlready,
    NotThere,
    UnknownCase,
}

impl Wrong {
    const fn words(self) -> &'static str {
        match self {
            Wrong::NotUtf8 => "isn't UTF-8; save the file as \"CSV UTF-8\"",
            Wrong::CutOff => "the file seems cut off: its end is missing",
            Wrong::NotSeparatedByCommas => "the columns must be separated by commas",
            Wrong::Unreadable => "can't be read",
            Wrong::UnknownField => "there is no such field",
            Wrong::MissingField => "is required",
            Wrong::RepeatedField => "stands there more than once",
            Wrong::NoEvents => "there are no events",
            Wrong::TooMany => "more events than are taken",
            Wrong::NotAName => "must be 1 to 64 letters, digits or signs of ASCII",
            Wrong::NotADate => "isn't a date that exists, written as 2026-11-23",
            Wrong::NotAChoice => "isn't one of the words that can stand here",
            Wrong::InTheFuture => "lies after today",
            Wrong::BeforeTheScheme => "lies before 2004",
            Wrong::EndBeforeStart => "lies before its start",
            Wrong::Conflicts => "with this, something told before of the case would end before its start",
            Wrong::Twice => "the same stands on an earlier line",
            Wrong::KnownAlready => "this was told before",
            Wrong::NotThere => "there is no such event to withdraw",
            Wrong::UnknownCase => "no event of this case was told yet",
        }
    }
}

impl LineProblem {
    pub fn new(line: u32, field: impl Into<String>, problem: Wrong) -> LineProblem {
        LineProblem { line, field: field.into(), problem, words: problem.words().to_owned() }
    }

    /// Says more than the problem alone does.
    #[must_use]
    pub fn saying(mut self, words: String) -> LineProblem {
        self.words = words;
        self
    }
}

/// Everything that is wrong, in the order of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// How many there are.
    pub count: i64,
    /// The first of them.
    pub first: Vec<LineProblem>,
}

impl From<Vec<LineProblem>> for Problems {
    fn from(mut all: Vec<LineProblem>) -> Problems {
        let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
        all.sort_by_key(|problem| problem.line);
        all.truncate(MOST_TOLD);
        Problems { count, first: all }
    }
}
