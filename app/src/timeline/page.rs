//! The page around the island: /tijdlijn, and whichever other page shows the same form.

use domain::calendar::Date;
use domain::figures::Spread;
use domain::help::About;
use leptos::prelude::view;
use maud::{Markup, html};

use super::form::Told;
use super::island::{Letters, sent};
use crate::content::{dossier, timeline as text};
use crate::entries::Entries;
use crate::help;
use crate::keep::Keep;
use crate::read_aloud::ReadAloud;
use crate::shell::{Document, island};
use crate::urls::Page;
use crate::visit::Visit;

/// The form with the line of steps, as it stands on a page.
pub struct Shown {
    pub html: Markup,
    /// Something in it is refused.
    pub has_error: bool,
    /// It gives the line of steps that was asked for.
    pub is_answer: bool,
}

/// The form with the line of steps, ready to stand on the page of this visit.
#[must_use]
pub fn letters(visit: &Visit) -> Shown {
    let (read, asks_for_the_line) = sent(visit.form.clone());
    let is_wrong = !Told::of(&read, visit.on, &[]).problems.is_empty();
    visit.begin();
    Shown {
        html: island(view! { <Letters /> }),
        has_error: asks_for_the_line && is_wrong,
        is_answer: asks_for_the_line && !is_wrong,
    }
}

/// The form, with what was sent, and how long steps took others as far as that was estimated.
#[must_use]
pub fn document(form: Entries, on: Date, estimated: &[Spread]) -> Document {
    let visit = Visit { on, form, observed: Spread::encode(estimated) };
    let shown = letters(&visit);
    Document {
        page: Some(Page::Timeline),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: shown.has_error,
        terms: text::TERMS.to_vec(),
        visit: Some(visit),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            // Whoever gets an answer without scripts sees it at once.
            @if !shown.is_answer {
                p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
                p.nl-paragraph { (text::PRIVACY_LINE) }
                noscript { p.nl-paragraph { (text::PRIVACY_NO_SCRIPTS) } }
                p.nl-paragraph { a.nl-link href=(Page::Dossier.path()) { (dossier::OPEN_YOURS) } }
            }
            div.toolbar { (island(view! { <Keep /> })) (island(view! { <ReadAloud /> })) }
            (shown.html)
            (help::bring(|about| matches!(about, About::Step(_))))
            (on_paper())
        },
    }
}

/// What can be put on paper, whatever her case says.
fn on_paper() -> Markup {
    html! {
        section.also {
            h2 class="nl-heading nl-heading--level-2" { (text::ALSO_HEADING) }
            ul.todo {
                li { a.nl-link href=(Page::ReadyLetter.path()) { (text::TO_LETTERS) } }
                li { a.nl-link href=(Page::Conversation.path()) { (text::TO_CONVERSATION) } }
            }
        }
    }
}
