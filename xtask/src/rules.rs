//! `cargo xtask rules`: how sure the rules are. The phone must answer what the server answers, also to situations that nobody
//! thought of; and a fault made in the rules must be seen by their tests.

mod mutants;

use std::fs::{self, File};
use std::path::Path;

use anyhow::Result;

use crate::process::{self, cargo};
use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress, number};
use crate::server;
use crate::site::Profile;
use crate::{golden, paths, tools};

/// How many situations are drawn from a seed. Their answers fit in memory twice.
const OF_A_SEED: u64 = 10_000;

pub fn run(effort: Effort) -> Result<()> {
    let figures = Figures::of("rules", effort)?;
    let mut progress = Progress::new(3 + if effort.is_long() { 1 } else { 0 }, OnFailure::Stop);
    progress.step("looking for the tools", || {
        if effort.is_long() {
            tools::for_making_mutants()?;
        }
        tools::for_testing()
    });
    let binary = progress.step("building the server (release)", || server::build(Profile::Release));
    check(&mut progress, binary.as_deref(), &figures, effort);
    if effort.is_long() {
        progress.step("making faults in the rules", || mutants::make(&figures));
    }
    progress.finish()
}

/// The same situations through the rules here and on the phone.
pub fn check(progress: &mut Progress, binary: Option<&Path>, figures: &Figures, effort: Effort) {
    progress.step_with("comparing WebAssembly with native", binary, |binary| {
        let seeds = if effort.is_long() { 100 } else { 1 };
        compare(binary, seeds, figures)
    });
}

fn compare(binary: &Path, seeds: u64, figures: &Figures) -> Result<()> {
    let module = golden::module()?;
    golden::compare(binary, &module, &paths::root().join(golden::CASES))?;
    let drawn = paths::target().join("rules/situations.jsonl");
    let mut same = 0;
    for seed in 1..=seeds {
        draw(seed, &drawn)?;
        same += golden::compare(binary, &module, &drawn)?;
    }
    fs::remove_file(drawn)?;
    figures.add(
        "situations that nobody thought of, answered the same byte for byte natively and in WebAssembly",
        &format!("{} of {}", number(same as f64), number((seeds * OF_A_SEED) as f64)),
        "all",
    )
}

fn draw(seed: u64, into: &Path) -> Result<()> {
    if let Some(folder) = into.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--package", "domain", "--example", "situations", "--"]);
    process::run(cargo.args([seed.to_string(), OF_A_SEED.to_string()]).stdout(File::create(into)?))
}
