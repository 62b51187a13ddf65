//! What offices tell counts whole or not at all, once, and for their own cases only.

use std::time::Duration;

use domain::Date;
use domain::timeline::{Event, EventKind, Outcome, Step, Way};
use server::clock::{Clock, Now};
use server::code::Code;
use server::office::{
    Batch, Begun, Delivery, Format, LineProblem, Offices, Row, Run, Scope, State, Wrong, read, use_link,
};
use server::store::Store;

use crate::Database;

crate::contract!(
    what_was_told_is_read_back_whole,
    one_wrong_line_and_nothing_counts,
    the_same_key_is_one_delivery,
    of_two_processes_one_imports,
    deliveries_at_once_of_one_office_never_double,
    another_office_has_other_cases_and_batches,
    what_was_withdrawn_is_gone,
    a_batch_that_was_begun_before_the_clock_was_put_back_can_be_begun_again,
    an_interrupted_batch_is_done_the_second_time,
    who_was_overtaken_writes_nothing,
    a_cut_off_change_leaves_nothing,
    progress_can_be_seen,
    a_link_code_is_used_once,
    a_new_link_code_ends_the_one_before,
    a_link_code_needs_a_case_of_that_office,
    a_revoked_token_opens_nothing,
    what_is_old_is_forgotten_but_no_event,
);

const MORNING: i64 = 1_795_420_800;
const OFFICE: &str = "Bureau Voorbeeld";

fn offices(database: &Database) -> Offices {
    Offices::new(database.store.clone())
}

fn clock() -> Clock {
    Clock::standing_at(MORNING)
}

fn now() -> Now {
    clock().now()
}

fn rows(lines: &str) -> Vec<Row> {
    let csv = format!("case,on,kind,withdrawn\n{lines}\n");
    read(Format::Csv, csv.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn delivery<'a>(key: &'a str, content: u8) -> Delivery<'a> {
    Delivery { office: OFFICE, key, digest: [content; 32], events: 2 }
}

async fn begun(offices: &Offices, key: &str, content: u8) -> Run {
    match offices.begin(delivery(key, content), now()).await.unwrap() {
        Begun::Ours(run) => run,
        other => panic!("{other:?}"),
    }
}

async fn told(offices: &Offices, office: &str, lines: &str) {
    let problems = offices.import(office, rows(lines), now()).await.unwrap();
    assert_eq!(problems.first, []);
}

async fn batch(offices: &Offices, run: &Run) -> Batch {
    offices.batch(OFFICE, &run.batch, now()).await.unwrap().expect("a batch")
}

/// Every case as days and kinds.
async fn all(offices: &Offices) -> Vec<Vec<String>> {
    let mut cases = Vec::new();
    let list = |event: &Event| format!("{} {}", event.on, event.kind.id());
    offices.each_case(|events| cases.push(events.iter().map(list).collect())).await.unwrap();
    cases.sort();
    cases
}

fn found(problems: &[LineProblem]) -> Vec<(u32, &str, Wrong)> {
    problems.iter().map(|it| (it.line, it.field.as_str(), it.problem)).collect()
}

async fn what_was_told_is_read_back_whole(database: Database) {
    let offices = offices(&database);
    let day = |day| Date::constant(2024, 1, day);
    let event = Event {
        on: day(2),
        kind: EventKind::Other,
        step: Some(Step::Damage),
        outcome: Some(Outcome::Refused),
        until: Some(day(30)),
        way: Some(Way::MijnHerstel),
        code: Some("Z, \"17\" 'x'|~".into()),
    };
    let bare = Event { step: None, outcome: None, until: None, way: None, code: None, ..event.clone() };
    let earlier = Event { on: day(1), ..bare.clone() };
    let events = [&event, &bare, &earlier];
    let rows = |case: &str| {
        let rows = (2..).zip(events).map(|(line, event)| Row {
            line,
            case: case.into(),
            event: event.clone(),
            withdrawn: false,
        });
        rows.collect::<Vec<_>>()
    };
    for case in ["V-1", "V-2"] {
        assert_eq!(offices.import(OFFICE, rows(case), now()).await.unwrap().count, 0);
    }
    let mut seen = Vec::new();
    offices.each_case(|events| seen.push(events.to_vec())).await.unwrap();
    let sorted = vec![earlier, bare, event];
    assert_eq!(seen, [sorted.clone(), sorted]);
}

