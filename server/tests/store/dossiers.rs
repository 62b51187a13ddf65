//! Dossiers: made once, opened with their code alone, every change kept, gone when deleted or left.

use app::entries::Entries;
use domain::Date;
use server::clock::Now;
use server::code::Code;
use server::seal::Keys;
use server::timeline::{self, Dossiers, Opened, Saved};

use crate::Database;

crate::contract!(
    a_dossier_opens_with_its_code_alone,
    the_same_form_makes_one_dossier,
    every_change_is_a_version,
    a_stale_change_changes_nothing,
    of_changes_at_once_one_is_kept,
    deleted_is_deleted_at_once,
    what_nobody_opened_for_twelve_months_goes,
    opening_it_begins_the_year_again,
    the_database_tells_nothing,
    two_processes_share_it,
);

const FORM: &str = "0190b1a2c3d44e5f8a9b0c1d2e3f4a5b";

fn dossiers(database: &Database) -> Dossiers {
    Dossiers::new(database.store.clone(), Keys::of_the_demo())
}

fn now() -> Now {
    on(2026, 11, 23)
}

fn on(year: i16, month: i8, day: i8) -> Now {
    Now { at: 1_795_420_800, on: Date::constant(year, month, day) }
}

fn letters(day: &str) -> Entries {
    let pairs = [("letters[0].kind", "registered"), ("letters[0].on", day), ("rows.letters", "1")];
    Entries::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))
}

async fn made(dossiers: &Dossiers, day: &str) -> Opened {
    let form = uuid::Uuid::new_v4().simple().to_string();
    let code = dossiers.make(&form, &letters(day), b"she", now()).await.unwrap();
    open(dossiers, code).await.expect("it was just made")
}

async fn open(dossiers: &Dossiers, code: Code) -> Option<Opened> {
    dossiers.open(code, now()).await.unwrap()
}

async fn a_dossier_opens_with_its_code_alone(database: Database) {
    let dossiers = dossiers(&database);
    let code = dossiers.make(FORM, &letters("16-1-2023"), b"she", now()).await.unwrap();
    let opened = open(&dossiers, code.clone()).await.expect("the right code");
    assert_eq!((opened.version, opened.letters, opened.case_id), (1, letters("16-1-2023"), None));
    assert_eq!(opened.ends_on, Date::constant(2027, 11, 23));
    assert!(open(&dossiers, Code::random()).await.is_none());
    let mut almost = code.signs().to_owned();
    almost.replace_range(19.., if almost.ends_with('0') { "1" } else { "0" });
    assert!(open(&dossiers, Code::read(&almost).unwrap()).await.is_none());
}

async fn the_same_form_makes_one_dossier(database: Database) {
    let dossiers = dossiers(&database);
    let first = dossiers.make(FORM, &letters("16-1-2023"), b"she", now()).await.unwrap();
    let again = dossiers.make(FORM, &letters("17-1-2023"), b"she", now()).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(open(&dossiers, first.clone()).await.unwrap().letters, letters("16-1-2023"));
    let other = dossiers.make(&FORM.replace('0', "f"), &letters("16-1-2023"), b"she", now()).await.unwrap();
    assert_ne!(first, other);
}

async fn every_change_is_a_version(database: Database) {
    let dossiers = dossiers(&database);
    let mut opened = made(&dossiers, "1-1-2023").await;
    for (version, day) in [(2, "2-1-2023"), (3, "3-1-2023")] {
        assert_eq!(dossiers.save(&opened, version - 1, &letters(day), now()).await.unwrap(), Saved::Kept);
        opened = open(&dossiers, opened.code()).await.unwrap();
        assert_eq!(opened.version, version);
    }
    let versions = dossiers.versions(&opened).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [3, 2, 1]);
    for (version, day) in [(1, "1-1-2023"), (2, "2-1-2023"), (3, "3-1-2023")] {
        assert_eq!(dossiers.version(&opened, version).await.unwrap(), Some(letters(day)));
    }
    assert_eq!(dossiers.version(&opened, 4).await.unwrap(), None);
    // Sent twice, it stands there already.
    assert_eq!(dossiers.save(&opened, 2, &letters("3-1-2023"), now()).await.unwrap(), Saved::Kept);
    assert_eq!(open(&dossiers, opened.code()).await.unwrap().version, 3);
}

async fn a_stale_change_changes_nothing(database: Database) {
    let dossiers = dossiers(&database);
    let here = made(&dossiers, "1-1-2023").await;
    let there = open(&dossiers, here.code()).await.unwrap();
    assert_eq!(dossiers.save(&here, 1, &letters("2-1-2023"), now()).await.unwrap(), Saved::Kept);
    // Both what was opened before, and what is opened again, know that version 1 isn't the newest.
    assert_eq!(dossiers.save(&there, 1, &letters("3-1-2023"), now()).await.unwrap(), Saved::Stale);
    let there = open(&dossiers, here.code()).await.unwrap();
    assert_eq!(dossiers.save(&there, 1, &letters("3-1-2023"), now()).await.unwrap(), Saved::Stale);
    assert_eq!(open(&dossiers, here.code()).await.unwrap().letters, letters("2-1-2023"));
}

