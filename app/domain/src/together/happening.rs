//! What happened in a meeting, as both can read it back and she can print it.

use serde::{Deserialize, Serialize};

use super::{Ending, Outcome};

/// One thing that happened. Words are those of the page, as they stood there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    Started,
    /// The name, and the word of the role when the server vouches for it.
    Joined {
        name: String,
        role: Option<String>,
    },
    /// She said that it is who she expects.
    Confirmed,
    Opened {
        title: String,
    },
    Uncovered {
        label: String,
    },
    Covered {
        label: String,
    },
    UncoveredAll,
    CoveredAll,
    Pointed {
        label: String,
    },
    Noted {
        text: String,
    },
    Proposed {
        label: String,
        words: String,
    },
    Settled {
        label: String,
        words: String,
        outcome: Outcome,
    },
    Away,
    Back,
    Ended {
        ending: String,
    },
}

/// All that happened, oldest first, each with its moment in milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log(Vec<(u64, Happening)>);

/// More than a meeting of two hours can read back; what came first stays.
const MOST_HAPPENINGS: usize = 1_000;

impl Log {
    /// Adds what happened; the same thing twice in a row is once.
    pub fn add(&mut self, at: u64, happening: Happening) {
        if self.0.len() < MOST_HAPPENINGS && self.0.last().is_none_or(|(_, last)| *last != happening) {
            self.0.push((at, happening));
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &(u64, Happening)> {
        self.0.iter()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Happening {
    #[must_use]
    pub fn ended(ending: Ending) -> Happening {
        Happening::Ended { ending: ending.id().to_owned() }
    }
}
