//! The page around the chooser.

use domain::calendar::Date;
use leptos::prelude::*;

use super::island::Chooser;
use super::step::Step;
use super::tree::Tree;
use super::view::{start_from, title};
use crate::content::chooser as text;
use crate::entries::Entries;
use crate::keep::Keep;
use crate::read_aloud::ReadAloud;
use crate::shell::Document;
use crate::urls::Page;

/// The chooser, at its first question or where the form that was sent leads.
#[must_use]
pub fn document(form: Entries, on: Date) -> Document {
    let step = if form.is_empty() { start_from(&form) } else { Step::after(&form) };
    Document {
        page: Some(Page::Chooser),
        title: format!("{} – {}", title(&step), text::TITLE),
        description: text::DESCRIPTION,
        has_error: step.without_answer,
        terms: text::TERMS.to_vec(),
        body: view! {
            <Chooser form=form on=on />
            <div class="toolbar"><Keep /> <ReadAloud /></div>
            <p class="nl-paragraph">{text::PRIVACY_LINE}</p>
            <Tree />
        }
        .into_any(),
    }
}
