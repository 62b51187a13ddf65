//! The page around the chooser.

use domain::calendar::Date;
use domain::help::About;
use leptos::prelude::view;
use maud::html;

use super::island::Chooser;
use super::step::Step;
use super::tree::tree;
use super::view::{start_from, title};
use crate::content::chooser as text;
use crate::entries::Entries;
use crate::help;
use crate::keep::Keep;
use crate::read_aloud::ReadAloud;
use crate::shell::{self, Document};
use crate::urls::Page;
use crate::visit::Visit;

/// The chooser, at its first question or where the form that was sent leads.
#[must_use]
pub fn document(form: Entries, on: Date) -> Document {
    let visit = Visit::of(on, form.clone());
    visit.begin();
    let step = if form.is_empty() { start_from(&form) } else { Step::after(&form) };
    Document {
        page: Some(Page::Chooser),
        title: format!("{} – {}", title(&step), text::TITLE),
        description: text::DESCRIPTION,
        has_error: step.without_answer,
        terms: text::TERMS.to_vec(),
        visit: Some(visit),
        body: html! {
            (shell::island(view! { <Chooser /> }))
            div.toolbar { (shell::island(view! { <Keep /> })) (shell::island(view! { <ReadAloud /> })) }
            p.nl-paragraph { (text::PRIVACY_LINE) }
            (help::bring(|about| matches!(about, About::Route(_))))
            (tree())
        },
    }
}
