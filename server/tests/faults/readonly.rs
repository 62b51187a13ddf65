//! The database can only be read: the program says so where it starts, or to who writes, and pages are read all the while.

use std::thread::sleep;
use std::time::Duration;

use crate::ask::Ask;
use crate::each::{CALLS, Strace};
use crate::figure;
use crate::life::Life;
use crate::line::Line;
use crate::postgres::{DATABASE, Postgres};
use crate::program::run;
use crate::site::site;
use crate::tool::SmallDisk;
use crate::write::{Requests, Writer};

const TRIES: u32 = 5;
const KILOBYTES: u32 = 8 * 1024;
/// A connection that was ended is found out after a second of rest.
const A_WHILE: Duration = Duration::from_millis(1_500);

#[test]
fn on_a_disk_that_can_only_be_read_it_doesnt_start_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = SmallDisk::new(&folder.path().join("disk"), KILOBYTES);
    let (url, site) = (format!("sqlite:{}", disk.path().join("test.db").display()), site());
    run(&["migrate", "--database-url", &url], b"").printed();
    disk.only_read();
    let site = site.path().to_str().expect("a path");
    let serve = ["serve", "--demo", "--listen", "127.0.0.1:0", "--database-url", &url, "--site", site];
    let ran = run(&serve, b"");
    assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""));
    assert!(ran.told.contains("its file can't be opened or made"), "{}", ran.told);
}

#[test]
fn on_sqlite_files_that_can_only_be_read_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("test.db");
    reads_on("SQLite", &format!("sqlite:{}", database.display()), |life, meanwhile| {
        let strace = Strace::attach(
            life,
            &database,
            &["-e", &format!("inject={CALLS}:error=EROFS"), "-o", "/dev/null"],
        );
        meanwhile();
        drop(strace);
    });
}

/// As after it moved to another machine, which doesn't know yet that it is the first one.
#[test]
fn on_postgresql_a_database_that_can_only_be_read_is_read() {
    let postgres = Postgres::start();
    let change = |so: &str| {
        postgres.administer(&format!("ALTER DATABASE {DATABASE} SET default_transaction_read_only = {so}"));
        postgres.administer(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'"
        ));
        sleep(A_WHILE);
    };
    reads_on("PostgreSQL", &postgres.database(), |_, meanwhile| {
        change("on");
        meanwhile();
        change("off");
    });
}

fn reads_on(database: &str, database_url: &str, only_read: impl FnOnce(&Life, &mut dyn FnMut())) {
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let mut life = Life::begin(database_url, site.path(), &folder.path().join("log"));
    let place = life.place();
    let (address, line) = (place.address.clone(), Line::to(place));
    let (mut before, mut meanwhile) = (Requests::default(), Vec::new());
    let (mut told, mut not_shown) = (0, 0);
    before.keep(&line);
    only_read(&life, &mut || {
        for _ in 0..TRIES {
            let mut one = Requests::default();
            match one.send_once(&line) {
                answer if answer.status == 200 => told += 1,
                answer => answer.says_when_to_try_again(),
            }
            meanwhile.push(one);
            let shows = |page: &&str| Ask::get(page).answer(&address).is_some_and(|it| it.status == 200);
            let pages = ["/", "/bedragen", "/cijfers", "/readyz"];
            not_shown += pages.len() - pages.iter().filter(|page| shows(page)).count();
            before.look(&address);
        }
        let logged = life.logged();
        assert!(logged.contains("it can only be read") || logged.contains("its disk fails"), "{logged}");
    });
    figure::add(
        &format!("{database} that can only be read: told to be kept · pages not shown"),
        &format!("{told} · {not_shown}"),
        "0 · 0",
    );
    assert_eq!((told, not_shown), (0, 0));
    // By itself.
    for one in &mut meanwhile {
        one.send_on(&line);
        one.look(&address);
    }
}
