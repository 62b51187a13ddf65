//! The page around the island: /tijdlijn/gesprek.

use domain::calendar::Date;
use leptos::prelude::view;
use maud::html;

use super::island::Conversation;
use crate::content::conversation as text;
use crate::entries::Entries;
use crate::keep::Keep;
use crate::shell::{Document, island};
use crate::ui::words;
use crate::urls::Page;
use crate::visit::Visit;

/// The sheet, with what was sent.
#[must_use]
pub fn document(form: Entries, on: Date) -> Document {
    let visit = Visit::of(on, form);
    visit.begin();
    Document {
        page: Some(Page::Conversation),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: text::TERMS.to_vec(),
        visit: Some(visit),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
            p.nl-paragraph { (words(text::WITH_WHOM)) }
            p.nl-paragraph { (text::PRIVACY_LINE) }
            noscript { p.nl-paragraph { (text::PRIVACY_NO_SCRIPTS) } }
            div.toolbar { (island(view! { <Keep /> })) }
            (island(view! { <Conversation /> }))
            p.nl-paragraph { a.nl-link href=(Page::Timeline.path()) { (text::BACK) } }
        },
    }
}
