//! How long a case was in each step: what estimates are made of.

use super::event::{Event, EventKind, Outcome};
use super::pass::{End, Pass, passes};
use super::step::Step;
use crate::calendar::Date;

/// One time that a case was in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    pub step: Step,
    /// Days from entering it to its end, or for which it was seen without one.
    pub days: i32,
    /// The step came to its end. Otherwise it still runs, or something else cut it short before its end was there.
    pub has_ended: bool,
}

/// How long a case was in each step, as known on that day; what happened later isn't known yet.
///
/// Left out: a pass whose start wasn't told, and one that ended on a day that wasn't told. Of the second only that it took
/// no less than 0 days is known, and whatever goes out of sight on day 0 doesn't change an estimate.
///
/// Cut short, and so no end: an objection or appeal that she withdrew, a step that she left by finishing early, and what
/// still ran when she signed a settlement, which ends the rest. How long those would have taken, nobody knows. A settlement
/// that she declines did come to its end: she waited for what there was to decline.
#[must_use]
pub fn stays(events: &[Event], on: Date) -> Vec<Stay> {
    let (passes, _) = passes(events.iter().filter(|event| event.on <= on));
    let signed_on = passes
        .iter()
        .filter(|pass| pass.step == Step::Settlement && pass.outcome == Some(Outcome::Granted))
        .filter_map(Pass::ended_on)
        .min();
    passes.iter().filter_map(|pass| stay(pass, signed_on, on)).collect()
}

fn stay(pass: &Pass, signed_on: Option<Date>, on: Date) -> Option<Stay> {
    let entered_on = pass.entered_on?;
    let (until, has_ended) = match pass.end {
        End::On(day) => (day, !is_cut_short(pass)),
        End::Running => {
            let given_up_on = signed_on.filter(|day| pass.step != Step::Aftercare && *day >= entered_on);
            (given_up_on.unwrap_or(on), false)
        }
        End::Unknown => return None,
    };
    Some(Stay { step: pass.step, days: entered_on.days_until(until), has_ended })
}

fn is_cut_short(pass: &Pass) -> bool {
    use EventKind::{AppealWithdrawn, FinishedEarly, ObjectionWithdrawn};
    matches!(pass.ended_by, Some(ObjectionWithdrawn | AppealWithdrawn | FinishedEarly))
}
