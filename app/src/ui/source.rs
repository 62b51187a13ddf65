//! Where a figure stands, and when that was checked.

use domain::Date;
use domain::parameter::{Certainty, Entry};
use maud::{Markup, html};

use crate::content::shell;

/// A rule set is named after its day, which people read as a date.
#[must_use]
pub fn version_in_words(version: &str) -> String {
    Date::parse_iso(version).map_or_else(|| version.to_owned(), Date::in_dutch)
}

/// "Bron: …, gecontroleerd op …" for the value that holds on that day, with what a reader should know of it.
#[must_use]
pub fn source_of(entry: &Entry, on: Date) -> Markup {
    // Before its first value nothing holds; where it will stand is still worth telling.
    let Some(dated) = entry.at(on).or(entry.values.first()) else { return html! {} };
    html! {
        p.source {
            @if dated.certainty == Certainty::Unknown { (entry.name) ": " (shell::CERTAINTY_UNKNOWN) ". " }
            (shell::SOURCE_LABEL) ": "
            @for (at, source) in dated.sources.iter().enumerate() {
                @if at > 0 { "; " }
                @if let Some(href) = source.href { a.nl-link href=(href) rel="noreferrer" { (source.title) } } @else { (source.title) }
            }
            " – " (shell::checked_on(dated.checked_on.in_dutch())) "."
            @if let Some(note) = dated.note { " " (note) }
        }
    }
}
