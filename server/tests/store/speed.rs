//! How long the feed takes, on both databases. By hand, as the figures depend on the machine:
//! `cargo test --release -p server --test store speed -- --ignored --nocapture --test-threads 1`

use std::time::{Duration, Instant};

use domain::Date;
use domain::timeline::{Event, EventKind};
use server::clock::Clock;
use server::office::{Offices, Row};

use crate::Database;

const MORNING: i64 = 1_795_420_800;
const BATCHES: u32 = 20;
const EVENTS_A_BATCH: u32 = 50_000;
const EVENTS_A_CASE: u32 = 10;
const LONGEST_IMPORT: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "by hand: a million events"]
async fn sqlite() {
    a_million_events(Database::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "by hand: a million events"]
async fn postgres() {
    a_million_events(Database::postgres().await).await;
}

async fn a_million_events(database: Database) {
    let offices = Offices::new(database.store.clone());
    for batch in 0..BATCHES {
        let rows = (0..EVENTS_A_BATCH).map(|at| row(batch, at)).collect();
        let started = Instant::now();
        let problems = offices.import("Bureau Voorbeeld", rows, Clock::standing_at(MORNING).now()).await;
        assert_eq!(problems.expect("an answer").first, []);
        let took = started.elapsed();
        println!("import {batch}: {took:?}");
        assert!(took < LONGEST_IMPORT, "{took:?}");
    }
    for _ in 0..3 {
        let (mut cases, mut events) = (0, 0);
        let started = Instant::now();
        let each = |told: &[Event]| {
            cases += 1;
            events += told.len();
        };
        offices.each_case(each).await.expect("an answer");
        println!("each of {cases} cases with {events} events: {:?}", started.elapsed());
        assert_eq!(events, 1_000_000);
    }
}

fn row(batch: u32, at: u32) -> Row {
    let case = at / EVENTS_A_CASE;
    let kind = [EventKind::InformationAsked, EventKind::InformationSent][at as usize % 2];
    let on = Date::constant(2020, 1, 1).plus_days(i32::try_from(at % 2_000).expect("small")).expect("a day");
    let event = Event { on, kind, step: None, outcome: None, until: None, way: None, code: None };
    Row { line: at + 2, case: format!("V-{batch}-{case}"), event, withdrawn: false }
}
