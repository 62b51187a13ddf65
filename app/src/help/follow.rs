//! The pages of /hulpvraag/volgen: opened with number and code, who has it, what happened, another helper, stop.

use std::cmp::Ordering;

use domain::calendar::Date;
use domain::help::{Act, Event, Request, State};
use domain::timeline::State as StepState;
use maud::{Markup, html};

use super::fields::{Form, Profile, contact};
use super::form::{CHOSEN, Personal, Problem};
use super::page::{button, document};
use crate::content::{fill, help as text, timeline};
use crate::entries::Entries;
use crate::shell::Document;
use crate::timeline::view::mark;
use crate::ui::{Choice, Select, choice, code_field, error_summary, hidden, icon, notice, select};
use crate::urls::Page;

/// Names of the fields that go along.
pub const REFERENCE: &str = "reference";
pub const CODE: &str = "code";
pub const TICKET: &str = "ticket";
/// Her two answers at the end.
pub const WAS_FAIR: &str = "was_fair";
pub const CAN_GO_ON: &str = "can_go_on";

/// Ids of the buttons that say what to do.
pub mod action {
    pub const OPEN: &str = "open";
    pub const CONTACT: &str = "contact";
    pub const DECLINE: &str = "decline";
    pub const ANSWER: &str = "answer";
    pub const ASK_WITHDRAW: &str = "ask_withdraw";
    pub const WITHDRAW: &str = "withdraw";
    pub const EXPORT: &str = "export";
}

/// Why a request didn't open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Missing,
    Unknown,
    /// Minutes until it may be tried again.
    TooOften(i64),
    /// The page stood open for too long.
    TicketEnded,
}

/// A request as she sees it.
#[derive(Clone, Debug)]
pub struct Followed {
    pub ticket: String,
    pub reference: String,
    pub state: State,
    /// The day that the page is made for.
    pub on: Date,
    /// Who has it.
    pub helper: Option<String>,
    pub claim_due_on: Date,
    /// While who has it still has to get in touch.
    pub contact_due_on: Option<Date>,
    /// When she made it, in words.
    pub made: String,
    pub asked: Option<Request>,
    /// Her two answers at the end, from 1 (no) to 3 (yes).
    pub answers: [Option<i64>; 2],
    /// What happened: the moment in words, and by which helper.
    pub events: Vec<(String, Event, Option<String>)>,
    /// `None`: erased.
    pub personal: Option<Personal>,
    /// When what is personal goes by itself.
    pub erased_on: Option<Date>,
    /// She answered the two questions, or there is nothing to ask yet.
    pub asks_answers: bool,
    /// Whom she can choose in place of who has it.
    pub profiles: Vec<Profile>,
    pub message: Message,
}

/// What just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    None,
    Changed,
    Declined,
    Answered,
    /// Somebody was first, or it is over.
    CantNow,
    /// What she changed can't be kept so.
    Refused(Entries, Vec<Problem>),
}

/// Where number and code are asked.
#[must_use]
pub fn start(refused: Option<Refused>, reference: &str) -> Document {
    let problem = refused.map(|refused| match refused {
        Refused::Missing => text::follow::MISSING.to_owned(),
        Refused::Unknown => text::follow::UNKNOWN.to_owned(),
        Refused::TooOften(minutes) => text::follow::too_often(minutes),
        Refused::TicketEnded => text::follow::COME_AGAIN.to_owned(),
    });
    let body = html! {
        @if let Some(problem) = &problem { (error_summary(&[(REFERENCE.to_owned(), problem)])) }
        h1 class="nl-heading nl-heading--level-1" { (text::follow::TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::follow::LEAD) }
        form.form method="post" action=(Page::FollowHelp.path()) novalidate autocomplete="off" {
            (code_field(REFERENCE, text::follow::REFERENCE, text::follow::REFERENCE_HINT, reference, problem.as_deref()))
            (code_field(CODE, text::follow::CODE, text::follow::CODE_HINT, "", None))
            (button(action::OPEN, text::follow::OPEN, "primary"))
        }
        h2 class="nl-heading nl-heading--level-2" { (text::follow::LOST_HEADING) }
        p.nl-paragraph { (text::follow::LOST) }
        p.nl-paragraph { a.nl-link href=(Page::Help.path()) { (text::follow::NEW) } }
    };
    document(Page::FollowHelp, text::follow::TITLE, problem.is_some(), body)
}

