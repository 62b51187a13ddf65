//! PostgreSQL shows a change a moment before the disk has it. Who sends the same once more in that moment, and is told that it
//! is kept, is told so rightly, also when the power fails next.

use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, Statement};

use crate::ask::Ask;
use crate::book::column;
use crate::figure;
use crate::life::Life;
use crate::line::Line;
use crate::postgres::Postgres;
use crate::site::site;
use crate::write::{Requests, Writer, request};

const ROUNDS: u32 = 2;
/// The moment, made long: a tenth of a second.
const SLOW: &str = "commit_delay = 100000\ncommit_siblings = 0\nwal_writer_delay = 10s\n";
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn what_is_told_to_be_kept_before_is_on_the_disk() {
    let postgres = Postgres::with(SLOW);
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let mut life = Life::begin(&postgres.database(), site.path(), &folder.path().join("log"));
    let place = life.place();
    let (address, line) = (place.address.clone(), Line::to(place));
    let mut told = Requests::default();
    let mut failed_at_once = 0;
    for _ in 0..ROUNDS {
        told.keep(&line);
        let form = uuid::Uuid::new_v4().simple().to_string();
        let ask = request::sent(&form, &[]).by(line.somebody());
        let before = count(&postgres.database());
        let second = scope(|scope| {
            let first = scope.spawn(|| ask.answer(&address));
            wait_until_seen(&postgres.database(), before);
            let second = ask.answer(&address);
            postgres.kill();
            failed_at_once += u32::from(first.join().expect("an end").is_none_or(|it| it.status != 200));
            second
        });
        postgres.begin_again();
        if let Some(answer) = second.filter(|answer| answer.status == 200) {
            told.was_told(form, &answer);
        }
        told.keep(&line);
    }
    let lost = told.kept.iter().filter(|kept| !kept.opens(&address)).count();
    println!("{ROUNDS} times the power failed, {failed_at_once} times before the first answer");
    figure::add(
        "sent twice while the power of PostgreSQL fails: told to be kept before and lost",
        &lost.to_string(),
        "0",
    );
    assert_eq!(lost, 0);
    assert_eq!(Ask::get("/readyz").answer(&address).map(|answer| answer.status), Some(200));
}

fn wait_until_seen(database_url: &str, before: i64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let db = Database::connect(database_url).await.expect("a database");
        let started = Instant::now();
        let question = || Statement::from_string(db.get_database_backend(), COUNT);
        while column::<i64>(&db.query_one_raw(question()).await.expect("rows").expect("a row"), "made")
            == before
        {
            assert!(started.elapsed() < PATIENCE, "it is never there");
            sleep(Duration::from_millis(1));
        }
    });
}

const COUNT: &str = "SELECT count(*) AS made FROM request";

fn count(database_url: &str) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let db = Database::connect(database_url).await.expect("a database");
        let question = Statement::from_string(db.get_database_backend(), COUNT);
        column(&db.query_one_raw(question).await.expect("rows").expect("a row"), "made")
    })
}
