//! `herstelroute assess` and `herstelroute replay`: the same rules as on the phone, for who wants to check.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use domain::amounts::{Invalid, Receipt, Situation, answer_line, assess as assess_situation};

use crate::cli::AssessInput;

/// The input was refused.
const REFUSED: u8 = 2;

/// Answers `herstelroute assess`.
#[must_use]
pub fn assess(input: &AssessInput) -> ExitCode {
    let outcome = match (&input.file, input.lines) {
        (Some(path), true) => {
            File::open(path).map_err(named(path)).and_then(|file| each_line(BufReader::new(file)))
        }
        (None, true) => each_line(io::stdin().lock()),
        (file, false) => {
            return read_all(file.as_deref()).map_or_else(|error| failed(&error), |json| one(&json));
        }
    };
    outcome.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

/// Answers `herstelroute replay`.
#[must_use]
pub fn replay(file: &Path) -> ExitCode {
    let json = match read_all(Some(file)) {
        Ok(json) => json,
        Err(error) => return failed(&error),
    };
    match Receipt::from_json(&json) {
        Err(invalid) => refused(&invalid),
        Ok(receipt) => {
            let replay = receipt.replay();
            let printed = print(&replay);
            if replay.same_rules && !replay.changes.is_empty() {
                eprintln!(
                    "herstelroute: the rules are the same, but the numbers aren't: this file was changed after it was saved"
                );
                return ExitCode::FAILURE;
            }
            printed
        }
    }
}

/// Unreadable bytes become replacement marks: they are refused where they stand, like any other mistake.
fn read_all(file: Option<&Path>) -> io::Result<String> {
    let bytes = match file {
        Some(path) => fs::read(path).map_err(named(path))?,
        None => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            bytes
        }
    };
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Says which file it was.
fn named(path: &Path) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn one(json: &str) -> ExitCode {
    match Situation::from_json(json) {
        Ok(situation) => print(&assess_situation(&situation)),
        Err(invalid) => refused(&invalid),
    }
}

/// A refused line tells why; the rest goes on.
fn each_line(input: impl BufRead) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for line in input.split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            writeln!(output, "{}", answer_line(&line))?;
        }
    }
    output.flush()
}

fn print(answer: &impl serde::Serialize) -> ExitCode {
    match serde_json::to_string_pretty(answer) {
        Ok(json) => match writeln!(io::stdout(), "{json}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        },
        Err(error) => failed(&error.into()),
    }
}

fn refused(invalid: &Invalid) -> ExitCode {
    eprintln!("herstelroute: {invalid}");
    ExitCode::from(REFUSED)
}

/// A reader that went away is no failure.
fn failed(error: &io::Error) -> ExitCode {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    eprintln!("herstelroute: {error}");
    ExitCode::FAILURE
}
