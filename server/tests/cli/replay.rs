//! `herstelroute replay`: a saved receipt, computed again.

use std::fs;

use domain::amounts::{Receipt, Situation};
use serde_json::{Value, json};

use crate::program::{Ran, run};

#[test]
fn the_same_rules_give_the_same_numbers() {
    let replay = printed(&replay(&receipt().to_string()), 0);
    assert_eq!(replay["same_rules"], true);
    assert_eq!(replay["changes"], json!([]));
    assert_eq!(replay["assessment"], receipt()["assessment"]);
}

#[test]
fn a_file_that_was_changed_is_told() {
    let mut changed = receipt();
    changed["assessment"]["routes"][0]["lines"][0]["amount"] = json!({"low": 9_900_000, "high": 9_900_000});
    let ran = replay(&changed.to_string());
    assert!(ran.told.contains("this file was changed"), "{}", ran.told);
    let replay = printed(&ran, 1);
    assert_eq!(replay["same_rules"], true);
    let change = &replay["changes"][0];
    assert_eq!((&change["route"], &change["line"]), (&json!("finish_after_30k"), &json!("floor")));
    assert_eq!((&change["before"]["low"], &change["after"]["low"]), (&json!(9_900_000), &json!(3_000_000)));
    assert_eq!(change["why"], json!(["file_changed"]));
}

#[test]
fn other_rules_are_no_failure_and_tell_what_they_changed() {
    let mut older = receipt();
    older["rules"] = json!({"version": "2020-01-01", "sha256": "0".repeat(64)});
    older["assessment"]["routes"][0]["lines"][0]["amount"] = json!({"low": 2_500_000, "high": 2_500_000});
    let replay = printed(&replay(&older.to_string()), 0);
    assert_eq!(replay["same_rules"], false);
    assert_eq!(replay["made_with"]["version"], "2020-01-01");
    assert_eq!(replay["changes"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_no_receipt_is_refused_with_its_path() {
    let with = |field: &str, value: Value| {
        let mut changed = receipt();
        changed[field] = value;
        changed.to_string()
    };
    for (json, path) in [
        (String::new(), ""),
        ("geen json".to_owned(), ""),
        ("{}".to_owned(), "kind"),
        (with("kind", json!("something.else")), "kind"),
        (with("surprise", json!(1)), "surprise"),
        (
            with("situation", json!({"on": "2026-11-22", "recognised": true, "received": -1})),
            "situation.received",
        ),
        (with("situation", json!(["2026-11-22", true])), "situation: "),
        (
            receipt().to_string().replacen("\"low\":", "\"low\":0,\"low\":", 1),
            "assessment.routes[0].lines[0]",
        ),
        (receipt()["situation"].to_string(), "damages"),
    ] {
        let ran = replay(&json);
        assert_eq!((ran.code, ran.printed.as_str()), (Some(2), ""), "{json}");
        assert!(ran.told.starts_with(&format!("herstelroute: {path}")), "{json}: {}", ran.told);
    }
}

#[test]
fn a_file_that_isnt_there_is_told() {
    let ran = run(&["replay", "/nergens/bewijs.json"], b"");
    assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""));
    assert!(ran.told.contains("/nergens/bewijs.json"), "{}", ran.told);
}

fn receipt() -> Value {
    let situation =
        json!({"on": "2026-11-22", "recognised": true, "received": 3_000_000, "years": [], "damages": []});
    let situation = Situation::from_json(&situation.to_string()).expect("a situation");
    serde_json::to_value(Receipt::of(situation)).expect("JSON")
}

fn replay(json: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("bewijs.json");
    fs::write(&file, json).expect("a file");
    run(&["replay", file.to_str().expect("a path")], b"")
}

#[track_caller]
fn printed(ran: &Ran, code: i32) -> Value {
    assert_eq!(ran.code, Some(code), "{}", ran.told);
    serde_json::from_str(&ran.printed).expect("JSON")
}
