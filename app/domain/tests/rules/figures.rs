//! How long it really takes: the curve against examples worked out by hand, and what holds for any cases.

use domain::figures::{Caseload, Curve, Durations, FEWEST_CASES, NINE_OF_TEN, ONE_OF_TWO, Share, Spread};
use domain::timeline::{Case, Event, EventKind, Stay, Step, stays, timeline, timeline_with};
use domain::{Date, Ppm};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Days, and whether it ended on them.
type Times = Vec<(i32, bool)>;

fn curve(times: &[(i32, bool)]) -> Curve {
    durations(times).curve()
}

fn durations(times: &[(i32, bool)]) -> Durations {
    let mut durations = Durations::default();
    times.iter().for_each(|(days, has_ended)| durations.add(*days, *has_ended));
    durations
}

/// `6 6+ 7`: a plus means that it was still running when it was last seen.
fn times(text: &str) -> Times {
    let day = |word: &str| word.trim_end_matches('+').parse().expect("a number of days");
    text.split_whitespace().map(|word| (day(word), !word.ends_with('+'))).collect()
}

/// Thousandths, rounded as the books do.
fn thousandths(share: Share) -> i64 {
    (share.ppm().0 + 500) / 1_000
}

#[track_caller]
fn check(text: &str, expected: &[(i32, i64)]) {
    let curve = curve(&times(text));
    let found: Vec<(i32, i64)> =
        curve.points.iter().map(|point| (point.day, thousandths(point.still))).collect();
    assert_eq!(found, expected);
}

/// Weeks in remission of 21 patients with acute leukaemia who were given 6-mercaptopurine (Freireich and others, 1963), the
/// example of most textbooks. At risk and ended: 3 of 21 on 6, 1 of 17 on 7 (of the 18 left one went out of sight on 6), 1 of 15
/// on 10, 1 of 12 on 13, 1 of 11 on 16, 1 of 7 on 22, 1 of 6 on 23:
/// 18/21 = 0,857; × 16/17 = 0,807; × 14/15 = 0,753; × 11/12 = 0,690; × 10/11 = 0,627; × 6/7 = 0,538; × 5/6 = 0,448.
#[test]
fn the_leukaemia_patients_of_1963_give_the_published_curve() {
    let text = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+";
    check(text, &[(6, 857), (7, 807), (10, 753), (13, 690), (16, 627), (22, 538), (23, 448)]);
    let curve = curve(&times(text));
    assert_eq!(curve.first_day_at_most(ONE_OF_TWO), Some(23), "the published median");
    assert_eq!(curve.first_day_at_most(NINE_OF_TEN), None, "44,8 % was still in remission when last seen");
    assert_eq!(curve.last_day, 35);
}

/// The other half of the same trial, 21 patients with a placebo, all of them seen to the end: plainly the share that is left.
/// 19/21 = 0,905; 17/21 = 0,810; 16/21 = 0,762; 14/21 = 0,667; 12/21 = 0,571; 8/21 = 0,381; 6/21 = 0,286; 4/21 = 0,190;
/// 3/21 = 0,143; 2/21 = 0,095; 1/21 = 0,048; 0.
#[test]
fn without_anyone_out_of_sight_it_is_the_share_that_is_left() {
    let text = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23";
    check(
        text,
        &[
            (1, 905),
            (2, 810),
            (3, 762),
            (4, 667),
            (5, 571),
            (8, 381),
            (11, 286),
            (12, 190),
            (15, 143),
            (17, 95),
            (22, 48),
            (23, 0),
        ],
    );
    let curve = curve(&times(text));
    assert_eq!(curve.first_day_at_most(ONE_OF_TWO), Some(8), "the published median");
    assert_eq!(curve.first_day_at_most(NINE_OF_TEN), Some(17));
}

/// Ends come first: on day 5 all four are at risk, so 3/4 = 0,75; on day 8 one of two: 0,375. Had the one that goes out of
/// sight on day 5 gone first, it would have been 2/3.
#[test]
fn who_goes_out_of_sight_on_the_day_of_an_end_was_still_there() {
    check("5 5+ 8 9+", &[(5, 750), (8, 375)]);
    check("5+ 9+ 8 5", &[(5, 750), (8, 375)]);
}

