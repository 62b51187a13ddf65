//! `herstelroute timeline`: the contract of `design.md` §4.

use serde_json::{Value, json};

use crate::program::run;

/// Word for word as the contract has it.
pub const EXAMPLE: &str = r#"{"on":"2026-11-22","events":[{"kind":"registered","on":"2023-01-16"},{"kind":"first_test_decided","on":"2023-05-01"},
  {"kind":"objection_lodged","on":"2024-09-02"},{"kind":"information_asked","on":"2024-10-01"},{"kind":"information_sent","on":"2024-10-20"},
  {"kind":"damage_requested","on":"2023-08-23"},{"kind":"extended","step":"damage","on":"2024-02-01"},{"kind":"notice_of_default","step":"damage","on":"2024-09-05"}]}"#;

#[test]
fn the_example_of_the_contract_comes_out_as_computed_by_hand() {
    let answer: Value =
        serde_json::from_str(&run(&["timeline"], EXAMPLE.as_bytes()).printed()).expect("JSON");
    let step = |id: &str| {
        let steps = answer["steps"].as_array().expect("steps");
        steps.iter().find(|step| step["step"] == id).expect("every step stands there").clone()
    };

    assert_eq!(step("first_test")["statutory_end_on"], "2023-07-16");
    assert_eq!(step("first_test")["state"], "done");
    let objection = step("objection");
    assert_eq!(objection["state"], "current");
    assert_eq!(objection["turn"], "organisation");
    // From 2 September 2024 to 22 November 2026 are 811 days; for 19 of them she was waited for.
    assert_eq!(
        objection["chess_clock"],
        json!({"parent_days": 19, "organisation_days": 792, "third_party_days": 0})
    );
    assert_eq!(objection["statutory_end_on"], Value::Null);
    let damage = step("damage");
    assert_eq!(damage["statutory_end_on"], "2024-08-23");
    // 14 × € 23 + 14 × € 35 + 14 × € 45, from two weeks after the notice.
    assert_eq!(
        damage["penalty"],
        json!({"runs_from": "2024-09-20", "days": 42, "amount": 144_200, "maximum": 144_200})
    );
    assert_eq!(answer["missing"], json!(["assessment_decided"]));
}

#[test]
fn what_is_refused_is_told_with_its_path() {
    let ran =
        run(&["timeline"], br#"{"on":"2026-11-22","events":[{"kind":"registered","on":"2027-01-16"}]}"#);
    assert_eq!(ran.code, Some(2));
    assert!(ran.told.contains("events[0].on"), "{}", ran.told);
    assert_eq!(ran.printed, "");
    let ran = run(&["timeline"], br#"{"on":"2026-11-22","events":[{"kind":"surprise","on":"2023-01-16"}]}"#);
    assert_eq!(ran.code, Some(2));
    assert!(ran.told.contains("events[0].kind"), "{}", ran.told);
}
