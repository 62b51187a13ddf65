//! PostgreSQL goes down and up again, in order and as if the power failed, while many write: nothing acknowledged is lost,
//! and our server goes on by itself.

use crate::figure;
use crate::life::Life;
use crate::line::Line;
use crate::postgres::Postgres;
use crate::site::site;
use crate::write::Crowd;

const RESTARTS: u32 = 4;
/// How much is kept before each.
const BETWEEN: u32 = 15;

#[test]
fn a_database_that_restarts_loses_nothing_and_needs_nobody() {
    let restarts = figure::times("RESTARTS", RESTARTS);
    let postgres = Postgres::start();
    let database_url = postgres.database();
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let mut crowd = Crowd::of(&database_url);
    let mut life = Life::begin(&database_url, site.path(), &folder.path().join("log"));
    let place = life.place();
    let address = place.address.clone();
    let line = Line::to(place);
    crowd.writes_while(&line, || {
        for restart in 0..restarts {
            line.wait_for_more(BETWEEN);
            postgres.restart(if restart % 2 == 0 { "immediate" } else { "fast" });
        }
        line.wait_for_more(BETWEEN);
    });
    crowd.looks(&address);
    life.kill();
    let wrong = crowd.accounts(None, &[]).close();
    figure::add(
        &format!(
            "PostgreSQL restarted {} times under 16 who write, half of them as if the power failed: acknowledged and lost · \
             doubled · missing in the log",
            figure::count(restarts)
        ),
        &wrong.counted(),
        "0 · 0 · 0",
    );
    assert!(wrong.is_nothing(), "{wrong:#?}");
}
