//! /balie/aanvraag/…: a request in the hands of who has it.

use domain::help::{Event, Outcome, Request};
use maud::{Markup, html};

use super::fields::{Form, Problem, button};
use super::list::{asked, small_form};
use super::page::{Said, heading, page, subheading};
use super::{Due, SignedIn};
use crate::content::{desk as text, help};
use crate::entries::{ACTION, Entries};
use crate::help::form::Personal;
use crate::shell::Document;
use crate::ui::{hidden, notice};
use crate::urls::{DESK, DESK_REQUEST};

/// Names of the fields.
pub const WAY: &str = "way";
pub const NOTE: &str = "note";
pub const TO: &str = "to";
pub const OUTCOME: &str = "outcome";

/// What the forms ask.
pub mod action {
    pub const CONTACT: &str = "contact";
    pub const HAND_OVER: &str = "hand_over";
    pub const RELEASE: &str = "release";
    pub const CLOSE: &str = "close";
}

/// A request as its page shows it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub id: String,
    pub reference: String,
    pub request: Request,
    pub due: Due,
    pub personal: Personal,
    /// The newest first.
    pub log: Vec<Logged>,
    /// Id and name of who can take it over.
    pub colleagues: Vec<(String, String)>,
    pub said: Option<Said>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Logged {
    /// In words.
    pub when: String,
    pub event: Event,
    pub note: Option<String>,
}

/// `typed`: what was sent and refused; it stands there again, with why.
#[must_use]
pub fn request(who: &SignedIn, it: &Opened, typed: &Entries, problems: &[Problem]) -> Document {
    let form = Form { typed, problems };
    let place = format!("{DESK_REQUEST}/{}", it.id);
    let title = text::request::title(&it.reference);
    let asked_of = &it.request;
    let body = html! {
        @if let Some(said) = it.said { (said.notice()) }
        (form.summary())
        h1.nl-heading.nl-heading--level-1 { (text::request::NAME) " " span.reference { (it.reference) } }
        p.nl-paragraph { (text::request::SEEN) }
        (it.due.notice(asked_of.is_urgent))
        section id="persoonlijk" {
            (subheading(text::request::PERSONAL))
            @if it.personal.is_discreet() { (notice("late", text::request::DISCREET, html! {})) }
            (personal(&it.personal))
        }
        section id="vraag" {
            (subheading(text::request::ASKS))
            p.nl-paragraph { strong { (help::kind::of(asked_of.kind).name) } }
            (asked(&asked_of.about, asked_of.language, asked_of.region, &asked_of.preferences))
        }
        section id="contact" {
            (subheading(text::request::contact::HEADING))
            form.form method="post" action=(place) novalidate autocomplete="off" {
                (hidden([(ACTION, action::CONTACT)]))
                (form.radios(WAY, text::request::contact::HOW, "", [
                    ("reached", text::request::contact::REACHED),
                    ("tried", text::request::contact::TRIED),
                ]))
                (form.area(NOTE, text::request::contact::NOTE, text::request::contact::NOTE_HINT))
                (button(text::request::contact::BUTTON, "primary"))
            }
            h3.nl-heading.nl-heading--level-3 { (text::request::LOG_HEADING) }
            (log(&it.log))
        }
        section id="doorgeven" {
            (subheading(text::request::hand_over::HEADING))
            p.nl-paragraph { (text::request::hand_over::TEXT) }
            (hand_over(&place, form, &it.colleagues))
        }
        section id="terugzetten" {
            (subheading(text::request::release::HEADING))
            p.nl-paragraph { (text::request::release::TEXT) }
            (small_form(&place, &[(ACTION, action::RELEASE)], text::request::release::BUTTON, "secondary"))
        }
        section id="afronden" {
            (subheading(text::request::close::HEADING))
            form.form method="post" action=(place) novalidate {
                (hidden([(ACTION, action::CLOSE)]))
                (form.radios(OUTCOME, text::request::close::HOW, text::request::close::TEXT, Outcome::ALL.iter().map(|outcome| {
                    (outcome.id(), text::request::outcome::of(*outcome).name)
                })))
                (button(text::request::close::BUTTON, "secondary"))
            }
        }
    };
    page(who, &title, !problems.is_empty(), body)
}

fn personal(personal: &Personal) -> Markup {
    let told = crate::help::personal(personal);
    html! {
        @if told.is_empty() { p.nl-paragraph { (text::request::NOTHING_PERSONAL) } }
        @else {
            dl.answers {
                @for (heading, lines) in told {
                    div { dt { (heading) } @for line in lines { dd.as-typed { (line) } } }
                }
            }
        }
    }
}

fn log(events: &[Logged]) -> Markup {
    html! {
        @if events.is_empty() { p.nl-paragraph { (text::request::LOG_EMPTY) } }
        @else {
            dl.answers {
                @for event in events {
                    div {
                        dt { (event.when) }
                        dd { (text::request::event::of(event.event).name) }
                        @if let Some(note) = &event.note { dd.as-typed { (note) } }
                    }
                }
            }
        }
    }
}

fn hand_over(place: &str, form: Form<'_>, colleagues: &[(String, String)]) -> Markup {
    let problem =
        form.problems.iter().find(|problem| problem.field == TO).map(|problem| problem.words.as_str());
    html! {
        @if colleagues.is_empty() {
            div id=(TO) tabindex="-1" {
                @if let Some(problem) = problem { (crate::ui::error_slot(TO, Some(problem))) }
                p.nl-paragraph { (text::request::hand_over::NOBODY) }
            }
        } @else {
            form.form method="post" action=(place) novalidate {
                (hidden([(ACTION, action::HAND_OVER)]))
                (choose(TO, TO, colleagues, form.typed.text(TO), problem))
                (button(text::request::hand_over::BUTTON, "secondary"))
            }
        }
    }
}

/// A list of helpers. Names aren't known when this is compiled, so `ui::select` can't hold them.
pub(super) fn choose(
    id: &str,
    name: &str,
    helpers: &[(String, String)],
    chosen: &str,
    problem: Option<&str>,
) -> Markup {
    let control = html! {
        select.utrecht-select id=(id) name=(name) aria-describedby={ (id) "-fout" } aria-invalid=[problem.map(|_| "true")] {
            option value="" { (text::request::hand_over::CHOOSE) }
            @for (helper, words) in helpers { option value=(helper) selected[helper == chosen] { (words) } }
        }
    };
    crate::ui::field(id, text::request::hand_over::LABEL, "", problem, control)
}

/// It isn't hers any more; what she wrote stands here, to be copied.
#[must_use]
pub fn gone(who: &SignedIn, typed: &str) -> Document {
    let body = html! {
        (heading(text::request::gone::TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::request::gone::TEXT) }
        @if !typed.is_empty() {
            p.nl-paragraph { (text::request::gone::TYPED) }
            p.as-typed { (typed) }
        }
        a.nl-button.nl-button--primary href=(DESK) { (text::request::gone::BACK) }
    };
    page(who, text::request::gone::TITLE, false, body)
}
