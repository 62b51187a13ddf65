//! The days of a case for her own calendar: a file that is made on the phone, or answered and forgotten.
//!
//! What stands in the calendar at a glance tells nothing of her: someone may look along. The words are in the explanation.

mod ics;

use domain::Date;
use domain::timeline::{Right, State, Step, StepAnswer, Task};
use maud::{Markup, html};

use super::form::{FORM_ID, Told};
use crate::content::timeline::{self as steps, calendar as text};
use crate::entries::Entries;
use crate::urls::CALENDAR_SAVE;

/// A day that something ends or begins.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// The same for the same term each time the file is made, also when its day has moved.
    id: String,
    on: Date,
    words: String,
}

/// The file, or `None` where there is no day to put in it.
#[must_use]
pub fn calendar_file(told: &Told) -> Option<String> {
    let terms = terms(told);
    (!terms.is_empty()).then(|| {
        let entries: Vec<ics::Entry<'_>> = terms
            .iter()
            .map(|term| ics::Entry { id: &term.id, on: term.on, title: text::TITLE, words: &term.words })
            .collect();
        ics::file(&entries, told.case.on)
    })
}

/// Of a form that was sent: the file, or `None` where there is no day, or something in it can't be read.
#[must_use]
pub fn calendar_of(form: &Entries, on: Date) -> Option<String> {
    let told = Told::of(form, on);
    told.problems.is_empty().then_some(told).as_ref().and_then(calendar_file)
}

/// `herstelroute-2026-11-22.ics`.
#[must_use]
pub fn file_name(on: Date) -> String {
    format!("{}-{on}.ics", text::FILE_NAME)
}

/// The button that makes the file, or that there is nothing to put in it.
#[must_use]
pub fn for_her_calendar(told: &Told) -> Markup {
    html! {
        section.for-calendar {
            h3 class="nl-heading nl-heading--level-3" { (text::HEADING) }
            @if terms(told).is_empty() {
                p { (text::NOTHING) }
            } @else {
                p { (text::LEAD) }
                button class="nl-button nl-button--secondary" type="submit" form=(FORM_ID) formaction=(CALENDAR_SAVE) { (text::SAVE) }
            }
        }
    }
}

/// The days from today on, the first one first.
fn terms(told: &Told) -> Vec<Term> {
    let timeline = &told.timeline;
    let mut terms: Vec<Term> = timeline
        .steps
        .iter()
        .filter(|step| step.state == State::Current)
        .flat_map(of_step)
        .chain(timeline.tasks.iter().filter_map(|task| of_task(*task)))
        .chain(timeline.rights.iter().filter_map(|right| of_right(*right)))
        .filter(|term| term.on >= told.case.on)
        .collect();
    terms.sort_by(|one, other| (one.on, &one.id).cmp(&(other.on, &other.id)));
    terms
}

/// Until when the law gives time for the step, and from when the penalty would run.
fn of_step(step: &StepAnswer) -> impl Iterator<Item = Term> {
    let (name, id) = (name(step.step), step.step.id());
    let entered = step.entered_on.map(|day| day.to_string()).unwrap_or_default();
    let end = step.statutory_end_on.map(|on| Term {
        id: format!("statutory-{id}-{entered}"),
        on,
        words: text::statutory(name, on.in_dutch()),
    });
    let penalty = step.penalty.as_ref().map(|penalty| Term {
        id: format!("penalty-{id}-{entered}"),
        on: penalty.runs_from,
        words: text::penalty(name, penalty.runs_from.in_dutch()),
    });
    end.into_iter().chain(penalty)
}

fn of_task(task: Task) -> Option<Term> {
    match task {
        Task::SendInformation(step, until) => until.map(|on| Term {
            id: format!("information-{}-{on}", step.id()),
            on,
            words: text::information(name(step), on.in_dutch()),
        }),
        Task::ReportPrivateDebts(on) => {
            Some(Term { id: format!("private-debts-{on}"), on, words: text::private_debts(on.in_dutch()) })
        }
        Task::GiveView | Task::AnswerOffer | Task::PrepareConversation => None,
    }
}

fn of_right(right: Right) -> Option<Term> {
    let (id, step, on, words) = match right {
        Right::Objection(step, on) => ("objection", step, on, text::objection(name(step), on.in_dutch())),
        Right::LateObjection(step, on) => {
            ("late-objection", step, on, text::late_objection(name(step), on.in_dutch()))
        }
        _ => return None,
    };
    Some(Term { id: format!("{id}-{}-{on}", step.id()), on, words })
}

fn name(step: Step) -> &'static str {
    steps::step::of(step).name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[(&str, &str)]) -> Told {
        let typed = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Told::of(&Entries::from_pairs(typed), Date::constant(2026, 11, 23))
    }

    #[test]
    fn every_day_that_is_still_to_come_is_in_it_and_none_that_is_over() {
        let told = told(&[
            ("letters[0].kind", "damage_requested"),
            ("letters[0].on", "1-9-2026"),
            ("letters[1].kind", "objection_lodged"),
            ("letters[1].on", "1-4-2024"),
            ("letters[2].kind", "information_asked"),
            ("letters[2].on", "10-11-2026"),
            ("letters[2].until", "1-12-2026"),
            ("letters[3].kind", "assessment_decided"),
            ("letters[3].on", "10-11-2026"),
        ]);
        let ids: Vec<String> = terms(&told).into_iter().map(|term| term.id).collect();
        assert_eq!(
            ids,
            [
                "information-damage-2026-12-01",
                "objection-integral_assessment-2026-12-22",
                "statutory-damage-2026-09-01"
            ]
        );
    }

    #[test]
    fn without_a_day_to_come_there_is_no_file() {
        assert_eq!(calendar_file(&told(&[])), None);
        let late = told(&[("letters[0].kind", "registered"), ("letters[0].on", "16-1-2023")]);
        assert_eq!(calendar_file(&late), None);
    }
}
