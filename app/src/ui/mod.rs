//! Pieces of the design system: NL Design System HTML, written once.

mod details;
mod field;
mod numerals;
mod source;
mod words;

use leptos::prelude::*;

pub use details::More;
pub use field::{Choice, ErrorSummary, FieldError};
pub use numerals::in_words;
pub use source::source_of;
pub use words::{Words, term_notes};

/// The drawn marks and icons, once on every page.
#[cfg(feature = "ssr")]
pub const MARKS: &str = include_str!("drawings/marks.svg");

/// The drawn letters, on pages that show where a number stands.
#[cfg(feature = "ssr")]
pub const LETTERS: &str = include_str!("drawings/letters.svg");

/// A drawn icon; always beside words, so hidden from screen readers.
#[must_use]
pub fn icon(id: &str) -> impl IntoView + use<> {
    drawing("icon", id)
}

/// The own mark of a route.
#[must_use]
pub fn route_mark(route: domain::amounts::Route) -> impl IntoView + use<> {
    drawing("route-mark", &format!("route-{}", route.id()))
}

fn drawing(class: &'static str, id: &str) -> impl IntoView + use<> {
    let href = format!("#{id}");
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href=href></use></svg> }
}
