//! Receipts made by other rules, opened today: what changed, and why.

use domain::amounts::{Change, Receipt, Replay, Situation, Why};
use domain::{Cents, Range};
use serde_json::{Value, json};

#[test]
fn a_receipt_opened_with_the_same_rules_gives_the_same_figures() {
    let stored = Receipt::from_json(&receipt().to_json()).expect("our own file");
    let replay = stored.replay();
    assert!(replay.same_rules);
    assert_eq!(replay.changes, []);
    assert_eq!(serde_json::to_value(&replay.assessment).expect("JSON"), stored.assessment);
}

#[test]
fn a_receipt_names_every_parameter_that_a_line_rests_on() {
    let receipt = receipt();
    let named: Vec<&str> = receipt.parameters.iter().map(|used| used.id.as_str()).collect();
    for line in lines(&receipt.assessment) {
        for id in line["parameters"].as_array().expect("a list") {
            assert_eq!(named.iter().filter(|named| *id == **named).count(), 1, "{id}");
        }
    }
    assert!(receipt.parameters.iter().all(|used| !used.sources.is_empty()));
}

#[test]
fn a_value_that_changed_is_named_with_what_it_was_and_is() {
    let mut old = of_other_rules();
    set_parameter(&mut old, "ib/material_damage_share", Some("300000"));
    set_amount(&mut old, "ib.material_damage", 2012, 360_000);
    set_amount(&mut old, "ib.supplement", None, 27_100);

    let replay = old.replay();
    assert!(!replay.same_rules);
    let material = change(&replay, "integral_assessment", "ib.material_damage", Some(2012));
    assert_eq!((material.before, material.after), (exactly(360_000), exactly(300_000)));
    let share = Why::Parameter {
        id: "ib/material_damage_share".to_owned(),
        before: Some("300000".to_owned()),
        after: Some("250000".to_owned()),
    };
    assert_eq!(material.why, [share]);

    let supplement = change(&replay, "integral_assessment", "ib.supplement", None);
    assert_eq!(
        supplement.why,
        [Why::Line("ib.material_damage".to_owned())],
        "it follows from the line that changed"
    );
    assert!(
        replay.changes.iter().all(|change| change.line != "ib.start_amount"),
        "what she said herself is the same"
    );
}

#[test]
fn a_line_is_explained_by_lines_of_its_own_year_only() {
    let mut old = of_other_rules();
    set_amount(&mut old, "ib.start_amount", 2013, 1);
    set_amount(&mut old, "ib.material_damage", 2012, 1);
    set_amount(&mut old, "ib.material_damage", 2013, 1);
    let replay = old.replay();
    let why = |year| change(&replay, "settlement", "ib.material_damage", Some(year)).why.clone();
    assert_eq!(why(2013), [Why::Line("ib.start_amount".to_owned())]);
    assert_eq!(why(2012), [Why::Formula], "nothing that it rests on changed");
}

#[test]
fn the_floor_is_explained_by_each_kind_of_line_once() {
    let mut old = of_other_rules();
    for year in [2012, 2013] {
        set_amount(&mut old, "ib.material_damage", year, 1);
    }
    set_amount(&mut old, "floor", None, 2);
    let floor = change(&old.replay(), "integral_assessment", "floor", None).clone();
    assert_eq!(floor.why, [Why::Line("ib.material_damage".to_owned())]);
}

#[test]
fn a_line_that_is_new_has_no_figure_before() {
    let mut old = of_other_rules();
    for route in routes(&mut old) {
        lines_of(route).retain(|line| line["id"] != "ib.supplement");
    }
    let supplement = change(&old.replay(), "damage_commission", "ib.supplement", None).clone();
    assert_eq!(supplement.before, None);
    assert!(supplement.after.is_some());
    assert_eq!(supplement.why, [Why::Formula]);
}

#[test]
fn a_line_that_is_gone_has_no_figure_after() {
    let mut old = of_other_rules();
    set_parameter(&mut old, "ib/abolished_share", Some("50000"));
    let gone = json!({"id": "ib.abolished", "origin": "calculated", "amount": {"low": 5, "high": 6},
        "certainty": "fixed", "formula": "…", "parameters": ["ib/abolished_share"], "uses": []});
    for route in routes(&mut old) {
        lines_of(route).push(gone.clone());
    }
    let replay = old.replay();
    let gone = change(&replay, "integral_assessment", "ib.abolished", None);
    assert_eq!((gone.before, gone.after), (Some(Range { low: Cents(5), high: Cents(6) }), None));
    let no_value_now =
        Why::Parameter { id: "ib/abolished_share".to_owned(), before: Some("50000".to_owned()), after: None };
    assert_eq!(gone.why, [no_value_now]);
}

