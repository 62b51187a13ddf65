//! The cases that the program and the phone are both asked (`app/domain/tests/cases.jsonl`).

use std::fs;
use std::path::Path;

use domain::amounts::Situation;

pub fn lines() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/domain/tests/cases.jsonl");
    fs::read_to_string(path).expect("the cases").lines().map(str::to_owned).collect()
}

/// Those that aren't refused.
pub fn situations() -> impl Iterator<Item = (String, Situation)> {
    lines().into_iter().filter_map(|line| Situation::from_json(&line).ok().map(|situation| (line, situation)))
}
