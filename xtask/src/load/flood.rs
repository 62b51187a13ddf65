//! Ten times too much: who can't be answered is told so at once, who is let in is answered, and then all is as before.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::mix::{Mix, addresses};
use super::storm::{From, Storm};
use crate::say::{decimal, note, number};
use crate::server::Running;

/// More than a server lets in.
const LINES: u32 = 768;
const CALM_LINES: u32 = 16;
const CALM_LASTS: Duration = Duration::from_secs(2);
const RECOVERS_WITHIN: Duration = Duration::from_secs(10);

/// What came of those who were too many.
pub struct Flooded {
    pub away_p50_ms: f64,
    pub away_p99_ms: f64,
    pub away: usize,
    pub answered: usize,
    pub answered_p50_ms: f64,
    pub answered_p99_ms: f64,
    pub recovered_in: Duration,
}

/// Asks so many times what it keeps for so long.
///
/// # Errors
/// Something else came than an answer or "come back"; nobody was told to come back, or everybody; or it stays slow afterwards.
pub fn flood(servers: &[&Running], mix: &Mix, kept: u32, times: u32, lasts: Duration) -> Result<Flooded> {
    let calm = Storm { a_second: (kept / 4).max(20), lasts: CALM_LASTS, lines: CALM_LINES, from: From::Due };
    let before = calm.over(&addresses(servers), mix);
    before.all_well()?;
    let lines = LINES * u32::try_from(servers.len())?;
    let weather =
        Storm { a_second: kept * times, lasts, lines, from: From::Asked }.over(&addresses(servers), mix);
    let answered = weather.answered.all_well()?;
    let away = weather.away.count();
    note(&format!(
        "{} a second asked for {:.0} s over {lines} lines: {} answered ({}), {} told to come back ({})",
        number(f64::from(kept * times)),
        lasts.as_secs_f64(),
        number(answered as f64),
        weather.answered,
        number(away as f64),
        weather.away
    ));
    ensure!(away > 0, "nobody was told to come back: it wasn't too much");
    ensure!(answered > 0, "nobody was answered");
    let recovered_in = recovers(servers, mix, &calm, before.answered.percentile(95))?;
    Ok(Flooded {
        away_p50_ms: weather.away.percentile(50),
        away_p99_ms: weather.away.percentile(99),
        away,
        answered,
        answered_p50_ms: weather.answered.percentile(50),
        answered_p99_ms: weather.answered.percentile(99),
        recovered_in,
    })
}

/// How long until it answers as it did before.
fn recovers(servers: &[&Running], mix: &Mix, calm: &Storm, before_ms: f64) -> Result<Duration> {
    let most_ms = before_ms * 2.0 + 20.0;
    let begun = Instant::now();
    loop {
        let looked = begun.elapsed();
        let short = Storm { lasts: Duration::from_millis(500), ..*calm };
        let after = short.over(&addresses(servers), mix);
        after.answered.all_well()?;
        if after.away.count() == 0 && after.answered.percentile(95) <= most_ms {
            note(&format!(
                "{} s later: {} (before: p95 {} ms)",
                decimal(looked.as_secs_f64()),
                after.answered,
                decimal(before_ms)
            ));
            return Ok(looked);
        }
        ensure!(
            begun.elapsed() < RECOVERS_WITHIN,
            "it stays slow: {}, and {before_ms:.1} before",
            after.answered
        );
        sleep(Duration::from_millis(100));
    }
}