async fn one_wrong_line_and_nothing_counts(database: Database) {
    let offices = offices(&database);
    told(&offices, OFFICE, "V-1,2024-02-01,objection_lodged,").await;
    let before = all(&offices).await;
    for (key, lines, expected) in [
        ("a", "V-9,2024-01-01,registered,\nV-1,2026-11-24,registered,", (3, "on", Wrong::InTheFuture)),
        ("b", "V-9,2024-01-01,registered,\nV-1,2003-12-31,registered,", (3, "on", Wrong::BeforeTheScheme)),
        (
            "c",
            "V-1,2024-01-31,objection_decided,\nV-9,2024-01-01,registered,",
            (2, "on", Wrong::EndBeforeStart),
        ),
        ("d", "V-9,2024-01-01,registered,\nV-1,2024-02-01,objection_lodged,", (3, "on", Wrong::KnownAlready)),
        ("e", "V-9,2024-01-01,registered,\nV-9,2024-01-01,registered,", (3, "on", Wrong::Twice)),
        ("f", "V-9,2024-01-01,registered,\nV-9,2024-01-02,registered,true", (3, "", Wrong::NotThere)),
    ] {
        let run = begun(&offices, key, 1).await;
        offices.run(&run, rows(lines), &clock()).await.unwrap();
        let refused = batch(&offices, &run).await;
        assert_eq!((refused.state, refused.problem_count), (State::Refused, 1), "{lines}");
        assert_eq!(found(&refused.problems), [expected], "{lines}");
        assert_eq!(all(&offices).await, before, "{lines}");
        // The simulator's way checks no less.
        assert_eq!(found(&offices.import(OFFICE, rows(lines), now()).await.unwrap().first), [expected]);
        assert_eq!(all(&offices).await, before, "{lines}");
    }
}

async fn the_same_key_is_one_delivery(database: Database) {
    let offices = offices(&database);
    let run = begun(&offices, "monday", 1).await;
    let again = || offices.begin(delivery("monday", 1), now());
    assert!(matches!(again().await.unwrap(), Begun::Before(batch) if batch.state == State::Running));
    assert_eq!(offices.begin(delivery("monday", 2), now()).await.unwrap(), Begun::OtherContent);
    offices.run(&run, rows("V-1,2024-01-01,registered,"), &clock()).await.unwrap();
    assert!(matches!(again().await.unwrap(), Begun::Before(batch) if batch.state == State::Done));
    assert_eq!(offices.begin(delivery("monday", 2), now()).await.unwrap(), Begun::OtherContent);
    begun(&offices, "tuesday", 1).await;
}

async fn of_two_processes_one_imports(database: Database) {
    let stores = [database.store.clone(), database.another().await];
    let tries = (0..8).map(|at| {
        let offices = Offices::new(stores[at % 2].clone());
        tokio::spawn(async move {
            match offices.begin(delivery("monday", 1), now()).await.unwrap() {
                Begun::Ours(run) => {
                    offices.run(&run, rows("V-1,2024-01-01,registered,"), &clock()).await.unwrap();
                    1
                }
                _ => 0,
            }
        })
    });
    let mut worked = 0;
    for tried in tries.collect::<Vec<_>>() {
        worked += tried.await.unwrap();
    }
    assert_eq!(worked, 1);
    assert_eq!(all(&offices(&database)).await, [["2024-01-01 registered"]]);
}

