//! What a request is called by: short enough for the phone, no secret, and no count of how many there are.

use std::fmt;

use domain::code::read_signs;

use crate::code::{self, Code, Finder};

/// 50 bits: among a million requests, two alike are a matter of one in two thousand; the second then gets another one.
const SIGNS: usize = 10;
const SIGNS_IN_A_GROUP: usize = 5;
const PREFIX: &str = "HV";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// The one that goes with a code: the same form gives the same.
    #[must_use]
    pub fn of(finder: Finder) -> Reference {
        Reference::after(finder, 0)
    }

    /// The one that goes with a code when so many before it are taken by other requests.
    #[must_use]
    pub fn after(finder: Finder, taken: usize) -> Reference {
        let bytes = code::hash(&finder.0, &b"reference".repeat(taken + 1));
        Reference(code::signs(&bytes, SIGNS))
    }

    /// Reads it as a person copies it. `None`: it can't be one.
    #[must_use]
    pub fn read(typed: &str) -> Option<Reference> {
        let typed = typed.trim();
        let bare = match typed.get(..PREFIX.len()) {
            Some(start) if start.eq_ignore_ascii_case(PREFIX) => read_signs(&typed[PREFIX.len()..], SIGNS),
            _ => None,
        };
        bare.or_else(|| read_signs(typed, SIGNS)).map(Reference)
    }

    /// The number that was typed. What can't be one becomes one at random, and is looked up like any other.
    #[must_use]
    pub fn typed(typed: &str) -> Reference {
        let some = Reference::of(Code::random().finder("nothing"));
        Reference::read(typed).unwrap_or(some)
    }

    /// The bare signs, as they are kept.
    #[must_use]
    pub fn signs(&self) -> &str {
        &self.0
    }

    /// One that was kept.
    #[must_use]
    pub fn kept(signs: String) -> Reference {
        Reference(signs)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at_checked(SIGNS_IN_A_GROUP).unwrap_or((&self.0, ""));
        write!(f, "{PREFIX}-{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_as_a_person_copies_it() {
        let reference = Reference::of(Code::random().finder("request"));
        let shown = reference.to_string();
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace("HV-", ""),
            reference.signs().to_owned(),
        ] {
            assert_eq!(Reference::read(&typed), Some(reference.clone()), "{typed}");
        }
        for typed in ["", "HV", "HV-12345-6789", "é".repeat(6).as_str(), "HV-12345-67890-1"] {
            assert_eq!(Reference::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_reference_that_begins_like_the_prefix_is_read_too() {
        let reference = Reference::kept("HV23456789".to_owned());
        assert_eq!(Reference::read(&reference.to_string()), Some(reference.clone()));
        assert_eq!(Reference::read("HV23456789"), Some(reference));
    }
}
