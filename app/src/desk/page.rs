//! What stands on every page of the desk: where else to go, and until when one is signed in.

use maud::{Markup, html};

use super::{Role, SignedIn};
use crate::content::desk as text;
use crate::shell::Document;
use crate::ui::notice;
use crate::urls::{DESK, DESK_AIDS, DESK_AVAILABILITY, DESK_COLLEAGUE, DESK_LOG, DESK_OVERVIEW, Page};

/// What was done just now, said on the page that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Claimed,
    Taken,
    LimitReached,
    Paused,
    Unfitting,
    Released,
    HandedOver,
    Closed,
    Saved,
    Asked,
    TakenUp,
    Gone,
    Done,
    Blocked,
}

impl Said {
    const ALL: [(Said, &'static str, &'static str, &'static str); 14] = [
        (Said::Claimed, "opgepakt", "done", text::said::CLAIMED),
        (Said::Taken, "weg", "waiting", text::said::TAKEN),
        (Said::LimitReached, "vol", "waiting", text::said::LIMIT),
        (Said::Paused, "pauze", "waiting", text::said::PAUSED),
        (Said::Unfitting, "past-niet", "waiting", text::said::UNFITTING),
        (Said::Released, "teruggezet", "done", text::said::RELEASED),
        (Said::HandedOver, "doorgegeven", "done", text::said::HANDED_OVER),
        (Said::Closed, "afgerond", "done", text::said::CLOSED),
        (Said::Saved, "opgeslagen", "done", text::said::SAVED),
        (Said::Asked, "gevraagd", "done", text::said::ASKED),
        (Said::TakenUp, "luistert", "done", text::said::TAKEN_UP),
        (Said::Gone, "voorbij", "waiting", text::said::GONE),
        (Said::Done, "klaar", "done", text::said::DONE),
        (Said::Blocked, "geblokkeerd", "done", text::people::SAID_BLOCKED),
    ];

    /// The word in an address: it tells of nobody.
    #[must_use]
    pub fn id(self) -> &'static str {
        Said::ALL.iter().find(|(said, ..)| *said == self).map_or("", |(_, id, ..)| id)
    }

    #[must_use]
    pub fn parse(id: &str) -> Option<Said> {
        Said::ALL.iter().find(|(_, word, ..)| *word == id).map(|(said, ..)| *said)
    }

    pub(super) fn notice(self) -> Markup {
        let found = Said::ALL.iter().find(|(said, ..)| *said == self);
        html! { @if let Some((_, _, state, words)) = found { div role="status" { (notice(state, words, html! {})) } } }
    }
}

/// A page of the desk.
pub(super) fn page(who: &SignedIn, title: &str, has_error: bool, body: Markup) -> Document {
    let content = html! {
        (links(who.role))
        (body)
        (who.session())
    };
    Document {
        page: None,
        title: title.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: Vec::new(),
        visit: None,
        body: content,
    }
}

pub(super) fn heading(title: &str) -> Markup {
    html! { h1.nl-heading.nl-heading--level-1 { (title) } }
}

pub(super) fn subheading(title: &str) -> Markup {
    html! { h2.nl-heading.nl-heading--level-2 { (title) } }
}

/// Where that role may go.
fn links(role: Role) -> Markup {
    let places: &[(&str, &str)] = match role {
        Role::ExperienceExpert | Role::IndependentExpert => &[
            (DESK, text::nav::LIST),
            (DESK_AVAILABILITY, text::nav::AVAILABILITY),
            (DESK_AIDS, text::nav::AIDS),
            (Page::JoinTogether.path(), text::nav::TOGETHER),
            (DESK_COLLEAGUE, text::nav::COLLEAGUE),
        ],
        Role::SupportWorker => {
            &[(DESK_AIDS, text::nav::AIDS), (Page::JoinTogether.path(), text::nav::TOGETHER)]
        }
        Role::Coordinator => &[(DESK_OVERVIEW, text::nav::OVERVIEW)],
        Role::Auditor => &[(DESK_LOG, text::nav::LOG)],
        Role::Parent => &[],
    };
    html! {
        @if !places.is_empty() {
            nav aria-label=(text::nav::LABEL) {
                ul.chips { @for (path, words) in places { li { a.nl-link href=(path) { (words) } } } }
            }
        }
    }
}
