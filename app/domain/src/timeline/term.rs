//! What the law gives for a step: until when, and what moves that day.

use super::Note;
use super::clock::Stretch;
use super::pass::Pass;
use super::step::Step;
use crate::calendar::{Date, Plus, has_known_holidays, next_working_day};
use crate::order::in_order;
use crate::parameter::{Entry, Parameter};
use crate::parameters::terms;

/// The statutory term of one pass through a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// The last day; `None` where the law gives none, or an input is missing.
    pub end_on: Option<Date>,
    pub parameters: Vec<&'static Entry>,
    /// What has to be known to say it.
    pub missing: Option<&'static str>,
    pub notes: Vec<Note>,
}

/// The statutory term of a pass among those of its case.
pub(super) fn statutory(pass: &Pass, all: &[Pass], stretches: &[Stretch], on: Date) -> Term {
    match pass.step {
        Step::FirstTest => counted_from(
            registered_on(all),
            "registered",
            Length::new(&terms::FIRST_TEST, None, on, Date::plus_months),
            pass,
            stretches,
        ),
        // Again after an objection: no term was found for that.
        Step::IntegralAssessment if is_repeat(pass, all) => Term::default(),
        Step::IntegralAssessment => counted_from(
            registered_on(all),
            "registered",
            Length::new(
                &terms::INTEGRAL_ASSESSMENT,
                Some(&terms::INTEGRAL_ASSESSMENT_EXTENSION),
                on,
                Date::plus_months,
            ),
            pass,
            stretches,
        ),
        Step::Objection => objection(pass, all, stretches, on),
        Step::Damage => counted_from(
            pass.entered_on,
            "damage_requested",
            Length::new(&terms::DAMAGE, Some(&terms::DAMAGE_EXTENSION), on, Date::plus_months),
            pass,
            stretches,
        ),
        Step::Registration | Step::Conversation | Step::Appeal | Step::Settlement | Step::Aftercare => {
            Term::default()
        }
    }
}

/// The decision that an objection is about: the last one whose term for lodging, with the lenience, it falls in.
pub(super) fn objected<'a>(pass: &Pass, all: &'a [Pass], on: Date) -> Option<&'a Pass> {
    let lodged_on = pass.entered_on?;
    all.iter()
        .filter(|other| can_be_objected_to(other.step))
        .filter(|other| {
            let decided_on = other.ended_on();
            decided_on.is_some_and(|decided_on| {
                decided_on <= lodged_on
                    && lodging_ends(decided_on, on).is_some_and(|term| lodged_on <= term.with_lenience)
            })
        })
        .max_by_key(|other| other.ended_on())
}

/// Decisions that leave objection open.
pub(super) const fn can_be_objected_to(step: Step) -> bool {
    matches!(step, Step::FirstTest | Step::IntegralAssessment | Step::Damage)
}

/// Until when an objection against a decision can be lodged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lodging {
    /// Awb: six weeks.
    pub by_law: Date,
    /// The organisation's own lenience comes on top since July 2024.
    pub with_lenience: Date,
}

/// Six weeks from the decision, and the lenience that the organisation gives.
pub(super) fn lodging_ends(decided_on: Date, on: Date) -> Option<Lodging> {
    let nominal = decided_on.plus_weeks(terms::OBJECTION_LODGING.at(on)?)?;
    let lenience = terms::OBJECTION_LODGING_LENIENCE.at(decided_on).unwrap_or(0);
    Some(Lodging {
        by_law: next_working_day(nominal)?,
        with_lenience: next_working_day(nominal.plus_weeks(lenience)?)?,
    })
}

/// The decision on an objection, counted from the day after the term for lodging ended (Awb 7:10, 7:13).
fn objection(pass: &Pass, all: &[Pass], stretches: &[Stretch], on: Date) -> Term {
    let decided_on = objected(pass, all, on).and_then(Pass::ended_on);
    let lodging = decided_on.and_then(|decided_on| lodging_ends(decided_on, on));
    let mut term = counted_from(
        lodging.map(|lodging| lodging.by_law),
        "assessment_decided",
        Length::new(
            &terms::OBJECTION_DECISION,
            Some(&terms::OBJECTION_DECISION_EXTENSION),
            on,
            Date::plus_weeks,
        ),
        pass,
        stretches,
    );
    // The Algemene termijnenwet moves the ends of terms in weeks.
    if let Some(nominal) = term.end_on {
        if !has_known_holidays(nominal) {
            term.notes.push(Note::HolidaysUnknown);
        }
        term.end_on = next_working_day(nominal);
        term.notes.push(Note::WithAdvisoryCommittee);
    }
    if lodging.zip(pass.entered_on).is_some_and(|(lodging, lodged_on)| lodged_on > lodging.by_law) {
        term.notes.push(Note::LenienceStartUnknown);
    }
    term
}

/// How long a term is, and how much longer once.
struct Length {
    base: Option<u32>,
    extension: Option<u32>,
    plus: Plus,
    parameters: Vec<&'static Entry>,
}

impl Length {
    fn new(
        base: &'static Parameter<u32>,
        extension: Option<&'static Parameter<u32>>,
        on: Date,
        plus: Plus,
    ) -> Length {
        Length {
            base: base.at(on),
            extension: extension.and_then(|extension| extension.at(on)),
            plus,
            parameters: [base].into_iter().chain(extension).map(|parameter| parameter.entry).collect(),
        }
    }
}

/// From a start day: the term, once longer where that was told in time, and longer by the days for which it was suspended.
/// What comes after its end changes nothing any more.
fn counted_from(
    start: Option<Date>,
    start_event: &'static str,
    length: Length,
    pass: &Pass,
    stretches: &[Stretch],
) -> Term {
    let Some((start, base)) = start.zip(length.base) else {
        return Term { missing: start.is_none().then_some(start_event), ..Term::default() };
    };
    let mut notes = Vec::new();
    let mut total = base;
    let mut suspended_days = 0;
    let end_after = |total: u32, suspended_days: i32| (length.plus)(start, total)?.plus_days(suspended_days);

    let mut changes: Vec<(Date, Option<&Stretch>)> = pass.extended_on.iter().map(|on| (*on, None)).collect();
    let suspensions = stretches.iter().filter(|stretch| stretch.suspends);
    changes.extend(suspensions.map(|stretch| (stretch.after, Some(stretch))));
    for (on, suspension) in in_order(changes, |(on, suspension)| (*on, suspension.is_some())) {
        let is_over = end_after(total, suspended_days).is_none_or(|end| on > end);
        match (suspension, length.extension) {
            (Some(_), _) if is_over => notes.push(Note::SuspendedTooLate(pass.step)),
            (Some(stretch), _) => {
                suspended_days += stretch.days();
                notes.push(Note::Suspended(pass.step));
            }
            (None, Some(extension)) if !is_over && total == base => total += extension,
            (None, _) => notes.push(Note::ExtensionWithoutEffect(pass.step)),
        }
    }
    notes.dedup();
    Term { end_on: end_after(total, suspended_days), parameters: length.parameters, missing: None, notes }
}

fn registered_on(all: &[Pass]) -> Option<Date> {
    all.iter().find(|pass| pass.step == Step::Registration)?.entered_on
}

fn is_repeat(pass: &Pass, all: &[Pass]) -> bool {
    all.iter().find(|other| other.step == pass.step).is_some_and(|first| !std::ptr::eq(first, pass))
}
