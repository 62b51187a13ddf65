//! The disk is full, while many write: whatever is told is so, pages are read all the while, and with room it goes on by
//! itself.

use std::fs;
use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::ask::Ask;
use crate::figure;
use crate::life::Life;
use crate::line::Line;
use crate::postgres::{DATABASE, Postgres};
use crate::site::site;
use crate::tool::SmallDisk;
use crate::write::{Crowd, Requests, Writer};

/// Room for all tables, and not much more.
const SQLITE_KILOBYTES: u32 = 8 * 1024;
const POSTGRESQL_KILOBYTES: u32 = 24 * 1024;
const BEFORE: u32 = 30;
/// So many are told "not now".
const REFUSED: u32 = 40;
const AFTERWARDS: u32 = 30;
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn on_sqlite_a_full_disk_makes_nothing_half_and_stops_no_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = SmallDisk::new(&folder.path().join("disk"), SQLITE_KILOBYTES);
    let url = format!("sqlite:{}", disk.path().join("test.db").display());
    withstands("SQLite", &url, &disk);
}

#[test]
fn on_postgresql_a_full_disk_makes_nothing_half_and_stops_no_reader() {
    let postgres = Postgres::start();
    let disk = SmallDisk::new(&postgres.folder().join("small"), POSTGRESQL_KILOBYTES);
    postgres.own(disk.path());
    let url = postgres.database();
    postgres.administer(&format!("CREATE TABLESPACE small LOCATION '{}'", disk.path().display()));
    postgres.administer(&format!("ALTER DATABASE {DATABASE} SET default_tablespace = small"));
    withstands("PostgreSQL", &url, &disk);
}

fn withstands(database: &str, database_url: &str, disk: &SmallDisk) {
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let mut crowd = Crowd::of(database_url);
    let mut life = Life::begin(database_url, site.path(), &folder.path().join("log"));
    let place = life.place();
    let address = place.address.clone();
    let line = Line::to(place);
    let mut before = Requests::default();
    before.keep(&line);
    let longest = crowd.writes_while(&line, || {
        line.wait_for(BEFORE);
        let filler = disk.fill();
        let longest = refused(&line, &address, &before);
        fs::remove_file(filler).expect("room");
        line.wait_for_more(AFTERWARDS);
        longest
    });
    crowd.looks(&address);
    life.kill();
    let wrong = crowd.accounts(None, &[&before]).close();
    figure::add(
        &format!(
            "the disk full while 16 write, on {database}: acknowledged and lost · doubled · missing in the log; longest \
             answer to a reader meanwhile"
        ),
        &format!("{}; {} ms", wrong.counted(), longest.as_millis()),
        "0 · 0 · 0",
    );
    assert!(wrong.is_nothing(), "{wrong:#?}");
}

/// Reads until enough were told "not now"; gives the longest that one page took.
fn refused(line: &Line, address: &str, before: &Requests) -> Duration {
    let (started, at_first) = (Instant::now(), line.refused.load(Ordering::Relaxed));
    let mut longest = Duration::ZERO;
    while line.refused.load(Ordering::Relaxed) < at_first + REFUSED {
        assert!(started.elapsed() < PATIENCE, "the disk doesn't get full");
        let asked = Instant::now();
        for page in ["/", "/bedragen", "/cijfers"] {
            assert_eq!(Ask::get(page).answer(address).map(|answer| answer.status), Some(200), "{page}");
        }
        before.look(address);
        longest = longest.max(asked.elapsed());
        sleep(Duration::from_millis(1));
    }
    longest
}
