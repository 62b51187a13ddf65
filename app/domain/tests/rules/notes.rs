//! What is said beside the figures: when, and when not.

use domain::amounts::{FormerPartnerAnswer, Situation, assess};
use serde_json::{Value, json};

#[test]
fn legal_help_is_left_out_where_no_year_counts_and_only_then() {
    let note = "legal_help_left_out";
    check(true, note, json!({"legal_help": 1}));
    check(false, note, json!({"legal_help": 0}));
    check(false, note, json!({}));
    check(false, note, json!({"legal_help": 1, "years": [year(100)]}));
}

#[test]
fn a_debt_lapses_where_something_was_never_paid() {
    let with_debt = |outstanding: i64| json!({"years": [{"year": 2012, "ground": "compensation", "reclaimed": 100, "outstanding": outstanding}]});
    check(true, "debt_lapses", with_debt(1));
    check(false, "debt_lapses", with_debt(0));
}

#[test]
fn more_was_received_than_comes_out_by_a_cent() {
    let received = |cents: i64| json!({"received": cents, "damages": []});
    check(false, "more_received_than_total", received(3_000_000));
    check(true, "more_received_than_total", received(3_000_001));
}

#[test]
fn a_year_that_isnt_clear_asks_no_more_than_the_form_does() {
    // Reclaimed, but why isn't known: it may count, so what would go with it is asked.
    let unclear = json!({"years": [{"year": 2012, "reclaimed": 100}], "damages": []});
    let assessment = serde_json::to_value(assess(&situation(unclear.clone()))).expect("JSON");
    let missing: Vec<&str> =
        assessment["missing"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(missing.contains(&"legal_help") && missing.contains(&"first_correction_on"), "{missing:?}");
    let mut told = unclear;
    told["legal_help"] = json!(50);
    told["first_correction_on"] = json!("2014-07-01");
    let lines = lines(&situation(told));
    assert!(
        !lines.contains(&"ib.legal_help".to_owned()) && !lines.contains(&"ib.immaterial_damage".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn without_a_year_nothing_about_years_is_asked() {
    let none = json!({"damages": []});
    let assessment = serde_json::to_value(assess(&situation(none))).expect("JSON");
    let missing = assessment["missing"].to_string();
    assert!(!missing.contains("legal_help") && !missing.contains("first_correction_on"), "{missing}");
}

#[test]
fn who_is_a_former_partner_gets_an_answer_of_her_own() {
    let partner = situation(json!({"former_partner": true}));
    assert_eq!(FormerPartnerAnswer::of(&partner), assess(&partner).former_partner);
    assert!(FormerPartnerAnswer::of(&partner).is_some());
    assert_eq!(FormerPartnerAnswer::of(&situation(json!({}))), None);
}

fn year(reclaimed: i64) -> Value {
    json!({"year": 2012, "ground": "compensation", "reclaimed": reclaimed})
}

/// Someone who is recognised, without years, and with this beside it.
fn situation(more: Value) -> Situation {
    let mut json = json!({"on": "2026-11-22", "recognised": true, "years": []});
    for (field, value) in more.as_object().expect("fields") {
        json[field] = value.clone();
    }
    Situation::from_json(&json.to_string()).expect("a situation")
}

fn notes(situation: &Situation) -> Vec<String> {
    assess(situation).notes.iter().map(ToString::to_string).collect()
}

fn lines(situation: &Situation) -> Vec<String> {
    assess(situation).routes.iter().flat_map(|route| &route.lines).map(|line| line.id.to_owned()).collect()
}

#[track_caller]
fn check(expected: bool, note: &str, more: Value) {
    let notes = notes(&situation(more.clone()));
    assert_eq!(notes.iter().any(|found| found == note), expected, "{more}: {notes:?}");
}
