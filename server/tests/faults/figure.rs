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

/// How often something is tried: what the environment says, or what a normal test has time for.
pub fn times(name: &str, normal: u32) -> u32 {
    std::env::var(name).map_or(normal, |times| times.parse().expect("a number"))
}

/// A count as the README writes it: 2.310.
pub fn count(number: u32) -> String {
    let (thousands, rest) = (number / 1_000, number % 1_000);
    if thousands == 0 { rest.to_string() } else { format!("{thousands}.{rest:03}") }
}
