//! Texts with glossary words that are explained in place, also without scripts: the browser's own popover.

use domain::glossary::Term;
use maud::{Markup, html};

use crate::content::{Piece, Rich, shell};

/// A text; its glossary words are buttons that open the note with the same id.
#[must_use]
pub fn words(text: Rich) -> Markup {
    html! {
        @for piece in text.0 {
            @match piece {
                Piece::Text(plain) => { (plain) }
                Piece::Term(id, shown, "") => { (word(id, shown)) }
                Piece::Term(id, shown, closing) => { span { (word(id, shown)) (closing) } }
            }
        }
    }
}

/// A glossary word that opens its note.
#[must_use]
pub fn word(id: &str, shown: &str) -> Markup {
    html! { button.term type="button" popovertarget={ "term-" (id) } { (shown) } }
}

/// The notes of a page's glossary words. Where a browser has no popovers they stand at the end of what the page
/// says.
#[must_use]
pub fn term_notes(terms: &[&'static Term]) -> Markup {
    let mut terms = terms.to_vec();
    terms.sort_by_key(|term| term.id);
    terms.dedup_by_key(|term| term.id);
    html! {
        @for term in terms {
            div.term-note popover="auto" id={ "term-" (term.id) } {
                p { (term.term) @if let Some(short) = term.short { " (" (short) ")" } }
                p { (term.meaning) }
                @if let Some(source) = term.sources.first() {
                    p.source { (shell::SOURCE_LABEL) ": " (source.title) }
                }
                button.nl-button.nl-button--secondary type="button" popovertarget={ "term-" (term.id) } popovertargetaction="hide" { (shell::CLOSE) }
            }
        }
    }
}
