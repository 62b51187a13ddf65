//! What is shown of a meeting on her pages: the banner with its stop, and what stands at each question.

use domain::together::{Ending, Question, View};
use maud::{Markup, html};
use web_sys::Element;

use super::browser::path;
use super::kept::Kept;
use super::reading::{self, Place, RESULTS};
use super::words;
use crate::content::shell;
use crate::content::together as text;
use crate::phone::document;
use crate::urls::Page;

/// First on the page, so that it is met first.
pub fn make() -> Option<(Element, Element)> {
    let html = html! {
        aside.together.together-banner aria-label=(text::banner::LABEL) {
            div #samen-balk {}
            p #samen-gezegd.visually-hidden role="status" {}
        }
    };
    let first = document()?.query_selector(".site-header").ok()??;
    first.insert_adjacent_html("beforebegin", &html.into_string()).ok()?;
    Some((crate::phone::element("samen-balk")?, crate::phone::element("samen-gezegd")?))
}

/// What the banner tells of while someone looks along.
pub struct Banner<'a> {
    pub kept: &'a Kept,
    /// The page, as it was told.
    pub view: Option<&'a View>,
    pub is_offline: bool,
    pub is_away: bool,
}

impl Banner<'_> {
    pub fn bar(&self) -> Markup {
        let (kept, name) = (self.kept, &self.kept.name);
        let elsewhere = kept.guidance.proposals.iter().any(|it| self.question(&it.question).is_none());
        let shows_results = kept.covers.shows(&path(), RESULTS, true);
        let note = kept.guidance.notes.last().filter(|note| note.number > kept.read);
        html! {
            div.together-bar {
                p {
                    (text::banner::WITH) " " strong { (name) } " "
                    span.together-badge {
                        "(" @if kept.badge().is_some() { (text::badge::VERIFIED) } @else { (text::badge::UNVERIFIED) } ")"
                    }
                }
                (stop())
            }
            @if self.is_offline { p { (text::banner::OFFLINE) } }
            @else if self.is_away { p { (text::banner::away(name)) } }
            @if elsewhere { p { (text::guidance::proposal_elsewhere(name)) } }
            (self.asked_here())
            @if let Some(note) = note {
                div.together-note.together-written {
                    p { (text::guidance::noted(name, &note.text)) }
                    button #samen-gelezen class="nl-button nl-button--subtle" type="button" data-together="read" { (text::guidance::READ) }
                }
            }
            details #samen-ziet.more {
                summary #samen-ziet-wat { (text::banner::more(name)) }
                p { (text::banner::sees_choices(name)) }
                div.button-row {
                    button #samen-alles-zien class="nl-button nl-button--secondary" type="button" data-together="show-all" { (text::banner::SHOW_ALL) }
                    button #samen-alles-af class="nl-button nl-button--secondary" type="button" data-together="cover-all" { (text::banner::COVER_ALL) }
                }
                @if self.view.is_some_and(View::has_results) {
                    p.together-seen {
                        @if shows_results { (text::banner::results_shown(name)) } @else { (text::banner::results_covered(name)) }
                        " "
                        button #samen-uitkomst class="nl-button nl-button--subtle" type="button" data-together="flip" data-question=(RESULTS) {
                            @if shows_results { (text::field::COVER) } @else { (text::field::SHOW) }
                            span.visually-hidden { ": " (text::field::RESULTS) }
                        }
                    }
                }
                p { a #samen-naar-log .nl-link href=(Page::Together.path()) { (text::banner::TO_LOG) } }
            }
        }
    }

    /// What is pointed at and what is proposed on this page, with the way there. Of several proposals the first: one at a
    /// time.
    fn asked_here(&self) -> Markup {
        let (guidance, name) = (&self.kept.guidance, &self.kept.name);
        let proposed = guidance.proposals.iter().find_map(|it| self.question(&it.question));
        let pointed = guidance.pointed.as_ref().and_then(|id| self.question(id));
        let pointed = pointed.filter(|it| proposed.is_none_or(|proposed| proposed.id != it.id));
        html! {
            @for (question, words) in [(pointed, text::guidance::points_at(name)), (proposed, text::guidance::proposes_for(name))] {
                @if let Some(question) = question {
                    p.together-note {
                        (words) " "
                        @match reading::control(&question.id).map(|control| control.id()).filter(|id| !id.is_empty()) {
                            Some(control) => a id={ "samen-naar-" (question.id) } .nl-link href={ "#" (control) } { (question.label) },
                            None => (question.label),
                        }
                    }
                }
            }
        }
    }

    /// A question of this page.
    fn question(&self, id: &str) -> Option<&Question> {
        self.view?.question(id)
    }
}

/// What stands at a question of hers: whether it is seen, and what is proposed, by its number and in words.
pub fn at_question(place: &Place, proposal: Option<(u32, &str)>, name: &str) -> Markup {
    html! {
        @if !place.flips.is_empty() { p.together-seen data-shown[place.is_shown] {
            @if place.is_shown { (text::field::shown(name)) } @else { (text::field::covered(name)) }
            " "
            button id={ "samen-toon-" (place.id) } class="nl-button nl-button--subtle" type="button" data-together="flip" data-question=(place.id) {
                @if place.is_shown { (text::field::COVER) } @else { (text::field::SHOW) }
                span.visually-hidden { ": " (place.asked) }
            }
        } }
        @if let Some((number, words)) = proposal {
            div.together-proposal role="group" aria-label=(text::guidance::proposes_at(name, &place.label)) {
                p { (text::guidance::proposes(name)) " " strong { (words) } }
                div.button-row {
                    (button("accept", number, text::guidance::ACCEPT, "primary"))
                    (button("change", number, text::guidance::CHANGE, "secondary"))
                    (button("decline", number, text::guidance::DECLINE, "secondary"))
                }
            }
        }
    }
}

fn button(action: &str, proposal: u32, words: &str, kind: &str) -> Markup {
    html! {
        button id={ "samen-" (action) "-" (proposal) } class={ "nl-button nl-button--" (kind) } type="button" data-together=(action) data-proposal=(proposal) { (words) }
    }
}

pub fn stop() -> Markup {
    html! {
        button #samen-stop class="nl-button nl-button--secondary" type="button" data-together="stop" { (text::banner::STOP) }
    }
}

/// Nobody looks along yet: what is next stands on the page of the meeting.
pub fn to_start(words: &str, link: &str) -> Markup {
    html! {
        div.together-bar {
            p { (words) " " a.nl-link href=(Page::Together.path()) { (link) } }
            (stop())
        }
    }
}

pub fn over(ending: Ending) -> Markup {
    html! {
        div.together-bar {
            p {
                @if ending != Ending::Elsewhere { strong { (text::banner::ENDED) } " " }
                (words::ending(ending)) " "
                a.nl-link href=(Page::Together.path()) { (text::banner::TO_LOG) }
            }
            button class="nl-button nl-button--secondary" type="button" data-together="close" { (shell::CLOSE) }
        }
    }
}
