//! The outbox: a mail goes with its change, once where that can be, and tells nothing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::shell::{Assets, Helpline, Site};
use sea_orm::{ConnectionTrait, Statement};
use secrecy::SecretString;
use server::audit::{Act, Actor, Entry, Kind as Record};
use server::clock::Clock;
use server::mail::{self, Address, Delivered, Kind, Postman, Sender, Transport};
use server::seal::Keys;
use server::store::Store;

use crate::Database;
use crate::smtp::MailServer;

crate::contract!(
    a_mail_goes_with_its_change_or_not_at_all,
    the_outbox_tells_nothing_and_forgets_who_it_was,
    two_postmen_share_an_outbox_without_doubles,
    what_a_postman_left_is_brought_when_its_lease_ends,
    a_mail_that_was_put_there_before_the_clock_was_put_back_goes,
    a_mail_server_that_is_away_is_tried_again,
    a_mail_that_is_refused_for_now_goes_later,
    a_mail_that_is_refused_for_good_isnt_tried_again,
    who_isnt_let_in_keeps_the_mail,
    in_the_end_it_gives_up,
    after_thirty_days_nothing_stands_there,
    in_a_folder_each_mail_is_one_file,
);

const MORNING: i64 = 1_795_420_800;
const MARK: &str = "merkteken5150@gezin.example";

pub type Sent = Arc<Mutex<Vec<String>>>;

fn clock() -> Clock {
    Clock::standing_at(MORNING)
}

async fn put(store: &Store, to: &str) {
    let change = store.write().await.unwrap();
    let to = Address::parse(to).expect("an address");
    mail::put(&change, &Keys::of_the_demo(), &to, Kind::News, MORNING).await.unwrap();
    change.commit(MORNING, &[entry()]).await.unwrap();
}

fn entry() -> Entry {
    Entry::new(Actor::Server, Act::RequestChanged, Record::Request.of(1))
}

fn postman(store: &Store, transport: Transport) -> Postman {
    let site = Site {
        operator: "Stichting Voorbeeld".into(),
        helpline: Helpline { phone: "030-1234567".into(), hours: None },
        demo: false,
        assets: Assets::default(),
    };
    let sender = Sender::new("post@voorbeeld.example", Some("https://herstel.example"), &site).unwrap();
    Postman { store: store.clone(), keys: Keys::of_the_demo(), sender, transport }
}

pub fn in_memory(store: &Store) -> (Postman, Sent) {
    let sent = Sent::default();
    (postman(store, Transport::Memory(sent.clone())), sent)
}

fn by(store: &Store, server: &MailServer) -> Postman {
    postman(store, Transport::smtp(&SecretString::from(server.url.clone())).unwrap())
}

fn sent(sent: usize) -> Delivered {
    Delivered { sent, ..Delivered::default() }
}

fn later(later: usize) -> Delivered {
    Delivered { later, ..Delivered::default() }
}

fn failed(failed: usize) -> Delivered {
    Delivered { failed, ..Delivered::default() }
}

/// How many rows are so.
async fn count(store: &Store, so: &str) -> i64 {
    let count = format!("SELECT count(*) AS n FROM outbox WHERE {so}");
    let count = Statement::from_string(store.db().get_database_backend(), count);
    store.db().query_one_raw(count).await.unwrap().unwrap().try_get_by("n").unwrap()
}

async fn a_mail_goes_with_its_change_or_not_at_all(database: Database) {
    let (postman, mails) = in_memory(&database.store);
    let change = database.store.write().await.unwrap();
    let to = Address::parse(MARK).unwrap();
    mail::put(&change, &Keys::of_the_demo(), &to, Kind::News, MORNING).await.unwrap();
    drop(change);
    assert_eq!(postman.deliver(&clock()).await.unwrap(), sent(0));
    put(&database.store, MARK).await;
    assert_eq!(postman.deliver(&clock()).await.unwrap(), sent(1));
    assert_eq!(postman.deliver(&clock()).await.unwrap(), sent(0));
    let mails = mails.lock().unwrap();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(&format!("To: {MARK}")) && mails[0].contains("https://herstel.example/"));
}

async fn the_outbox_tells_nothing_and_forgets_who_it_was(database: Database) {
    let store = &database.store;
    put(store, MARK).await;
    let recipient = Statement::from_string(store.db().get_database_backend(), "SELECT * FROM outbox");
    let row = store.db().query_one_raw(recipient).await.unwrap().unwrap();
    let sealed: Vec<u8> = row.try_get_by("recipient").unwrap();
    assert!(!sealed.windows(5).any(|bytes| MARK.as_bytes().windows(5).any(|mark| mark == bytes)));
    in_memory(store).0.deliver(&clock()).await.unwrap();
    assert_eq!(count(store, "recipient IS NULL AND sent_at IS NOT NULL").await, 1);
}

async fn two_postmen_share_an_outbox_without_doubles(database: Database) {
    const MAILS: usize = 60;
    for number in 0..MAILS {
        put(&database.store, &format!("nr{number}@gezin.example")).await;
    }
    let mails = Sent::default();
    let stores = [database.store.clone(), database.another().await];
    let work = (0..4).map(|at| {
        let postman = postman(&stores[at % 2], Transport::Memory(mails.clone()));
        tokio::spawn(async move { postman.deliver(&clock()).await.unwrap().sent })
    });
    let mut sent = 0;
    for work in work.collect::<Vec<_>>() {
        sent += work.await.unwrap();
    }
    // Who found nothing left may have gone before the last was taken.
    sent += in_memory(&database.store).0.deliver(&clock()).await.unwrap().sent;
    assert_eq!(sent, MAILS);
    let mails = mails.lock().unwrap();
    let to = |mail: &String| mail.lines().find(|line| line.starts_with("To: ")).map(str::to_owned);
    assert_eq!(mails.iter().map(to).collect::<BTreeSet<_>>().len(), mails.len(), "nobody twice");
}

