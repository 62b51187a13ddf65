//! `herstelroute assess` and `herstelroute replay`: the same rules as on the phone, for who wants to check.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use domain::amounts::{Receipt, Situation, answer_line, assess as assess_situation};

use crate::cli::AssessInput;
use crate::exchange::{answer, failed, named, print, read_all, refused};

/// Answers `herstelroute assess`.
#[must_use]
pub fn assess(input: &AssessInput) -> ExitCode {
    let outcome = match (&input.file, input.lines) {
        (Some(path), true) => {
            File::open(path).map_err(named(path)).and_then(|file| each_line(BufReader::new(file)))
        }
        (None, true) => each_line(io::stdin().lock()),
        (file, false) => {
            return answer(file.as_deref(), |json| {
                Situation::from_json(json).map(|it| assess_situation(&it))
            });
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
