//! The page around the island: /tijdlijn, and whichever other page shows the same form.

use domain::calendar::Date;
use domain::figures::Spread;
use leptos::prelude::{provide_context, use_context, view};
use maud::{Markup, html};

use super::form::Told;
use super::island::{Letters, sent};
use crate::content::{dossier, timeline as text};
use crate::entries::Entries;
use crate::keep::Keep;
use crate::read_aloud::ReadAloud;
use crate::shell::{Document, island};
use crate::urls::Page;
use crate::visit::Visit;

/// The page that the form stands on: where it is sent to.
#[derive(Clone, Copy)]
struct At(Page);

/// Where the form of the page that is being rendered is sent to.
#[must_use]
pub(super) fn form_action() -> &'static str {
    use_context::<At>().map_or(Page::Timeline, |At(page)| page).path()
}

/// The form with the line of steps, ready to stand on a page; and whether something in it is refused.
#[must_use]
pub fn letters(page: Page, visit: &Visit) -> (Markup, bool) {
    let (read, asks_for_the_line) = sent(visit.form.clone());
    let has_error = asks_for_the_line && !Told::of(&read, visit.on, &[]).problems.is_empty();
    provide_context(At(page));
    visit.begin();
    (island(view! { <Letters /> }), has_error)
}

/// The form, with what was sent, and how long steps took others as far as that was estimated.
#[must_use]
pub fn document(form: Entries, on: Date, estimated: &[Spread]) -> Document {
    let visit = Visit { on, form, observed: Spread::encode(estimated) };
    let (letters, has_error) = letters(Page::Timeline, &visit);
    let is_answer = sent(visit.form.clone()).1 && !has_error;
    Document {
        page: Some(Page::Timeline),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: text::TERMS.to_vec(),
        visit: Some(visit),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            // Whoever gets an answer without scripts sees it at once.
            @if !is_answer {
                p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
                p.nl-paragraph { (text::PRIVACY_LINE) }
                noscript { p.nl-paragraph { (text::PRIVACY_NO_SCRIPTS) } }
                p.nl-paragraph { a.nl-link href=(Page::Dossier.path()) { (dossier::OPEN_YOURS) } }
            }
            div.toolbar { (island(view! { <Keep /> })) (island(view! { <ReadAloud /> })) }
            (letters)
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
