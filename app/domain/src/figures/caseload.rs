//! Cases in, estimates out: one case after the other, so that a million events never have to be in memory together.

use super::curve::{Curve, Durations};
use super::spread::Spread;
use crate::calendar::Date;
use crate::timeline::{Event, Step, stays};

/// Fewer cases say too little: at 50 the share at the median is uncertain by about 14 points either way, at 20 by 22. They
/// could also point to a person.
pub const FEWEST_CASES: u32 = 50;

/// How long each step of many cases took, as known on one day.
#[derive(Clone, Debug)]
pub struct Caseload {
    on: Date,
    invented: bool,
    steps: [OfStep; Step::ALL.len()],
}

#[derive(Clone, Debug, Default)]
struct OfStep {
    cases: u32,
    ended: u32,
    durations: Durations,
}

/// How long one step takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub spread: Spread,
    /// Cases for which the step was over at least once.
    pub ended: u32,
    pub curve: Curve,
}

impl Caseload {
    #[must_use]
    pub fn new(on: Date) -> Caseload {
        Caseload { on, invented: false, steps: std::array::from_fn(|_| OfStep::default()) }
    }

    /// A caseload of cases that don't exist; whatever is estimated from it says so.
    #[must_use]
    pub fn invented(on: Date) -> Caseload {
        Caseload { invented: true, ..Caseload::new(on) }
    }

    /// Counts one case: all its events, in any order. A case that goes through a step twice counts as one case and as two
    /// durations.
    pub fn add(&mut self, events: &[Event]) {
        let stays = stays(events, self.on);
        for (step, counted) in Step::ALL.into_iter().zip(&mut self.steps) {
            let mut of_step = stays.iter().filter(|stay| stay.step == step).peekable();
            if of_step.peek().is_none() {
                continue;
            }
            let mut has_ended = false;
            for stay in of_step {
                counted.durations.add(stay.days, stay.has_ended);
                has_ended |= stay.has_ended;
            }
            counted.cases += 1;
            counted.ended += u32::from(has_ended);
        }
    }

    /// One for each step with cases enough, in the order of the steps.
    #[must_use]
    pub fn estimates(&self) -> Vec<Estimate> {
        let enough = Step::ALL.into_iter().zip(&self.steps).filter(|(_, it)| it.cases >= FEWEST_CASES);
        enough
            .map(|(step, it)| {
                let curve = it.durations.curve();
                let spread = Spread::of(step, &curve, it.cases, self.on, self.invented);
                Estimate { spread, ended: it.ended, curve }
            })
            .collect()
    }
}
