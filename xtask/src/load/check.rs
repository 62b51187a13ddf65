//! What `cargo xtask test` has time for: that everything is answered, that too much is told so, and that nobody waits for who
//! is slow. Whatever the machine and the build: how fast it is, is told and not judged.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::flood::flood;
use super::mix::{Mix, addresses};
use super::on_sqlite;
use super::slow::slow;
use super::storm::{From, Storm};
use crate::cluster::Cluster;
use crate::proof::Effort;
use crate::say::{Progress, decimal, note, number};
use crate::server::Running;

pub const STEPS: usize = 2;

const CALM: Storm = Storm { a_second: 25, lasts: Duration::from_secs(5), lines: 16, from: From::Due };
/// Each asks again as soon as she was answered, so this is all that it can.
const BUSY: Storm =
    Storm { a_second: 1_000_000, lasts: Duration::from_secs(2), lines: 32, from: From::Asked };
const TOO_MUCH: u32 = 10;
const SLOW_CLIENTS: usize = 200;
/// Without optimisation, on a machine that does something else too.
const NOISE_MS: f64 = 100.0;

pub fn check(progress: &mut Progress, binary: Option<&Path>, effort: Effort) {
    let times = if effort.is_long() { 4 } else { 1 };
    progress.step_with("asking everything, too much and slowly: SQLite", binary, |binary| {
        let server = on_sqlite(binary, "check-load")?;
        let mix = Mix::of_everything(&server)?;
        calm(&[&server], &mix, times)?;
        let most = busy(&[&server], &mix)?;
        let flooded = flood(&[&server], &mix, most, TOO_MUCH, CALM.lasts * times)?;
        // However slow the machine: nobody waits to hear that she has to come back.
        ensure!(
            flooded.away_p50_ms <= flooded.answered_p50_ms / 2.0,
            "half of those who have to come back are told so after {} ms, half of the others are answered after {}",
            decimal(flooded.away_p50_ms),
            decimal(flooded.answered_p50_ms)
        );
        let others = slow(&server, &mix, SLOW_CLIENTS, CALM.a_second, CALM.lasts * times)?;
        ensure!(
            others.meanwhile_ms <= others.before_ms * 2.0 + NOISE_MS,
            "the others wait for those who are slow: {} ms, and {} before",
            decimal(others.meanwhile_ms),
            decimal(others.before_ms)
        );
        Ok(())
    });
    progress.step_with("asking everything of two processes: PostgreSQL", binary, |binary| {
        let cluster = Cluster::start()?;
        let url = cluster.database("check_load")?;
        let servers = [Running::start_on(binary, &url)?, Running::start_on(binary, &url)?];
        // The one that started last has the links to sign in with in its log.
        let servers = [&servers[1], &servers[0]];
        calm(&servers, &Mix::of_everything(servers[0])?, times)
    });
}

fn calm(servers: &[&Running], mix: &Mix, times: u32) -> Result<()> {
    let weather = Storm { lasts: CALM.lasts * times, ..CALM }.over(&addresses(servers), mix);
    weather.all_well()?;
    note(&format!("{} of everything a second: {}", CALM.a_second, weather.answered));
    Ok(())
}

/// All that it can, a second.
fn busy(servers: &[&Running], mix: &Mix) -> Result<u32> {
    let weather = BUSY.over(&addresses(servers), mix);
    weather.all_well()?;
    note(&format!("at most {} of everything a second", number(weather.a_second())));
    Ok(weather.a_second() as u32)
}
