//! The audit log: a line with every change, and a chain that shows what was done to it.

use sea_orm::ConnectionTrait;
use server::audit::{Act, Actor, Broken, Done, Entry, Head, Kind as Record};
use server::clock::Clock;
use server::office::{Offices, Scope};
use server::seal::Keys;
use server::store::Store;
use server::timeline::{self, Dossiers};

use crate::Database;

crate::contract!(
    every_change_has_its_line,
    what_didnt_happen_has_no_line,
    a_changed_row_is_found,
    a_removed_row_is_found,
    reordered_rows_are_found,
    a_row_that_was_put_in_is_found,
    a_log_that_ends_early_is_found_by_its_head,
    a_log_that_was_made_anew_is_found_by_its_head,
    writers_at_once_make_one_chain,
    more_lines_than_a_page_are_walked,
    what_was_done_with_a_record_can_be_told,
);

const AT: i64 = 1_795_420_800;
const FORM: &str = "0190b1a2c3d44e5f8a9b0c1d2e3f4a5b";

async fn log(store: &Store, subject: impl std::fmt::Display) {
    let entry = Entry::new(Actor::Staff("anna".into()), Act::RequestOpened, Record::Request.of(subject));
    store.write().await.unwrap().commit(AT, &[entry]).await.unwrap();
}

/// Five lines; gives the head.
async fn five(store: &Store) -> Head {
    for subject in 1..=5 {
        log(store, subject).await;
    }
    intact(store, None).await
}

async fn walked(store: &Store, expected: Option<Head>) -> Result<Head, Broken> {
    store.verify_audit(expected).await.unwrap()
}

async fn intact(store: &Store, expected: Option<Head>) -> Head {
    walked(store, expected).await.expect("all fit")
}

async fn sql(store: &Store, sql: &str) {
    assert!(store.db().execute_unprepared(sql).await.unwrap().rows_affected() > 0, "{sql}");
}

/// Kind of actor, its name, act and kind of subject, line by line.
async fn lines(store: &Store) -> Vec<String> {
    let all =
        "SELECT actor || ' ' || actor_id || ' ' || act || ' ' || subject AS line FROM audit ORDER BY seq";
    let rows =
        store.db().query_all_raw(sea_orm::Statement::from_string(store.db().get_database_backend(), all));
    rows.await.unwrap().iter().map(|row| row.try_get_by("line").unwrap()).collect()
}

async fn every_change_has_its_line(database: Database) {
    let store = &database.store;
    let (dossiers, offices) =
        (Dossiers::new(store.clone(), Keys::of_the_demo()), Offices::new(store.clone()));
    let clock = Clock::standing_at(AT);
    let letters =
        |day: &str| app::entries::Entries::from_pairs([("letters[0].on".to_owned(), day.to_owned())]);
    let csv = b"case,on,kind\nV-1,2024-01-01,registered\n";
    let rows = server::office::read(server::office::Format::Csv, csv).unwrap();
    offices.import("Bureau Voorbeeld", rows, clock.now()).await.unwrap();
    let links =
        offices.make_links("Bureau Voorbeeld", vec!["V-1".into()], clock.now()).await.unwrap().unwrap();
    let (token, _) = offices.make_token("Bureau Voorbeeld", &[Scope::Links], clock.now()).await.unwrap();
    offices.revoke_token(&token.id, clock.now()).await.unwrap();
    let code = dossiers.make(FORM, &letters("1-1-2023"), b"she", clock.now()).await.unwrap();
    clock.move_by(24 * 60 * 60);
    let opened = dossiers.open(code.clone(), clock.now()).await.unwrap().unwrap();
    dossiers.open(code, clock.now()).await.unwrap().unwrap();
    dossiers.save(&opened, 1, &letters("2-1-2023"), clock.now()).await.unwrap();
    for _twice in 0..2 {
        dossiers.link(&opened, &links[0].code, clock.now()).await.unwrap().expect("linked");
    }
    dossiers.unlink(&opened, clock.now()).await.unwrap();
    dossiers.delete(&opened, clock.now()).await.unwrap();
    dossiers.make(&FORM.replace('0', "f"), &letters("1-1-2023"), b"she", clock.now()).await.unwrap();
    clock.move_by(500 * 24 * 60 * 60);
    timeline::forget(store, clock.now()).await.unwrap();
    let expected = [
        "operator  batch.counted batch",
        "office Bureau Voorbeeld link.made case",
        "operator  token.made token",
        "operator  token.revoked token",
        "person  dossier.made dossier",
        // The first time on a day.
        "person  dossier.opened dossier",
        "person  dossier.saved dossier",
        "person  dossier.linked dossier",
        "person  dossier.unlinked dossier",
        "person  dossier.deleted dossier",
        "person  dossier.made dossier",
        "server  dossier.deleted dossier",
    ];
    assert_eq!(lines(store).await, expected);
    intact(store, None).await;
}

