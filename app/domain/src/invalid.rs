//! Why an input is refused, and where it stands.

use std::fmt;

/// An input that can't be true, with the path of its field: `years[0].reclaimed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    pub path: String,
    pub problem: Problem,
}

/// What is wrong with an input. The page words it in Dutch; [`fmt::Display`] words it for the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    NotAnAmount,
    AmbiguousAmount,
    NegativeAmount,
    AmountTooLarge,
    NotADate,
    /// Later than the situation's own day.
    InTheFuture,
    /// Before there was childcare benefit.
    BeforeTheScheme,
    NotAYear,
    DecisionBeforeCorrection,
    LowAboveHigh,
    TooMany,
    NotAChoice,
    /// What ends before it starts.
    EndBeforeStart,
    /// The same thing, told twice.
    Twice,
    /// The file isn't a receipt of this portal.
    NotAReceipt,
    /// The JSON can't be read as a situation; the reader's own words.
    Unreadable(String),
}

impl Invalid {
    #[must_use]
    pub fn new(path: impl Into<String>, problem: Problem) -> Invalid {
        Invalid { path: path.into(), problem }
    }

    /// Which one of a list it stands in, and the field there: `(3, "on")` of `events[3].on`. `None`: not inside that list.
    #[must_use]
    pub fn place_in(&self, list: &str) -> Option<(usize, &str)> {
        let inside = self.path.strip_prefix(list)?.strip_prefix('[')?;
        let (at, field) = inside.split_once("].")?;
        Some((at.parse().ok()?, field))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::NotAnAmount => "not an amount",
            Problem::AmbiguousAmount => "can be read as more than one amount",
            Problem::NegativeAmount => "an amount can't be negative",
            Problem::AmountTooLarge => "more than any amount that is taken",
            Problem::NotADate => "not a date that exists",
            Problem::InTheFuture => "lies after the day of the assessment",
            Problem::BeforeTheScheme => "lies before the first year of childcare benefit",
            Problem::NotAYear => "not a year",
            Problem::DecisionBeforeCorrection => "the decision lies before the first correction",
            Problem::LowAboveHigh => "the low end is above the high end",
            Problem::TooMany => "more entries than there can be",
            Problem::NotAChoice => "not one of the answers",
            Problem::EndBeforeStart => "lies before its start",
            Problem::Twice => "stands there twice",
            Problem::NotAReceipt => "not a receipt of this portal",
            Problem::Unreadable(why) => why,
        })
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            write!(f, "{}", self.problem)
        } else {
            write!(f, "{}: {}", self.path, self.problem)
        }
    }
}

impl std::error::Error for Invalid {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_it_stands() {
        let invalid = Invalid::new("events[3].on", Problem::InTheFuture);
        assert_eq!(invalid.to_string(), "events[3].on: lies after the day of the assessment");
        assert_eq!(Invalid::new("", Problem::NotAReceipt).to_string(), "not a receipt of this portal");
        assert_eq!(invalid.place_in("events"), Some((3, "on")));
        assert_eq!(invalid.place_in("event"), None);
        assert_eq!(Invalid::new("events", Problem::TooMany).place_in("events"), None);
    }
}
