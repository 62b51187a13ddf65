//! For an hour a third of what it keeps: does it grow, does it slow down?

use std::env;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::mix::Mix;
use super::rates::measured;
use super::storm::{From, Storm};
use super::usage::megabytes;
use crate::proof::Figures;
use crate::say::{decimal, note, number};
use crate::server::Running;

/// How long, in minutes: for who wants to try it.
const MINUTES: &str = "SOAK_MINUTES";
const AN_HOUR: u32 = 60;
/// Of which the first tenth fills what is only filled once.
const WARM_UP: u32 = 10;
const LINES: u32 = 32;
const MOST_GROWTH_PERCENT: f64 = 5.0;

pub fn soak(servers: &[&Running], mix: &Mix, a_second: u32, database: &str, figures: &Figures) -> Result<()> {
    let minutes = match env::var(MINUTES) {
        Ok(minutes) => minutes.parse::<u32>().with_context(|| format!("{MINUTES} isn't a number"))?.max(2),
        Err(_) => AN_HOUR,
    };
    let whole = Duration::from_secs(u64::from(minutes) * 60);
    let part = Storm { a_second, lasts: whole / WARM_UP, lines: LINES, from: From::Due };
    let begun = Instant::now();
    let (first, _) = measured(servers, mix, &part)?;
    first.all_well()?;
    let warm = megabytes(servers)?;
    note(&format!("after the first tenth: {}, {warm:.0} MB", first.answered));
    let mut answered = first.answered.count();
    let mut last_ms = first.answered.percentile(99);
    for tenth in 2..=WARM_UP {
        let (weather, used) = measured(servers, mix, &part)?;
        weather.all_well()?;
        answered += weather.answered.count();
        last_ms = weather.answered.percentile(99);
        note(&format!("{tenth}/{WARM_UP}: {}, {used}", weather.answered));
    }
    let growth = (megabytes(servers)? / warm - 1.0) * 100.0;
    let lasted = format!("{:.0} minutes", begun.elapsed().as_secs_f64() / 60.0);
    let each = number(f64::from(a_second));
    figures.add(
        &format!(
            "{lasted} of everything, {each} a second, {database}: growth of memory after the first tenth"
        ),
        &format!("{} %; {} answered, 0 failed", decimal(growth), number(answered as f64)),
        &format!("{MOST_GROWTH_PERCENT:.0} %"),
    )?;
    figures.add(
        "the same: p99 in the first and in the last tenth",
        &format!("{} · {} ms", decimal(first.answered.percentile(99)), decimal(last_ms)),
        "",
    )?;
    ensure!(growth <= MOST_GROWTH_PERCENT, "memory grew by {growth:.1} %");
    Ok(())
}