async fn what_didnt_happen_has_no_line(database: Database) {
    let store = &database.store;
    let offices = Offices::new(store.clone());
    let now = Clock::standing_at(AT).now();
    assert!(!offices.revoke_token("nothing", now).await.unwrap());
    assert_eq!(timeline::forget(store, now).await.unwrap(), 0);
    drop(store.write().await.unwrap());
    assert_eq!(intact(store, None).await, Head::default());
}

async fn a_changed_row_is_found(database: Database) {
    let store = &database.store;
    five(store).await;
    for (column, other, own) in [
        ("at", "1", &AT.to_string()),
        ("actor", "'person'", &"'staff'".to_owned()),
        ("actor_id", "'bert'", &"'anna'".to_owned()),
        ("act", "'request.closed'", &"'request.opened'".to_owned()),
        ("subject", "'dossier'", &"'request'".to_owned()),
        ("subject_id", "'4'", &"'3'".to_owned()),
    ] {
        sql(store, &format!("UPDATE audit SET {column} = {other} WHERE seq = 3")).await;
        assert_eq!(walked(store, None).await, Err(Broken::Changed(3)), "{column}");
        sql(store, &format!("UPDATE audit SET {column} = {own} WHERE seq = 3")).await;
        intact(store, None).await;
    }
    sql(store, "UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 2) WHERE seq = 3").await;
    assert_eq!(walked(store, None).await, Err(Broken::Changed(3)));
}

async fn a_removed_row_is_found(database: Database) {
    let store = &database.store;
    five(store).await;
    sql(store, "DELETE FROM audit WHERE seq = 3").await;
    assert_eq!(walked(store, None).await, Err(Broken::Missing(3)));
    // Moving the others up doesn't hide it.
    sql(store, "UPDATE audit SET seq = 3 WHERE seq = 4").await;
    sql(store, "UPDATE audit SET seq = 4 WHERE seq = 5").await;
    assert_eq!(walked(store, None).await, Err(Broken::Changed(3)));
    sql(store, "DELETE FROM audit WHERE seq = 1").await;
    assert_eq!(walked(store, None).await, Err(Broken::Missing(1)));
}

async fn reordered_rows_are_found(database: Database) {
    let store = &database.store;
    five(store).await;
    for (from, to) in [(2, 9), (3, 2), (9, 3)] {
        sql(store, &format!("UPDATE audit SET seq = {to} WHERE seq = {from}")).await;
    }
    assert_eq!(walked(store, None).await, Err(Broken::Changed(2)));
}

async fn a_row_that_was_put_in_is_found(database: Database) {
    let store = &database.store;
    five(store).await;
    let copy = "INSERT INTO audit (seq, at, actor, actor_id, act, subject, subject_id, hash) \
                SELECT {seq}, at, actor, actor_id, act, subject, subject_id, hash FROM audit WHERE seq = 5";
    for seq in [0, 6] {
        sql(store, &copy.replace("{seq}", &seq.to_string())).await;
        assert_eq!(walked(store, None).await, Err(Broken::Changed(seq)));
        sql(store, &format!("DELETE FROM audit WHERE seq = {seq}")).await;
    }
    intact(store, None).await;
}

