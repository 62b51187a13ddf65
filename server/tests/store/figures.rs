//! How long steps take, from what offices told.

use domain::Date;
use domain::timeline::{Event, EventKind, Step};
use server::clock::Now;
use server::figures::estimate;
use server::figures::simulate::{self, simulate};
use server::office::{Offices, Row};

use crate::Database;

crate::contract!(
    from_fifty_cases_a_step_has_an_estimate_and_running_ones_count,
    simulated_cases_are_called_invented_and_none_is_lost,
);

const ON: Date = Date::constant(2026, 11, 23);
const NOW: Now = Now { at: 1_795_420_800, on: ON };

fn row(line: u32, case: u32, kind: EventKind, on: Date) -> Row {
    let event = Event { on, kind, step: None, outcome: None, until: None, way: None, code: None };
    Row { line, case: format!("V-{case}"), event, withdrawn: false }
}

/// Objections: each is decided on day 100, but for the last few, which still run.
fn objections(cases: u32, running: u32) -> Vec<Row> {
    let lodged = Date::constant(2025, 1, 1);
    let decided = lodged.plus_days(100).expect("a day");
    let mut rows = Vec::new();
    for case in 0..cases {
        rows.push(row(2 * case + 1, case, EventKind::ObjectionLodged, lodged));
        if case < cases - running {
            rows.push(row(2 * case + 2, case, EventKind::ObjectionDecided, decided));
        }
    }
    rows
}

async fn from_fifty_cases_a_step_has_an_estimate_and_running_ones_count(database: Database) {
    let offices = Offices::new(database.store.clone());
    assert_eq!(offices.import("gemeente", objections(49, 10), NOW).await.unwrap().count, 0);
    assert!(estimate(&offices, ON).await.unwrap().is_empty(), "too few");
    let one_more = vec![row(1, 49, EventKind::ObjectionLodged, Date::constant(2025, 1, 1))];
    offices.import("gemeente", one_more, NOW).await.unwrap();
    let estimates = estimate(&offices, ON).await.unwrap();
    let [objection] = estimates.as_slice() else { panic!("{estimates:?}") };
    assert_eq!(objection.spread.step, Step::Objection);
    assert_eq!((objection.spread.cases, objection.ended), (50, 39));
    assert_eq!(objection.spread.low_days, Some(100));
    assert_eq!(objection.spread.high_days, None, "eleven of fifty still run");
    assert_eq!(objection.spread.as_of, ON);
    assert!(!objection.spread.invented);
}

async fn simulated_cases_are_called_invented_and_none_is_lost(database: Database) {
    let offices = Offices::new(database.store.clone());
    let cases: Vec<_> = simulate(400, 7, ON).collect();
    let events: usize = cases.iter().map(|case| case.events.len()).sum();
    let rows =
        cases.iter().flat_map(|case| case.events.iter().map(|event| (case.case.clone(), event.clone())));
    let rows = (1..).zip(rows).map(|(line, (case, event))| Row { line, case, event, withdrawn: false });
    assert_eq!(offices.import(simulate::OFFICE, rows.collect(), NOW).await.unwrap().count, 0);
    let mut read = 0;
    offices.each_case(|events| read += events.len()).await.unwrap();
    assert_eq!(read, events);
    let estimates = estimate(&offices, ON).await.unwrap();
    assert!(!estimates.is_empty() && estimates.iter().all(|estimate| estimate.spread.invented));
}
