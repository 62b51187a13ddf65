//! The questions of the sheet, in the order in which they are asked: what she needs comes first.

use crate::content::conversation::question::{ALL, Texts};

const ORDER: [&str; 5] = ["needs", "tell", "ask", "bring", "agree"];

/// Each with its id, which is the name of its field.
pub fn questions() -> impl Iterator<Item = (&'static str, &'static Texts)> {
    ORDER.into_iter().filter_map(|id| ALL.iter().find(|(known, _)| *known == id).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_that_has_words_is_asked() {
        assert_eq!(questions().count(), ALL.len());
    }
}
