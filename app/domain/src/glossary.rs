//! One meaning each: the words of the recovery operation, from `rules/glossary.toml`.

use crate::parameter::Source;

include!(concat!(env!("OUT_DIR"), "/glossary.rs"));

/// A word and its one meaning.
#[derive(Debug, PartialEq, Eq)]
pub struct Term {
    /// English, used in code and in `[[id|text]]` marks.
    pub id: &'static str,
    pub term: &'static str,
    /// The abbreviation, where one is in use.
    pub short: Option<&'static str>,
    /// Other forms of the word.
    pub also: &'static [&'static str],
    pub meaning: &'static str,
    pub sources: &'static [Source],
}
