//! What can't be a situation or a receipt is refused, with the path of the field that is wrong.

use std::fmt::Debug;

use domain::amounts::{Invalid, Problem, Receipt, Situation, answer_line};
use serde_json::{Value, json};

#[test]
fn the_example_of_the_contract_is_taken() {
    assert!(Situation::from_json(&with(json!({}))).is_ok());
    assert!(Situation::from_json(r#" {"on":"2026-11-22","recognised":false} "#).is_ok());
}

#[test]
fn what_the_file_may_not_hold_is_refused_where_it_stands() {
    for (change, path, why) in [
        (json!({"surprise": 1}), "surprise", "unknown field"),
        (json!({"years": [{"year": 2012, "surprise": 1}]}), "years[0].surprise", "unknown field"),
        (json!({"damages": [{"kind": "income", "amount": 1}]}), "damages[0].amount", "unknown field"),
        (json!({"children": [{"born_on": "2010-03-01", "name": "x"}]}), "children[0].name", "unknown field"),
        (json!({"former_partner": {"ex": true}}), "former_partner.ex", "unknown field"),
        (json!({"recognised": "yes"}), "recognised", "invalid type"),
        (json!({"recognised": null}), "recognised", "invalid type"),
        (json!({"on": null}), "on", "invalid type"),
        (json!({"on": 20261122}), "on", "invalid type"),
        (json!({"received": "30.000"}), "received", "invalid type"),
        (json!({"received": 30000.5}), "received", "invalid type"),
        (json!({"received": 1e18}), "received", "invalid type"),
        (json!({"received": u64::MAX}), "received", "invalid value"),
        (json!({"years": {}}), "years", "invalid type"),
        (json!({"years": [2012]}), "years[0]", "invalid type"),
        (json!({"years": [[2012, "compensation"]]}), "years[0]", "invalid type"),
        (json!({"years": [{"year": 2012}, [2013]]}), "years[1]", "invalid type"),
        (
            json!({"years": [{"year": 2012, "ground": {"compensation": null}}]}),
            "years[0].ground",
            "invalid type",
        ),
        (json!({"years": [{"year": "2012"}]}), "years[0].year", "invalid type"),
        (json!({"years": [{"year": 40000}]}), "years[0].year", "invalid value"),
        (json!({"years": [{"ground": "compensation"}]}), "years[0].year", "missing field"),
        (json!({"years": [{"year": 2012, "ground": "bad_luck"}]}), "years[0].ground", "unknown variant"),
        (json!({"years": [{"year": 2012, "outstanding": null}]}), "years[0].outstanding", "invalid type"),
        (json!({"damages": [{"low": 1}]}), "damages[0].kind", "missing field"),
        (json!({"damages": [{"kind": "income"}, {"kind": "luck"}]}), "damages[1].kind", "unknown variant"),
        (json!({"damages": [["income", 1, 2]]}), "damages[0]", "invalid type"),
        (json!({"damages": [{"kind": {"income": null}}]}), "damages[0].kind", "invalid type"),
        (json!({"children": [["2010-03-01"]]}), "children[0]", "invalid type"),
        (json!({"children": null}), "children", "invalid type"),
        (json!({"children": [{}]}), "children[0].born_on", "missing field"),
        (json!({"former_partner": "yes"}), "former_partner", "invalid type"),
        (json!({"former_partner": null}), "former_partner", "invalid type"),
        (json!({"former_partner": [true]}), "former_partner", "invalid type"),
        (json!({"former_partner": [true, false, true, true, true, true]}), "former_partner", "invalid type"),
        (json!({"former_partner": {"ex_recognised": 1}}), "former_partner.ex_recognised", "invalid type"),
        (json!({"on": "2023-02-29"}), "on", "not a date"),
        (json!({"decision_on": "31-12-2019"}), "decision_on", "not a date"),
        (json!({"first_correction_on": "2014-7-1"}), "first_correction_on", "not a date"),
        (json!({"children": [{"born_on": "2010-03-01T00:00"}]}), "children[0].born_on", "not a date"),
    ] {
        check(&with(change), path, &unreadable(why));
    }
}

#[test]
fn what_is_no_json_of_a_situation_is_refused() {
    let deep =
        format!("{}{}", r#"{"on":"2026-11-22","recognised":true,"former_partner":"#, "[".repeat(100_000));
    let deeper = format!(r#"{{"surprise":{}"#, r#"{"a":"#.repeat(100_000));
    for (json, path, why) in [
        ("", "", "EOF"),
        ("   ", "", "EOF"),
        ("null", "", "invalid type"),
        ("[]", "", "invalid type"),
        (r#"["2026-11-22",true]"#, "", "invalid type"),
        (r#"[{"on":"2026-11-22","recognised":true}]"#, "", "invalid type"),
        ("42", "", "invalid type"),
        ("{", "", "EOF"),
        (r#"{"on":"2026-11-22","recognised":true,"years":[{"year":2012,"#, "years[0]", "EOF"),
        ("{}", "on", "missing field"),
        (r#"{"on":"2026-11-22"}"#, "recognised", "missing field"),
        (r#"{"on":"2026-11-22","recognised":true} {}"#, "", "trailing characters"),
        (r#"{"on":"2026-11-22","recognised":true}x"#, "", "trailing characters"),
        (r#"{"on":"2026-11-22","recognised":true}]"#, "", "trailing characters"),
        (r#"{"on":"2026-11-22","recognised":true}//"#, "", "trailing characters"),
        (r#"{"on":"2026-11-22","recognised":true,}"#, "", "trailing comma"),
        (r#"{"on":"2026-11-22","recognised":true,"received":1,"received":2}"#, "received", "duplicate field"),
        (
            r#"{"on":"2026-11-22","recognised":true,"years":[{"year":2012,"year":2013}]}"#,
            "years[0].year",
            "duplicate field",
        ),
        (
            r#"{"on":"2026-11-22","recognised":true,"damages":[{"kind":"income","low":1,"low":2}]}"#,
            "damages[0].low",
            "duplicate field",
        ),
        (
            r#"{"on":"2026-11-22","recognised":true,"children":[{"born_on":"2010-03-01","born_on":"2011-03-01"}]}"#,
            "children[0].born_on",
            "duplicate field",
        ),
        (
            r#"{"on":"2026-11-22","recognised":true,"former_partner":{"ex_recognised":true,"ex_recognised":false}}"#,
            "former_partner.ex_recognised",
            "duplicate field",
        ),
        (r#"{"on":"2026-11-22","recognised":true,"received":NaN}"#, "received", "expected"),
        (r#"{"on":"2026-11-22","recognised":true,"received":01}"#, "received", "invalid number"),
        (&deep, "former_partner", "invalid type"),
        (&deeper, "surprise", "unknown field"),
    ] {
        check(json, path, &unreadable(why));
    }
}

#[test]
fn what_can_not_be_true_is_refused() {
    let years = |count: i16| (0..count).map(|at| json!({"year": 2005 + at % 22})).collect::<Vec<_>>();
    for (change, path, problem) in [
        (json!({"on": "2004-12-31"}), "on", Problem::BeforeTheScheme),
        (json!({"received": -1}), "received", Problem::NegativeAmount),
        (json!({"received": 1_000_000_000_000_000_000_i64}), "received", Problem::AmountTooLarge),
        (json!({"legal_help": -1}), "legal_help", Problem::NegativeAmount),
        (json!({"legal_help": 1_000_000_000_001_i64}), "legal_help", Problem::AmountTooLarge),
        (json!({"years": [{"year": 2004}]}), "years[0].year", Problem::BeforeTheScheme),
        (json!({"years": [{"year": 2026}, {"year": 2027}]}), "years[1].year", Problem::InTheFuture),
        (json!({"years": [{"year": -1}]}), "years[0].year", Problem::BeforeTheScheme),
        (json!({"years": years(40)}), "years", Problem::TooMany),
        (json!({"years": years(23)}), "years", Problem::TooMany),
        (json!({"years": [{"year": 2012, "reclaimed": -1}]}), "years[0].reclaimed", Problem::NegativeAmount),
        (
            json!({"years": [{"year": 2012, "interest_and_costs_paid": -1}]}),
            "years[0].interest_and_costs_paid",
            Problem::NegativeAmount,
        ),
        (
            json!({"years": [{"year": 2012, "missed_interest": -1}]}),
            "years[0].missed_interest",
            Problem::NegativeAmount,
        ),
        (
            json!({"years": [{"year": 2012, "outstanding": -1}]}),
            "years[0].outstanding",
            Problem::NegativeAmount,
        ),
        (json!({"first_correction_on": "2026-11-23"}), "first_correction_on", Problem::InTheFuture),
        (json!({"first_correction_on": "2004-12-31"}), "first_correction_on", Problem::BeforeTheScheme),
        (json!({"decision_on": "2026-11-23"}), "decision_on", Problem::InTheFuture),
        (json!({"decision_on": "2014-06-30"}), "decision_on", Problem::DecisionBeforeCorrection),
        (
            json!({"damages": [{"kind": "income", "low": -1, "high": 1}]}),
            "damages[0].low",
            Problem::NegativeAmount,
        ),
        (
            json!({"damages": [{"kind": "income", "low": 2, "high": 1}]}),
            "damages[0].high",
            Problem::LowAboveHigh,
        ),
        (json!({"damages": vec![json!({"kind": "other"}); 101]}), "damages", Problem::TooMany),
        (
            json!({"children": [{"born_on": "2026-11-22"}, {"born_on": "2026-11-23"}]}),
            "children[1].born_on",
            Problem::InTheFuture,
        ),
        (json!({"children": vec![json!({"born_on": "2010-03-01"}); 101]}), "children", Problem::TooMany),
    ] {
        check(&with(change), path, &problem);
    }
}

#[test]
fn what_lies_just_within_the_bounds_is_taken() {
    for change in [
        json!({"received": 0}),
        json!({"received": 1_000_000_000_000_i64}),
        json!({"received": null, "years": null, "damages": null, "legal_help": null, "decision_on": null}),
        json!({"years": (2005..=2026).map(|year| json!({"year": year})).collect::<Vec<_>>()}),
        json!({"first_correction_on": "2026-11-22", "decision_on": "2026-11-22"}),
        json!({"first_correction_on": "2005-01-01"}),
        json!({"damages": [{"kind": "income", "low": 1, "high": 1}]}),
        json!({"children": [{"born_on": "1900-01-01"}, {"born_on": "2026-11-22"}]}),
        json!({"former_partner": true}),
        json!({"former_partner": {}}),
        json!({"former_partner": {"ex_recognised": null}}),
    ] {
        let json = with(change);
        assert!(Situation::from_json(&json).is_ok(), "{json}");
    }
}

#[test]
fn several_mistakes_are_all_found_and_the_first_is_told() {
    let json = with(json!({"received": -1, "legal_help": -1, "years": [{"year": 2004, "reclaimed": -1}]}));
    let situation: Situation = serde_json::from_str(&json).expect("readable");
    let paths: Vec<String> = situation.check().into_iter().map(|invalid| invalid.path).collect();
    assert_eq!(paths, ["received", "years[0].year", "years[0].reclaimed", "legal_help"]);
    check(&json, "received", &Problem::NegativeAmount);
}

#[test]
fn a_refused_line_is_answered_with_what_is_wrong_and_where() {
    let refused = |line: &str| serde_json::from_str::<Value>(&answer_line(line)).expect("JSON");
    assert_eq!(
        refused(&with(json!({"received": -1}))),
        json!({"error": "an amount can't be negative", "path": "received"})
    );
    assert_eq!(refused("nonsense")["path"], "");
    assert!(!answer_line("{\n}").contains('\n'), "an answer is one line");
}

#[test]
fn what_is_no_receipt_is_refused() {
    let receipt = Receipt::of(Situation::from_json(&with(json!({}))).expect("the example"));
    let changed = |pointer: &str, value: Value| {
        let mut json: Value = serde_json::from_str(&receipt.to_json()).expect("JSON");
        *json.pointer_mut(pointer).expect("a place") = value;
        Receipt::from_json(&json.to_string())
    };
    for (pointer, value, path, problem) in [
        ("/kind", json!("another.receipt"), "kind", Problem::NotAReceipt),
        ("/rules", json!(["2026-01-01", "0"]), "rules", unreadable("invalid type")),
        ("/situation", json!(["2026-11-22", true]), "situation", unreadable("invalid type")),
        ("/situation/received", json!(-1), "situation.received", Problem::NegativeAmount),
        ("/situation/received", json!("1"), "situation.received", unreadable("invalid type")),
        ("/situation/years/0", json!([2012]), "situation.years[0]", unreadable("invalid type")),
        ("/parameters/0", json!(["floor.amount"]), "parameters[0]", unreadable("invalid type")),
        ("/parameters/0/from", json!("2005-13-01"), "parameters[0].from", unreadable("not a date")),
    ] {
        assert_refused(changed(pointer, value), path, &problem);
    }
    let fields = receipt.to_json();
    let as_array = json!(["herstelroute.receipt", {}, {}, {}, []]).to_string();
    assert_refused(Receipt::from_json(&as_array), "", &unreadable("invalid type"));
    assert_refused(Receipt::from_json(&(fields + "{}")), "", &unreadable("trailing characters"));
    assert_refused(Receipt::from_json(&with(json!({}))), "children", &unreadable("unknown field"));
    assert_refused(Receipt::from_json("GIF89a"), "", &unreadable("expected value"));
}

/// People would read the one, programs the other.
#[test]
fn a_receipt_in_which_a_field_stands_twice_is_refused() {
    let receipt = Receipt::of(Situation::from_json(&with(json!({}))).expect("the example")).to_json();
    for (field, another, path) in [
        ("kind", r#""herstelroute.receipt""#, "kind"),
        ("sha256", r#""0""#, "rules.sha256"),
        ("recognised", "true", "situation.recognised"),
        ("routes", "[]", "assessment.routes"),
        ("total", "{}", "assessment.routes[0].total"),
        ("checked_on", r#""2026-11-22""#, "parameters[0].checked_on"),
    ] {
        let named = format!("\"{field}\": ");
        let twice = receipt.replacen(&named, &format!("{named}{another}, {named}"), 1);
        assert_ne!(twice, receipt, "there is no {field}");
        assert_refused(Receipt::from_json(&twice), path, &unreadable("duplicate field"));
    }
}

#[test]
fn a_receipt_holds_whole_numbers_as_they_stand_there() {
    let receipt = Receipt::of(Situation::from_json(&with(json!({}))).expect("the example"));
    let with_low = |low: Value| {
        let mut json: Value = serde_json::from_str(&receipt.to_json()).expect("JSON");
        *json.pointer_mut("/assessment/routes/0/total/low").expect("a total") = low;
        Receipt::from_json(&json.to_string())
    };
    let negative = with_low(json!(-5)).expect("a whole number");
    assert_eq!(negative.assessment["routes"][0]["total"]["low"], -5);
    assert_refused(
        with_low(json!(1.5)),
        "assessment.routes[0].total.low",
        &unreadable("JSON of whole numbers"),
    );
}

/// The situation is refused, there and for that reason.
#[track_caller]
fn check(json: &str, path: &str, problem: &Problem) {
    assert_refused(Situation::from_json(json), path, problem);
}

/// [`Problem::Unreadable`] holds the reader's own words: those that are expected are among them.
#[track_caller]
fn assert_refused<T: Debug>(answer: Result<T, Invalid>, path: &str, problem: &Problem) {
    let Invalid { path: found_path, problem: found } = answer.expect_err("it is refused");
    assert_eq!(found_path, path, "{found}");
    match (problem, &found) {
        (Problem::Unreadable(words), Problem::Unreadable(found)) => {
            assert!(found.contains(words), "{path}: {found}")
        }
        _ => assert_eq!(&found, problem, "{path}"),
    }
}

fn unreadable(words: &str) -> Problem {
    Problem::Unreadable(words.to_owned())
}

/// The example of the contract (`design.md` §4) with other fields.
fn with(change: Value) -> String {
    let mut situation = json!({
        "on": "2026-11-22", "recognised": true, "received": 3_000_000,
        "years": [{"year": 2012, "ground": "compensation", "reclaimed": 1_200_000, "interest_and_costs_paid": 0, "missed_interest": 0}],
        "first_correction_on": "2014-07-01", "decision_on": "2019-12-31", "legal_help": 0,
        "damages": [{"kind": "income", "low": 500_000, "high": 1_500_000}],
        "children": [{"born_on": "2010-03-01"}], "former_partner": false
    });
    if let (Value::Object(situation), Value::Object(change)) = (&mut situation, change) {
        situation.extend(change);
    }
    situation.to_string()
}
