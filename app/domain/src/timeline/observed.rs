//! How long steps took others: estimated from cases, or else as it was published.

use serde::Serialize;

use super::step::Step;
use crate::calendar::{Date, Plus};
use crate::figures::Spread;
use crate::parameter::{Entry, Value};
use crate::parameters::observed;

/// A range of days that was seen, with where and when. Never a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Observed {
    /// Of an estimate, when half were done. Null: for more than half it took longer than can be said.
    pub low_days: Option<i32>,
    /// Of an estimate, when nine of ten were done. Null: some took longer than can be said.
    pub high_days: Option<i32>,
    /// The longest that was seen; set where an estimate has an end that is null.
    pub longer_than_days: Option<i32>,
    pub source: String,
    /// The day that it was true of.
    pub as_of: Date,
    /// The cases behind an estimate; null for what was published.
    pub cases: Option<u32>,
}

/// What is known of a step's duration on that day: an estimate before what was published.
pub(super) fn observed(
    step: Step,
    entered_on: Option<Date>,
    on: Date,
    estimated: &[Spread],
) -> Option<Observed> {
    let entered_on = entered_on?;
    let estimate = estimated.iter().find(|spread| spread.step == step && spread.as_of <= on);
    estimate.map(Observed::from).or_else(|| published(step, entered_on, on))
}

/// Who says so, of our own estimates.
const OURS: &str = "Herstelroute";
const OURS_INVENTED: &str = "Herstelroute, verzonnen zaken";

impl From<&Spread> for Observed {
    fn from(spread: &Spread) -> Observed {
        Observed {
            low_days: spread.low_days,
            high_days: spread.high_days,
            longer_than_days: spread.longer_than_days,
            source: if spread.invented { OURS_INVENTED } else { OURS }.to_owned(),
            as_of: spread.as_of,
            cases: Some(spread.cases),
        }
    }
}

/// What was published of a step's duration, in days from the day it was entered.
fn published(step: Step, entered_on: Date, on: Date) -> Option<Observed> {
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
        low_days: Some(days(low)?),
        high_days: days(high),
        longer_than_days: None,
        source: dated.sources.first()?.title.to_owned(),
        as_of: dated.from,
        cases: None,
    })
}