async fn deliveries_at_once_of_one_office_never_double(database: Database) {
    let stores = [database.store.clone(), database.another().await];
    let tries = (0..6).map(|at| {
        let offices = Offices::new(stores[at % 2].clone());
        tokio::spawn(async move {
            let run = begun(&offices, &format!("key {at}"), 1).await;
            offices
                .run(&run, rows("V-1,2024-01-01,registered,\nV-2,2024-01-02,registered,"), &clock())
                .await
                .unwrap();
            batch(&offices, &run).await.state
        })
    });
    let mut states = Vec::new();
    for tried in tries.collect::<Vec<_>>() {
        states.push(tried.await.unwrap());
    }
    assert_eq!(states.iter().filter(|state| **state == State::Done).count(), 1, "{states:?}");
    assert_eq!(states.iter().filter(|state| **state == State::Refused).count(), 5, "{states:?}");
    assert_eq!(all(&offices(&database)).await, [["2024-01-01 registered"], ["2024-01-02 registered"]]);
}

async fn another_office_has_other_cases_and_batches(database: Database) {
    let offices = offices(&database);
    told(&offices, OFFICE, "V-1,2024-01-01,registered,").await;
    told(&offices, "Bureau Anders", "V-1,2024-01-01,registered,").await;
    assert_eq!(all(&offices).await, [["2024-01-01 registered"], ["2024-01-01 registered"]]);
    let problems =
        offices.import("Bureau Derde", rows("V-1,2024-01-01,registered,true"), now()).await.unwrap();
    assert_eq!(found(&problems.first), [(2, "", Wrong::NotThere)]);
    let run = begun(&offices, "monday", 1).await;
    assert_eq!(offices.batch("Bureau Anders", &run.batch, now()).await.unwrap(), None);
    assert_eq!(offices.batch(OFFICE, "monday", now()).await.unwrap(), None);
    let theirs = Delivery { office: "Bureau Anders", ..delivery("monday", 2) };
    assert!(
        matches!(offices.begin(theirs, now()).await.unwrap(), Begun::Ours(_)),
        "keys are each office's own"
    );
}

async fn what_was_withdrawn_is_gone(database: Database) {
    let offices = offices(&database);
    told(&offices, OFFICE, "V-1,2024-01-01,registered,\nV-1,2024-02-01,objection_lodged,").await;
    told(&offices, OFFICE, "V-1,2024-02-01,objection_lodged,true\nV-1,2024-02-03,objection_lodged,").await;
    assert_eq!(all(&offices).await, [["2024-01-01 registered", "2024-02-03 objection_lodged"]]);
    let again = offices.import(OFFICE, rows("V-1,2024-02-01,objection_lodged,true"), now()).await.unwrap();
    assert_eq!(found(&again.first), [(2, "", Wrong::NotThere)]);
}

async fn a_batch_that_was_begun_before_the_clock_was_put_back_can_be_begun_again(database: Database) {
    let (offices, clock) = (offices(&database), clock());
    begun(&offices, "monday", 1).await;
    clock.move_by(-24 * 60 * 60);
    let again = offices.begin(delivery("monday", 1), clock.now()).await.unwrap();
    assert!(matches!(again, Begun::Ours(_)), "{again:?}");
}

async fn an_interrupted_batch_is_done_the_second_time(database: Database) {
    let (offices, clock) = (offices(&database), clock());
    let first = begun(&offices, "monday", 1).await;
    // The process that began is gone; after a minute that is plain.
    clock.move_by(61);
    let seen = offices.batch(OFFICE, &first.batch, clock.now()).await.unwrap().expect("a batch");
    assert_eq!(seen.state, State::Interrupted);
    let Begun::Ours(second) = offices.begin(delivery("monday", 1), clock.now()).await.unwrap() else {
        panic!("it can be begun again")
    };
    assert_eq!((&second.batch, second.number), (&first.batch, 2));
    offices.run(&second, rows("V-1,2024-01-01,registered,"), &clock).await.unwrap();
    assert_eq!(batch(&offices, &second).await.state, State::Done);
    assert_eq!(all(&offices).await, [["2024-01-01 registered"]]);
}

