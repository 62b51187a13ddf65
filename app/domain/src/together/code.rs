//! The one-time code of a meeting: made on her phone, told to one helper, never sent to the server.

use std::fmt;

use crate::code::{in_groups, read_signs, signs};

/// 20 signs of 5 bits: 100 random bits.
const SIGNS: usize = 20;

/// Whoever has it can join, and what is said is sealed with keys that come from it.
#[derive(Clone, PartialEq, Eq)]
pub struct MeetingCode(String);

impl MeetingCode {
    /// Of so many random bytes; five bits of each are used.
    #[must_use]
    pub fn of(random: &[u8; SIGNS]) -> MeetingCode {
        MeetingCode(signs(random))
    }

    /// Reads a code as a person copies it. `None`: it can't be one.
    #[must_use]
    pub fn read(typed: &str) -> Option<MeetingCode> {
        read_signs(typed, SIGNS).map(MeetingCode)
    }

    /// The bare signs: what keys are made from.
    #[must_use]
    pub fn signs(&self) -> &str {
        &self.0
    }
}

/// As it is shown: in groups, to be read aloud.
impl fmt::Display for MeetingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_groups(&self.0))
    }
}

/// Not in a log by accident.
impl fmt::Debug for MeetingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MeetingCode(…)")
    }
}
