//! A mail that can't go is told to nobody but the operator, without whom it is for.

use server::audit::{Act, Actor, Entry, Kind as Record};
use server::mail::{self, Address, Kind, Postman, Sender, Transport};

use crate::app::{MORNING, TestApp};
use crate::log;

#[tokio::test]
async fn who_it_is_for_never_reaches_the_log() {
    const MARK: &str = "merkteken6160";
    let app = TestApp::new().await;
    let services = &app.services;
    let change = services.store.write().await.expect("a change");
    let to = Address::parse(&format!("{MARK}@gezin.example")).expect("an address");
    mail::put(&change, &services.keys, &to, Kind::News, MORNING).await.expect("kept");
    let entry = Entry::new(Actor::Server, Act::RequestChanged, Record::Request.of(1));
    change.commit(MORNING, &[entry]).await.expect("kept");
    let file = tempfile::NamedTempFile::new().expect("a file");
    let postman = Postman {
        store: services.store.clone(),
        keys: services.keys.clone(),
        sender: Sender::new("post@voorbeeld.example", None, &app.site).expect("a sender"),
        // No folder can be made there.
        transport: Transport::Folder(file.path().join("mail")),
    };
    let mut failed = 0;
    for _ in 0..10 {
        failed += postman.deliver(&services.clock).await.expect("an answer").failed;
        services.clock.move_by(6 * 60 * 60);
    }
    assert_eq!(failed, 1);
    let log = log::written();
    assert!(log.contains("a mail can't be sent"), "the operator is told");
    assert!(!log.contains(MARK));
}
