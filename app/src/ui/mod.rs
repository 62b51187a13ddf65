//! Pieces of the design system: NL Design System HTML, written once, for the server and the phone alike.

mod field;
#[cfg(feature = "ssr")]
mod figures;
mod numbers;
mod numerals;
#[cfg(any(feature = "ssr", feature = "hydrate-together"))]
mod qr;
mod source;
mod words;

use domain::amounts::Route;
#[cfg(feature = "ssr")]
use maud::PreEscaped;
use maud::{Markup, html};

pub use field::{
    CHECKED, Choice, Options, Select, TextField, checkbox, choice, code_field, error_slot, error_summary,
    field, field_error, hidden, problem_at, problems, select, text_area, text_field,
};
#[cfg(feature = "ssr")]
pub use figures::{figures, grouped, sources, sources_of, value_in_words, values};
pub use numbers::{call, known_number};
pub use numerals::in_words;
#[cfg(any(feature = "ssr", feature = "hydrate-together"))]
pub use qr::qr;
pub use source::{source_of, version_in_words};
pub use words::{term_notes, word, words};

/// The drawn marks and icons, once on every page.
#[cfg(feature = "ssr")]
pub const MARKS: &str = include_str!("drawings/marks.svg");

/// The drawn letters, on pages that show where a number stands.
#[cfg(feature = "ssr")]
pub const LETTERS: &str = include_str!("drawings/letters.svg");

/// The drawn mark of what is covered, where a helper looks along.
#[cfg(feature = "ssr")]
pub const COVERED: &str = include_str!("drawings/covered.svg");

/// A drawn letter with its date marked, on pages that ask for the dates of letters.
#[cfg(feature = "ssr")]
pub const LETTER_DATE: &str = include_str!("drawings/letter_date.svg");

/// A drawn icon; always beside words, so hidden from screen readers.
#[must_use]
pub fn icon(id: &str) -> Markup {
    drawing("icon", id)
}

/// The own mark of a route.
#[must_use]
pub fn route_mark(route: Route) -> Markup {
    drawing("route-mark", &format!("route-{}", route.id()))
}

fn drawing(class: &str, id: &str) -> Markup {
    html! { svg class=(class) viewBox="0 0 24 24" aria-hidden="true" focusable="false" { use href={ "#" (id) } {} } }
}

/// More for who wants it: closed at first, without scripts. `about` tells a screen reader which of several it is.
#[must_use]
pub fn more(summary: &str, about: Option<&str>, content: Markup) -> Markup {
    html! {
        details.more {
            summary {
                (summary)
                @if let Some(about) = about { span.visually-hidden { ": " (about) } }
            }
            (content)
        }
    }
}

/// What comes out of a form, in parts: the phone makes only those anew that say something else now.
#[cfg(feature = "ssr")]
#[must_use]
pub fn results(heading: &str, parts: Vec<String>) -> Markup {
    html! {
        section.results id="uitkomst" aria-labelledby="uitkomst-kop" {
            h2 class="nl-heading nl-heading--level-2" id="uitkomst-kop" tabindex="-1" { (heading) }
            @for part in parts { div data-part { (PreEscaped(part)) } }
        }
    }
}

/// A message with its icon and its word: `done`, `waiting` or `late`.
#[must_use]
pub fn notice(state: &str, title: &str, content: Markup) -> Markup {
    html! {
        div class={ "notice notice--" (state) } {
            (icon(&format!("icon-{state}")))
            div {
                p { strong { (title) } }
                (content)
            }
        }
    }
}
