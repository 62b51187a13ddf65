//! Another key: everything comes under it, and the older one can go.

use std::sync::{Arc, Mutex};

use app::entries::Entries;
use app::shell::{Assets, Helpline, Site};
use server::audit::{Act, Actor, Entry, Kind as Record};
use server::clock::{Clock, Now};
use server::mail::{self, Address, Kind, Postman, Sender, Transport};
use server::rotation::rotate;
use server::seal::Keys;
use server::store::{Resealed, Store};
use server::timeline::{DossierError, Dossiers, Saved};

use crate::Database;

crate::contract!(
    after_it_the_older_key_can_go,
    twice_does_nothing_more,
    more_records_than_a_page_are_renewed,
    what_no_key_opens_is_counted_and_left,
    servers_go_on_meanwhile,
    a_form_sent_again_under_a_newer_key_makes_one_dossier,
);

const AT: i64 = 1_795_420_800;
const OLD: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const NEW: &str = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const FORM: &str = "0190b1a2c3d44e5f8a9b0c1d2e3f4a5b";

fn keys(written: &[&str]) -> Keys {
    Keys::read(&written.join(",")).unwrap()
}

fn now() -> Now {
    Clock::standing_at(AT).now()
}

fn letters(day: u32) -> Entries {
    let pairs = [("letters[0].kind", "registered".to_owned()), ("letters[0].on", format!("{day}-1-2023"))];
    Entries::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)))
}

async fn put(store: &Store, keys: &Keys, mails: usize) {
    let change = store.write().await.unwrap();
    for number in 0..mails {
        let to = Address::parse(&format!("nr{number}@gezin.example")).unwrap();
        mail::put(&change, keys, &to, Kind::News, AT).await.unwrap();
    }
    let entry = Entry::new(Actor::Server, Act::RequestChanged, Record::Request.of(1));
    change.commit(AT, &[entry]).await.unwrap();
}

/// How many mails a server with these keys brings.
async fn brought(store: &Store, keys: Keys) -> usize {
    let site = Site {
        operator: "Stichting Voorbeeld".into(),
        helpline: Helpline { phone: "030-1234567".into(), hours: None },
        demo: false,
        assets: Assets::default(),
    };
    let sender = Sender::new("post@voorbeeld.example", None, &site).unwrap();
    let transport = Transport::Memory(Arc::new(Mutex::default()));
    let postman = Postman { store: store.clone(), keys, sender, transport };
    postman.deliver(&Clock::standing_at(AT)).await.unwrap().sent
}

/// How many versions of dossiers and recipients of mails were renewed, and how many couldn't be opened.
async fn rotated(store: &Store, keys: &Keys) -> [(usize, usize); 2] {
    let done = rotate(store, keys, AT).await.unwrap();
    let of = |table: &str| done.iter().find(|(known, _)| *known == table).expect("it is rotated").1;
    [of("dossier_version"), of("outbox")].map(|Resealed { renewed, unopened }| (renewed, unopened))
}

async fn after_it_the_older_key_can_go(database: Database) {
    let store = &database.store;
    let old = Dossiers::new(store.clone(), keys(&[OLD]));
    let code = old.make(FORM, &letters(1), b"she", now()).await.unwrap();
    let opened = old.open(code.clone(), now()).await.unwrap().unwrap();
    old.save(&opened, 1, &letters(2), now()).await.unwrap();
    put(store, &keys(&[OLD]), 2).await;
    let new = Dossiers::new(store.clone(), keys(&[NEW]));
    assert!(matches!(new.open(code.clone(), now()).await, Err(DossierError::Unopened(_))));

    assert_eq!(rotated(store, &keys(&[NEW, OLD])).await, [(2, 0), (2, 0)]);
    let opened = new.open(code.clone(), now()).await.unwrap().unwrap();
    assert_eq!((&opened.letters, opened.version), (&letters(2), 2));
    assert_eq!(new.version(&opened, 1).await.unwrap(), Some(letters(1)));
    assert!(old.open(code, now()).await.is_err(), "it isn't under the older one any more");
    assert_eq!(brought(store, keys(&[NEW])).await, 2);
    // Made, saved, put; and a line for each table.
    assert_eq!(store.verify_audit(None).await.unwrap().unwrap().seq, 5);
}

