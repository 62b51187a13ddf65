//! JSON in, JSON out: what the commands for checking share.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use domain::amounts::Invalid;
use serde::Serialize;

/// The input was refused.
const REFUSED: u8 = 2;

/// Reads a file, or standard input without one, and prints the answer, or why it is refused.
pub fn answer<T: Serialize>(file: Option<&Path>, answer: impl Fn(&str) -> Result<T, Invalid>) -> ExitCode {
    match read_all(file) {
        Ok(json) => answer(&json).map_or_else(|invalid| refused(&invalid), |answer| print(&answer)),
        Err(error) => failed(&error),
    }
}

/// Unreadable bytes become replacement marks: they are refused where they stand, like any other mistake.
pub fn read_all(file: Option<&Path>) -> io::Result<String> {
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
pub fn named(path: &Path) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// On standard output.
pub fn print(answer: &impl Serialize) -> ExitCode {
    match serde_json::to_string_pretty(answer) {
        Ok(json) => match writeln!(io::stdout(), "{json}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        },
        Err(error) => failed(&error.into()),
    }
}

/// Why, with the path of its field, on standard error.
pub fn refused(invalid: &Invalid) -> ExitCode {
    eprintln!("herstelroute: {invalid}");
    ExitCode::from(REFUSED)
}

/// A reader that went away is no failure.
pub fn failed(error: &io::Error) -> ExitCode {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    eprintln!("herstelroute: {error}");
    ExitCode::FAILURE
}
