//! What a proxy and a service manager ask.

use axum::http::StatusCode;
use sea_orm::ConnectionTrait;
use server::figures::Figures;

use crate::app::{Answer, TestApp};
use crate::cluster;
use crate::log;

#[track_caller]
fn check_plain(answer: &Answer, words: &str) {
    assert_eq!(answer.text(), words);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[track_caller]
fn check_not_ready(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    check_plain(answer, "not ready\n");
}

#[tokio::test]
async fn a_process_that_answers_and_can_keep_says_so() {
    let app = TestApp::new().await;
    check_plain(&app.get("/healthz").await.with(StatusCode::OK), "ok\n");
    check_plain(&app.get("/readyz").await.with(StatusCode::OK), "ready\n");
    app.get("/healthz/").await.with(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn on_postgresql_it_is_ready_too_until_a_table_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = TestApp::on(&cluster::postgres(), folder, Figures::default()).await;
    check_plain(&app.get("/readyz").await.with(StatusCode::OK), "ready\n");
    let db = app.services.store.db().clone();
    db.execute_unprepared("DROP TABLE seaql_migrations").await.expect("gone");
    check_not_ready(&app.get("/readyz").await);
}

#[tokio::test]
async fn without_its_database_a_process_is_healthy_but_not_ready_and_tells_no_cause() {
    let app = TestApp::new().await;
    app.services.store.clone().close().await;
    check_plain(&app.get("/healthz").await.with(StatusCode::OK), "ok\n");
    check_not_ready(&app.get("/readyz").await);
}

#[tokio::test]
async fn without_a_table_that_this_version_needs_it_isnt_ready_and_makes_none() {
    let app = TestApp::new().await;
    let db = app.services.store.db().clone();
    db.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm20261123_together'")
        .await
        .expect("gone");
    check_not_ready(&app.get("/readyz").await);
    db.execute_unprepared("DROP TABLE seaql_migrations").await.expect("gone");
    check_not_ready(&app.get("/readyz").await);
    let made = db.query_one_raw(sea_orm::Statement::from_string(
        db.get_database_backend(),
        "SELECT name FROM sqlite_master WHERE name = 'seaql_migrations'",
    ));
    assert!(made.await.expect("an answer").is_none());
}

#[tokio::test]
async fn told_to_stop_it_sends_others_elsewhere_and_answers_who_is_here() {
    let app = TestApp::new().await;
    app.services.stopping.begin();
    check_not_ready(&app.get("/readyz").await);
    check_plain(&app.get("/healthz").await.with(StatusCode::OK), "ok\n");
    app.get("/").await.with(StatusCode::OK);
}

#[tokio::test]
async fn watching_fills_no_log() {
    let app = TestApp::new().await;
    app.get("/healthz").await;
    app.get("/readyz").await;
    let written = log::written();
    let told: Vec<&str> = written.lines().filter(|line| line.contains("watched")).collect();
    assert!(told.len() >= 2 && told.iter().all(|line| line.contains("DEBUG")), "{told:?}");
    let is_heard =
        |line: &str| !line.contains("TRACE") && (line.contains("/healthz") || line.contains("/readyz"));
    assert!(!written.lines().any(is_heard));
}
