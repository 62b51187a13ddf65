//! How long steps took others: what was published.

use serde::Serialize;

use super::step::Step;
use crate::calendar::{Date, Plus};
use crate::parameter::{Entry, Value};
use crate::parameters::observed;

/// A range of days that was seen, with where and when. Never a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Observed {
    pub low_days: i32,
    /// Null: some took longer than can be said.
    pub high_days: Option<i32>,
    pub source: String,
    /// The day that it was true of.
    pub as_of: Date,
}

/// What was published of a step's duration, in days from the day it was entered.
pub(super) fn published(step: Step, entered_on: Date, on: Date) -> Option<Observed> {
    let (entry, plus): (&Entry, Plus) = match step {
        Step::Objection => (observed::OBJECTION_WEEKS.entry, Date::plus_weeks),
        Step::Damage => (observed::DAMAGE_MONTHS.entry, Date::plus_months),
        Step::Settlement => (observed::SGH_MONTHS.entry, Date::plus_months),
        _ => return None,
    };
    let dated = entry.at(on)?;
    let (low, high) = match dated.value? {
        Value::Count(count) => (count, count),
        Value::CountBetween(low, high) => (low, high),
        _ => return None,
    };
    let days = |count: u32| plus(entered_on, count).map(|end| entered_on.days_until(end));
    Some(Observed {
        low_days: days(low)?,
        high_days: days(high),
        source: dated.sources.first()?.title.to_owned(),
        as_of: dated.from,
    })
}
