//! `herstelroute schema`, and what the published schemas say of what the program takes and prints.

use std::fs;
use std::path::Path;

use domain::amounts::{Receipt, assess};
use domain::timeline::{Case, timeline};
use jsonschema::Validator;
use serde::Serialize;
use serde_json::{Value, json};

use crate::cases;
use crate::program::run;

const NAMES: [&str; 6] = ["situation", "assessment", "receipt", "replay", "case", "timeline"];

#[test]
fn what_the_program_writes_is_what_is_published() {
    let folder = tempfile::tempdir().expect("a folder");
    run(&["schema", "--out", folder.path().to_str().expect("a path")], b"").printed();
    for name in NAMES {
        let file = format!("{name}.json");
        let written = fs::read_to_string(folder.path().join(&file)).expect("a file");
        assert!(
            written == fs::read_to_string(published(name)).unwrap_or_default(),
            "{file} is stale: run `cargo xtask schema`"
        );
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), NAMES.len());
}

#[test]
fn every_case_and_its_answer_fit_their_schemas() {
    let [situations, assessments, receipts, replays, ..] = NAMES.map(validator);
    for (line, situation) in cases::situations() {
        check_fits(&situations, &serde_json::from_str::<Value>(&line).expect("JSON"));
        check_fits(&situations, &situation);
        check_fits(&assessments, &assess(&situation));
        let receipt = Receipt::of(situation);
        check_fits(&receipts, &receipt);
        check_fits(&replays, &receipt.replay());
    }
}

#[test]
fn a_case_and_its_timeline_fit_their_schemas() {
    let [.., cases, timelines] = NAMES.map(validator);
    let case = Case::from_json(crate::timeline::EXAMPLE).expect("a case");
    check_fits(&cases, &case);
    check_fits(&timelines, &timeline(&case));
}

#[test]
fn a_replay_with_changes_fits_its_schema() {
    let (_, situation) = cases::situations().next().expect("a case");
    let mut receipt = serde_json::to_value(Receipt::of(situation)).expect("JSON");
    receipt["rules"]["sha256"] = json!("0".repeat(64));
    receipt["assessment"]["routes"][0]["lines"] = json!([]);
    receipt["parameters"][0]["value"] = json!("1");
    let replay = Receipt::from_json(&receipt.to_string()).expect("a receipt").replay();
    assert_ne!(replay.changes, []);
    check_fits(&validator("replay"), &replay);
}

#[test]
fn the_schema_refuses_what_has_the_wrong_shape() {
    let situations = validator("situation");
    let good = json!({"on": "2026-11-22", "recognised": true});
    check_fits(&situations, &good);
    for (field, value) in [
        ("surprise", json!(1)),
        ("on", Value::Null),
        ("recognised", json!("ja")),
        ("received", json!("30.000")),
        ("received", json!(1.5)),
        ("years", json!({})),
        ("years", json!([{"ground": "compensation"}])),
        ("years", json!([{"year": 2012, "ground": "geluk"}])),
        ("years", json!([{"year": 2012, "surprise": 1}])),
        ("damages", json!([{"low": 1}])),
        ("children", json!([{}])),
        ("former_partner", json!("ja")),
        ("former_partner", json!({"ex": true})),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert!(!situations.is_valid(&bad), "{bad}");
    }
    assert!(!situations.is_valid(&json!({"on": "2026-11-22"})));
    assert!(!situations.is_valid(&json!([])));
}

fn published(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/schema").join(format!("{name}.json"))
}

fn validator(name: &str) -> Validator {
    let schema = fs::read_to_string(published(name)).expect("a schema");
    jsonschema::validator_for(&serde_json::from_str(&schema).expect("JSON")).expect("a schema")
}

#[track_caller]
fn check_fits(validator: &Validator, value: &impl Serialize) {
    let json = serde_json::to_value(value).expect("JSON");
    let wrong: Vec<String> =
        validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{json}");
}
