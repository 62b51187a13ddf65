//! `cargo xtask load`: what the server keeps up with, also when its database is full, and what it does above that.

mod check;
mod client;
mod desk;
mod flood;
mod full;
mod mix;
mod rates;
mod requests;
mod slow;
mod soak;
mod storm;
mod times;
mod together;
mod usage;

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

pub use self::check::{STEPS, check};

use self::mix::Mix;
use crate::cluster::Cluster;
use crate::paths;
use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress, decimal, number};
use crate::server::{self, Running};
use crate::site::{self, Profile};
use crate::tools;

/// Pages are there before anyone wonders.
const PAGES_P99_MS: f64 = 50.0;
const PAGES_WANTED: u32 = 2_000;
/// Requests for help wait for the disk.
const MIX_P99_MS: f64 = 200.0;
/// How many times what it keeps, for how long.
const TOO_MUCH: u32 = 10;
const FLOOD_LASTS: Duration = Duration::from_secs(10);
const AWAY_P99_MS: f64 = 100.0;
const SLOW_CLIENTS: usize = 1_000;
const SLOW_LASTS: Duration = Duration::from_secs(10);
/// What a measurement differs by itself.
const NOISE_MS: f64 = 5.0;

pub fn run(effort: Effort) -> Result<()> {
    let mut progress = Progress::new(site::STEPS + 13 + usize::from(effort.is_long()), OnFailure::GoOn);
    progress.step("looking for the tools", tools::for_building);
    progress.step("looking for PostgreSQL", tools::for_storing);
    site::build(&mut progress, Profile::Release);
    let binary = progress.step("building the server (release)", || server::build(Profile::Release));
    let figures = progress.step("making room for the figures", || Figures::of("load", effort));
    let with = binary.as_deref().zip(figures.as_ref());

    let each = Duration::from_secs(if effort.is_long() { 10 } else { 5 });
    progress.step_with("public pages at rising rates", with, |(binary, figures)| {
        let server = on_sqlite(binary, "load-pages")?;
        let kept = rates::rise(&[&server], &Mix::public(), each, PAGES_P99_MS)?;
        let promise = "public pages a second, p99 within 50 ms, SQLite, one process";
        figures.add(promise, &rate(&kept), &number(f64::from(PAGES_WANTED)))?;
        ensure!(kept.a_second >= PAGES_WANTED, "{} is too few", kept.a_second);
        Ok(())
    });
    let kept = progress.step_with(
        "everything at rising rates, then ten times too much: SQLite",
        with,
        |(binary, figures)| {
            let server = on_sqlite(binary, "load-mix")?;
            everything(&[&server], "SQLite, one process", each, figures)
        },
    );
    progress.step_with("the same: PostgreSQL, two processes", with, |(binary, figures)| {
        let cluster = Cluster::start()?;
        let url = cluster.database("mix")?;
        let servers = [Running::start_on(binary, &url)?, Running::start_on(binary, &url)?];
        everything(&[&servers[1], &servers[0]], "PostgreSQL, two processes", each, figures)
    });
    progress.step_with("1.000 slow clients", with, |(binary, figures)| {
        slow(&on_sqlite(binary, "load-slow")?, figures)
    });
    if effort.is_long() {
        let soaking = with.zip(kept);
        progress.step_with(
            "an hour of everything, at a third of that",
            soaking,
            |((binary, figures), kept)| {
                let server = on_sqlite(binary, "load-soak")?;
                soak::soak(&[&server], &Mix::of_everything(&server)?, kept / 3, "SQLite", figures)
            },
        );
    }

    progress.step_with("keeping requests for help in SQLite", with, |(binary, figures)| {
        requests::keep(&on_sqlite(binary, "load-requests")?, "SQLite", 200, figures)
    });
    progress.step_with(
        "keeping requests for help in PostgreSQL, and listing them",
        with,
        |(binary, figures)| {
            let cluster = Cluster::start()?;
            let server = Running::start_on(binary, &cluster.database("load")?)?;
            requests::keep(&server, "PostgreSQL", 500, figures)?;
            desk::list(&server, &cluster, "load", figures)
        },
    );
    progress.step_with(
        "500 pairs that look along with each other, in one server",
        with,
        |(binary, figures)| {
            let server = on_sqlite(binary, "load-together")?;
            together::meet(&server, &server, figures)
        },
    );
    progress.step_with("the same over two servers that share PostgreSQL", with, |(binary, figures)| {
        let cluster = Cluster::start()?;
        let url = cluster.database("together")?;
        together::meet(&Running::start_on(binary, &url)?, &Running::start_on(binary, &url)?, figures)
    });
    progress.step_with(
        "a caseload of 70.000: opening dossiers, importing 50.000 events",
        with,
        |(binary, figures)| {
            let path = full::fill(binary)?;
            let server = Running::start_on(binary, &server::database_url(&path))?;
            full::open(binary, &path, &server, figures)?;
            full::import(binary, &path, &server, figures)
        },
    );
    progress.finish()
}

/// On an empty database of its own.
fn on_sqlite(binary: &Path, name: &str) -> Result<Running> {
    let path = paths::target().join(format!("xtask/{name}.db"));
    server::remove_database(&path);
    Running::start_on(binary, &server::database_url(&path))
}

/// What it keeps of everything, and what it does with ten times as much; gives the former. The first of the servers is the
/// one that started last: its log has the links to sign in with.
fn everything(servers: &[&Running], on: &str, each: Duration, figures: &Figures) -> Result<u32> {
    let mix = Mix::of_everything(servers[0])?;
    let kept = rates::rise(servers, &mix, each, MIX_P99_MS)?;
    let promise = format!(
        "everything (pages, amounts, dossiers, requests for help, the desk) a second, without an error, {on}"
    );
    figures.add(&promise, &rate(&kept), "")?;
    let flooded = flood::flood(servers, &mix, kept.a_second, TOO_MUCH, FLOOD_LASTS)?;
    figures.add(
        &format!("ten times as much, {on}: told to come back, and how soon"),
        &format!("{}, p99 {} ms", number(flooded.away as f64), decimal(flooded.away_p99_ms)),
        &format!("p99 {AWAY_P99_MS:.0} ms"),
    )?;
    figures.add(
        &format!("meanwhile, {on}: answered; and afterwards as before"),
        &format!(
            "{}, p99 {} ms; after {} s",
            number(flooded.answered as f64),
            decimal(flooded.answered_p99_ms),
            decimal(flooded.recovered_in.as_secs_f64())
        ),
        "",
    )?;
    ensure!(flooded.away_p99_ms <= AWAY_P99_MS, "who has to come back is told so too late");
    Ok(kept.a_second)
}

fn slow(server: &Running, figures: &Figures) -> Result<()> {
    let others = slow::slow(server, &Mix::public(), SLOW_CLIENTS, 300, SLOW_LASTS)?;
    figures.add(
        "p95 of the others, 300 pages a second: before, and while 1.000 clients send and read byte by byte",
        &format!("{} · {} ms", decimal(others.before_ms), decimal(others.meanwhile_ms)),
        "the same",
    )?;
    ensure!(
        others.meanwhile_ms <= others.before_ms * 1.5 + NOISE_MS,
        "the others wait for those who are slow"
    );
    Ok(())
}

fn rate(kept: &rates::Kept) -> String {
    format!("{}; {}", number(f64::from(kept.a_second)), kept.told)
}
