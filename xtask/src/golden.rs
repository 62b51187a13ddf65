//! The same situations through the native rules and through those on the phone: the answers must be
//! the same, byte for byte.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::process::{self, command};
use crate::site::Profile;
use crate::tools::{self, WASM_TARGET};
use crate::{paths, server};

pub const CASES: &str = "app/domain/tests/cases.jsonl";

/// The rules as the phone gets them, built: a module of WebAssembly.
pub fn module() -> Result<PathBuf> {
    let profile = Profile::Release.wasm();
    process::run(tools::cargo_for_wasm("build", profile).args([
        "--package",
        "domain",
        "--example",
        "golden_cdylib",
        // The server names the field of a refused line, so this must too.
        "--features",
        "paths",
    ]))?;
    Ok(paths::target().join(WASM_TARGET).join(profile).join("examples/golden_cdylib.wasm"))
}

/// How many situations, a line each, both answer the same.
pub fn compare(binary: &Path, module: &Path, situations: &Path) -> Result<usize> {
    let input = File::open(situations).with_context(|| paths::shown(situations))?;
    let native = server::ask(binary, &["assess", "--lines"], Stdio::from(input))?;
    let wasm = process::output(
        command("node")
            .args(["--input-type=module", "--eval", include_str!("golden.mjs"), "--"])
            .arg(module)
            .arg(situations),
    )?;
    same_lines(&String::from_utf8(native)?, &String::from_utf8(wasm)?)
        .with_context(|| paths::shown(situations))
}

/// The number of lines, or the first line that differs.
fn same_lines(native: &str, wasm: &str) -> Result<usize> {
    if let Some((index, (native, wasm))) =
        native.lines().zip(wasm.lines()).enumerate().find(|(_, (native, wasm))| native != wasm)
    {
        bail!("answer {} differs\n  native: {native}\n  wasm:   {wasm}", index + 1);
    }
    let (native, wasm) = (native.lines().count(), wasm.lines().count());
    if native != wasm || native == 0 {
        bail!("{native} answers natively and {wasm} in WebAssembly");
    }
    Ok(native)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_answers_are_counted() {
        assert_eq!(same_lines("{}\n{}\n", "{}\n{}\n").unwrap(), 2);
    }

    #[test]
    fn the_first_difference_is_shown() {
        let error = same_lines("{}\n1\n", "{}\n2\n").unwrap_err().to_string();
        assert!(error.starts_with("answer 2 differs"), "{error}");
    }

    #[test]
    fn a_missing_answer_and_no_answer_at_all_are_refused() {
        assert!(same_lines("{}\n{}\n", "{}\n").is_err());
        assert!(same_lines("", "").is_err());
    }
}
