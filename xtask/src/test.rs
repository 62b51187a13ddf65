//! `cargo xtask test`: every check, as far as it can go, and a table at the end.

use anyhow::Result;

use crate::process::{self, cargo};
use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress};
use crate::server::{self, Running};
use crate::site::{self, Profile};
use crate::{attack, browser, load, package, pages, rules, sizes, tools};

/// Generated cases per property: what a long run tries.
const LONG_CASES: &str = "20000";
/// How often a long run kills the server while requests come in.
const LONG_KILLS: &str = "200";

pub fn run(long: bool) -> Result<()> {
    let said = Figures::only_said();
    let steps = site::STEPS
        + 10
        + load::STEPS
        + attack::STEPS
        + pages::STEPS
        + if long { 1 + package::STEPS } else { 0 };
    let mut progress = Progress::new(steps, OnFailure::GoOn);

    progress.step("looking for the tools", tools::for_testing);
    progress.step("looking for PostgreSQL, and what makes faults", tools::for_faults);
    let chromium = progress.step("looking for the browser", tools::for_browsing);
    let manifest = site::build(&mut progress, Profile::Release);
    // The tests of the crates are built of the same parts; what goes live takes ten minutes more.
    let (profile, name) = if long { (Profile::Release, "release") } else { (Profile::Quick, "dev") };
    let binary = progress.step(&format!("building the server ({name})"), || server::build(profile));
    let binary = binary.as_deref();

    progress.step("testing the crates", || test_crates(long));
    rules::check(&mut progress, binary, &said, Effort::Short);
    progress.step_with("weighing CSS and scripts", manifest.as_ref(), sizes::check_assets);

    let servable = manifest.as_ref().zip(binary);
    let server = progress.step_with("starting the server", servable, |(_, binary)| Running::start(binary));
    let server = server.as_ref();
    progress.step_with("weighing what is served", servable.zip(server), |((manifest, binary), server)| {
        sizes::check_served(manifest, binary, server)
    });
    let walking = chromium.as_deref().zip(server);
    progress.step_with("walking the journeys in Chromium", walking, |(chromium, server)| {
        browser::journeys(chromium, server, long)
    });
    let browsing = chromium.as_deref().zip(binary);
    pages::check(&mut progress, browsing, Effort::Short, &said);
    load::check(&mut progress, binary, Effort::Short);
    attack::check(&mut progress, &said, servable.map(|(_, binary)| binary), Effort::Short);
    if long {
        progress.step_with("measuring loading times", walking, |(chromium, server)| {
            browser::measure(chromium, server, &said)
        });
        package::check(&mut progress, servable);
    }
    progress.finish()
}

fn test_crates(long: bool) -> Result<()> {
    let mut cargo = cargo();
    cargo.args(["test", "--workspace"]);
    if long {
        cargo.env("PROPTEST_CASES", LONG_CASES).env("KILLS", LONG_KILLS);
    }
    process::run(&mut cargo)
}
