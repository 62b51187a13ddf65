//! How long each step takes in a made-up case.

use domain::parameter::{Entry, Value};
use domain::parameters::observed;
use domain::timeline::Step;

/// A log-normal duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    pub median_days: i32,
    /// Standard deviation of its logarithm: at 0,4 nine of ten are done within 1,7 times the median.
    pub spread: f64,
}

const DAYS_A_WEEK: f64 = 7.0;
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Where an observation was published the middle is taken from that; all spreads, and the other middles, are invented.
#[must_use]
pub fn pace(step: Step) -> Pace {
    let (median_days, spread) = match step {
        // Published as an average, which for a log-normal duration lies above the median.
        Step::Objection => {
            let spread = 0.4_f64;
            (published(observed::OBJECTION_WEEKS.entry) * DAYS_A_WEEK / (spread * spread / 2.0).exp(), spread)
        }
        Step::Settlement => (published(observed::SGH_MONTHS.entry) * DAYS_A_MONTH, 0.3),
        Step::Damage => (published(observed::DAMAGE_MONTHS.entry) * DAYS_A_MONTH, 0.45),
        // Invented, so that about as many were done at the end of 2022 as was published. In August 2025 fewer assessments
        // are done here than were: real ones went faster later on, and these all go at one pace.
        Step::FirstTest => (90.0, 0.6),
        Step::IntegralAssessment => (680.0, 0.4),
        // Invented.
        Step::Registration => (9.0, 0.5),
        Step::Conversation => (24.0, 0.5),
        Step::Appeal => (300.0, 0.4),
        Step::Aftercare => (330.0, 0.5),
    };
    Pace { median_days: median_days.round() as i32, spread }
}

/// The newest value, or the middle of the newest range.
fn published(entry: &Entry) -> f64 {
    match entry.values.last().and_then(|dated| dated.value) {
        Some(Value::Count(count)) => f64::from(count),
        Some(Value::CountBetween(low, high)) => f64::from(low + high) / 2.0,
        _ => 0.0,
    }
}
