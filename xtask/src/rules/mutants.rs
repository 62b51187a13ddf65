//! Every fault that cargo-mutants can make in the rules, one at a time: their tests must see it.
//!
//! `.cargo/mutants.toml` explains those that change nothing that can be seen. `SHARD=0/8` makes an eighth of them.

use std::env;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::paths;
use crate::process::cargo;
use crate::proof::Figures;
use crate::say::{note, number};

/// Of a hundred, so many must be seen.
const WANTED: u64 = 95;

/// What cargo-mutants tells at its end.
#[derive(Deserialize)]
struct Outcomes {
    caught: u64,
    missed: u64,
    /// The tests didn't end: nobody would miss that.
    timeout: u64,
}

pub fn make(figures: &Figures) -> Result<()> {
    let shard = env::var("SHARD").ok();
    let folder = paths::target().join("rules");
    let mut mutants = cargo();
    mutants.args(["mutants", "--package", "domain", "--jobs", "2", "--output"]).arg(&folder);
    if let Some(shard) = &shard {
        mutants.args(["--sharding", "round-robin", "--shard", shard]);
    }
    // It also ends with an error when a fault was missed; what it wrote says how many.
    mutants.status().context("cargo-mutants can't be started")?;
    let told = folder.join("mutants.out");
    let outcomes = fs::read(told.join("outcomes.json")).context("cargo-mutants told nothing")?;
    let Outcomes { caught, missed, timeout } = serde_json::from_slice(&outcomes)?;
    fs::read_to_string(told.join("missed.txt"))?.lines().for_each(note);
    let (seen, all) = (caught + timeout, caught + timeout + missed);
    ensure!(all > 0, "no fault was made");
    let part = shard.map(|shard| format!("; part {shard}")).unwrap_or_default();
    let measured = format!("{} of {}, {} %{part}", number(seen as f64), number(all as f64), seen * 100 / all);
    figures.add("faults made in the rules that their tests see", &measured, &format!("{WANTED} %"))?;
    ensure!(seen * 100 >= all * WANTED, "the tests miss too many faults: see {}", paths::shown(&told));
    Ok(())
}
