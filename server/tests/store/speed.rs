//! How long the feed takes and how many changes fit in a second, on both databases. By hand, as the figures depend on the machine:
//! `cargo test --release -p server --test store speed -- --ignored --nocapture --test-threads 1`

use std::time::{Duration, Instant};

use domain::Date;
use domain::timeline::{Event, EventKind};
use server::audit::{Act, Actor, Entry, Kind};
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

/// Changes with a line in the audit log, by writers at once.
async fn audited_changes(database: Database, wanted_a_second: f64) {
    const WRITERS: i64 = 16;
    const EACH: i64 = 250;
    let started = Instant::now();
    let writers = (0..WRITERS).map(|_| {
        let store = database.store.clone();
        tokio::spawn(async move {
            for number in 0..EACH {
                let entry = Entry::new(Actor::Person, Act::RequestMade, Kind::Request.of(number));
                store.write().await.expect("a change").commit(MORNING, &[entry]).await.expect("kept");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("a writer");
    }
    let a_second = (WRITERS * EACH) as f64 / started.elapsed().as_secs_f64();
    println!("{a_second:.0} changes with their lines a second");
    assert!(a_second > wanted_a_second);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "by hand: how fast the disk is"]
async fn audited_changes_sqlite() {
    audited_changes(Database::sqlite().await, 200.0).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "by hand: how fast the disk is"]
async fn audited_changes_postgres() {
    audited_changes(Database::postgres().await, 500.0).await;
}
