//! More and more a second, until it no longer keeps up.

use std::time::Duration;

use anyhow::{Context, Result};

use super::mix::{Mix, addresses};
use super::storm::{From, Storm, Weather};
use super::usage::{Usage, megabytes};
use crate::say::{note, number};
use crate::server::Running;

const RATES: [u32; 18] = [
    100, 200, 400, 600, 800, 1_000, 1_250, 1_500, 1_750, 2_000, 2_250, 2_500, 3_000, 3_500, 4_000, 5_000,
    6_500, 8_000,
];
const LINES: u32 = 64;
/// Of those who ask, so many are answered within the time: the rest is still under way.
const NEARLY_ALL: f64 = 0.98;
/// Of which one may be the machine's own.
const MISSES: usize = 2;

/// The highest rate that it keeps.
pub struct Kept {
    pub a_second: u32,
    pub told: String,
}

/// Rises until two rates in a row aren't kept: an answer that isn't right, or one in a hundred slower than that.
///
/// # Errors
/// Not even the lowest is kept.
pub fn rise(servers: &[&Running], mix: &Mix, each: Duration, p99_ms: f64) -> Result<Kept> {
    let mut kept = None;
    let mut missed = 0;
    for a_second in RATES {
        let (weather, used) =
            measured(servers, mix, &Storm { a_second, lasts: each, lines: LINES, from: From::Due })?;
        let told = format!("{}, {used}", weather.answered);
        let errors = weather.all_well().err().map(|error| format!("; {error:#}")).unwrap_or_default();
        note(&format!(
            "{} asked a second, {} answered, {told}{errors}",
            number(f64::from(a_second)),
            number(weather.a_second())
        ));
        let is_kept = errors.is_empty()
            && weather.a_second() >= f64::from(a_second) * NEARLY_ALL
            && weather.answered.percentile(99) <= p99_ms;
        if is_kept {
            kept = Some(Kept { a_second, told });
            missed = 0;
        } else {
            missed += 1;
        }
        if missed == MISSES {
            break;
        }
    }
    kept.context("not even the lowest rate is kept")
}

/// A storm, and what the servers took of the machine meanwhile.
pub fn measured(servers: &[&Running], mix: &Mix, storm: &Storm) -> Result<(Weather, String)> {
    let before = Usage::of(servers)?;
    let weather = storm.over(&addresses(servers), mix);
    let (percent, memory) = (before.percent_since(servers)?, megabytes(servers)?);
    Ok((weather, format!("{percent:.0} % of a core, {memory:.0} MB")))
}
