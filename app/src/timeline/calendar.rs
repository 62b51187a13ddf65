//! The days of a case for her own calendar: a file that is made on the phone, or answered and forgotten.
//!
//! What stands in the calendar at a glance tells nothing of her: someone may look along. The words are in the explanation.

mod ics;

use domain::Date;
use domain::timeline::{Right, State, Step, StepAnswer, Task};
use maud::{Markup, html};

use super::form::{FORM_ID, Told};
use crate::content::timeline::{self as steps, calendar as text};
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
    if terms.is_empty() {
        return None;
    }
    let mut file = ics::File::new(told.case.on);
    for term in &terms {
        file.day(&term.id, term.on, text::TITLE, &term.words);
    }
    Some(file.finish())
}

/// Of a form that was sent: the file, or `None` where there is no day, or something in it can't be read.
#[cfg(feature = "ssr")]
#[must_use]
pub fn calendar_of(form: &crate::entries::Entries, on: Date) -> Option<String> {
    let told = Told::of(form, on, &[]);
    if told.problems.is_empty() { calendar_file(&told) } else { None }
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
    let mut terms = Vec::new();
    let mut add = |term: Option<Term>| {
        if let Some(term) = term.filter(|term| term.on >= told.case.on) {
            let before = terms.iter().take_while(|known: &&Term| known.on <= term.on).count();
            terms.insert(before, term);
        }
    };
    for step in timeline.steps.iter().filter(|step| step.state == State::Current) {
        add(statutory_end(step));
        add(start_of_penalty(step));
    }
    timeline.tasks.iter().for_each(|task| add(of_task(*task)));
    timeline.rights.iter().for_each(|right| add(of_right(*right)));
    terms
}

/// Until when the law gives time for the step.
fn statutory_end(step: &StepAnswer) -> Option<Term> {
    let on = step.statutory_end_on?;
    Some(Term { id: id_of("statutory", step), on, words: text::statutory(name(step.step), on.in_dutch()) })
}

/// From when the penalty would run.
fn start_of_penalty(step: &StepAnswer) -> Option<Term> {
    let on = step.penalty.as_ref()?.runs_from;
    Some(Term { id: id_of("penalty", step), on, words: text::penalty(name(step.step), on.in_dutch()) })
}

/// The day that a step was entered stays, where its end may move.
fn id_of(what: &str, step: &StepAnswer) -> String {
    let entered = step.entered_on.map(|day| day.to_string()).unwrap_or_default();
    format!("{what}-{}-{entered}", step.step.id())
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
    use crate::entries::Entries;

    fn told(pairs: &[(&str, &str)]) -> Told {
        Told::of(&Entries::from_pairs(pairs.iter().copied()), Date::constant(2026, 11, 23), &[])
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
