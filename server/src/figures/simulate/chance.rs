//! Chance with a seed.

use super::pace::Pace;

pub struct Chance(fastrand::Rng);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(fastrand::Rng::with_seed(seed))
    }

    /// Whether something happens that happens in this share of cases.
    pub fn happens(&mut self, share: f64) -> bool {
        self.0.f64() < share
    }

    /// Between two numbers, both of which may come up.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0.i32(low..=high.max(low))
    }

    /// A part of so many days, early ones more often.
    pub fn early_in(&mut self, days: i32) -> i32 {
        (self.0.f64().powf(EARLINESS) * f64::from(days)) as i32
    }

    /// How long a step takes: log-normal, as waiting times are that are often middling and now and then very long. At least a
    /// day.
    pub fn days(&mut self, pace: Pace) -> i32 {
        let days = f64::from(pace.median_days) * (pace.spread * self.normal()).exp();
        (days.round() as i32).max(1)
    }

    /// From the standard normal distribution (Box and Muller).
    fn normal(&mut self) -> f64 {
        let (one, other) = (1.0 - self.0.f64(), self.0.f64());
        (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
    }
}

/// Invented: most parents registered in the first half of the years in which it could be done.
const EARLINESS: f64 = 1.75;
