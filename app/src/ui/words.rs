//! Texts with glossary words that are explained in place, also without scripts: the browser's own popover.

use domain::glossary::Term;
use leptos::prelude::*;

use crate::content::{Piece, Rich, shell};

/// A text; its glossary words are buttons that open the note with the same id.
#[component]
pub fn Words(text: Rich) -> impl IntoView {
    text.0
        .iter()
        .map(|piece| match *piece {
            Piece::Text(plain) => plain.into_any(),
            Piece::Term(id, shown) => {
                view! { <button type="button" class="term" popovertarget=format!("term-{id}")>{shown}</button> }.into_any()
            }
        })
        .collect_view()
}

/// The notes of a page's glossary words. Where a browser has no popovers they stand at the end of the page.
#[must_use]
pub fn term_notes(terms: &[&'static Term]) -> impl IntoView + use<> {
    let mut terms = terms.to_vec();
    terms.sort_by_key(|term| term.id);
    terms.dedup_by_key(|term| term.id);
    terms
        .into_iter()
        .map(|term| {
            let name = match term.short {
                Some(short) => format!("{} ({short})", term.term),
                None => term.term.to_owned(),
            };
            let source = term.sources.first().map(|source| format!("{}: {}", shell::SOURCE_LABEL, source.title));
            view! {
                <div popover="auto" id=format!("term-{}", term.id) class="term-note">
                    <p>{name}</p>
                    <p>{term.meaning}</p>
                    <p class="source">{source}</p>
                </div>
            }
        })
        .collect_view()
}
