//! Which answers she lets be seen. What is typed and what is money stays covered until she shows it.

use serde::{Deserialize, Serialize};

/// Her choices, page by page: what she shows here says nothing of another page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covers(Vec<Page>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Page {
    path: String,
    base: Base,
    /// Those that differ from the base.
    flipped: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Base {
    /// Some are covered at first, and others aren't.
    AtFirst,
    AllShown,
    AllCovered,
}

impl Covers {
    /// Whether an answer may be seen. `is_covered_at_first`: until she says otherwise.
    #[must_use]
    pub fn shows(&self, path: &str, id: &str, is_covered_at_first: bool) -> bool {
        let Some(page) = self.0.iter().find(|page| page.path == path) else { return !is_covered_at_first };
        let is_shown = match page.base {
            Base::AtFirst => !is_covered_at_first,
            Base::AllShown => true,
            Base::AllCovered => false,
        };
        is_shown != page.flipped.iter().any(|flipped| flipped == id)
    }

    /// Shows what was covered, or covers what was shown.
    pub fn flip(&mut self, path: &str, id: &str) {
        let page = self.page(path);
        match page.flipped.iter().position(|flipped| flipped == id) {
            Some(at) => drop(page.flipped.remove(at)),
            None => page.flipped.push(id.to_owned()),
        }
    }

    pub fn show_all(&mut self, path: &str) {
        self.all(path, Base::AllShown);
    }

    pub fn cover_all(&mut self, path: &str) {
        self.all(path, Base::AllCovered);
    }

    fn all(&mut self, path: &str, base: Base) {
        let page = self.page(path);
        page.base = base;
        page.flipped.clear();
    }

    fn page(&mut self, path: &str) -> &mut Page {
        let at = self.0.iter().position(|page| page.path == path).unwrap_or_else(|| {
            self.0.push(Page { path: path.to_owned(), base: Base::AtFirst, flipped: Vec::new() });
            self.0.len() - 1
        });
        &mut self.0[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_answers_are_covered_until_she_shows_them_and_only_there() {
        let mut covers = Covers::default();
        assert!(!covers.shows("/bedragen", "received", true));
        assert!(covers.shows("/bedragen", "recognised", false));
        covers.flip("/bedragen", "received");
        assert!(covers.shows("/bedragen", "received", true));
        assert!(!covers.shows("/bedragen", "legal_help", true));
        assert!(!covers.shows("/vergelijken", "received", true));
        covers.flip("/bedragen", "received");
        assert!(!covers.shows("/bedragen", "received", true));
    }

    #[test]
    fn all_is_all_of_one_page_and_one_can_differ_again() {
        let mut covers = Covers::default();
        covers.show_all("/bedragen");
        assert!(covers.shows("/bedragen", "received", true));
        assert!(!covers.shows("/hulpvraag", "story", true));
        covers.flip("/bedragen", "received");
        assert!(!covers.shows("/bedragen", "received", true));
        covers.cover_all("/bedragen");
        assert!(
            !covers.shows("/bedragen", "received", true) && !covers.shows("/bedragen", "recognised", false)
        );
    }
}
