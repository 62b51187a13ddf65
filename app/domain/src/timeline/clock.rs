//! The chess clock (*schaakklok*): whose time it was (seed 002).

use serde::Serialize;

use super::event::Turn;
use super::pass::Pass;
use crate::calendar::Date;

/// Days that each side had the turn. Together they are the days that the step took so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChessClock {
    pub parent_days: i32,
    pub organisation_days: i32,
    pub third_party_days: i32,
}

/// A stretch of time in which one side had the turn: the days after `after`, up to and with `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub turn: Turn,
    pub after: Date,
    pub until: Date,
    pub suspends: bool,
}

impl Stretch {
    pub fn days(&self) -> i32 {
        self.after.days_until(self.until).max(0)
    }
}

/// Who had the turn, from the day a step was entered up to its end, or up to `on` while it runs. None where its start or
/// its end isn't known.
pub(super) fn stretches(pass: &Pass, on: Date) -> Vec<Stretch> {
    let end = if pass.is_running() { Some(on) } else { pass.ended_on() };
    let (Some(entered), Some(end)) = (pass.entered_on, end) else { return Vec::new() };
    let own = |after: Date, until: Date| Stretch { turn: pass.step.turn(), after, until, suspends: false };

    let mut stretches = Vec::new();
    let mut now = own(entered, end);
    for change in &pass.turns {
        let at = change.on.clamp(entered, end);
        // The time that was set for her passed before: the turn had gone back by then.
        if now.until < at {
            stretches.push(now);
            now = own(now.until, at);
        }
        // Asked twice, it is still her turn.
        if change.to == now.turn && change.suspends == now.suspends && now.until >= at {
            now.until = change.until.map_or(end, |until| until.clamp(at, end)).max(now.until);
            continue;
        }
        stretches.push(Stretch { until: at, ..now });
        now = Stretch {
            turn: change.to,
            after: at,
            until: change.until.map_or(end, |until| until.clamp(at, end)),
            suspends: change.suspends,
        };
    }
    stretches.push(now);
    if now.until < end {
        stretches.push(own(now.until, end));
    }
    stretches.retain(|stretch| stretch.after < stretch.until);
    stretches
}

/// The clocks of a step.
pub(super) fn chess_clock(stretches: &[Stretch]) -> ChessClock {
    let days = |turn: Turn| stretches.iter().filter(|it| it.turn == turn).map(Stretch::days).sum();
    ChessClock {
        parent_days: days(Turn::Parent),
        organisation_days: days(Turn::Organisation),
        third_party_days: days(Turn::ThirdParty),
    }
}
