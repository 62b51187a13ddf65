//! `cargo xtask faults`: what goes wrong under a server, brought about. The tests themselves stand in `server/tests/faults`; each
//! leaves its figures.

use anyhow::Result;

use crate::process::{self, cargo};
use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress};
use crate::tools;

/// How much a long run tries, by the variable that a test reads.
const LONG: [(&str, &str); 4] = [
    // It is killed so often.
    ("KILLS", "200"),
    // One in so many calls that write or flush fails, with every error.
    ("EACH", "1"),
    // PostgreSQL is.
    ("RESTARTS", "40"),
    // Servers that stop one after the other.
    ("STOPS", "20"),
];

pub fn run(effort: Effort) -> Result<()> {
    let figures = Figures::of("faults", effort)?;
    let mut progress = Progress::new(2, OnFailure::Stop);
    progress.step("looking for the tools", tools::for_faults);
    progress.step("bringing faults about", || bring_about(&figures, effort));
    progress.finish()
}

fn bring_about(figures: &Figures, effort: Effort) -> Result<()> {
    let mut cargo = cargo();
    // One after the other: figures keep their order, and no fault slows down what another test measures.
    cargo.args(["test", "-p", "server", "--test", "faults", "--", "--nocapture", "--test-threads=1"]);
    if effort.is_long() {
        cargo.envs(LONG);
    }
    process::run(figures.from(&mut cargo))
}
