//! /balie for who helps: their own requests, and what waits.

use domain::Date;
use domain::help::{About, Kind, Language, Preferences, Region};
use maud::{Markup, html};

use super::fields::button;
use super::page::{Said, heading, page, subheading};
use super::{Due, SignedIn};
use crate::content::{desk as text, help};
use crate::help::about_name;
use crate::shell::Document;
use crate::ui::{hidden, notice};
use crate::urls::{DESK_AVAILABILITY, DESK_PICK_UP, DESK_REQUEST};

/// Name of the field that says which request.
pub const REQUEST: &str = "request";

/// What a helper sees first.
#[derive(Clone, Debug)]
pub struct List {
    pub own: Vec<Own>,
    pub waiting: Vec<Waiting>,
    /// How many at once; `None`: nothing was told yet.
    pub most_requests: Option<i64>,
    pub paused_until: Option<Date>,
    pub said: Option<Said>,
}

/// A running request of one's own.
#[derive(Clone, Debug)]
pub struct Own {
    pub id: String,
    pub reference: String,
    pub kind: Kind,
    pub region: Region,
    pub is_urgent: bool,
    pub due: Due,
}

/// A request that nobody has: without name, story or reference.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: String,
    pub kind: Kind,
    pub about: Vec<About>,
    pub language: Language,
    pub region: Region,
    pub is_urgent: bool,
    pub is_chosen: bool,
    pub is_near: bool,
    pub preferences: Preferences,
    pub since: Date,
}

#[must_use]
pub fn list(who: &SignedIn, it: &List) -> Document {
    let running = it.own.len();
    let body = html! {
        @if let Some(said) = it.said { (said.notice()) }
        (heading(&text::welcome(&who.name)))
        p.nl-paragraph.nl-paragraph--lead { (who.role_in_words()) }
        section id="eigen" {
            (subheading(text::list::OWN_HEADING))
            @match it.most_requests {
                Some(most) if running > 0 => p.nl-paragraph { (text::list::own_count(running, most)) },
                _ => p.nl-paragraph { (text::list::OWN_NONE) },
            }
            @for own in &it.own { (own_request(own)) }
        }
        section id="wacht" {
            (subheading(text::list::WAITING_HEADING))
            @match it.most_requests {
                None => {
                    p.nl-paragraph { (text::list::NO_PROFILE) }
                    a.nl-button.nl-button--primary href=(DESK_AVAILABILITY) { (text::list::TO_PROFILE) }
                },
                Some(most) => {
                    @if let Some(day) = it.paused_until { (notice("waiting", &text::list::paused(day.in_dutch()), html! {})) }
                    @else if i64::try_from(running).is_ok_and(|running| running >= most) { (notice("waiting", text::list::FULL, html! {})) }
                    @if it.waiting.is_empty() { p.nl-paragraph { (text::list::WAITING_NONE) } }
                    @else { p.nl-paragraph { (text::list::WAITING_LEAD) } }
                    @for waiting in &it.waiting { (waiting_request(waiting)) }
                },
            }
        }
    };
    page(who, text::list::TITLE, false, body)
}

fn own_request(own: &Own) -> Markup {
    html! {
        article.desk-request {
            h3.nl-heading.nl-heading--level-3 { (help::kind::of(own.kind).name) }
            dl.answers {
                div { dt { (text::list::REFERENCE) } dd.reference { (own.reference) } }
                div { dt { (text::list::REGION) } dd { (help::region::of(own.region).name) } }
            }
            (own.due.notice(own.is_urgent))
            a.nl-button.nl-button--primary href={ (DESK_REQUEST) "/" (own.id) } aria-label=(text::list::open_which(&own.reference)) { (text::list::OPEN) }
        }
    }
}

fn waiting_request(waiting: &Waiting) -> Markup {
    let kind = help::kind::of(waiting.kind).name;
    let region = help::region::of(waiting.region).name;
    let marks = [
        (waiting.is_urgent, text::list::URGENT),
        (waiting.is_chosen, text::list::CHOSEN),
        (waiting.is_near, text::list::NEAR),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| words).collect();
    html! {
        article.desk-request {
            h3.nl-heading.nl-heading--level-3 { (kind) }
            @if !marks.is_empty() { p.nl-paragraph { strong { (marks.join(" · ")) } } }
            (asked(&waiting.about, waiting.language, waiting.region, &waiting.preferences))
            p.nl-paragraph { (text::list::SINCE) " " (waiting.since.in_dutch()) }
            form method="post" action=(DESK_PICK_UP) {
                (hidden([(REQUEST, waiting.id.as_str())]))
                button.nl-button.nl-button--secondary type="submit" aria-label=(text::list::pick_up_which(kind, region)) { (text::list::PICK_UP) }
            }
        }
    }
}

/// What is known of a request before it is opened.
pub(super) fn asked(
    about: &[About],
    language: Language,
    region: Region,
    preferences: &Preferences,
) -> Markup {
    let about: Vec<&str> = about.iter().map(|about| about_name(*about)).collect();
    let wishes = preferences
        .gender
        .map(|gender| help::gender::of(gender).name)
        .into_iter()
        .chain(preferences.same_background.then_some(text::list::SAME_BACKGROUND));
    let wishes: Vec<&str> = wishes.collect();
    html! {
        dl.answers {
            @if !about.is_empty() { div { dt { (text::list::ABOUT) } dd { (about.join(", ")) } } }
            div { dt { (text::list::LANGUAGE) } dd { (help::language::of(language).name) } }
            div { dt { (text::list::REGION) } dd { (help::region::of(region).name) } }
            @if !wishes.is_empty() { div { dt { (text::list::WISHES) } dd { (wishes.join(", ")) } } }
        }
    }
}

impl Due {
    pub(super) fn notice(&self, is_urgent: bool) -> Markup {
        let (state, words) = match self {
            Due::Done => ("done", text::due::DONE.to_owned()),
            Due::By(day) => ("waiting", text::due::by(day.in_dutch())),
            Due::Today => ("waiting", text::due::TODAY.to_owned()),
            Due::Late(day) => ("late", text::due::late(day.in_dutch())),
        };
        notice(state, &words, html! { @if is_urgent { p { (text::list::URGENT) } } })
    }
}

/// A button that goes along with which request it is about.
pub(super) fn small_form(action: &str, fields: &[(&str, &str)], words: &str, kind: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (hidden(fields.iter().copied()))
            (button(words, kind))
        }
    }
}
