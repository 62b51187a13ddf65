//! What was measured, and asking at a steady pace.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::say::decimal;

/// How long each answer took, and what went wrong.
#[derive(Default)]
pub struct Times {
    took: Mutex<Vec<Duration>>,
    failed: Mutex<Vec<String>>,
}

impl Times {
    pub fn add(&self, started: Instant, answer: Result<()>) {
        match answer {
            Ok(()) => lock(&self.took).push(started.elapsed()),
            Err(error) => lock(&self.failed).push(format!("{error:#}")),
        }
    }

    /// Those of another too.
    pub fn absorb(&self, other: Times) {
        lock(&self.took).append(&mut lock(&other.took));
        lock(&self.failed).append(&mut lock(&other.failed));
    }

    /// How many went well.
    pub fn count(&self) -> usize {
        lock(&self.took).len()
    }

    /// How many went well; fails if any didn't.
    pub fn all_well(&self) -> Result<usize> {
        let (count, failed) = (lock(&self.took).len(), lock(&self.failed));
        match failed.first() {
            Some(first) => {
                bail!("{} of {} failed, the first one: {first}", failed.len(), count + failed.len())
            }
            None => Ok(count),
        }
    }

    /// Of so many in a hundred none took longer, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut took = lock(&self.took).clone();
        took.sort_unstable();
        let place = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        took.get(place).map_or(f64::NAN, Duration::as_secs_f64) * 1_000.0
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |percent| decimal(self.percentile(percent));
        write!(f, "p50 {} ms, p95 {} ms, p99 {} ms", at(50), at(95), at(99))
    }
}

/// So many questions a second for so long.
pub struct Pace {
    pub a_second: u32,
    pub seconds: u32,
    pub clients: u32,
}

impl Pace {
    /// Asks every question at its own moment, whether or not the ones before it were answered; waiting for a client counts.
    pub fn ask(&self, question: impl Fn(usize) -> Result<()> + Sync) -> Times {
        let times = Times::default();
        let started = Instant::now();
        scope(|scope| {
            for client in 0..self.clients {
                let (times, question) = (&times, &question);
                scope.spawn(move || {
                    for number in (client..self.a_second * self.seconds).step_by(self.clients as usize) {
                        let due =
                            started + Duration::from_secs_f64(f64::from(number) / f64::from(self.a_second));
                        sleep(due.saturating_duration_since(Instant::now()));
                        times.add(due, question(number as usize));
                    }
                });
            }
        });
        times
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
