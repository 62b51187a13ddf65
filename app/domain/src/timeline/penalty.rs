//! The penalty for a late decision (*dwangsom*, Awb 4:17).

use serde::Serialize;

use super::Note;
use super::pass::Pass;
use crate::calendar::{Date, next_working_day};
use crate::money::Cents;
use crate::parameter::Entry;
use crate::parameters::{penalty, terms};

/// What a late decision costs the organisation so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Penalty {
    /// The first day that counts.
    pub runs_from: Date,
    /// Days that count so far.
    pub days: u32,
    /// Eurocents so far; null where the rates aren't known for a notice of that day.
    pub amount: Option<Cents>,
    /// Eurocents at most.
    pub maximum: Option<Cents>,
}

/// The penalty of a pass, if a notice of default was received after its term had ended.
///
/// Two weeks have to pass after the notice (lid 3); their end moves by the Algemene termijnenwet, the days of the penalty
/// don't (lid 1). It runs up to the decision.
pub(super) fn penalty(
    pass: &Pass,
    term_ended_on: Option<Date>,
    on: Date,
    notes: &mut Vec<Note>,
) -> Option<Penalty> {
    let term_ended_on = term_ended_on?;
    let in_time = |received_on: &&Date| **received_on > term_ended_on;
    let Some(received_on) = pass.notices.iter().find(in_time).copied() else {
        if !pass.notices.is_empty() {
            notes.push(Note::NoticeTooEarly(pass.step, term_ended_on.plus_days(1)?));
        }
        return None;
    };
    let runs_from =
        next_working_day(received_on.plus_weeks(terms::NOTICE_OF_DEFAULT.at(received_on)?)?)?.plus_days(1)?;
    let most_days = penalty::MOST_DAYS.at(received_on);
    // The day of the decision isn't late any more.
    let last = pass.ended_on().map_or(Some(on), |ended_on| ended_on.plus_days(-1))?;
    let late = u32::try_from(runs_from.days_until(last) + 1).unwrap_or(0);
    if most_days.is_none() {
        notes.push(Note::PenaltyUnknown(pass.step));
    }
    let days = most_days.map_or(late, |most| late.min(most));
    Some(Penalty {
        runs_from,
        days,
        amount: amount(days, received_on),
        maximum: penalty::MAXIMUM.at(received_on),
    })
}

/// The first days at one rate, as many more at the next, the others at the last (lid 2).
fn amount(days: u32, received_on: Date) -> Option<Cents> {
    let rate_days = penalty::RATE_DAYS.at(received_on)?;
    let first = days.min(rate_days);
    let second = (days - first).min(rate_days);
    let others = days - first - second;
    let part = |days: u32, rate: Cents| Cents(rate.0 * i64::from(days));
    let total = [
        part(first, penalty::FIRST_RATE.at(received_on)?),
        part(second, penalty::SECOND_RATE.at(received_on)?),
        part(others, penalty::LAST_RATE.at(received_on)?),
    ];
    Some(total.into_iter().sum())
}

/// What it rests on.
pub(super) fn parameters() -> Vec<&'static Entry> {
    vec![
        terms::NOTICE_OF_DEFAULT.entry,
        penalty::RATE_DAYS.entry,
        penalty::FIRST_RATE.entry,
        penalty::SECOND_RATE.entry,
        penalty::LAST_RATE.entry,
        penalty::MOST_DAYS.entry,
        penalty::MAXIMUM.entry,
    ]
}