/// The request: where it is first, then what she can do, and what happened.
#[must_use]
pub fn opened(it: &Followed) -> Document {
    let problems = match &it.message {
        Message::Refused(_, problems) => problems.as_slice(),
        _ => &[],
    };
    let summary: Vec<(String, &str)> =
        problems.iter().map(|problem| (problem.field.to_owned(), problem.words)).collect();
    let body = html! {
        @if !summary.is_empty() { (error_summary(&summary)) }
        (message(&it.message))
        h1 class="nl-heading nl-heading--level-1" { (text::follow::TITLE) }
        p.nl-paragraph { (text::follow::REFERENCE) ": " strong.reference { (it.reference) } }
        (course(it.state))
        (now(it))
        @if it.asks_answers { (answers(it)) }
        @if it.state.after(Act::Decline).is_some() { (decline(it)) }
        @if it.state.after(Act::Change).is_some() { (contact_data(it, problems)) }
        (seen(it))
        (export(it))
        @if it.state.after(Act::Withdraw).is_some() { (stop(it)) }
        p.nl-paragraph { a.nl-link href=(Page::FollowHelp.path()) { (text::follow::SHUT) } }
    };
    document(Page::FollowHelp, text::follow::TITLE, !summary.is_empty(), body)
}

/// Before everything is erased.
#[must_use]
pub fn confirm_withdraw(ticket: &str) -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::withdraw::SURE_TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::withdraw::TEXT) }
        (form(ticket, html! {
            div.button-row {
                (button(action::WITHDRAW, text::withdraw::SURE, "primary"))
                (button(action::OPEN, text::withdraw::NO, "secondary"))
            }
        }))
    };
    document(Page::FollowHelp, text::withdraw::SURE_TITLE, false, body)
}

/// It is taken back.
#[must_use]
pub fn withdrawn() -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::withdraw::DONE_TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::withdraw::DONE_TEXT) }
    };
    document(Page::FollowHelp, text::withdraw::DONE_TITLE, false, body)
}

fn message(message: &Message) -> Markup {
    match message {
        Message::None | Message::Refused(..) => html! {},
        Message::Changed => notice("done", text::follow::CHANGED, html! {}),
        Message::Declined => notice("done", text::follow::DECLINED, html! {}),
        Message::Answered => notice("done", text::follow::ANSWERED, html! {}),
        Message::CantNow => notice("waiting", text::follow::CANT_NOW, html! {}),
    }
}

/// All stations, and at which one it is.
fn course(state: State) -> Markup {
    let is_shown = |station: &State| (*station == State::Withdrawn) == (state == State::Withdrawn);
    html! {
        ol.timeline {
            @for station in State::ALL.iter().copied().filter(is_shown) {
                @let texts = text::follow::state::of(station);
                @let is_here = station == state;
                @let reached = reached(station, state);
                li.timeline-step data-state=(reached.id()) aria-current=[is_here.then_some("step")] {
                    h2 { (icon(mark(reached))) (texts.name) " " span.timeline-state { (timeline::state::of(reached).text) } }
                    @if is_here { p { (texts.text) } }
                }
            }
        }
    }
}

/// A station, as a step of a timeline.
fn reached(station: State, state: State) -> StepState {
    match station.cmp(&state) {
        Ordering::Less => StepState::Done,
        Ordering::Equal if state.is_over() => StepState::Done,
        Ordering::Equal => StepState::Current,
        Ordering::Greater => StepState::Next,
    }
}

/// Whose turn it is, and until when.
fn now(it: &Followed) -> Markup {
    let name = it.helper.as_deref().unwrap_or_default();
    html! {
        @match (it.state, it.contact_due_on) {
            (State::Received, _) if it.on > it.claim_due_on => { (notice("late", text::follow::now::CLAIM_LATE, html! {})) }
            (State::Received, _) => { p.nl-paragraph { (text::follow::now::claim_due(it.claim_due_on.in_dutch())) } }
            (State::Matched, Some(due)) if it.on > due => {
                (notice("late", &text::follow::now::contact_late(name, due.in_dutch()), html! {}))
            }
            (State::Matched, Some(due)) => { p.nl-paragraph { (text::follow::now::contact_due(name, due.in_dutch())) } }
            (State::InContact, _) => { p.nl-paragraph { (text::follow::now::helper(name)) } }
            _ => {}
        }
        @if it.personal.is_none() && it.state != State::Withdrawn {
            p.nl-paragraph { (text::follow::now::ERASED) }
        } @else if let Some(day) = it.erased_on {
            p.nl-paragraph { (text::follow::now::erased_on(day.in_dutch())) }
        }
    }
}

