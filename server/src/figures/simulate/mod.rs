//! A caseload that is made up, from the published volumes: to see and test estimates with. No case in it exists.

mod chance;
mod life;
mod pace;
mod store;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use domain::Date;
use domain::figures::Caseload;
use domain::timeline::Event;

use crate::cli::SimulateInput;
use crate::clock::Clock;
use crate::exchange::failed;
use chance::Chance;

pub use pace::{Pace, pace};
pub use store::keep;

/// Who tells simulated cases: estimates with them say that they are invented.
pub const OFFICE: &str = "simulated";

/// A case that doesn't exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatedCase {
    /// As an office would number it: `SIM-000001`.
    pub case: String,
    /// In the order of their days; none where she hadn't registered yet.
    pub events: Vec<Event>,
}

/// So many cases, as known on that day. The same seed gives the same cases; another day shows the same lives further on.
pub fn simulate(cases: u32, seed: u64, on: Date) -> impl Iterator<Item = SimulatedCase> {
    let mut chance = Chance::new(seed);
    (1..=cases).map(move |number| SimulatedCase {
        case: format!("SIM-{number:06}"),
        events: life::events(&mut chance, on),
    })
}

/// Estimates are made from so many cases in the demo: enough for a smooth curve, and made before anyone looks.
const CASES_OF_THE_DEMO: u32 = 5_000;

/// The caseload of the demo. Whatever is estimated from it says that it is invented.
#[must_use]
pub fn of_the_demo(on: Date) -> Caseload {
    let mut caseload = Caseload::invented(on);
    simulate(CASES_OF_THE_DEMO, 1, on).for_each(|case| caseload.add(&case.events));
    caseload
}

