//! Killed at any moment while many write, each kind of write: what was acknowledged is kept, once, and the chain of the log
//! is whole.
//!
//! `KILLS` says how often (`cargo xtask faults --long`: 200 times).

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::Duration;

use crate::book::{Book, Wrong, column, verified};
use crate::cluster;
use crate::figure;
use crate::life::{Life, Start};
use crate::line::Line;
use crate::site::site;
use crate::write::Crowd;

const KILLS: u32 = 10;
/// One in so many lives ends while it begins.
const STILLBORN: u32 = 5;
const LONGEST_BEGINNING_MS: u64 = 150;
/// How much a life keeps at most, before the moment at which it ends is drawn.
const MOST_KEPT: u32 = 24;
const LONGEST_END_MS: u64 = 100;

#[test]
fn on_sqlite_nothing_acknowledged_is_lost_doubled_or_left_out_of_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    survives("SQLite", &format!("sqlite:{}", folder.path().join("test.db").display()));
}

#[test]
fn on_postgresql_nothing_acknowledged_is_lost_doubled_or_left_out_of_the_log() {
    survives("PostgreSQL", &cluster::postgres());
}

fn survives(database: &str, database_url: &str) {
    let kills = figure::times("KILLS", KILLS);
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let (log, mail) = (folder.path().join("log"), folder.path().join("mail"));
    let begin = || -> Life {
        let mut start = Start::on(database_url, site.path(), &log);
        start.program.arg("--mail-folder").arg(&mail);
        start.begin()
    };
    let (mut crowd, line) = (Crowd::of(database_url), Line::default());
    let (mut last_life, address, head) = crowd.writes_while(&line, || {
        let mut head = String::new();
        for kill in 0..kills {
            let mut life = begin();
            if kill % STILLBORN == 0 {
                sleep(Duration::from_millis(fastrand::u64(..LONGEST_BEGINNING_MS)));
            } else {
                line.announce(Some(life.place()));
                line.wait_for_more(fastrand::u32(1..=MOST_KEPT));
                sleep(Duration::from_millis(fastrand::u64(..LONGEST_END_MS)));
            }
            drop(life);
            line.announce(None);
            if kill == kills / 2 {
                head = verified(database_url, &[]);
            }
        }
        let mut life = begin();
        let place = life.place();
        let address = place.address.clone();
        line.announce(Some(place));
        line.wait_for_more(1);
        (life, address, head)
    });
    crowd.looks(&address);
    last_life.kill();
    let mut book = crowd.accounts(Some(&head), &[]);
    sent_mails(&mut book, &mail);
    let wrong = book.close();
    let broken = line.broken.load(Ordering::Relaxed);
    println!(
        "{kills} kills, {} kept; {broken} answers broke off, {} were \"not now\"",
        line.acknowledged.load(Ordering::Relaxed),
        line.refused.load(Ordering::Relaxed)
    );
    assert!(broken > kills, "it wasn't killed while it worked");
    report(database, kills, &wrong);
}

fn report(database: &str, kills: u32, wrong: &Wrong) {
    figure::add(
        &format!(
            "killed with SIGKILL {} times while 16 write all that can be written, on {database}: acknowledged and lost · \
             doubled · missing in the log",
            figure::count(kills)
        ),
        &wrong.counted(),
        "0 · 0 · 0",
    );
    assert!(wrong.is_nothing(), "{wrong:#?}");
}

/// Each that is said to be sent was.
fn sent_mails(book: &mut Book, folder: &Path) {
    for row in book.rows("SELECT id FROM outbox WHERE sent_at IS NOT NULL") {
        let id: String = column(&row, "id");
        let is_there = fs::exists(folder.join(format!("{id}.eml"))).is_ok_and(|it| it);
        book.stands(format!("the mail {id}"), i64::from(is_there), 1..=1);
    }
}
