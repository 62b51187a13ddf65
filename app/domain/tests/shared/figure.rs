//! Figures for the README, where somebody asks for them.

use std::fs::File;
use std::io::Write;

/// Says a figure; and leaves it in the file that `FIGURES` names (see `xtask/src/proof.rs`).
pub fn add(promise: &str, measured: &str, wanted: &str) {
    println!("{promise}: {measured}");
    if let Some(path) = std::env::var_os("FIGURES") {
        let mut file = File::options().append(true).create(true).open(path).expect("the file for figures");
        // In one piece: tests run beside each other.
        file.write_all(format!("{promise}\t{measured}\t{wanted}\n").as_bytes()).expect("a figure");
    }
}
