//! What the server has of a meeting: as little as it can, and nothing afterwards.

use std::fs;

use data_encoding::HEXLOWER;
use server::clock::Clock;
use server::figures::Figures;

use super::table::Table;
use crate::app::{MORNING, TestApp};
use crate::log;

const FRAME: &[u8] = b"merkteken7713: what only browsers can read";

#[tokio::test]
async fn the_database_holds_neither_names_nor_tickets_and_nothing_afterwards() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kept.db");
    let url = format!("sqlite:{}", path.display());
    let app =
        TestApp::configured(&url, folder, Figures::default(), Clock::standing_at(MORNING), |_| {}).await;
    let table = Table::of(app).await;
    let (parent, helper) = (table.begin(0xa7).await, table.join(0xa7).await);
    let (mut one, mut other) = (table.sit(&parent).await, table.sit(&helper).await);
    one.notice().await;
    other.notice().await;
    one.frame(FRAME).await;
    assert_eq!(other.received().await, FRAME);
    assert_eq!(table.rows().await, [1, 0]);

    let mut bytes = fs::read(&path).expect("a database");
    bytes.extend(fs::read(path.with_extension("db-wal")).expect("its log"));
    let holds = |secret: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    assert!(holds(b"meeting_frame"), "it is the right file");
    let name = [0xa7; 32];
    for secret in [&name, HEXLOWER.encode(&name).as_bytes(), parent.as_bytes(), helper.as_bytes(), FRAME] {
        assert!(!holds(secret), "{}", String::from_utf8_lossy(secret));
    }
    for ticket in [&parent, &helper] {
        assert!(!holds(&HEXLOWER.decode(ticket.as_bytes()).expect("hex")));
    }
    table.stop(&parent).await;
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn the_log_holds_none_of_it() {
    let table = Table::new().await;
    let (parent, helper) = (table.begin(0xb9).await, table.join(0xb9).await);
    let (mut one, mut other) = (table.sit(&parent).await, table.sit(&helper).await);
    one.notice().await;
    other.notice().await;
    one.frame(FRAME).await;
    assert_eq!(other.received().await, FRAME);
    table.sit("merkteken9902").await.notice().await;
    table.stop(&parent).await;
    let written = log::written();
    assert!(written.contains("http.path=\"/samen/lijn/begin\""), "the log is kept at all");
    let name = HEXLOWER.encode(&[0xb9; 32]);
    for secret in [&parent, &helper, &name, "merkteken7713", "merkteken9902"] {
        let lines: Vec<&str> = written.lines().filter(|line| line.contains(secret)).collect();
        assert_eq!(lines, Vec::<&str>::new(), "{secret}");
    }
    assert!(!written.contains("185, 185, 185, 185"), "nor as a list of bytes");
}
