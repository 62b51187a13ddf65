//! Events → steps: the worked examples beside the rules, and what holds for any case.

use std::fs;
use std::path::Path;

use domain::timeline::{Case, EventKind, Outcome, Right, State, Step, Turn, Way, timeline};
use domain::{Date, parameters};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

#[test]
fn every_worked_example_comes_out_as_it_was_computed_by_hand() {
    let failures: Vec<String> = rows().iter().filter_map(Row::failure).collect();
    assert!(failures.is_empty(), "{} examples fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn an_example_that_is_computed_wrongly_is_noticed() {
    for wrong in [
        r#""first_test/statutory_end_on" = "2023-07-17""#,
        r#""objection/state" = "current""#,
        r#""nowhere/state" = "current""#,
        r#"notes = "office_code""#,
    ] {
        let row = Row {
            name: wrong.to_owned(),
            arithmetic: "none".to_owned(),
            case: r#"{"on":"2023-03-01","events":[{"kind":"registered","on":"2023-01-16"}]}"#.to_owned(),
            expect: toml::from_str(wrong).expect("an expectation"),
        };
        assert!(row.failure().is_some(), "{wrong}");
    }
}

#[derive(Deserialize)]
struct Examples {
    example: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// How it was computed by hand.
    arithmetic: String,
    case: String,
    expect: toml::Table,
}

impl Row {
    /// What differs from what was computed by hand, if anything.
    fn failure(&self) -> Option<String> {
        let case = match Case::from_json(&self.case) {
            Ok(case) => case,
            Err(invalid) => return Some(format!("{}: the case is refused: {invalid}", self.name)),
        };
        let answer = serde_json::to_value(timeline(&case)).expect("a timeline is JSON");
        let differences: Vec<String> = self
            .expect
            .iter()
            .filter_map(|(key, expected)| {
                let expected = match serde_json::to_value(expected).expect("TOML without dates is JSON") {
                    Value::String(text) if text == "null" => Value::Null,
                    other => other,
                };
                let found = found(&answer, key, &expected);
                (found.as_ref() != Some(&expected))
                    .then(|| format!("{key}: expected {expected}, found {found:?}"))
            })
            .collect();
        (!differences.is_empty())
            .then(|| format!("{}\n  {}\n  {}", self.name, self.arithmetic, differences.join("\n  ")))
    }
}

fn found(answer: &Value, key: &str, expected: &Value) -> Option<Value> {
    if let Some(codes) = answer.get(key).and_then(Value::as_array) {
        return Some(if codes.contains(expected) { expected.clone() } else { Value::Array(codes.clone()) });
    }
    let (step, field) = key.split_once('/')?;
    let passes = answer["steps"].as_array()?;
    passes.iter().rfind(|pass| pass["step"] == step)?.pointer(&format!("/{field}")).cloned()
}

fn rows() -> Vec<Row> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let rows: Vec<Row> = ["terms", "penalty"]
        .into_iter()
        .flat_map(|scheme| {
            let text = fs::read_to_string(rules.join(scheme).join("examples.toml")).expect("readable");
            toml::from_str::<Examples>(&text).unwrap_or_else(|error| panic!("{scheme}: {error}")).example
        })
        .collect();
    assert!(rows.iter().all(|row| !row.arithmetic.trim().is_empty() && !row.expect.is_empty()));
    rows
}

#[test]
fn every_word_reads_back() {
    for kind in EventKind::ALL {
        assert_eq!(EventKind::parse(kind.id()), Some(kind));
        assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.id());
    }
    for step in Step::ALL {
        assert_eq!(Step::parse(step.id()), Some(step));
        assert_eq!(serde_json::to_value(step).expect("JSON"), step.id());
    }
    for outcome in [Outcome::Granted, Outcome::Refused] {
        assert_eq!(serde_json::to_value(outcome).expect("JSON"), outcome.id());
    }
    for state in [State::Done, State::Current, State::Next, State::NotApplicable] {
        assert_eq!(serde_json::to_value(state).expect("JSON"), state.id());
    }
    for way in Way::ALL {
        assert_eq!(Way::parse(way.id()), Some(way));
        assert_eq!(serde_json::to_value(way).expect("JSON"), way.id());
    }
}