async fn who_was_overtaken_writes_nothing(database: Database) {
    let (offices, clock) = (offices(&database), clock());
    let slow = begun(&offices, "monday", 1).await;
    clock.move_by(61);
    let Begun::Ours(quick) = offices.begin(delivery("monday", 1), clock.now()).await.unwrap() else {
        panic!("it can be begun again")
    };
    offices.run(&slow, rows("V-1,2024-01-01,registered,"), &clock).await.unwrap();
    assert_eq!(all(&offices).await, Vec::<Vec<String>>::new());
    assert_eq!(batch(&offices, &quick).await.state, State::Running);
    offices.run(&quick, rows("V-1,2024-01-01,registered,"), &clock).await.unwrap();
    offices.run(&slow, rows("V-1,2026-12-01,registered,"), &clock).await.unwrap();
    assert_eq!(batch(&offices, &quick).await.state, State::Done);
    assert_eq!(all(&offices).await, [["2024-01-01 registered"]]);
}

/// Work that ends anywhere before its last moment, as in a crash: the future is dropped after ever more of its steps.
async fn a_cut_off_change_leaves_nothing(database: Database) {
    let offices = offices(&database);
    for steps in 0..200 {
        let run = begun(&offices, &format!("key {steps}"), 1).await;
        let mut left = steps;
        let clock = clock();
        let rows = rows("V-1,2024-01-01,registered,\nV-2,2024-01-02,registered,");
        // A process that is killed takes its connections along.
        let killed = Offices::new(database.another().await);
        let mut work = Box::pin(killed.run(&run, rows, &clock));
        let cut = std::future::poll_fn(|context| {
            if left == 0 {
                return std::task::Poll::Ready(false);
            }
            left -= 1;
            work.as_mut().poll(context).map(|worked| worked.is_ok())
        });
        let ended = cut.await;
        drop(work);
        drop(killed);
        // What it asked last may still be on its way to the database.
        tokio::time::sleep(Duration::from_millis(20)).await;
        let cases = all(&offices).await;
        let state = batch(&offices, &run).await.state;
        assert!(cases.is_empty() || cases.len() == 2, "after {steps} steps: {cases:?}");
        assert_eq!(state == State::Done, !cases.is_empty(), "after {steps} steps");
        if state == State::Done {
            return;
        }
        assert!(!ended, "it ended well, so it counts");
    }
    panic!("it never ended");
}

async fn progress_can_be_seen(database: Database) {
    let offices = offices(&database);
    let lines: Vec<String> = (0..2_500).map(|case| format!("V-{case},2024-01-01,registered,")).collect();
    let run = begun(&offices, "monday", 1).await;
    let work = {
        let (offices, run, rows) = (offices.clone(), run.clone(), rows(&lines.join("\n")));
        tokio::spawn(async move { offices.run(&run, rows, &clock()).await })
    };
    let mut seen = vec![0];
    loop {
        let batch = batch(&offices, &run).await;
        assert!(batch.ready >= seen[seen.len() - 1], "never back");
        seen.push(batch.ready);
        if batch.state == State::Done {
            assert_eq!(batch.ready, 2_500);
            break;
        }
    }
    work.await.unwrap().unwrap();
    assert_eq!(all(&offices).await.len(), 2_500);
}

async fn link(offices: &Offices, case: &str) -> Code {
    let links = offices.make_links(OFFICE, vec![case.to_owned()], now()).await.unwrap().expect("a code");
    links[0].code.clone()
}

/// Uses it up in a change of its own.
async fn use_up(store: &Store, code: &Code, on: Date) -> Option<i64> {
    let change = store.write().await.unwrap();
    let case = use_link(&change, code, on).await.unwrap();
    change.commit(now().at, &[]).await.unwrap();
    case
}

