//! What one assessment and one timeline cost. Their budgets are 100 and 50 µs: the pages compute while she types. And what
//! the estimates over a whole caseload cost: at most 2 s for a million events.

use divan::{Bencher, black_box};
use domain::amounts::{
    Child, Damage, DamageKind, FormerPartner, FormerPartnerAnswers, Ground, Receipt, Situation, Year,
    answer_line, assess,
};
use domain::figures::Caseload;
use domain::timeline::{Case, Event, timeline};
use domain::{Cents, Date};

fn main() {
    divan::main();
}

#[divan::bench]
fn all_four_routes(bencher: Bencher) {
    let situation = a_full_life();
    bencher.bench_local(|| assess(black_box(&situation)));
}

#[divan::bench]
fn a_line_of_json_to_a_line_of_json(bencher: Bencher) {
    let line = serde_json::to_string(&a_full_life()).unwrap_or_default();
    assert!(!answer_line(&line).contains("error"), "the line is refused");
    bencher.bench_local(|| answer_line(black_box(&line)));
}

#[divan::bench]
fn a_receipt(bencher: Bencher) {
    let situation = a_full_life();
    bencher.bench_local(|| Receipt::of(black_box(situation.clone())));
}

#[divan::bench]
fn a_receipt_replayed(bencher: Bencher) {
    let receipt = Receipt::of(a_full_life());
    bencher.bench_local(|| black_box(&receipt).replay());
}

#[divan::bench]
fn the_timeline_of_a_long_case(bencher: Bencher) {
    let case = Case::from_json(LONG_CASE);
    assert!(case.is_ok(), "{case:?}");
    let case = case.unwrap_or_else(|_| Case::new(Date::EARLIEST));
    bencher.bench_local(|| timeline(black_box(&case)));
}

/// How many cases as long as [`LONG_CASE`] make a million events.
const CASES: usize = 1_000_000 / 22 + 1;

#[divan::bench]
fn estimates_over_a_million_events(bencher: Bencher) {
    let case = Case::from_json(LONG_CASE);
    assert!(case.is_ok(), "{case:?}");
    let case = case.unwrap_or_else(|_| Case::new(Date::EARLIEST));
    // Every case has days of its own, so that no two durations need be the same.
    let stretched = |number: usize| -> Vec<Event> {
        let days = |on: Date| {
            Date::EARLIEST.days_until(on) * i32::try_from(1_000 - number % 500).unwrap_or(1) / 1_000
        };
        let earlier = |on: Date| Date::EARLIEST.plus_days(days(on)).unwrap_or(on);
        case.events.iter().map(|event| Event { on: earlier(event.on), ..event.clone() }).collect()
    };
    let cases: Vec<Vec<Event>> = (0..CASES).map(stretched).collect();
    bencher.bench_local(|| {
        let mut caseload = Caseload::new(case.on);
        cases.iter().for_each(|events| caseload.add(black_box(events)));
        caseload.estimates()
    });
}

const LONG_CASE: &str = r#"{"on":"2026-11-22","events":[
    {"kind":"registered","on":"2021-01-16"},{"kind":"registration_confirmed","on":"2021-01-25"},
    {"kind":"first_test_decided","on":"2021-05-01","outcome":"granted"},{"kind":"conversation_planned","on":"2021-06-01"},
    {"kind":"conversation_held","on":"2021-07-01"},{"kind":"information_asked","on":"2021-08-01"},
    {"kind":"information_sent","on":"2021-08-20"},{"kind":"extended","step":"integral_assessment","on":"2021-07-10"},
    {"kind":"assessment_announced","on":"2022-05-01"},{"kind":"view_given","on":"2022-05-20"},
    {"kind":"assessment_decided","on":"2022-08-01"},{"kind":"objection_lodged","on":"2022-09-01"},
    {"kind":"information_asked","on":"2022-10-01","until":"2022-10-15"},{"kind":"notice_of_default","on":"2023-03-01"},
    {"kind":"objection_decided","on":"2024-02-01","outcome":"granted"},{"kind":"assessment_started","on":"2024-02-01"},
    {"kind":"damage_requested","on":"2024-03-01"},{"kind":"third_party_asked","step":"damage","on":"2024-04-01"},
    {"kind":"third_party_answered","step":"damage","on":"2024-06-01"},{"kind":"extended","step":"damage","on":"2024-08-01"},
    {"kind":"notice_of_default","step":"damage","on":"2025-03-05"},{"kind":"settlement_requested","on":"2025-12-01","way":"sgh"}]}"#;

/// Ten years on every ground, five kinds of damage, four children, a former partner.
fn a_full_life() -> Situation {
    let year = |at: u8| Year {
        year: 2006 + i16::from(at),
        ground: Some(Ground::ALL[usize::from(at) % Ground::ALL.len()]),
        reclaimed: Some(Cents(1_234_567 + i64::from(at))),
        interest_and_costs_paid: Some(Cents(45_678)),
        missed_interest: Some(Cents(56_789)),
        outstanding: Cents(10_000),
    };
    let damage =
        |kind: &DamageKind| Damage { kind: *kind, low: Some(Cents(100_000)), high: Some(Cents(900_000)) };
    Situation {
        received: Some(Cents(3_000_000)),
        years: Some((0..10).map(year).collect()),
        first_correction_on: Some(Date::constant(2009, 8, 31)),
        decision_on: Some(Date::constant(2024, 2, 29)),
        legal_help: Some(Cents(120_000)),
        damages: Some(DamageKind::ALL[..5].iter().map(damage).collect()),
        children: [2004, 2008, 2012, 2023]
            .map(|year| Child { born_on: Date::constant(year, 5, 17) })
            .to_vec(),
        former_partner: FormerPartner::Answers(FormerPartnerAnswers {
            ex_recognised: Some(true),
            earlier_compensation: Some(false),
            ..FormerPartnerAnswers::default()
        }),
        ..Situation::new(Date::constant(2026, 11, 22), true)
    }
}
