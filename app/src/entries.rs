//! What was typed, as it was typed: the fields of a form by name.
//!
//! The same pairs travel in every way: as a form post, as hidden fields on the next page, in the phone's storage. Names
//! are the paths of the situation (`years[0].reclaimed`), so an error finds its field.

use std::fmt::Write as _;

/// Names and values, each name once, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(Vec<(String, String)>);

/// Name of the buttons of a form with rows; a value is `add.<group>` or `remove.<group>.<row>`, or anything else to calculate.
pub const ACTION: &str = "action";

/// What stands for the index and for the number of a row in the template that the phone makes rows from.
pub const ROW_AT: &str = "RIJ";
pub const ROW_NUMBER: &str = "NUMMER";

/// More fields than any form here has; what lies beyond is not read.
const MOST_FIELDS: usize = 1_500;

impl Entries {
    /// The last of several values with one name counts.
    #[must_use]
    pub fn from_pairs<N: AsRef<str>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Entries {
        let mut entries = Entries::default();
        for (name, value) in pairs.into_iter().take(MOST_FIELDS) {
            entries.set(name.as_ref(), value);
        }
        entries
    }

    /// Those fields whose names fit.
    #[must_use]
    pub fn only(&self, fits: impl Fn(&str) -> bool) -> Entries {
        Entries::from_pairs(self.iter().filter(|(name, _)| fits(name)))
    }

    /// Reads what a form sends: `name=value&…`. Unreadable bytes become replacement marks.
    #[must_use]
    pub fn decode(encoded: &[u8]) -> Entries {
        // No page may hold a NUL.
        let clean = |text: std::borrow::Cow<'_, str>| text.replace('\0', "\u{fffd}");
        Entries::from_pairs(form_urlencoded::parse(encoded).map(|(name, value)| (clean(name), clean(value))))
    }

    /// As a form sends it.
    #[must_use]
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.iter()).finish()
    }

    /// What stands in a field; `None` where the form didn't have it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What stands in a field, trimmed; empty where it is absent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.into(),
            None => self.0.push((name.to_owned(), value.into())),
        }
    }

    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, value)| value.is_empty())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Takes over what another form said, and keeps the rest.
    pub fn merge(&mut self, other: &Entries) {
        for (name, value) in other.iter() {
            self.set(name, value);
        }
    }

    /// How many rows a repeated group has: what the form says, and no fewer than were filled in.
    #[must_use]
    pub fn rows(&self, group: &str) -> usize {
        let said = self.text(&format!("rows.{group}")).parse().unwrap_or(0);
        let prefix = format!("{group}[");
        let filled = self
            .0
            .iter()
            .filter_map(|(name, _)| index_after(name, &prefix))
            .max()
            .map_or(0, |last: usize| last.saturating_add(1));
        usize::max(said, filled).min(MOST_ROWS)
    }

    /// Adds or removes a row of one of these groups if a button asked for that; `true` where it did.
    pub fn apply_action(&mut self, groups: &[&str]) -> bool {
        let action = self.text(ACTION).to_owned();
        self.remove(ACTION);
        let mut parts = action.split('.');
        let known = |group: &str| groups.iter().copied().find(|known| *known == group);
        match (parts.next(), parts.next().and_then(known), parts.next().and_then(|row| row.parse().ok())) {
            (Some("add"), Some(group), None) => self.add_row(group),
            (Some("remove"), Some(group), Some(row)) => self.remove_row(group, row),
            _ => return false,
        }
        true
    }

    /// Adds an empty row to a repeated group.
    pub fn add_row(&mut self, group: &str) {
        let rows = self.rows(group) + 1;
        self.set(&format!("rows.{group}"), rows.to_string());
    }

    /// Takes a row out; the ones behind it move up.
    pub fn remove_row(&mut self, group: &str, row: usize) {
        let rows = self.rows(group);
        if row >= rows {
            return;
        }
        let prefix = format!("{group}[");
        self.0.retain(|(name, _)| index_after(name, &prefix) != Some(row));
        for (name, _) in &mut self.0 {
            if let Some(at) = index_after(name, &prefix).filter(|at| *at > row) {
                let rest =
                    name[prefix.len()..].split_once(']').map_or(String::new(), |(_, rest)| rest.to_owned());
                name.truncate(prefix.len());
                let _ = write!(name, "{}]{rest}", at - 1);
            }
        }
        self.set(&format!("rows.{group}"), rows.saturating_sub(1).to_string());
    }
}

/// No repeated group grows beyond this.
const MOST_ROWS: usize = 100;

fn index_after(name: &str, prefix: &str) -> Option<usize> {
    name.strip_prefix(prefix)?.split_once(']')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(pairs: &[(&str, &str)]) -> Entries {
        Entries::from_pairs(pairs.iter().copied())
    }

    #[test]
    fn a_row_taken_out_moves_the_later_ones_up() {
        let mut typed = entries(&[
            ("years[0].year", "2010"),
            ("years[1].year", "2011"),
            ("years[2].year", "2012"),
            ("received", "5"),
        ]);
        typed.remove_row("years", 1);
        assert_eq!(
            typed,
            entries(&[
                ("years[0].year", "2010"),
                ("years[1].year", "2012"),
                ("received", "5"),
                ("rows.years", "2")
            ])
        );
        assert_eq!(typed.rows("years"), 2);
    }

    #[test]
    fn rows_are_bounded_whatever_a_form_claims() {
        assert_eq!(entries(&[("rows.years", "4000000000")]).rows("years"), MOST_ROWS);
        assert_eq!(entries(&[("years[99999999999].year", "1")]).rows("years"), MOST_ROWS);
        assert_eq!(entries(&[("years[x].year", "1"), ("rows.years", "-3")]).rows("years"), 0);
    }
}