async fn a_link_code_is_used_once(database: Database) {
    let offices = offices(&database);
    told(&offices, OFFICE, "V-1,2024-01-01,registered,").await;
    let code = link(&offices, "V-1").await;
    assert_eq!(use_up(&database.store, &Code::random(), now().on).await, None);
    let tries = (0..8).map(|_| {
        let (store, code) = (database.store.clone(), code.clone());
        tokio::spawn(async move { use_up(&store, &code, now().on).await })
    });
    let mut used = Vec::new();
    for tried in tries.collect::<Vec<_>>() {
        used.extend(tried.await.unwrap());
    }
    assert_eq!(used.len(), 1);
    assert_eq!(offices.events(used[0]).await.unwrap().len(), 1);
    let late = link(&offices, "V-1").await;
    let last = now().on.plus_days(90).unwrap();
    assert_eq!(use_up(&database.store, &late, last.plus_days(1).unwrap()).await, None);
    assert_eq!(use_up(&database.store, &late, last).await, Some(used[0]));
}

async fn a_new_link_code_ends_the_one_before(database: Database) {
    let offices = offices(&database);
    told(&offices, OFFICE, "V-1,2024-01-01,registered,\nV-2,2024-01-01,registered,").await;
    let [lost, other, new] =
        [link(&offices, "V-1").await, link(&offices, "V-2").await, link(&offices, "V-1").await];
    assert_eq!(use_up(&database.store, &lost, now().on).await, None);
    assert!(use_up(&database.store, &other, now().on).await.is_some());
    assert!(use_up(&database.store, &new, now().on).await.is_some());
}

async fn a_link_code_needs_a_case_of_that_office(database: Database) {
    let offices = offices(&database);
    told(&offices, OFFICE, "V-1,2024-01-01,registered,").await;
    told(&offices, "Bureau Anders", "V-2,2024-01-01,registered,").await;
    let code = link(&offices, "V-1").await;
    let cases = ["V-1", "V-2", "V-1"].map(str::to_owned).to_vec();
    let problems = offices.make_links(OFFICE, cases, now()).await.unwrap().expect_err("refused");
    assert_eq!(found(&problems.first), [(2, "cases", Wrong::UnknownCase), (3, "cases", Wrong::Twice)]);
    assert!(offices.make_links(OFFICE, vec![], now()).await.unwrap().is_err());
    assert!(use_up(&database.store, &code, now().on).await.is_some(), "what was refused voids nothing");
}

async fn a_revoked_token_opens_nothing(database: Database) {
    let offices = offices(&database);
    let (token, secret) = offices.make_token(OFFICE, &[Scope::Links, Scope::Links], now()).await.unwrap();
    assert_eq!(secret.show().len(), 35);
    assert!(secret.show().starts_with("hr_"));
    let seen = offices.token(secret.show()).await.unwrap().expect("it opens");
    assert_eq!(seen, token);
    assert!(seen.allows(Scope::Links) && !seen.allows(Scope::Events));
    assert_eq!(offices.token(&secret.show()[1..]).await.unwrap(), None);
    assert!(offices.revoke_token(&token.id, now()).await.unwrap());
    assert!(!offices.revoke_token(&token.id, now()).await.unwrap());
    assert_eq!(offices.token(secret.show()).await.unwrap(), None);
    let listed = offices.tokens().await.unwrap();
    assert_eq!(
        listed.iter().map(|it| (it.id.as_str(), it.revoked_at)).collect::<Vec<_>>(),
        [(token.id.as_str(), Some(MORNING))]
    );
}

async fn what_is_old_is_forgotten_but_no_event(database: Database) {
    let (offices, clock) = (offices(&database), clock());
    let run = begun(&offices, "monday", 1).await;
    offices.run(&run, rows("V-1,2024-01-01,registered,"), &clock).await.unwrap();
    link(&offices, "V-1").await;
    clock.move_by(90 * 24 * 60 * 60);
    assert_eq!(offices.forget(clock.now()).await.unwrap(), 0, "their last day");
    clock.move_by(24 * 60 * 60);
    assert_eq!(offices.forget(clock.now()).await.unwrap(), 2);
    assert_eq!(offices.forget(clock.now()).await.unwrap(), 0, "twice does nothing more");
    assert_eq!(all(&offices).await, [["2024-01-01 registered"]]);
}
