//! The worked examples beside the rules, computed by hand: `rules/*/examples.toml`.

use std::path::{Path, PathBuf};
use std::{fs, iter};

use domain::amounts::{Situation, answer_line, assess};
use serde::Deserialize;
use serde_json::Value;

#[test]
fn every_worked_example_comes_out_as_it_was_computed_by_hand() {
    check(&rows());
}

#[test]
fn there_are_enough_examples_and_each_shows_its_arithmetic() {
    let rows = rows();
    assert!(rows.len() >= 60, "only {} examples", rows.len());
    for row in &rows {
        assert!(!row.arithmetic.trim().is_empty(), "{}: {} shows no arithmetic", row.file, row.name);
        assert!(!row.expect.is_empty(), "{}: {} expects nothing", row.file, row.name);
    }
}

#[test]
fn an_example_that_is_computed_wrongly_is_noticed() {
    let row = |expect: &str| Row {
        file: "here".to_owned(),
        name: "the amount of the Catshuisregeling".to_owned(),
        arithmetic: "€ 30.000".to_owned(),
        situation: r#"{"on":"2026-11-22","recognised":true,"years":[]}"#.to_owned(),
        expect: toml::from_str(expect).expect("an expectation"),
    };
    for right in [
        r#""line:finish_after_30k:floor" = { low = 3000000, high = 3000000 }"#,
        r#""line:finish_after_30k:floor:2012" = false"#,
        r#""/routes/0/still_to_receive" = "null""#,
        r#"missing = ["received", "damages"]"#,
    ] {
        assert_eq!(differences(&row(right)), Vec::<String>::new(), "{right}");
    }
    for wrong in [
        r#""line:finish_after_30k:floor" = { low = 3000000, high = 3000001 }"#,
        r#""line:finish_after_30k:floor" = false"#,
        r#""line:integral_assessment:ib.supplement" = { low = 0, high = 0 }"#,
        r#""/routes/4" = "null""#,
        r#"missing = ["received"]"#,
        r#"note_has = "not_recognised""#,
        r#"surprise = 1"#,
    ] {
        assert_eq!(differences(&row(wrong)).len(), 1, "{wrong}");
    }
}

/// `tests/cases.jsonl` is what the native program and the one on the phone are both asked.
#[test]
fn the_cases_for_both_machines_hold_every_example_and_enough_more() {
    let cases = fs::read_to_string(crate_folder().join("tests/cases.jsonl")).expect("the cases");
    let lines: Vec<&str> = cases.lines().collect();
    assert!(lines.len() >= 300, "only {} cases", lines.len());
    for row in rows() {
        assert!(
            lines.contains(&one_line(&row.situation).as_str()),
            "{}: {} isn't a case",
            row.file,
            row.name
        );
    }
    let refused = lines.iter().filter(|line| answer_line(line).starts_with(r#"{"error":"#)).count();
    assert!((20..lines.len() / 4).contains(&refused), "{refused} of {} cases are refused", lines.len());
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    example: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(skip)]
    file: String,
    name: String,
    arithmetic: String,
    /// The JSON that `assess` reads.
    situation: String,
    /// See the head of each examples file.
    expect: toml::Table,
}

/// Every row comes out as it says; else all that don't, with their arithmetic.
#[track_caller]
fn check(rows: &[Row]) {
    let failures: Vec<String> = rows
        .iter()
        .map(|row| (row, differences(row)))
        .filter(|(_, differences)| !differences.is_empty())
        .map(|(row, differences)| {
            format!("{}: {}\n  {}\n  {}", row.file, row.name, row.arithmetic, differences.join("\n  "))
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{} of {} examples fail:\n{}",
        failures.len(),
        rows.len(),
        failures.join("\n")
    );
}

fn differences(row: &Row) -> Vec<String> {
    let situation = match Situation::from_json(&row.situation) {
        Ok(situation) => situation,
        Err(invalid) => return vec![format!("the situation is refused: {invalid}")],
    };
    let answer = serde_json::to_value(assess(&situation)).expect("an assessment is JSON");
    let differs = |(key, expected): (&String, &toml::Value)| {
        let expected = match serde_json::to_value(expected).expect("TOML without dates is JSON") {
            Value::String(text) if text == "null" => Value::Null,
            other => other,
        };
        let found = found(&answer, key, &expected);
        (found.as_ref() != Some(&expected)).then(|| {
            let found = found.map_or_else(|| "nothing".to_owned(), |found| found.to_string());
            format!("{key}: expected {expected}, found {found}")
        })
    };
    row.expect.iter().filter_map(differs).collect()
}

/// What the answer says under a key of `expect`.
fn found(answer: &Value, key: &str, expected: &Value) -> Option<Value> {
    if let Some(line) = key.strip_prefix("line:") {
        return amount_of_line(answer, line);
    }
    match key {
        "missing" => answer.get("missing").cloned(),
        "note_has" => {
            let notes = answer.get("notes")?;
            let is_there = notes.as_array()?.contains(expected);
            Some(if is_there { expected.clone() } else { notes.clone() })
        }
        pointer => answer.pointer(pointer).cloned(),
    }
}

/// `route:id` or `route:id:year` → its amount; `false`: no such line.
fn amount_of_line(answer: &Value, line: &str) -> Option<Value> {
    let mut parts = line.split(':');
    let (route, id) = (parts.next()?, parts.next()?);
    let year: Option<i64> = parts.next().and_then(|year| year.parse().ok());
    let route = answer.get("routes")?.as_array()?.iter().find(|it| it["route"] == route)?;
    let is_meant = |line: &&Value| line["id"] == id && line.get("year").and_then(Value::as_i64) == year;
    Some(
        route["lines"]
            .as_array()?
            .iter()
            .find(is_meant)
            .map_or(Value::Bool(false), |line| line["amount"].clone()),
    )
}

/// Every example of every scheme, in a fixed order.
fn rows() -> Vec<Row> {
    let mut files: Vec<PathBuf> = fs::read_dir(crate_folder().join("rules"))
        .expect("the rules")
        .map(|entry| entry.expect("a readable folder").path().join("examples.toml"))
        .filter(|file| fs::read_to_string(file).is_ok_and(|text| text.contains("\nsituation = ")))
        .collect();
    files.sort();
    files.iter().flat_map(|file| rows_of(file)).collect()
}

fn rows_of(file: &Path) -> Vec<Row> {
    let scheme = file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(file).expect("readable");
    let Examples { example } = toml::from_str(&text).unwrap_or_else(|error| panic!("{scheme}: {error}"));
    iter::zip(example, iter::repeat(scheme)).map(|(row, file)| Row { file, ..row }).collect()
}

fn one_line(json: &str) -> String {
    json.lines().collect::<Vec<_>>().concat().trim().to_owned()
}

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
