//! Where a figure stands, and when that was checked.

use domain::Date;
use domain::parameter::Entry;
use leptos::prelude::*;

use crate::content::shell;

/// "Bron: …, gecontroleerd op …" for the value that holds on that day.
#[must_use]
pub fn source_of(entry: &'static Entry, on: Date) -> Option<impl IntoView + use<>> {
    let dated = entry.at(on)?;
    let titles: Vec<&str> = dated.sources.iter().map(|source| source.title).collect();
    let words = format!("{}: {} – {}.", shell::SOURCE_LABEL, titles.join("; "), shell::checked_on(dated.checked_on.in_dutch()));
    Some(view! { <p class="source">{words} " " {dated.note}</p> })
}
