//! The part "Proof" of the README: each promise beside its figure, below the command that measured it, the machine and the
//! day. Nobody types a figure.

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::{Context, Result, ensure};

use crate::paths;
use crate::process::{self, command};
use crate::say::note;

/// Names the file in which a program leaves a line for each promise, with tabs between: what is promised, what was measured,
/// what was wanted (or nothing).
pub const FIGURES: &str = "FIGURES";

/// All that leave figures, in the order of the README.
const COMMANDS: [&str; 6] = ["load", "faults", "attack", "rules", "pages", "budget"];

const README: &str = "README.md";
const BEGIN: &str = "<!-- cargo xtask proof -->\n";
const END: &str = "<!-- until here -->\n";

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What `cargo xtask test` has time for.
    Short,
    /// What a person asks for with `--long`.
    Long,
}

impl Effort {
    pub fn is_long(self) -> bool {
        self == Effort::Long
    }
}

/// The figures of one command, as they come in.
pub struct Figures {
    /// Where they are kept; `None`: they are only said.
    path: Option<PathBuf>,
}

impl Figures {
    /// Forgets what the same command left before.
    ///
    /// # Errors
    /// The folder for it can't be written.
    pub fn of(command: &str, effort: Effort) -> Result<Figures> {
        let folder = folder();
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{command}.tsv"));
        let long = if effort.is_long() { " --long" } else { "" };
        let mut file = File::create(&path).with_context(|| paths::shown(&path))?;
        writeln!(file, "**`cargo xtask {command}{long}`**, {}, {}", today()?, machine()?)?;
        Ok(Figures { path: Some(path) })
    }

    /// Those of a check that is no measurement.
    pub fn only_said() -> Figures {
        Figures { path: None }
    }

    /// Says a figure, and keeps it.
    ///
    /// # Errors
    /// It can't be kept.
    pub fn add(&self, promise: &str, measured: &str, wanted: &str) -> Result<()> {
        let beside = if wanted.is_empty() { String::new() } else { format!("; wanted: {wanted}") };
        note(&format!("{promise}: {measured}{beside}"));
        if let Some(path) = &self.path {
            writeln!(OpenOptions::new().append(true).open(path)?, "{promise}\t{measured}\t{wanted}")?;
        }
        Ok(())
    }

    /// Tells a program where to leave its figures.
    pub fn from<'a>(&self, program: &'a mut Command) -> &'a mut Command {
        match &self.path {
            Some(path) => program.env(FIGURES, path),
            None => program,
        }
    }
}

/// `cargo xtask proof`: writes what the commands left into the README. What a command left elsewhere stays as it was.
///
/// # Errors
/// A file can't be read or written, or a line in it isn't a figure.
pub fn run() -> Result<()> {
    let path = paths::root().join(README);
    let readme = fs::read_to_string(&path)?;
    let (before, rest) = readme.split_once(BEGIN).with_context(|| format!("{README} has no {BEGIN}"))?;
    let (old, after) = rest.split_once(END).with_context(|| format!("{README} has no {END}"))?;
    let mut parts = String::new();
    for name in COMMANDS {
        let left = folder().join(format!("{name}.tsv"));
        match fs::read_to_string(&left) {
            Ok(left) => parts.push_str(&part(&left).with_context(|| format!("{name}.tsv"))?),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                note(&format!("`cargo xtask {name}` left no figures here"));
                parts.push_str(old_part(old, name));
            }
            Err(error) => return Err(error).with_context(|| paths::shown(&left)),
        }
    }
    fs::write(&path, format!("{before}{BEGIN}{parts}{END}{after}"))?;
    Ok(())
}

/// The rows that a command left, as a table below its name.
fn part(left: &str) -> Result<String> {
    let mut lines = left.lines();
    let heading = lines.next().context("it is empty")?;
    let mut part = format!("\n{heading}\n\n| what | measured | wanted |\n|---|---|---|\n");
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        ensure!(
            matches!(cells[..], [promise, measured, _] if !promise.is_empty() && !measured.is_empty()),
            "{line:?} isn't a figure"
        );
        let cells = cells.join(" | ").replace("  ", " ");
        writeln!(part, "| {cells} |")?;
    }
    Ok(part)
}

/// What stands in the README of a command: from its heading to the next one.
fn old_part<'a>(old: &'a str, name: &str) -> &'a str {
    let heading = "\n**`cargo xtask ";
    let start = |end| old.find(&format!("{heading}{name}{end}"));
    let Some(start) = start("`").or_else(|| start(" ")) else { return "" };
    let end = old[start + 1..].find(heading).map_or(old.len(), |end| start + 1 + end);
    &old[start..end]
}

fn folder() -> PathBuf {
    paths::target().join("proof")
}

fn today() -> Result<String> {
    told("date", &["+%F"])
}

fn machine() -> Result<String> {
    let cores = available_parallelism()?;
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok());
    let memory = kib.map(|kib| format!(", {} GiB", kib.div_ceil(1024 * 1024))).unwrap_or_default();
    Ok(format!("{cores} cores of {}{memory}, {} {}", processor(), env::consts::OS, told("uname", &["-r"])?))
}

fn processor() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = told.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or_else(|| env::consts::ARCH.to_owned(), |(_, model)| model.trim().to_owned())
}

fn told(program: &str, arguments: &[&str]) -> Result<String> {
    Ok(String::from_utf8(process::output(command(program).args(arguments))?)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_without_a_measurement_is_refused() {
        assert!(part("**`cargo xtask load`**\npages a second\t2.100\t2.000\n").is_ok());
        assert!(part("**`cargo xtask load`**\nwithout a limit\t2.100\t\n").is_ok());
        assert!(part("**`cargo xtask load`**\npages a second\t\t2.000\n").is_err());
        assert!(part("**`cargo xtask load`**\npages a second\n").is_err());
        assert!(part("").is_err());
    }

    #[test]
    fn what_a_command_left_elsewhere_stays() {
        let load = part("**`cargo xtask load --long`**, then\na\t1\t2\n").unwrap();
        let faults = part("**`cargo xtask faults`**, now\nb\t3\t\n").unwrap();
        let old = format!("{load}{faults}");
        assert_eq!(old_part(&old, "load"), load);
        assert_eq!(old_part(&old, "faults"), faults);
        assert_eq!(old_part(&old, "attack"), "");
    }
}