async fn what_a_postman_left_is_brought_when_its_lease_ends(database: Database) {
    let (store, clock) = (&database.store, clock());
    put(store, MARK).await;
    let silent = MailServer::silent().await;
    let killed = by(store, &silent);
    let cut = tokio::time::timeout(Duration::from_millis(500), killed.deliver(&clock)).await;
    assert!(cut.is_err(), "it was still at it");
    let (postman, mails) = in_memory(store);
    assert_eq!(postman.deliver(&clock).await.unwrap(), sent(0), "taken by the other");
    clock.move_by(5 * 60);
    assert_eq!(postman.deliver(&clock).await.unwrap(), sent(1));
    assert_eq!(mails.lock().unwrap().len(), 1);
}

async fn a_mail_that_was_put_there_before_the_clock_was_put_back_goes(database: Database) {
    let (postman, clock) = (in_memory(&database.store).0, clock());
    put(&database.store, MARK).await;
    clock.move_by(-24 * 60 * 60);
    assert_eq!(postman.deliver(&clock).await.unwrap(), sent(1));
}

async fn a_mail_server_that_is_away_is_tried_again(database: Database) {
    let (store, clock) = (&database.store, clock());
    put(store, MARK).await;
    // Nobody listens there.
    let away = Transport::smtp(&SecretString::from("smtp://127.0.0.1:1")).unwrap();
    let away = postman(store, away);
    assert_eq!(away.deliver(&clock).await.unwrap(), later(1));
    assert_eq!(away.deliver(&clock).await.unwrap(), later(0), "not at once");
    clock.move_by(60);
    assert_eq!(away.deliver(&clock).await.unwrap(), later(1));
    clock.move_by(60);
    assert_eq!(away.deliver(&clock).await.unwrap(), later(0), "the second pause is longer");
    clock.move_by(180);
    let server = MailServer::saying(&[]).await;
    assert_eq!(by(store, &server).deliver(&clock).await.unwrap(), sent(1));
    let took = server.took();
    assert_eq!(took.len(), 1);
    assert!(took[0].contains("Subject: Er is nieuws over uw aanvraag\n"), "{}", took[0]);
}

async fn a_mail_that_is_refused_for_now_goes_later(database: Database) {
    let (store, clock) = (&database.store, clock());
    put(store, MARK).await;
    let server = MailServer::saying(&["450 later, merkteken5150"]).await;
    let postman = by(store, &server);
    assert_eq!(postman.deliver(&clock).await.unwrap(), later(1));
    clock.move_by(60);
    assert_eq!(postman.deliver(&clock).await.unwrap(), sent(1));
    assert_eq!(server.took().len(), 1);
}

async fn a_mail_that_is_refused_for_good_isnt_tried_again(database: Database) {
    let (store, clock) = (&database.store, clock());
    put(store, MARK).await;
    put(store, "ander@gezin.example").await;
    let server = MailServer::saying(&["550 nobody here"]).await;
    let postman = by(store, &server);
    assert_eq!(postman.deliver(&clock).await.unwrap(), Delivered { sent: 1, failed: 1, later: 0 });
    clock.move_by(24 * 60 * 60);
    assert_eq!(postman.deliver(&clock).await.unwrap(), sent(0));
    assert_eq!(count(store, "recipient IS NULL AND failed_at IS NOT NULL").await, 1);
}

async fn who_isnt_let_in_keeps_the_mail(database: Database) {
    let (store, clock) = (&database.store, clock());
    put(store, MARK).await;
    let server = MailServer::saying(&["530 who are you"]).await;
    assert_eq!(by(store, &server).deliver(&clock).await.unwrap(), later(1));
}

async fn in_the_end_it_gives_up(database: Database) {
    let (store, clock) = (&database.store, clock());
    put(store, MARK).await;
    let server = MailServer::saying(&["451 full"; 20]).await;
    let postman = by(store, &server);
    for _ in 1..10 {
        assert_eq!(postman.deliver(&clock).await.unwrap(), later(1));
        clock.move_by(6 * 60 * 60);
    }
    assert_eq!(postman.deliver(&clock).await.unwrap(), failed(1));
    assert_eq!(count(store, "recipient IS NULL AND failed_at IS NOT NULL").await, 1);
}

async fn after_thirty_days_nothing_stands_there(database: Database) {
    let store = &database.store;
    put(store, MARK).await;
    put(store, MARK).await;
    in_memory(store).0.deliver(&clock()).await.unwrap();
    put(store, MARK).await;
    assert_eq!(mail::forget(store, MORNING + 30 * 24 * 60 * 60).await.unwrap(), 0, "the last moment");
    assert_eq!(mail::forget(store, MORNING + 30 * 24 * 60 * 60 + 1).await.unwrap(), 3, "sent or not");
}

async fn in_a_folder_each_mail_is_one_file(database: Database) {
    let store = &database.store;
    put(store, MARK).await;
    let folder = tempfile::tempdir().unwrap();
    let postman = postman(store, Transport::Folder(folder.path().join("mail")));
    assert_eq!(postman.deliver(&clock()).await.unwrap(), sent(1));
    let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().flatten().collect();
    assert_eq!(files.len(), 1);
    assert!(std::fs::read_to_string(files[0].path()).unwrap().contains(MARK));
    assert!(!files[0].path().display().to_string().contains(MARK), "not in a name");
}
