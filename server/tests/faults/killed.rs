//! Killed at any moment while many write: what was acknowledged is kept, once, and the chain of the log is whole.
//!
//! `KILLS` says how often (`cargo xtask test --long`: 200 times).

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, QueryResult, Statement, TryGetable};
use server::code::Code;
use server::help::Reference;
use server::store::Store;

use crate::cluster;
use crate::life::Life;
use crate::program::run;
use crate::site::site;
use crate::writer::{Kept, Line, now_ms, opens};

const WRITERS: usize = 16;
const KILLS: u32 = 20;
/// One in so many lives ends while it begins, the first one while it makes the tables.
const STILLBORN: u32 = 5;
const LONGEST_BEGINNING_MS: u64 = 150;
/// How many requests a life keeps at most, before the moment at which it ends is drawn.
const MOST_KEPT: u32 = 24;
const LONGEST_END_MS: u64 = 100;
/// So long nothing may be kept: then it never will be.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn on_sqlite_nothing_acknowledged_is_lost_doubled_or_left_out_of_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    survives(&format!("sqlite:{}", folder.path().join("test.db").display()));
}

#[test]
fn on_postgresql_nothing_acknowledged_is_lost_doubled_or_left_out_of_the_log() {
    survives(&cluster::postgres());
}

fn survives(database_url: &str) {
    let kills = std::env::var("KILLS").map_or(KILLS, |kills| kills.parse().expect("a number"));
    let (site, logs) = (site(), tempfile::tempdir().expect("a folder"));
    let log = logs.path().join("log");
    let begin = || Life::begin(database_url, site.path(), &log);
    let line = Line::default();
    let mut killed_at = Vec::new();
    let (kept, address, last_life, head) = scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(|| line.write())).collect();
        let mut head = String::new();
        for kill in 0..kills {
            let mut life = begin();
            if kill % STILLBORN == 0 {
                sleep(Duration::from_millis(fastrand::u64(..LONGEST_BEGINNING_MS)));
            } else {
                announce(&line, Some(life.address(&log)));
                wait_for_more(&line, fastrand::u32(1..=MOST_KEPT));
                sleep(Duration::from_millis(fastrand::u64(..LONGEST_END_MS)));
            }
            drop(life);
            killed_at.push(now_ms());
            announce(&line, None);
            if kill == kills / 2 {
                head = verified(database_url, &[]);
            }
        }
        let mut life = begin();
        let address = life.address(&log);
        announce(&line, Some(address.clone()));
        line.is_over.store(true, Ordering::Relaxed);
        let kept = writers.into_iter().flat_map(|writer| writer.join().expect("a writer"));
        (kept.collect::<Vec<Kept>>(), address, life, head)
    });
    every_one_opens(&address, &kept);
    drop(last_life);
    verified(database_url, &["--expect", &head]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let early = runtime.block_on(each_stands_there_once(database_url, &kept, &killed_at));
    let (broken, refused) = (line.broken.into_inner(), line.refused.into_inner());
    println!(
        "{kills} kills, {} requests; {broken} answers broke off, {early} of requests that were kept; {refused} were refused",
        kept.len()
    );
    assert!(broken > kills, "it wasn't killed while it worked");
}

fn announce(line: &Line, address: Option<String>) {
    *line.address.lock().unwrap_or_else(PoisonError::into_inner) = address;
}

fn wait_for_more(line: &Line, more: u32) {
    let (started, before) = (Instant::now(), line.acknowledged.load(Ordering::Relaxed));
    while line.acknowledged.load(Ordering::Relaxed) < before + more {
        assert!(started.elapsed() < PATIENCE, "nothing is kept any more");
        sleep(Duration::from_millis(1));
    }
}

fn every_one_opens(address: &str, kept: &[Kept]) {
    scope(|scope| {
        for part in kept.chunks(kept.len().div_ceil(WRITERS)) {
            scope.spawn(move || {
                for kept in part {
                    assert!(opens(address, kept), "{kept:?} doesn't open, or opens another one");
                }
            });
        }
    });
}

/// The head of the chain.
fn verified(database_url: &str, more: &[&str]) -> String {
    let printed = run(&[&["verify-audit", "--database-url", database_url], more].concat(), b"").printed();
    printed.lines().last().expect("a head").to_owned()
}

/// Nothing but those stands in the database. Gives how many were kept in a life before the one that told so.
async fn each_stands_there_once(database_url: &str, kept: &[Kept], killed_at: &[u64]) -> usize {
    let store = Store::open(database_url).await.expect("a database");
    let rows = rows(&store, "SELECT id, finder, reference FROM request").await;
    let found = rows.iter().map(|row| (column::<Vec<u8>>(row, "finder"), column::<String>(row, "reference")));
    let told = kept.iter().map(|kept| {
        let finder = Code::read(&kept.code).expect("a code").finder("request");
        let reference = Reference::read(&kept.reference).expect("a number");
        (finder.0.to_vec(), reference.signs().to_owned())
    });
    same("requests", found, told);
    let ids = || rows.iter().map(|row| column::<String>(row, "id"));
    let events = self::rows(&store, "SELECT request_id, kind FROM request_event").await;
    let happened = events.iter().map(|row| (column(row, "request_id"), column::<String>(row, "kind")));
    same("what happened", happened, ids().map(|id| (id, "made".to_owned())));
    let lines = "SELECT subject_id FROM audit WHERE act = 'request.made'";
    let lines = self::rows(&store, lines).await;
    same("lines in the log", lines.iter().map(|row| column(row, "subject_id")), ids());
    let counted = "SELECT CAST(sum(times) AS bigint) AS times FROM attempt WHERE action = 'request'";
    let counted: i64 = column(&self::rows(&store, counted).await[0], "times");
    assert_eq!(counted, kept.len() as i64, "counted against the limits");
    let made_at: BTreeMap<Vec<u8>, u64> =
        rows.iter().map(|row| (column(row, "finder"), made_at(&column::<String>(row, "id")))).collect();
    store.close().await;
    let is_early = |kept: &&Kept| {
        let finder = Code::read(&kept.code).expect("a code").finder("request");
        let made_at = made_at[finder.0.as_slice()];
        killed_at.iter().any(|killed_at| (made_at..kept.told_at).contains(killed_at))
    };
    kept.iter().filter(is_early).count()
}

async fn rows(store: &Store, question: &str) -> Vec<QueryResult> {
    let question = Statement::from_string(store.db().get_database_backend(), question);
    store.db().query_all_raw(question).await.expect("rows")
}

fn column<T: TryGetable>(row: &QueryResult, name: &str) -> T {
    row.try_get_by(name).expect(name)
}

/// The same ones, each as often; else the first that is in one of them only.
fn same<T: Ord + std::fmt::Debug>(what: &str, found: impl Iterator<Item = T>, told: impl Iterator<Item = T>) {
    let mut count: BTreeMap<T, i64> = BTreeMap::new();
    found.for_each(|it| *count.entry(it).or_default() += 1);
    told.for_each(|it| *count.entry(it).or_default() -= 1);
    let wrong: Vec<(&T, &i64)> = count.iter().filter(|(_, count)| **count != 0).collect();
    let first = wrong.first();
    assert!(
        wrong.is_empty(),
        "{what}: {} differ; too many (or, below zero, too few): {first:?}",
        wrong.len()
    );
}

/// The moment in an id: milliseconds since 1970.
fn made_at(id: &str) -> u64 {
    u64::from_str_radix(&id[..12], 16).expect("a UUID of version 7")
}