fn answers(it: &Followed) -> Markup {
    let choices = [("3", text::answers::YES), ("2", text::answers::A_LITTLE), ("1", text::answers::NO)];
    let question = |name: &'static str, words: &str| {
        html! {
            fieldset.utrecht-form-fieldset {
                legend.utrecht-form-fieldset__legend { (words) }
                @for (at, (value, label)) in choices.iter().enumerate() {
                    (choice(&Choice { name, number: at + 1, value, label, hint: "", checked: false, described_by: None }))
                }
            }
        }
    };
    html! {
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::answers::HEADING) }
            p.nl-paragraph { (text::answers::TEXT) }
            (form(&it.ticket, html! {
                (question(WAS_FAIR, text::answers::WAS_FAIR))
                (question(CAN_GO_ON, text::answers::CAN_GO_ON))
                (button(action::ANSWER, text::answers::BUTTON, "secondary"))
            }))
        }
    }
}

fn decline(it: &Followed) -> Markup {
    let profiles = it.profiles.iter().map(|profile| (profile.id.as_str(), profile.name.as_str()));
    html! {
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::decline::HEADING) }
            p.nl-paragraph { (text::decline::TEXT) }
            (form(&it.ticket, html! {
                @if !it.profiles.is_empty() {
                    (select(
                        &Select { name: CHOSEN, label: text::decline::WHO, hint: text::decline::ANYONE, chosen: "", problem: None },
                        [("", profiles.collect())],
                    ))
                }
                (button(action::DECLINE, text::decline::BUTTON, "secondary"))
            }))
        }
    }
}

fn contact_data(it: &Followed, problems: &[Problem]) -> Markup {
    let nothing = Entries::default();
    let typed = match (&it.message, &it.personal) {
        (Message::Refused(typed, _), _) => typed,
        (_, Some(personal)) => personal.entries(),
        (_, None) => &nothing,
    };
    html! {
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::contact::HEADING) }
            p.nl-paragraph { (text::contact::TEXT) }
            (form(&it.ticket, html! {
                (contact(Form { typed, problems, profiles: &[] }))
                (button(action::CONTACT, text::contact::BUTTON, "secondary"))
            }))
        }
    }
}

/// What happened, in words.
#[must_use]
pub(super) fn happened(event: Event, helper: Option<&str>) -> String {
    let texts = text::follow::event::of(event);
    match helper {
        Some(name) => fill(texts.by_helper, "name", name),
        None => texts.by_her.to_owned(),
    }
}

/// What happened, and who saw it.
fn seen(it: &Followed) -> Markup {
    html! {
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::follow::seen::HEADING) }
            p.nl-paragraph { (text::follow::seen::LEAD) }
            ol.todo {
                @for (moment, event, helper) in &it.events {
                    li { (moment) ": " (happened(*event, helper.as_deref())) }
                }
            }
        }
    }
}

fn export(it: &Followed) -> Markup {
    html! {
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::export::HEADING) }
            p.nl-paragraph { (text::export::TEXT) }
            (form(&it.ticket, button(action::EXPORT, text::export::BUTTON, "secondary")))
        }
    }
}

fn stop(it: &Followed) -> Markup {
    html! {
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::withdraw::HEADING) }
            p.nl-paragraph { (text::withdraw::TEXT) }
            (form(&it.ticket, button(action::ASK_WITHDRAW, text::withdraw::ASK, "secondary")))
        }
    }
}

/// A form that says which request, and what to do.
fn form(ticket: &str, content: Markup) -> Markup {
    html! {
        form.form method="post" action=(Page::FollowHelp.path()) novalidate autocomplete="off" {
            (hidden([(TICKET, ticket)]))
            (content)
        }
    }
}