/// Where a refusal at the first test leaves her, and what an objection to it changes.
#[test]
fn who_was_refused_comes_no_further_unless_the_objection_is_granted() {
    let refused = r#"{"kind":"registered","on":"2023-01-16"},{"kind":"first_test_decided","outcome":"refused","on":"2023-06-01"}"#;
    let decided = |outcome: &str| {
        format!(
            r#"{refused},{{"kind":"objection_lodged","on":"2023-06-15"}},{{"kind":"objection_decided","outcome":"{outcome}","on":"2023-10-01"}}"#
        )
    };
    for (events, may_come) in
        [(refused.to_owned(), false), (decided("refused"), false), (decided("granted"), true)]
    {
        let case = Case::from_json(&format!(r#"{{"on":"2024-01-01","events":[{events}]}}"#)).expect("a case");
        let expected = if may_come { State::Next } else { State::NotApplicable };
        for step in timeline(&case).steps {
            if [Step::Settlement, Step::Damage, Step::Aftercare].contains(&step.step) {
                assert_eq!(step.state, expected, "{:?} of {events}", step.step);
            }
        }
    }
}

#[track_caller]
fn refused(events: &str, path: &str) {
    let json = format!(r#"{{"on":"2026-11-22","events":[{events}]}}"#);
    let invalid = Case::from_json(&json).expect_err("refused");
    assert_eq!(invalid.path, path, "{invalid}");
}

#[test]
fn what_cant_have_happened_is_refused_where_it_stands() {
    refused(r#"{"kind":"registered","on":"2026-11-23"}"#, "events[0].on");
    refused(r#"{"kind":"registered","on":"2003-12-31"}"#, "events[0].on");
    refused(r#"{"kind":"registered","on":"2023-02-30"}"#, "events[0].on");
    refused(r#"{"kind":"surprise","on":"2023-02-03"}"#, "events[0].kind");
    refused(r#"{"kind":"registered","on":"2023-02-03","more":1}"#, "events[0].more");
    refused(r#"["registered","2023-02-03"]"#, "events[0]");
    refused(
        r#"{"kind":"registered","on":"2023-01-16"},{"kind":"registered","on":"2023-01-16"}"#,
        "events[1].on",
    );
    refused(
        r#"{"kind":"first_test_decided","on":"2023-01-15"},{"kind":"registered","on":"2023-01-16"}"#,
        "events[0].on",
    );
    refused(r#"{"kind":"registered","on":"2023-01-16","step":"objection"}"#, "events[0].step");
    refused(r#"{"kind":"information_asked","on":"2023-01-16","until":"2023-01-15"}"#, "events[0].until");
    refused(r#"{"kind":"other","on":"2023-01-16","code":""}"#, "events[0].code");
}

#[test]
fn who_finished_early_has_nothing_before_her_but_aftercare() {
    let case = Case::from_json(
        r#"{"on":"2024-01-01","events":[{"kind":"registered","on":"2023-01-16"},
        {"kind":"first_test_decided","on":"2023-05-01","outcome":"granted"},{"kind":"finished_early","on":"2023-06-01"}]}"#,
    )
    .expect("a case");
    let answer = timeline(&case);
    let state = |step: Step| answer.steps.iter().find(|it| it.step == step).map(|it| it.state);
    assert_eq!(state(Step::Settlement), Some(State::NotApplicable));
    assert_eq!(state(Step::IntegralAssessment), Some(State::Done));
    assert_eq!(state(Step::Aftercare), Some(State::Next));
    assert!(!answer.rights.contains(&Right::Complaint));
}

#[test]
fn every_parameter_of_a_step_is_one_of_the_rules() {
    for row in rows() {
        let case = Case::from_json(&row.case).expect("a case");
        for entry in timeline(&case).steps.iter().flat_map(|step| step.parameters.clone()) {
            assert!(parameters::ALL.contains(&entry), "{}", entry.id);
        }
    }
}

fn day() -> impl Strategy<Value = Date> {
    (0..8_000).prop_map(|days| Date::constant(2004, 6, 1).plus_days(days).expect("a date"))
}

fn event() -> impl Strategy<Value = domain::timeline::Event> {
    let kind = prop::sample::select(EventKind::ALL.to_vec());
    let step = prop::option::of(prop::sample::select(Step::ALL.to_vec()));
    let outcome = prop::option::of(prop::sample::select(vec![Outcome::Granted, Outcome::Refused]));
    let way = prop::option::of(prop::sample::select(vec![Way::Sgh, Way::MijnHerstel]));
    (day(), kind, step, outcome, prop::option::of(0..200), way).prop_map(
        |(on, kind, step, outcome, until, way)| {
            let step = if kind.step().is_some() { None } else { step };
            let until = until.and_then(|days| on.plus_days(days));
            domain::timeline::Event { on, kind, step, outcome, until, way, code: None }
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    prop::collection::vec(event(), 0..40).prop_map(|events| Case { on: Date::constant(2026, 11, 22), events })
}

proptest! {
    #[test]
    fn the_same_events_in_another_order_give_the_same_steps(case in case(), seed in any::<u64>()) {
        let mut shuffled = case.clone();
        let count = shuffled.events.len().max(1);
        shuffled.events.rotate_left(usize::try_from(seed % count as u64).expect("small"));
        if seed % 2 == 0 {
            shuffled.events.reverse();
        }
        prop_assert_eq!(timeline(&shuffled), timeline(&case));
    }

    #[test]
    fn the_clocks_add_up_to_the_days_that_a_step_took(case in case()) {
        for step in timeline(&case).steps {
            let clock = step.chess_clock;
            let clocks = clock.parent_days + clock.organisation_days + clock.third_party_days;
            let end = if step.state == State::Current { Some(case.on) } else { step.ended_on };
            let took = step.entered_on.zip(end).map_or(0, |(entered, end)| entered.days_until(end));
            prop_assert_eq!(clocks, took, "{:?}", step);
        }
    }

    #[test]
    fn all_nine_steps_stand_in_their_order_and_only_what_runs_has_a_turn(case in case()) {
        let answer = timeline(&case);
        prop_assert!(answer.steps.is_sorted_by_key(|step| step.step));
        for step in Step::ALL {
            prop_assert!(answer.steps.iter().any(|it| it.step == step));
        }
        for step in &answer.steps {
            prop_assert_eq!(step.turn == Turn::Nobody, step.state != State::Current);
            prop_assert!(step.overdue_days >= 0);
            if let Some(penalty) = &step.penalty {
                prop_assert!(penalty.amount <= penalty.maximum);
            }
        }
    }

    #[test]
    fn a_later_day_never_makes_a_step_less_late(case in case(), days in 1..400) {
        let later = Case { on: case.on.plus_days(days).expect("a date"), ..case.clone() };
        let late = |case: &Case| timeline(case).steps.iter().map(|it| it.overdue_days).collect::<Vec<_>>();
        prop_assert!(late(&case).iter().zip(late(&later)).all(|(now, then)| *now <= then));
    }
}