/// Answers `herstelroute simulate`: one event a line, in the columns of an office's feed.
#[must_use]
pub fn print(input: &SimulateInput) -> ExitCode {
    let cases = simulate(input.cases, input.seed, input.on.unwrap_or_else(|| Clock::default().today()));
    match write(cases, io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

const COLUMNS: &str = "case,on,kind,step,outcome,until,way,code";

/// No value here holds a comma, a quote or a line's end.
fn write(cases: impl Iterator<Item = SimulatedCase>, output: impl Write) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, output);
    writeln!(output, "{COLUMNS}")?;
    for SimulatedCase { case, events } in cases {
        for Event { on, kind, step, outcome, until, way, code } in events {
            let step = step.map_or("", |step| step.id());
            let outcome = outcome.map_or("", |outcome| outcome.id());
            let until = until.map(|day| day.to_string()).unwrap_or_default();
            let way = way.map_or("", |way| way.id());
            let code = code.unwrap_or_default();
            writeln!(output, "{case},{on},{},{step},{outcome},{until},{way},{code}", kind.id())?;
        }
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use domain::parameter::Parameter;
    use domain::parameters::{observed, volumes};
    use domain::timeline::{Case, EventKind as Kind, Outcome, Step};

    use super::*;

    const CASES: u32 = 12_000;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a date")
    }

    fn cases(on: &str) -> Vec<SimulatedCase> {
        simulate(CASES, 7, day(on)).collect()
    }

    #[test]
    fn every_case_can_have_happened() {
        let on = day("2025-09-01");
        for SimulatedCase { case, events } in simulate(3_000, 3, on) {
            assert_eq!(Case { on, events }.check(), [], "{case}");
        }
    }

    #[test]
    fn a_seed_always_gives_the_same_cases_and_another_seed_others() {
        let on = day("2025-09-01");
        let cases = |count, seed| simulate(count, seed, on).collect::<Vec<_>>();
        assert_eq!(cases(50, 1), cases(50, 1));
        assert_eq!(cases(50, 1), cases(80, 1)[..50], "more cases come after the same ones");
        assert_ne!(cases(50, 1), cases(50, 2));
    }

    #[test]
    fn a_later_day_shows_the_same_lives_further_on() {
        let lives = |on: &str| simulate(200, 1, day(on)).collect::<Vec<_>>();
        for (before, after) in lives("2022-12-31").into_iter().zip(lives("2024-12-31")) {
            assert!(before.events.iter().all(|event| after.events.contains(event)), "{}", before.case);
        }
    }

    #[test]
    fn seventy_thousand_cases_make_about_a_million_events() {
        let events: usize = cases("2026-11-22").iter().map(|case| case.events.len()).sum();
        let average = events as f64 / f64::from(CASES);
        println!("{average:.2} events a case");
        assert!((13.5..=15.5).contains(&average), "{average:.2}");
    }

    /// What share of the cases with one thing has another.
    fn share(cases: &[SimulatedCase], of: impl Fn(&[Event]) -> bool, all: impl Fn(&[Event]) -> bool) -> f64 {
        let within: Vec<_> = cases.iter().filter(|case| all(&case.events)).collect();
        within.iter().filter(|case| of(&case.events)).count() as f64 / within.len() as f64
    }

    fn has(kind: Kind) -> impl Fn(&[Event]) -> bool {
        move |events| events.iter().any(|event| event.kind == kind)
    }

    fn is_recognised(events: &[Event]) -> bool {
        let decisions = [Kind::FirstTestDecided, Kind::AssessmentDecided];
        events.iter().any(|event| decisions.contains(&event.kind) && event.outcome == Some(Outcome::Granted))
    }

    fn published(of: &Parameter<u32>, all: &Parameter<u32>, on: &str) -> f64 {
        f64::from(of.at(day(on)).expect("a value")) / f64::from(all.at(day(on)).expect("a value"))
    }

    #[track_caller]
    fn near(what: &str, found: f64, published: f64, points: f64) {
        println!("{what}: {:.1} %, published {:.1} %", 100.0 * found, 100.0 * published);
        assert!((found - published).abs() * 100.0 <= points, "{what}");
    }

    #[test]
    fn shares_lie_near_the_published_ones() {
        let on = "2022-12-31";
        let then = cases(on);
        let registered = has(Kind::Registered);
        let of_registered = |kind: Kind, volume| {
            (share(&then, has(kind), &registered), published(volume, &volumes::REGISTERED, on))
        };
        let (found, expected) = of_registered(Kind::FirstTestDecided, &volumes::FIRST_TESTS);
        near("first tests done at the end of 2022", found, expected, 3.0);
        let (found, expected) = of_registered(Kind::AssessmentDecided, &volumes::ASSESSMENTS);
        near("assessments done at the end of 2022", found, expected, 3.0);
        let (found, expected) = of_registered(Kind::NoticeOfDefault, &volumes::NOTICES_OF_DEFAULT);
        near("notices of default at the end of 2022", found, expected, 4.0);
        let (found, expected) = of_registered(Kind::ObjectionLodged, &volumes::OBJECTIONS);
        near("objections at the end of 2022", found, expected, 2.0);
        let decided = share(&then, has(Kind::ObjectionDecided), has(Kind::ObjectionLodged));
        near(
            "of those decided",
            decided,
            published(&volumes::OBJECTIONS_DECIDED, &volumes::OBJECTIONS, on),
            4.0,
        );

        let on = "2023-12-31";
        let then = cases(on);
        let before_2023 = |events: &[Event]| {
            events.iter().any(|it| it.kind == Kind::Registered && it.on < day("2023-01-01"))
        };
        let expected = 59_417.0 / 68_376.0;
        near("registered before 2023", share(&then, before_2023, &registered), expected, 1.5);

        let on = "2025-04-30";
        let expected = published(&volumes::RECOGNISED, &volumes::REGISTERED, on);
        near("recognised in April 2025", share(&cases(on), is_recognised, &registered), expected, 2.0);

        let on = "2025-08-31";
        let goes_on = |events: &[Event]| {
            let recognised = events
                .iter()
                .any(|it| it.kind == Kind::FirstTestDecided && it.outcome == Some(Outcome::Granted));
            recognised && !has(Kind::FinishedEarly)(events) || has(Kind::AssessmentStarted)(events)
        };
        let expected = observed::INTEGRAL_ASSESSMENT_DONE_SHARE.at(day(on)).expect("a value").0 as f64 / 1e6;
        let found = share(&cases(on), has(Kind::AssessmentDecided), goes_on);
        // Real ones went faster later on: see `pace`.
        near("with an outcome in August 2025", found, expected, 10.0);
    }

    /// From end to end: what went in comes out, though many cases still run.
    #[test]
    fn the_estimates_find_back_the_medians_that_the_cases_were_made_with() {
        for on in ["2025-07-01", "2026-11-22"] {
            let mut caseload = Caseload::new(day(on));
            simulate(100_000, 5, day(on)).for_each(|case| caseload.add(&case.events));
            for estimate in caseload.estimates() {
                let step = estimate.spread.step;
                let (Some(days), Pace { median_days, spread }) = (estimate.spread.low_days, pace(step))
                else {
                    panic!("{step:?} has no median on {on}");
                };
                // Rounded to a day, and three standard errors of the median of a log-normal.
                let chance = 3.0 * 1.25 * spread / f64::from(estimate.ended).sqrt();
                let most = 1.0 + f64::from(median_days) * chance;
                println!("{on}, {step:?}: {days} days, made with {median_days}, within {most:.1}");
                assert!(f64::from((days - median_days).abs()) <= most, "{step:?} on {on}");
                assert!(chance < 0.1, "{step:?} on {on}: too few cases to say so");
            }
        }
    }

    /// Without the cases that still run it would look much shorter.
    #[test]
    fn dropping_what_still_runs_would_make_it_look_shorter() {
        let on = day("2022-12-31");
        let mut caseload = Caseload::new(on);
        let mut only_ended = domain::figures::Durations::default();
        for case in simulate(CASES, 11, on) {
            caseload.add(&case.events);
            let stays = domain::timeline::stays(&case.events, on);
            let ended = stays.iter().filter(|stay| stay.step == Step::Objection && stay.has_ended);
            ended.for_each(|stay| only_ended.add(stay.days, true));
        }
        let shorter = only_ended.curve().first_day_at_most(domain::figures::ONE_OF_TWO).expect("a median");
        let estimates = caseload.estimates();
        let objection = estimates.iter().find(|it| it.spread.step == Step::Objection).expect("an estimate");
        println!("without them {shorter} days, with them {:?}", objection.spread.low_days);
        assert!(objection.spread.low_days.is_none_or(|days| days > shorter * 4 / 3));
    }

    const MOST_FOR_A_MILLION: Duration = Duration::from_secs(2);

    #[test]
    fn a_million_events_are_estimated_in_time() {
        let on = day("2026-11-22");
        let cases: Vec<SimulatedCase> = simulate(7_000, 1, on).collect();
        let events: usize = cases.iter().map(|case| case.events.len()).sum();
        let times = 1_000_000_usize.div_ceil(events);
        let started = Instant::now();
        let mut caseload = Caseload::new(on);
        for _ in 0..times {
            cases.iter().for_each(|case| caseload.add(&case.events));
        }
        let estimates = caseload.estimates();
        let took = started.elapsed();
        println!("{} events in {took:?}", times * events);
        assert_eq!(estimates.len(), Step::ALL.len());
        assert!(took <= MOST_FOR_A_MILLION, "{took:?}");
    }

    #[test]
    fn one_event_is_one_line() {
        let mut printed = Vec::new();
        write(simulate(20, 1, day("2026-11-22")), &mut printed).expect("written");
        let printed = String::from_utf8(printed).expect("UTF-8");
        let mut lines = printed.lines();
        assert_eq!(lines.next(), Some(COLUMNS));
        let columns = COLUMNS.split(',').count();
        assert!(lines.clone().count() > 100);
        for line in lines {
            let fields: Vec<&str> = line.split(',').collect();
            assert_eq!(fields.len(), columns, "{line}");
            assert!(fields[0].starts_with("SIM-") && Date::parse_iso(fields[1]).is_some(), "{line}");
            assert!(Kind::parse(fields[2]).is_some(), "{line}");
        }
    }
}