async fn of_changes_at_once_one_is_kept(database: Database) {
    let dossiers = dossiers(&database);
    let opened = made(&dossiers, "1-1-2023").await;
    let changes = (2..10).map(|day| {
        let (dossiers, opened) = (dossiers.clone(), opened.clone());
        tokio::spawn(async move {
            dossiers.save(&opened, 1, &letters(&format!("{day}-1-2023")), now()).await.unwrap()
        })
    });
    let mut kept = 0;
    for change in changes.collect::<Vec<_>>() {
        kept += usize::from(change.await.unwrap() == Saved::Kept);
    }
    assert_eq!(kept, 1);
    assert_eq!(open(&dossiers, opened.code()).await.unwrap().version, 2);
}

async fn deleted_is_deleted_at_once(database: Database) {
    let dossiers = dossiers(&database);
    let opened = made(&dossiers, "1-1-2023").await;
    dossiers.save(&opened, 1, &letters("2-1-2023"), now()).await.unwrap();
    let newest = open(&dossiers, opened.code()).await.unwrap();
    dossiers.delete(&newest, now()).await.unwrap();
    assert!(open(&dossiers, opened.code()).await.is_none());
    assert!(dossiers.versions(&newest).await.unwrap().is_empty(), "its versions too");
    assert_eq!(dossiers.version(&newest, 1).await.unwrap(), None);
    assert_eq!(dossiers.save(&newest, 2, &letters("3-1-2023"), now()).await.unwrap(), Saved::Gone);
    dossiers.delete(&newest, now()).await.unwrap();
}

async fn what_nobody_opened_for_twelve_months_goes(database: Database) {
    let dossiers = dossiers(&database);
    let opened = made(&dossiers, "1-1-2023").await;
    assert_eq!(timeline::forget(&database.store, on(2027, 11, 23)).await.unwrap(), 0, "its last day");
    assert!(
        dossiers.open(opened.code(), on(2027, 11, 24)).await.unwrap().is_none(),
        "before it is purged too"
    );
    assert_eq!(timeline::forget(&database.store, on(2027, 11, 24)).await.unwrap(), 1);
    assert_eq!(
        timeline::forget(&database.store, on(2027, 11, 24)).await.unwrap(),
        0,
        "twice does nothing more"
    );
    assert!(open(&dossiers, opened.code()).await.is_none());
    assert!(dossiers.versions(&opened).await.unwrap().is_empty());
}

async fn opening_it_begins_the_year_again(database: Database) {
    let dossiers = dossiers(&database);
    let opened = made(&dossiers, "1-1-2023").await;
    let later = dossiers.open(opened.code(), on(2027, 11, 23)).await.unwrap().expect("its last day");
    assert_eq!(later.ends_on, Date::constant(2028, 11, 23));
    assert_eq!(timeline::forget(&database.store, on(2027, 11, 24)).await.unwrap(), 0);
}

async fn the_database_tells_nothing(database: Database) {
    let dossiers = dossiers(&database);
    let marker = "31-1-2023";
    let opened = made(&dossiers, marker).await;
    let other_key = Keys::read(&"ab".repeat(32)).unwrap();
    let stolen = Dossiers::new(database.store.clone(), other_key);
    assert!(stolen.open(opened.code(), now()).await.is_err(), "another key doesn't open it");
    if let Some(path) = database.url.strip_prefix("sqlite:") {
        database.store.clone().close().await;
        let bytes = std::fs::read(path).unwrap();
        for secret in [marker, "registered", opened.code().signs()] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} stands in the file");
        }
    }
}

async fn two_processes_share_it(database: Database) {
    let here = dossiers(&database);
    let there = Dossiers::new(database.another().await, Keys::of_the_demo());
    let opened = made(&here, "1-1-2023").await;
    let seen = open(&there, opened.code()).await.expect("made by the other");
    assert_eq!(there.save(&seen, 1, &letters("2-1-2023"), now()).await.unwrap(), Saved::Kept);
    assert_eq!(here.save(&opened, 1, &letters("3-1-2023"), now()).await.unwrap(), Saved::Stale);
    let ticket = here.ticket(&opened.code(), now()).unwrap();
    assert_eq!(there.code_in(&ticket, now()), Some(opened.code()));
    let two_hours_later = Now { at: now().at + 2 * 60 * 60 + 1, ..now() };
    assert_eq!(there.code_in(&ticket, two_hours_later), None);
    assert_eq!(there.code_in(&ticket[1..], now()), None);
}