#[test]
fn exactly_half_is_half() {
    for cases in 1..200 {
        let all: Times = (1..=2 * cases).map(|day| (day, true)).collect();
        assert_eq!(curve(&all).first_day_at_most(ONE_OF_TWO), Some(cases), "{cases} of {}", 2 * cases);
    }
}

#[test]
fn without_a_single_end_nothing_falls() {
    let curve = curve(&times("3+ 9+ 4+"));
    assert_eq!(curve.points, []);
    assert_eq!(curve.still_after(9), Share::WHOLE);
    assert_eq!((curve.first_day_at_most(ONE_OF_TWO), curve.last_day), (None, 9));
}

fn any_times() -> impl Strategy<Value = Times> {
    vec((0..60_i32, any::<bool>()), 1..120)
}

proptest! {
    #[test]
    fn the_curve_never_rises_and_stays_a_share(times in any_times()) {
        let curve = curve(&times);
        let shares: Vec<Share> = (-1..=61).map(|day| curve.still_after(day)).collect();
        prop_assert!(shares.is_sorted_by(|one, next| one >= next));
        prop_assert!(shares.iter().all(|share| (Share::NONE..=Share::WHOLE).contains(share)));
        prop_assert_eq!(shares[0], Share::WHOLE);
    }

    #[test]
    fn the_order_of_cases_never_matters(times in any_times(), turn in any::<prop::sample::Index>()) {
        let mut turned = times.clone();
        turned.rotate_left(turn.index(times.len()));
        turned.reverse();
        prop_assert_eq!(curve(&turned), curve(&times));
    }

    /// To the millionth: every step is rounded down in the eighteenth digit.
    #[test]
    fn when_all_have_ended_it_is_the_share_that_is_left(days in vec(0..60_i32, 1..120)) {
        let times: Times = days.iter().map(|day| (*day, true)).collect();
        let curve = curve(&times);
        for day in 0..60 {
            let left = days.iter().filter(|it| **it > day).count() as i64;
            let expected = left * 1_000_000 / days.len() as i64;
            prop_assert!((curve.still_after(day).ppm().0 - expected).abs() <= 1);
        }
    }

    #[test]
    fn cases_that_still_run_never_make_it_look_shorter(times in any_times(), more in vec(0..60_i32, 1..40)) {
        let mut all = times.clone();
        all.extend(more.iter().map(|day| (*day, false)));
        let (before, after) = (curve(&times), curve(&all));
        for day in 0..60 {
            prop_assert!(after.still_after(day) >= before.still_after(day), "day {}", day);
        }
    }

    #[test]
    fn a_percentile_is_the_first_day_that_reaches_it(times in any_times(), ppm in 0..1_000_000_i64) {
        let curve = curve(&times);
        let reached = (0..=60).find(|day| curve.still_after(*day).is_at_most(Ppm(ppm)));
        prop_assert_eq!(curve.first_day_at_most(Ppm(ppm)), reached);
    }

    #[test]
    fn what_is_handed_to_a_phone_reads_back(spreads in vec(spread(), 0..9)) {
        prop_assert_eq!(Spread::decode(&Spread::encode(&spreads)), spreads);
    }

    #[test]
    fn nothing_that_a_phone_may_find_there_stops_it(text in "[a-z_0-9,;-]{0,60}") {
        let _ = Spread::decode(&text);
    }
}

fn spread() -> impl Strategy<Value = Spread> {
    let days = || prop::option::of(0..5_000_i32);
    (select(Step::ALL.to_vec()), days(), days(), days(), any::<u32>(), 0..9_000_i32, any::<bool>()).prop_map(
        |(step, low_days, high_days, longer_than_days, cases, after, invented)| Spread {
            step,
            low_days,
            high_days,
            longer_than_days,
            cases,
            as_of: Date::EARLIEST.plus_days(after).expect("a date"),
            invented,
        },
    )
}

// ---- from events ---------------------------------------------------------------------------------------------------

fn day(text: &str) -> Date {
    Date::parse_iso(text).expect("a date")
}

/// `registered 2023-01-16; settlement_signed 2024-01-01`, on a day.
fn events(text: &str) -> Vec<Event> {
    let event = |words: &str| {
        let (kind, on) = words.trim().split_once(' ').expect("a kind and a day");
        let kind = EventKind::parse(kind).expect("a kind");
        Event { on: day(on), kind, step: None, outcome: None, until: None, way: None, code: None }
    };
    text.split(';').map(event).collect()
}

