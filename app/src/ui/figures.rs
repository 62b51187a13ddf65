//! Figures of the rules in words, with where they stand.

use domain::Date;
use domain::parameter::{Entry, Unit, Value};
use maud::{Markup, PreEscaped, html};

use super::{more, source_of};
use crate::content::amounts::comparison as text;
use crate::content::shell;

/// What a parameter says on that day, in words; `None` where it isn't known.
#[must_use]
pub fn value_in_words(entry: &Entry, on: Date) -> Option<String> {
    let dated = entry.at(on)?;
    Some(match (entry.unit, dated.value?) {
        (Unit::Month, Value::Count(1)) => text::ONE_MONTH.to_owned(),
        (Unit::Month, Value::Count(count)) => text::months(count),
        (Unit::Month, Value::CountBetween(low, high)) => text::months_between(low, high),
        (Unit::Week, Value::Count(1)) => text::ONE_WEEK.to_owned(),
        (Unit::Week, Value::Count(count)) => text::weeks(count),
        (Unit::Day, Value::Count(1)) => text::ONE_DAY.to_owned(),
        (Unit::Day, Value::Count(count)) => text::days(count),
        (_, Value::Count(count)) => grouped(count),
        (_, Value::CountBetween(low, high)) => crate::content::amounts::between(low, high),
        (_, Value::Cents(amount)) => amount.to_string(),
        (_, Value::CentsBetween(range)) => range.to_string(),
        (_, Value::Ppm(share)) => share.to_string(),
        (_, Value::Date(day)) => day.in_dutch(),
        (_, Value::Text(words)) => words.to_owned(),
        (_, Value::ByAge(_) | Value::Availability(_) | Value::Dates(_)) => return None,
    })
}

/// Some figures, each with its name and value, and their sources behind one fold.
#[must_use]
pub fn figures(entries: &[&Entry], on: Date) -> Markup {
    html! { (values(entries, on)) (sources(entries, on)) }
}

/// Some figures, each with its name and value.
#[must_use]
pub fn values(entries: &[&Entry], on: Date) -> Markup {
    html! {
        ul {
            @for entry in entries {
                li { (entry.name) ": " strong { (value_in_words(entry, on).unwrap_or_else(|| shell::CERTAINTY_UNKNOWN.to_owned())) } }
            }
        }
    }
}

/// Where some figures stand and when that was checked, each place once, behind one fold.
#[must_use]
pub fn sources(entries: &[&Entry], on: Date) -> Markup {
    sources_of(entries.iter().map(|entry| (*entry, on)))
}

/// The same, of each figure on a day of its own.
#[must_use]
pub fn sources_of<'a>(figures: impl Iterator<Item = (&'a Entry, Date)>) -> Markup {
    let mut told: Vec<String> = Vec::new();
    for source in figures.map(|(entry, on)| source_of(entry, on).into_string()) {
        if !told.contains(&source) {
            told.push(source);
        }
    }
    more(shell::SOURCES_LABEL, None, html! { @for source in told { (PreEscaped(source)) } })
}

/// A count as people read it: `69.400`.
#[must_use]
pub fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let dot = |at: usize| if at > 0 && (digits.len() - at).is_multiple_of(3) { "." } else { "" };
    digits.chars().enumerate().map(|(at, digit)| format!("{}{digit}", dot(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_has_a_dot_at_each_thousand() {
        let all: Vec<String> = [0, 59, 999, 1_000, 69_400, 1_234_567].map(grouped).to_vec();
        assert_eq!(all, ["0", "59", "999", "1.000", "69.400", "1.234.567"]);
    }
}