async fn twice_does_nothing_more(database: Database) {
    let store = &database.store;
    put(store, &keys(&[OLD]), 3).await;
    assert_eq!(rotated(store, &keys(&[NEW, OLD])).await, [(0, 0), (3, 0)]);
    let head = store.verify_audit(None).await.unwrap().unwrap();
    assert_eq!(rotated(store, &keys(&[NEW, OLD])).await, [(0, 0), (0, 0)]);
    assert_eq!(rotated(store, &keys(&[NEW])).await, [(0, 0), (0, 0)]);
    assert_eq!(store.verify_audit(None).await.unwrap().unwrap(), head);
    // What was sent has no recipient any more.
    brought(store, keys(&[NEW])).await;
    assert_eq!(rotated(store, &keys(&[OLD, NEW])).await, [(0, 0), (0, 0)]);
}

async fn more_records_than_a_page_are_renewed(database: Database) {
    let store = &database.store;
    put(store, &keys(&[OLD]), 1_100).await;
    assert_eq!(rotated(store, &keys(&[NEW, OLD])).await, [(0, 0), (1_100, 0)]);
    assert_eq!(rotated(store, &keys(&[NEW])).await, [(0, 0), (0, 0)]);
}

async fn what_no_key_opens_is_counted_and_left(database: Database) {
    let store = &database.store;
    let gone = NEW.replace('f', "e");
    put(store, &keys(&[&gone]), 3).await;
    put(store, &keys(&[OLD]), 2).await;
    assert_eq!(rotated(store, &keys(&[NEW, OLD])).await, [(0, 0), (2, 3)]);
    assert_eq!(rotated(store, &keys(&[NEW, OLD, &gone])).await, [(0, 0), (3, 0)]);
    assert_eq!(brought(store, keys(&[NEW])).await, 5);
}

async fn servers_go_on_meanwhile(database: Database) {
    const VERSIONS: i64 = 40;
    let store = &database.store;
    let old = Dossiers::new(store.clone(), keys(&[OLD]));
    let code = old.make(FORM, &letters(1), b"she", now()).await.unwrap();
    let opened = old.open(code.clone(), now()).await.unwrap().unwrap();
    for version in 1..VERSIONS {
        let opened = old.open(opened.code(), now()).await.unwrap().unwrap();
        assert_eq!(
            old.save(&opened, version, &letters(version as u32 % 28 + 2), now()).await.unwrap(),
            Saved::Kept
        );
    }
    let both = Dossiers::new(database.another().await, keys(&[NEW, OLD]));
    let saving = tokio::spawn({
        let code = code.clone();
        async move {
            for version in VERSIONS..2 * VERSIONS {
                let opened = both.open(code.clone(), now()).await.unwrap().unwrap();
                let saved =
                    both.save(&opened, version, &letters(version as u32 % 28 + 2), now()).await.unwrap();
                assert_eq!(saved, Saved::Kept);
            }
        }
    });
    assert_eq!(rotated(store, &keys(&[NEW, OLD])).await[0], (VERSIONS as usize, 0));
    saving.await.unwrap();
    let new = Dossiers::new(store.clone(), keys(&[NEW]));
    let opened = new.open(code, now()).await.unwrap().unwrap();
    assert_eq!(opened.version, 2 * VERSIONS);
    for version in 1..=opened.version {
        assert!(new.version(&opened, version).await.unwrap().is_some(), "{version}");
    }
}

async fn a_form_sent_again_under_a_newer_key_makes_one_dossier(database: Database) {
    let store = &database.store;
    let old = Dossiers::new(store.clone(), keys(&[OLD]));
    let both = Dossiers::new(store.clone(), keys(&[NEW, OLD]));
    let code = old.make(FORM, &letters(1), b"she", now()).await.unwrap();
    assert_eq!(both.make(FORM, &letters(1), b"she", now()).await.unwrap(), code);
    rotated(store, &keys(&[NEW, OLD])).await;
    assert_eq!(both.make(FORM, &letters(1), b"she", now()).await.unwrap(), code);
    let other = both.make(&FORM.replace('0', "f"), &letters(1), b"she", now()).await.unwrap();
    assert_ne!(other, code);
    let new = Dossiers::new(store.clone(), keys(&[NEW]));
    assert_eq!(new.make(&FORM.replace('0', "f"), &letters(1), b"she", now()).await.unwrap(), other);
}
