//! The page around the island, and its form: /tijdlijn/brief.

use domain::calendar::Date;
use leptos::prelude::view;
use maud::{Markup, html};

use super::fields::fields;
use super::form::{Kind, LETTER, MAKE, Made, NEXT, is_of_case, sent};
use super::island::ReadyLetter;
use crate::content::ready_letter as text;
use crate::entries::{ACTION, Entries};
use crate::keep::Keep;
use crate::shell::{Document, island};
use crate::ui::{Choice, choice, error_slot, hidden};
use crate::urls::Page;
use crate::visit::Visit;

/// The form, with what was sent.
#[must_use]
pub fn document(form: Entries, on: Date) -> Document {
    let (read, asks_for_the_letter) = sent(form.clone());
    let has_error = asks_for_the_letter && !Made::of(&read, on).problems.is_empty();
    let visit = Visit::of(on, form);
    visit.begin();
    Document {
        page: Some(Page::ReadyLetter),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: text::TERMS.to_vec(),
        visit: Some(visit),
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            // Whoever gets an answer without scripts sees it at once.
            @if !asks_for_the_letter || has_error {
                p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
                p.nl-paragraph { (text::PRIVACY_LINE) }
                noscript { p.nl-paragraph { (text::PRIVACY_NO_SCRIPTS) } }
            }
            div.toolbar { (island(view! { <Keep /> })) }
            (island(view! { <ReadyLetter /> }))
            p.nl-paragraph { a.nl-link href=(Page::Timeline.path()) { (text::BACK) } }
        },
    }
}

/// The whole form.
#[must_use]
pub(super) fn form(typed: &Entries, shown: &Made) -> Markup {
    let asks = if shown.kind.is_some() { MAKE } else { NEXT };
    html! {
        form.form method="post" action=(Page::ReadyLetter.path()) novalidate {
            // Enter makes the letter.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" name=(ACTION) value=(asks) { (text::MAKE) }
            (hidden(typed.iter().filter(|(name, _)| is_of_case(name))))
            (choice_of_letter(typed, shown))
            div data-fields { (fields(typed, shown)) }
        }
    }
}

fn choice_of_letter(typed: &Entries, shown: &Made) -> Markup {
    let problem = shown.problem_at(LETTER);
    html! {
        fieldset.utrecht-form-fieldset id=(LETTER) {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (text::CHOOSE) } }
            (error_slot(LETTER, problem))
            @for (at, (id, texts)) in Kind::ALL.into_iter().filter_map(texts_of).enumerate() {
                (choice(&Choice { name: LETTER, number: at + 1, value: id, label: texts.name, hint: texts.hint, checked: id == typed.text(LETTER), described_by: None }))
            }
        }
    }
}

fn texts_of(kind: Kind) -> Option<(&'static str, &'static text::letter::Texts)> {
    text::letter::ALL.iter().find(|(id, _)| *id == kind.id()).copied()
}
