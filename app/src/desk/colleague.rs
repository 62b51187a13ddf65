//! /balie/collega: *even stoom afblazen*, with a colleague who listens.

use maud::{Markup, html};

use super::SignedIn;
use super::fields::{Form, Problem, button};
use super::list::small_form;
use super::page::{Said, heading, page, subheading};
use crate::content::desk::colleague as text;
use crate::entries::{ACTION, Entries};
use crate::shell::Document;
use crate::ui::hidden;
use crate::urls::DESK_COLLEAGUE;

/// Names of the fields.
pub const TEXT: &str = "text";
pub const REACH: &str = "reach";
pub const NEED: &str = "need";

/// What the forms ask.
pub mod action {
    pub const ASK: &str = "ask";
    pub const TAKE: &str = "take";
    pub const CLOSE: &str = "close";
}

/// What a helper asks.
#[derive(Clone, Debug)]
pub struct Need {
    pub id: String,
    pub name: String,
    /// In words.
    pub when: String,
    pub text: String,
    /// For who asked and who listens.
    pub reach: Option<String>,
    pub is_own: bool,
    /// The name of who listens.
    pub taker: Option<String>,
}

#[must_use]
pub fn colleague(
    who: &SignedIn,
    needs: &[Need],
    typed: &Entries,
    problems: &[Problem],
    said: Option<Said>,
) -> Document {
    let form = Form { typed, problems };
    let (yours, waiting): (Vec<&Need>, Vec<&Need>) = needs.iter().partition(|need| need.reach.is_some());
    let body = html! {
        @if let Some(said) = said { (said.notice()) }
        (form.summary())
        (heading(text::TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        @if !yours.is_empty() {
            section id="uw-vragen" {
                (subheading(text::YOURS_HEADING))
                @for need in yours { (of_theirs(need)) }
            }
        }
        section id="vraag" {
            (subheading(text::ASK_HEADING))
            form.form method="post" action=(DESK_COLLEAGUE) novalidate autocomplete="off" {
                (hidden([(ACTION, action::ASK)]))
                (form.area(TEXT, text::TEXT, text::TEXT_HINT))
                (form.input(REACH, text::REACH, text::REACH_HINT))
                p.nl-paragraph { (text::KEPT) }
                (button(text::BUTTON, "primary"))
            }
        }
        section id="luister" {
            (subheading(text::WAITING_HEADING))
            @if waiting.is_empty() { p.nl-paragraph { (text::WAITING_NONE) } }
            @for need in waiting {
                article.desk-request {
                    (told(need))
                    form method="post" action=(DESK_COLLEAGUE) {
                        (hidden([(ACTION, action::TAKE), (NEED, need.id.as_str())]))
                        button.nl-button.nl-button--secondary type="submit" aria-label=(text::take_which(&need.name)) { (text::TAKE) }
                    }
                }
            }
        }
        p.nl-paragraph { (text::CRISIS) }
    };
    page(who, text::TITLE, !problems.is_empty(), body)
}

fn told(need: &Need) -> Markup {
    html! {
        p.nl-paragraph { strong { (text::asked_by(&need.name, &need.when)) } }
        p.as-typed { (need.text) }
    }
}

fn of_theirs(need: &Need) -> Markup {
    html! {
        article.desk-request {
            (told(need))
            @if let Some(reach) = &need.reach { p.as-typed { (text::REACH_LABEL) ": " (reach) } }
            @match &need.taker {
                Some(name) => p.nl-paragraph { (text::taken_by(name)) },
                None => p.nl-paragraph { (text::NOBODY_YET) },
            }
            @if need.is_own {
                (small_form(DESK_COLLEAGUE, &[(ACTION, action::CLOSE), (NEED, &need.id)], text::CLOSE, "secondary"))
            }
        }
    }
}
