//! The Kaplan–Meier curve: which share still runs after so many days, when not everything has ended yet.

use std::collections::BTreeMap;

use super::share::Share;
use crate::money::Ppm;

/// How long things took, or have been running without an end so far, counted per day: memory grows with the days, not
/// with the number of cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durations(BTreeMap<i32, Seen>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    ended: u64,
    /// Out of sight from this day on, without an end: it may have taken any time longer.
    censored: u64,
}

impl Durations {
    /// Counts one that took so many days, or that was seen for so many days without an end. Nothing takes less than none.
    pub fn add(&mut self, days: i32, has_ended: bool) {
        let seen = self.0.entry(days.max(0)).or_default();
        if has_ended {
            seen.ended += 1;
        } else {
            seen.censored += 1;
        }
    }

    /// The product-limit estimate (Kaplan and Meier, 1958). On one day, ends come before those that go out of sight.
    #[must_use]
    pub fn curve(&self) -> Curve {
        let mut at_risk: u64 = self.0.values().map(|seen| seen.ended + seen.censored).sum();
        let mut still = Share::WHOLE;
        let mut points = Vec::new();
        for (day, seen) in &self.0 {
            if seen.ended > 0 {
                still = still.part(at_risk - seen.ended, at_risk);
                points.push(Point { day: *day, still });
            }
            at_risk -= seen.ended + seen.censored;
        }
        Curve { points, last_day: self.0.keys().next_back().copied().unwrap_or(0) }
    }
}

/// The share that still runs, day by day. Nothing is known of it after its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Only days on which it falls, in their order.
    pub points: Vec<Point>,
    /// The longest that anything took, or was seen.
    pub last_day: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub day: i32,
    /// The share that still runs once this day is over.
    pub still: Share,
}

impl Curve {
    #[must_use]
    pub fn still_after(&self, day: i32) -> Share {
        let fallen = self.points.partition_point(|point| point.day <= day);
        fallen.checked_sub(1).and_then(|at| self.points.get(at)).map_or(Share::WHOLE, |point| point.still)
    }

    /// The first day after which no more than this share still runs; `None` where the curve doesn't fall that far.
    #[must_use]
    pub fn first_day_at_most(&self, share: Ppm) -> Option<i32> {
        let at = self.points.partition_point(|point| !point.still.is_at_most(share));
        self.points.get(at).map(|point| point.day)
    }
}
