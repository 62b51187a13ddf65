//! `cargo xtask attack`: what someone with bad intentions would try.

mod api;
mod bait;
mod crates;
mod crowd;
mod headers;
mod pages;
mod scanners;
mod sql;
mod wire;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress};
use crate::server::{self, Running};
use crate::site::{self, Profile};
use crate::{paths, tools};

use self::scanners::Scanners;

/// How many steps `check` counts.
pub const STEPS: usize = 6;

pub fn run(effort: Effort) -> Result<()> {
    let figures = Figures::of("attack", effort)?;
    let mut progress = Progress::new(site::STEPS + 4 + STEPS, OnFailure::GoOn);
    progress.step("looking for the tools", tools::for_building);
    let manifest = site::build(&mut progress, Profile::Release);
    let binary = progress.step("building the server (release)", || server::build(Profile::Release));
    // `test` has these among all tests of the crates.
    progress.step("attacking whole requests", || crates::whole_requests(&figures, effort));
    progress.step("sending bytes that nobody sends", || crates::any_bytes(&figures, effort));
    check(&mut progress, &figures, binary.as_deref().filter(|_| manifest.is_some()), effort);
    progress.finish()
}

/// Each attack on a server of its own: what one leaves in the database is none of the next one's business.
pub fn check(progress: &mut Progress, figures: &Figures, binary: Option<&Path>, effort: Effort) {
    let scanners = progress.step("looking for the scanners", || {
        tools::for_looking_at_headers()?;
        Scanners::Api.installed()?;
        Scanners::Pages.installed()
    });
    let ready = binary.filter(|_| scanners.is_some());
    progress.step_with("sending requests that no browser sends", binary, |binary| {
        wire::check(&fresh(binary)?, figures)
    });
    progress.step_with("looking at the headers of every page behind TLS", ready, |binary| {
        headers::check(&fresh(binary)?, figures)
    });
    progress.step_with("trying the feed for offices (Schemathesis)", ready, |binary| {
        let server = fresh(binary)?;
        api::check(&server, &token(binary, &server)?, figures, effort)
    });
    progress.step_with("looking for SQL in every field (sqlmap)", ready, |binary| {
        let server = fresh(binary)?;
        sql::check(&server, &token(binary, &server)?, figures, effort)
    });
    progress.step_with("attacking every page (Wapiti)", ready, |binary| {
        pages::check(|| fresh(binary), figures, effort)
    });
}

/// Beside a server that other checks may have running.
fn fresh(binary: &Path) -> Result<Running> {
    Running::start_beside(binary, "attack")
}

/// An office's, that may do all that offices may.
fn token(binary: &Path, server: &Running) -> Result<String> {
    let arguments =
        ["token", "create", "--office", "Bureau Voorbeeld", "--scope", "events", "--scope", "links"];
    let database = ["--database-url", server.database_url()];
    let told = server::ask(binary, &[arguments.as_slice(), &database].concat(), Stdio::null())?;
    Ok(String::from_utf8(told)?.trim().to_owned())
}

/// Nothing that was asked broke it, and it is still there. That there is no room just now is no fault.
fn never_broke(server: &Running) -> Result<()> {
    let log = fs::read_to_string(server.log())?;
    let is_fault = |line: &&str| {
        let is_full = line.contains("http.status=503") || line.contains("no connection is free");
        !is_full && ["http.status=5", " ERROR ", "panicked"].iter().any(|word| line.contains(word))
    };
    let faults: Vec<&str> = log.lines().filter(is_fault).collect();
    let first = faults.first().copied().unwrap_or_default();
    ensure!(
        faults.is_empty(),
        "{} lines of its log tell of a fault of its own, the first: {first}",
        faults.len()
    );
    ensure!(server.get("/healthz")?.status == 200, "it no longer says that it is well");
    Ok(())
}

/// Scanners talk a lot: all of it goes into that file. That one found something is told by its report, not by how it ends.
fn run_quietly(program: &mut Command, said: &Path) -> Result<()> {
    let file = File::create(said).with_context(|| paths::shown(said))?;
    program.stdout(file.try_clone()?).stderr(file).status().context("a scanner can't be started")?;
    Ok(())
}

fn read_json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("no report: {}", paths::shown(path)))?;
    serde_json::from_str(&text).with_context(|| paths::shown(path))
}
