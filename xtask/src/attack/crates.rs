//! The attacks that are tests of the crates: scripts in every field, sessions that were stolen or chosen, guesses and how long
//! they take, bytes that nobody sends.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::scanners::folder;
use crate::paths;
use crate::process::{self, cargo};
use crate::proof::{Effort, Figures};
use crate::say::number;

/// What is read from outside: amounts, dates, situations, receipts, messages between browsers, events, cookies, callbacks.
const READERS: u64 = 8;

/// One after the other: some measure how long an answer takes.
pub fn whole_requests(figures: &Figures, effort: Effort) -> Result<()> {
    let mut cargo = cargo();
    cargo.args(["test", "--package", "server", "--test", "http", "attack::", "--"]);
    cargo.args(["--nocapture", "--test-threads=1"]);
    if effort.is_long() {
        cargo.env("LONG", "1");
    }
    let held = hold(figures.from(&mut cargo), "requests.txt")?;
    ensure!(held > 0, "there are no such tests");
    figures.add(
        "scripts in every field, sessions and tickets chosen or used again, guesses over two processes: tests that held",
        &format!("{held} of {held}"),
        "all",
    )
}

pub fn any_bytes(figures: &Figures, effort: Effort) -> Result<()> {
    let each: u32 = if effort.is_long() { 20_000 } else { 1_000 };
    let mut cargo = cargo();
    cargo.args(["test", "--package", "domain", "--package", "server", "--test", "rules", "--test", "http"]);
    let readers = hold(cargo.arg("any_bytes_are").env("PROPTEST_CASES", each.to_string()), "bytes.txt")?;
    ensure!(readers == READERS, "{readers} of {READERS} readers were tried");
    figures.add(
        "bytes that nobody sends, as amount, date, situation, receipt, message, events, cookies, callback: broke it",
        &format!("0 of {} × {}", number(f64::from(each)), number(readers as f64)),
        "0",
    )
}

/// How many tests there were; all of them hold.
fn hold(tests: &mut Command, said: &str) -> Result<u64> {
    fs::create_dir_all(folder())?;
    let said = folder().join(said);
    let file = File::create(&said)?;
    let ran = process::run(tests.stdout(file.try_clone()?).stderr(file));
    ran.with_context(|| format!("{} says why", paths::shown(&said)))?;
    passed(&said)
}

fn passed(said: &Path) -> Result<u64> {
    let text = fs::read_to_string(said)?;
    let counts = text.lines().filter_map(|line| line.strip_prefix("test result: ok. ")?.split(' ').next());
    counts.map(|count| count.parse::<u64>().with_context(|| paths::shown(said))).sum()
}
