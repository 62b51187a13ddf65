//! What was filled in, in the words of the form: a sheet that doesn't say what it was made from can't be checked.

use domain::timeline::{Event, Outcome, Step};
use maud::{Markup, html};

use super::form::Told;
use crate::content::timeline as text;

/// Every letter that counts, for on paper.
#[must_use]
pub fn filled_in(told: &Told) -> Markup {
    html! {
        section.on-paper {
            h3 class="nl-heading nl-heading--level-3" { (text::FILLED_IN) }
            (list(&told.case.events))
            p { (text::made_on(told.case.on.in_dutch())) }
        }
    }
}

/// What happened, and what was said of it.
#[must_use]
pub fn list(events: &[Event]) -> Markup {
    html! {
        dl.facts {
            @for event in events { div.fact { dt { (text::event::of(event.kind).text) } dd { (said(event)) } } }
        }
    }
}

/// The same of one of them, as a line.
#[cfg(feature = "ssr")]
#[must_use]
pub fn line(event: &Event) -> String {
    format!("{}: {}", text::event::of(event.kind).text, said(event))
}

/// The day, and what else was said of it.
fn said(event: &Event) -> String {
    let step = event.step.map(|step: Step| text::step::of(step).name.to_owned());
    let outcome = event.outcome.map(|outcome| match outcome {
        Outcome::Granted => text::OUTCOME_GRANTED.to_owned(),
        Outcome::Refused => text::OUTCOME_REFUSED.to_owned(),
    });
    let until = event.until.map(|until| text::answer_until(until.in_dutch()));
    let way = event.way.map(|way| text::way::of(way).name.to_owned());
    [Some(event.on.in_dutch()), step, outcome, until, way]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; ")
}
