//! The page around the island: /tijdlijn.

use domain::calendar::Date;
use domain::figures::Spread;
use leptos::prelude::view;
use maud::html;

use super::form::Told;
use super::island::{Letters, sent};
use crate::content::timeline as text;
use crate::entries::Entries;
use crate::keep::Keep;
use crate::read_aloud::ReadAloud;
use crate::shell::{Document, island};
use crate::urls::Page;
use crate::visit::Visit;

/// The form, with what was sent, and how long steps took others as far as that was estimated.
#[must_use]
pub fn document(form: Entries, on: Date, estimated: &[Spread]) -> Document {
    let (read, asks_for_the_line) = sent(form.clone());
    let has_error = asks_for_the_line && !Told::of(&read, on, estimated).problems.is_empty();
    let visit = Visit { on, form, observed: Spread::encode(estimated) };
    visit.begin();
    Document {
        page: Some(Page::Timeline),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: text::TERMS.to_vec(),
        visit: Some(visit),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
            p.nl-paragraph { (text::PRIVACY_LINE) }
            noscript { p.nl-paragraph { (text::PRIVACY_NO_SCRIPTS) } }
            div.toolbar { (island(view! { <Keep /> })) (island(view! { <ReadAloud /> })) }
            (island(view! { <Letters /> }))
        },
    }
}
