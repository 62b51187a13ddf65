//! The clock jumps a day forward and back while the program runs: it answers, nothing acknowledged is lost, nobody is locked
//! out for ever, and nobody's session lasts or becomes another's.

use std::fs;
use std::path::{Path, PathBuf};

use app::content::desk::welcome;
use app::urls::{DESK, Page};

use crate::ask::Ask;
use crate::book::verified;
use crate::cluster;
use crate::figure;
use crate::life::{Place, Start};
use crate::line::Line;
use crate::site::site;
use crate::tool::libfaketime;
use crate::write::Crowd;

/// How much is kept before each jump.
const BETWEEN: u32 = 12;
/// Where the clock stands, one after the other.
const JUMPS: [&str; 5] = ["+1d", "+0", "-1d", "+1d", "+0"];

#[test]
fn on_sqlite_a_clock_that_jumps_a_day_takes_nothing_back() {
    let folder = tempfile::tempdir().expect("a folder");
    jumps("SQLite", &format!("sqlite:{}", folder.path().join("test.db").display()));
}

#[test]
fn on_postgresql_a_clock_that_jumps_a_day_takes_nothing_back() {
    jumps("PostgreSQL", &cluster::postgres());
}

fn jumps(database: &str, database_url: &str) {
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let clock = Clock::new(folder.path());
    let mut crowd = Crowd::of_the_public(database_url);
    let mut start = Start::on(database_url, site.path(), &folder.path().join("log"));
    clock.rules(&mut start);
    let mut life = start.begin();
    let place = life.place();
    let line = Line::to(place.clone());
    let mut desk = AtTheDesk::new(place.clone());
    crowd.writes_while(&line, || {
        line.wait_for_more(BETWEEN);
        desk.comes_in("+0");
        let mut guesser = line.somebody();
        for jump in JUMPS {
            clock.jump(jump);
            desk.after_a_jump(jump);
            line.wait_for_more(BETWEEN);
            let another = line.somebody();
            still_works(&place.address, guesser, another);
            guesser = another;
        }
    });
    crowd.looks(&place.address);
    assert!(!life.logged().contains("panicked"), "{}", life.logged());
    life.kill();
    verified(database_url, &[]);
    let wrong = crowd.accounts(None, &[]).close();
    figure::add(
        &format!(
            "the clock {} times a day forward or back while 11 write, on {database}: acknowledged and lost · doubled · \
             missing in the log",
            JUMPS.len()
        ),
        &wrong.counted(),
        "0 · 0 · 0",
    );
    assert!(wrong.is_nothing(), "{wrong:#?}");
}

/// Pages answer; who guesses codes waits, and who did so before the jump needn't wait for the clock to come back.
fn still_works(address: &str, before: u32, now: u32) {
    for page in ["/", "/cijfers", "/readyz", Page::Dossier.path()] {
        assert_eq!(Ask::get(page).answer(address).map(|answer| answer.status), Some(200), "{page}");
    }
    let fields = [("action", "open"), ("reference", "0000-0000"), ("code", "0000-0000-0000-0000-0000")];
    let guesses = |guesser: u32| {
        let guess = Ask::form(Page::FollowHelp.path(), &fields).by(guesser);
        guess.answer(address).expect("an answer").status
    };
    assert_eq!(guesses(before), 422, "she waits for as long as the clock was put back");
    let statuses: Vec<u16> = (0..12).map(|_| guesses(now)).collect();
    assert_eq!((statuses[0], statuses[11]), (422, 429), "{statuses:?}");
}

/// What the program takes for the time.
struct Clock {
    file: PathBuf,
}

impl Clock {
    fn new(folder: &Path) -> Clock {
        let clock = Clock { file: folder.join("clock") };
        clock.jump("+0");
        clock
    }

    fn rules(&self, start: &mut Start) {
        let program = &mut start.program;
        program.env("LD_PRELOAD", libfaketime()).env("FAKETIME_TIMESTAMP_FILE", &self.file);
        program.env("FAKETIME_NO_CACHE", "1");
        // How long something takes is no matter of the clock.
        program.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
    }

    fn jump(&self, to: &str) {
        let half = self.file.with_extension("half");
        fs::write(&half, to).and_then(|()| fs::rename(half, &self.file)).expect("the clock");
    }
}

/// Browsers in which somebody signed in, each when the clock stood somewhere.
struct AtTheDesk {
    place: Place,
    signed_in: Vec<SignedIn>,
    /// Who comes in next.
    people: Vec<&'static str>,
}

struct SignedIn {
    name: &'static str,
    cookie: String,
    clock: &'static str,
}

impl AtTheDesk {
    fn new(place: Place) -> AtTheDesk {
        let people = vec!["Willem de Boer", "Ans", "Henk", "Fatma", "Joyce", "Samira"];
        AtTheDesk { place, signed_in: Vec::new(), people }
    }

    fn comes_in(&mut self, clock: &'static str) {
        let name = self.people.pop().expect("somebody");
        let link = self.place.links.get(name).expect("a link");
        let answer = Ask::form(link, &[]).answer(&self.place.address).expect("an answer");
        let signed = SignedIn { name, cookie: answer.cookie().expect("a session"), clock };
        assert!(self.sees_her_desk(&signed), "{name} isn't let in");
        self.signed_in.push(signed);
    }

    /// Or she is to sign in again.
    fn sees_her_desk(&self, SignedIn { name, cookie, .. }: &SignedIn) -> bool {
        let answer = Ask::get(DESK).with("Cookie", cookie).answer(&self.place.address).expect("an answer");
        if answer.status == 303 {
            return false;
        }
        assert_eq!(answer.status, 200);
        let is_welcome = |name: &str| answer.text().contains(&welcome(name));
        let welcome: Vec<&String> = self.place.links.keys().filter(|name| is_welcome(name)).collect();
        assert_eq!(welcome, [name], "somebody else's desk");
        true
    }

    /// Whoever came in when the clock stood elsewhere is out, or would stay for a day; who comes in now is in.
    fn after_a_jump(&mut self, clock: &'static str) {
        for signed in &self.signed_in {
            let is_in = self.sees_her_desk(signed);
            assert!(!is_in || signed.clock == clock, "{} of {} is in at {clock}", signed.name, signed.clock);
        }
        self.comes_in(clock);
    }
}