#[test]
fn what_is_no_line_is_named_by_its_field() {
    let mut old = of_other_rules();
    old.assessment["children"][0]["amount"] = json!(1);
    old.assessment["notes"] = json!(["something_else"]);
    let replay = old.replay();
    let told: Vec<(&str, &Option<String>)> =
        replay.changes.iter().map(|change| (change.line.as_str(), &change.route)).collect();
    assert_eq!(told, [("children", &None), ("notes", &None)]);
}

#[test]
fn with_the_same_rules_every_change_means_that_the_file_was_changed() {
    let changed = |change: fn(&mut Receipt)| {
        let mut receipt = receipt();
        change(&mut receipt);
        receipt.replay()
    };
    for replay in [
        changed(|receipt| set_amount(receipt, "ib.supplement", None, 1)),
        changed(|receipt| receipt.assessment["routes"][1]["total"]["high"] = json!(1)),
        changed(|receipt| receipt.assessment["routes"][0]["availability"] = json!("open")),
        changed(|receipt| receipt.assessment["rules"]["version"] = json!("another")),
        changed(|receipt| receipt.assessment["surprise"] = json!(true)),
        changed(|receipt| receipt.parameters[0].value = Some("1".to_owned())),
        changed(|receipt| drop(receipt.parameters.pop())),
        changed(|receipt| receipt.situation.legal_help = Some(Cents(1))),
    ] {
        assert!(replay.same_rules);
        assert!(!replay.changes.is_empty());
        assert!(replay.changes.iter().all(|change| change.why == [Why::FileChanged]), "{:?}", replay.changes);
    }
}

#[test]
fn a_receipt_of_another_version_is_not_accused_of_being_changed() {
    let mut old = receipt();
    old.rules.version = "2025-01-01".to_owned();
    set_amount(&mut old, "ib.supplement", None, 1);
    let replay = old.replay();
    assert!(!replay.same_rules);
    assert_eq!(replay.made_with.version, "2025-01-01");
    assert_eq!(change(&replay, "settlement", "ib.supplement", None).why, [Why::Formula]);
}

/// Two years that count, damage of one kind in two items, a child.
fn receipt() -> Receipt {
    let json = r#"{"on":"2026-11-22","recognised":true,"received":1000000,
        "years":[{"year":2012,"ground":"compensation","reclaimed":1200000,"interest_and_costs_paid":10000,"missed_interest":0},
                 {"year":2013,"ground":"compensation","reclaimed":400000,"interest_and_costs_paid":0,"missed_interest":0}],
        "first_correction_on":"2014-07-01","decision_on":"2019-12-31","legal_help":0,
        "damages":[{"kind":"income","low":100,"high":200},{"kind":"income","low":1000,"high":2000}],
        "children":[{"born_on":"2010-03-01"}]}"#;
    Receipt::of(Situation::from_json(json).expect("a situation"))
}

fn of_other_rules() -> Receipt {
    let mut receipt = receipt();
    receipt.rules.sha256 = "0".repeat(64);
    receipt
}

fn set_parameter(receipt: &mut Receipt, id: &str, value: Option<&str>) {
    let value = value.map(str::to_owned);
    match receipt.parameters.iter_mut().find(|used| used.id == id) {
        Some(used) => used.value = value,
        None => {
            let like = receipt.parameters[0].clone();
            receipt.parameters.push(domain::amounts::UsedParameter { id: id.to_owned(), value, ..like });
        }
    }
}

/// Stores another amount for a line, in every route that has it.
#[track_caller]
fn set_amount(receipt: &mut Receipt, id: &str, year: impl Into<Option<i16>>, cents: i64) {
    let year = year.into().map_or(Value::Null, |year| json!(year));
    let mut found = false;
    for route in routes(receipt) {
        for line in lines_of(route)
            .iter_mut()
            .filter(|line| line["id"] == id && line.get("year").unwrap_or(&Value::Null) == &year)
        {
            line["amount"] = json!({"low": cents, "high": cents});
            found = true;
        }
    }
    assert!(found, "no line {id} {year}");
}

fn routes(receipt: &mut Receipt) -> &mut Vec<Value> {
    receipt.assessment["routes"].as_array_mut().expect("routes")
}

fn lines_of(route: &mut Value) -> &mut Vec<Value> {
    route["lines"].as_array_mut().expect("lines")
}

fn lines(assessment: &Value) -> impl Iterator<Item = &Value> {
    let routes = assessment["routes"].as_array().into_iter().flatten();
    routes.flat_map(|route| route["lines"].as_array().into_iter().flatten())
}

#[track_caller]
fn change<'a>(replay: &'a Replay, route: &str, line: &str, year: Option<i16>) -> &'a Change {
    let is_it = |change: &&Change| {
        change.route.as_deref() == Some(route) && change.line == line && change.year == year
    };
    let mut found = replay.changes.iter().filter(is_it);
    let change = found.next().expect("that line changed");
    assert_eq!(found.next(), None, "it is told once");
    change
}

fn exactly(cents: i64) -> Option<Range> {
    Some(Range::exactly(Cents(cents)))
}