async fn a_log_that_ends_early_is_found_by_its_head(database: Database) {
    let store = &database.store;
    let head = five(store).await;
    log(store, 6).await;
    assert_ne!(intact(store, Some(head)).await, head, "it grew, and holds what was written down");
    sql(store, "DELETE FROM audit WHERE seq > 3").await;
    assert_eq!(intact(store, None).await.seq, 3, "by itself it fits");
    assert_eq!(walked(store, Some(head)).await, Err(Broken::Missing(4)));
    sql(store, "DELETE FROM audit").await;
    assert_eq!(walked(store, Some(head)).await, Err(Broken::Missing(1)));
}

async fn a_log_that_was_made_anew_is_found_by_its_head(database: Database) {
    let store = &database.store;
    let head = five(store).await;
    sql(store, "DELETE FROM audit").await;
    for subject in [1, 2, 4, 5, 6] {
        log(store, subject).await;
    }
    intact(store, None).await;
    assert_eq!(walked(store, Some(head)).await, Err(Broken::Other(5)));
}

async fn writers_at_once_make_one_chain(database: Database) {
    const WRITERS: usize = 16;
    const EACH: usize = 8;
    let stores = [database.store.clone(), database.another().await];
    let writers = (0..WRITERS).map(|writer| {
        let store = stores[writer % 2].clone();
        tokio::spawn(async move {
            for number in 0..EACH {
                log(&store, format!("{writer} {number}")).await;
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(intact(&database.store, None).await.seq, (WRITERS * EACH) as i64);
}

async fn more_lines_than_a_page_are_walked(database: Database) {
    let store = &database.store;
    let entries: Vec<Entry> = (0..2_000)
        .map(|subject| Entry::new(Actor::Server, Act::RequestErased, Record::Request.of(subject)))
        .collect();
    for entries in [&entries[..1_500], &entries[1_500..]] {
        store.write().await.unwrap().commit(AT, entries).await.unwrap();
    }
    log(store, 2_001).await;
    let head = intact(store, None).await;
    assert_eq!(head.seq, 2_001);
    sql(store, "UPDATE audit SET subject_id = 'x' WHERE seq = 1999").await;
    assert_eq!(walked(store, Some(head)).await, Err(Broken::Changed(1_999)));
}

async fn what_was_done_with_a_record_can_be_told(database: Database) {
    let store = &database.store;
    let request = Record::Request.of("r1");
    let lines = [
        (Actor::Person, Act::RequestMade, request.clone()),
        (Actor::Staff("anna".into()), Act::RequestOpened, request.clone()),
        (Actor::Staff("anna".into()), Act::RequestOpened, Record::Request.of("r2")),
        (Actor::Staff("anna".into()), Act::StaffChanged, Record::Staff.of("r1")),
        (Actor::Office("O'Brien \\ \"é\"; --".into()), Act::RequestErased, request.clone()),
    ];
    for (at, (actor, act, subject)) in (AT..).zip(lines) {
        store.write().await.unwrap().commit(at, &[Entry::new(actor, act, subject)]).await.unwrap();
    }
    let told = store.audit_of(&request).await.unwrap();
    intact(store, None).await;
    let (anna, odd) = (Actor::Staff("anna".into()), Actor::Office("O'Brien \\ \"é\"; --".into()));
    let expected = [
        (AT, Actor::Person, Act::RequestMade),
        (AT + 1, anna, Act::RequestOpened),
        (AT + 4, odd, Act::RequestErased),
    ];
    assert_eq!(told, expected.map(|(at, actor, act)| Done { at, actor, act }));
}