#[track_caller]
fn check_stays(text: &str, on: &str, expected: &[(Step, i32, bool)]) {
    let found = stays(&events(text), day(on));
    let expected: Vec<Stay> = expected
        .iter()
        .map(|(step, days, has_ended)| Stay { step: *step, days: *days, has_ended: *has_ended })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_step_takes_from_its_start_to_its_end_or_runs_until_today() {
    check_stays(
        "registered 2023-01-01; registration_confirmed 2023-01-11; first_test_decided 2023-03-02",
        "2023-03-12",
        &[(Step::Registration, 10, true), (Step::FirstTest, 60, true), (Step::IntegralAssessment, 10, false)],
    );
}

#[test]
fn what_happens_later_isnt_known_yet() {
    let text = "registered 2023-01-01; registration_confirmed 2023-01-11; first_test_decided 2023-03-02";
    check_stays(text, "2023-01-31", &[(Step::Registration, 10, true), (Step::FirstTest, 30, false)]);
    check_stays(text, "2022-12-31", &[]);
}

#[test]
fn a_start_or_an_end_without_a_day_says_nothing() {
    // Nobody wrote that the registration was confirmed; the decision shows that it is over.
    check_stays(
        "registered 2023-01-01; first_test_decided 2023-03-02; objection_decided 2024-01-01",
        "2024-03-01",
        &[(Step::FirstTest, 60, true), (Step::IntegralAssessment, 365, false)],
    );
}

#[test]
fn what_she_withdraws_or_leaves_was_cut_short() {
    check_stays(
        "objection_lodged 2023-01-01; objection_withdrawn 2023-02-10",
        "2024-01-01",
        &[(Step::Objection, 40, false)],
    );
    check_stays(
        "appeal_lodged 2023-01-01; appeal_withdrawn 2023-02-10",
        "2024-01-01",
        &[(Step::Appeal, 40, false)],
    );
    check_stays(
        "registered 2023-01-01; registration_confirmed 2023-01-02; first_test_decided 2023-01-11; finished_early 2023-02-10",
        "2024-01-01",
        &[(Step::Registration, 1, true), (Step::FirstTest, 10, true), (Step::IntegralAssessment, 30, false)],
    );
}

#[test]
fn a_signed_settlement_cuts_the_rest_short_and_a_declined_one_only_ends() {
    check_stays(
        "objection_lodged 2023-01-01; settlement_requested 2023-02-01; settlement_signed 2023-03-01; aftercare_started 2023-02-01",
        "2024-01-01",
        &[(Step::Objection, 59, false), (Step::Settlement, 28, true), (Step::Aftercare, 334, false)],
    );
    check_stays(
        "objection_lodged 2023-01-01; settlement_requested 2023-02-01; settlement_declined 2023-03-01",
        "2024-01-01",
        &[(Step::Objection, 365, false), (Step::Settlement, 28, true)],
    );
}

/// So many objections, of which every tenth still runs; each took a day longer than the one before.
fn objections(count: i32) -> Caseload {
    let on = day("2026-11-22");
    let mut caseload = Caseload::new(on);
    for number in 1..=count {
        let lodged_on = day("2020-01-01");
        let mut case = events(&format!("objection_lodged {lodged_on}"));
        if number % 10 != 0 {
            let decided_on = lodged_on.plus_days(number).expect("a date");
            case.extend(events(&format!("objection_decided {decided_on}")));
        }
        caseload.add(&case);
    }
    caseload
}

#[test]
fn fewer_than_fifty_cases_say_nothing() {
    assert_eq!(objections(49).estimates(), []);
    let estimates = objections(50).estimates();
    assert_eq!(estimates.len(), 1);
    let estimate = &estimates[0];
    assert_eq!(
        (estimate.spread.step, estimate.spread.cases, estimate.ended),
        (Step::Objection, FEWEST_CASES, 45)
    );
    // 45 of 50 ended: half of 50 on the 25th end, which is day 27; 45 on the last end, day 49.
    assert_eq!((estimate.spread.low_days, estimate.spread.high_days), (Some(27), Some(49)));
    assert_eq!(estimate.spread.longer_than_days, None);
}

#[test]
fn a_case_that_goes_through_a_step_twice_is_one_case() {
    let mut caseload = Caseload::new(day("2026-11-22"));
    let case = events(
        "objection_lodged 2020-01-01; objection_decided 2020-03-01; objection_lodged 2021-01-01; objection_decided 2021-01-11",
    );
    (0..50).for_each(|_| caseload.add(&case));
    let estimates = caseload.estimates();
    assert_eq!((estimates[0].spread.cases, estimates[0].ended), (50, 50));
    assert_eq!((estimates[0].spread.low_days, estimates[0].spread.high_days), (Some(10), Some(60)));
}

#[test]
fn where_the_curve_doesnt_fall_that_far_it_is_longer_than_what_was_seen() {
    let on = day("2021-01-01");
    let mut caseload = Caseload::new(on);
    for number in 0..60 {
        let decided = if number < 40 { "; objection_decided 2020-02-10" } else { "" };
        caseload.add(&events(&format!("objection_lodged 2020-01-01{decided}")));
    }
    let spread = caseload.estimates()[0].spread;
    assert_eq!((spread.low_days, spread.high_days, spread.longer_than_days), (Some(40), None, Some(366)));
}

// ---- on the timeline -------------------------------------------------------------------------------------------------

fn with_a_running_objection() -> Case {
    let events =
        r#"{"kind":"assessment_decided","on":"2024-03-01"},{"kind":"objection_lodged","on":"2024-04-01"}"#;
    Case::from_json(&format!(r#"{{"on":"2024-07-01","events":[{events}]}}"#)).expect("a case")
}

fn estimate(step: Step, as_of: &str) -> Spread {
    Spread {
        step,
        low_days: Some(400),
        high_days: None,
        longer_than_days: Some(900),
        cases: 1_234,
        as_of: day(as_of),
        invented: false,
    }
}

#[test]
fn an_estimate_goes_before_what_was_published() {
    let case = Case { on: day("2025-07-01"), ..with_a_running_objection() };
    let objection = |estimated: &[Spread]| {
        let steps = timeline_with(&case, estimated).steps;
        let step = steps.into_iter().find(|it| it.step == Step::Objection).expect("the objection");
        step.observed.expect("something known of it")
    };
    let published = objection(&[]);
    assert_eq!((published.low_days, published.high_days, published.cases), (Some(567), Some(567), None));
    let estimated =
        objection(&[estimate(Step::Damage, "2025-06-01"), estimate(Step::Objection, "2025-06-01")]);
    assert_eq!(
        (estimated.low_days, estimated.high_days, estimated.longer_than_days),
        (Some(400), None, Some(900))
    );
    assert_eq!((estimated.cases, estimated.as_of), (Some(1_234), day("2025-06-01")));
    assert_eq!(objection(&[estimate(Step::Damage, "2025-06-01")]), published, "of another step");
    assert_eq!(objection(&[estimate(Step::Objection, "2025-07-02")]), published, "of a later day");
}

#[test]
fn without_estimates_nothing_else_changes() {
    let case = with_a_running_objection();
    assert_eq!(timeline_with(&case, &[]), timeline(&case));
    let mut with = timeline_with(&case, &[estimate(Step::Objection, "2024-06-01")]);
    let mut without = timeline(&case);
    with.steps.iter_mut().chain(&mut without.steps).for_each(|step| step.observed = None);
    assert_eq!(with, without);
}

#[test]
fn an_invented_case_says_so_wherever_it_goes() {
    let mut caseload = Caseload::invented(day("2026-11-22"));
    (0..50).for_each(|_| caseload.add(&events("objection_lodged 2024-04-01; objection_decided 2025-01-01")));
    let spread = caseload.estimates()[0].spread;
    assert!(Spread::decode(&Spread::encode(&[spread]))[0].invented);
    let case = Case { on: day("2026-11-22"), ..with_a_running_objection() };
    let steps = timeline_with(&case, &[spread]).steps;
    let source = steps.iter().find_map(|step| step.observed.as_ref()).map(|it| it.source.as_str());
    assert_eq!(source, Some("Herstelroute, verzonnen zaken"));
}
