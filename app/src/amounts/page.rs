//! The pages around the islands: /bedragen and /vergelijken.

use domain::amounts::Route;
use domain::calendar::Date;
use domain::glossary::{self, Term};
use domain::help::About;
use leptos::prelude::view;
use maud::{Markup, PreEscaped, html};

use super::cards::card;
use super::comparison::{Overview, computed};
use super::computed::Computed;
use super::island::{Amounts, sent};
use super::receipt::{ReceiptMessage, ReceiptTools, told};
use crate::content::amounts::{self as text, comparison};
use crate::content::routes;
use crate::entries::Entries;
use crate::help;
use crate::keep::Keep;
use crate::phone::HANDED_OVER;
use crate::read_aloud::ReadAloud;
use crate::shell::{Document, island};
use crate::ui::{self, route_mark};
use crate::urls::Page;
use crate::visit::Visit;

/// Whether the form asks for figures, and something in it can't be read.
fn is_refused(form: &Entries, on: Date) -> bool {
    let (form, asks_for_figures) = sent(form.clone());
    asks_for_figures && !Computed::of(&form, on).problems.is_empty()
}

/// The form, with what was sent.
#[must_use]
pub fn document(form: Entries, on: Date) -> Document {
    let has_error = is_refused(&form, on);
    let visit = Visit::of(on, form);
    visit.begin();
    Document {
        page: Some(Page::Amounts),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: text::TERMS.iter().copied().chain(line_terms()).collect(),
        visit: Some(visit),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
            p.nl-paragraph { (text::PRIVACY_LINE) }
            noscript { p.nl-paragraph { (text::PRIVACY_NO_SCRIPTS) } }
            (tools())
            (PreEscaped(ui::LETTERS))
            (island(view! { <Amounts /> }))
        },
    }
}

/// The glossary words that the lines of a computation name: their notes stand on every page that shows lines.
pub(crate) fn line_terms() -> impl Iterator<Item = &'static Term> {
    glossary::ALL.iter().copied().filter(|term| text::line::ALL.iter().any(|(_, line)| line.term == term.id))
}

/// What the phone can do with a page: keep it, wipe it, read it aloud.
fn tools() -> Markup {
    html! { div.toolbar { (island(view! { <Keep /> })) (island(view! { <ReadAloud /> })) } }
}

/// The comparison of a form that was sent; one that can't be read goes back to where it was filled in.
#[must_use]
pub fn compared(form: Entries, on: Date) -> Document {
    if Computed::of(&form, on).problems.is_empty() { comparison(form, on, None) } else { document(form, on) }
}

/// The comparison for what was filled in, or without amounts. `message` tells what became of a receipt that was opened.
#[must_use]
pub fn comparison(form: Entries, on: Date, message: Option<ReceiptMessage>) -> Document {
    let visit = Visit::of(on, form);
    visit.begin();
    let computed = computed(&visit.form, on);
    Document {
        page: Some(Page::Comparison),
        title: comparison::TITLE.to_owned(),
        description: comparison::DESCRIPTION,
        has_error: message.as_ref().is_some_and(ReceiptMessage::is_error),
        terms: routes::TERMS.iter().copied().chain(line_terms()).collect(),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (comparison::TITLE) }
            p class="nl-paragraph nl-paragraph--lead" { (comparison::LEAD) }
            p.nl-paragraph { (comparison::CHOICE_IS_YOURS) }
            @if let Some(message) = &message { (told(message)) }
            (island(view! { <Overview /> }))
            (tools())
            nav.route-nav aria-label=(comparison::TITLE) {
                ul {
                    @for route in Route::ALL {
                        li { a data-route=(route.id()) href={ "#kaart-" (route.id()) } { (route_mark(route)) " " (routes::name::of(route).short) } }
                    }
                }
            }
            div.routes { @for route in Route::ALL { (card(route, computed.as_ref(), on)) } }
            (help::bring(|about| matches!(about, About::Route(_))))
            div data-on-demand=(HANDED_OVER) { (island(view! { <ReceiptTools /> })) }
        },
        visit: Some(visit),
    }
}
