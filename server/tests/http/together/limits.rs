//! Who tries too often waits.

use app::urls::{TOGETHER_BEGIN, TOGETHER_JOIN};
use axum::http::StatusCode;
use server::figures::Figures;

use super::table::Table;
use crate::app::TestApp;

#[tokio::test]
async fn after_ten_wrong_codes_even_a_right_one_waits() {
    let table = Table::new().await;
    table.begin(1).await;
    for wrong in 0..10 {
        table.ask_from("10.0.0.1", TOGETHER_JOIN, 100 + wrong).await.with(StatusCode::NOT_FOUND);
    }
    let answer = table.ask_from("10.0.0.1", TOGETHER_JOIN, 1).await.with(StatusCode::TOO_MANY_REQUESTS);
    let wait: i64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=15 * 60).contains(&wait), "{wait}");
    assert_eq!(answer.header("cache-control"), "no-store");
    table.ask_from("10.0.0.2", TOGETHER_JOIN, 2).await.with(StatusCode::NOT_FOUND);
    table.app.services.clock.move_by(wait);
    table.ask_from("10.0.0.1", TOGETHER_JOIN, 3).await.with(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wrong_codes_count_together_wherever_they_are_tried() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("shared.db").display());
    let other_folder = tempfile::tempdir().expect("a folder");
    let one = Table::of(TestApp::on(&url, folder, Figures::default()).await).await;
    let other = Table::of(TestApp::on(&url, other_folder, Figures::default()).await).await;
    for wrong in 0..5 {
        for table in [&one, &other] {
            table.ask_from("10.0.0.1", TOGETHER_JOIN, wrong).await.with(StatusCode::NOT_FOUND);
        }
    }
    for table in [&one, &other] {
        table.ask_from("10.0.0.1", TOGETHER_JOIN, 9).await.with(StatusCode::TOO_MANY_REQUESTS);
    }
}

#[tokio::test]
async fn right_codes_bar_nobody() {
    let table = Table::new().await;
    for name in 0..15 {
        table.begin(name).await;
        table.join(name).await;
    }
}

#[tokio::test]
async fn nobody_begins_more_than_thirty_meetings_an_hour() {
    let table = Table::new().await;
    for name in 0..30 {
        table.ask_from("10.0.0.1", TOGETHER_BEGIN, name).await.with(StatusCode::OK);
    }
    let answer = table.ask_from("10.0.0.1", TOGETHER_BEGIN, 30).await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.header("retry-after").parse::<i64>().is_ok_and(|wait| wait > 0));
    assert!(answer.header("set-cookie").is_empty());
    table.ask_from("10.0.0.2", TOGETHER_BEGIN, 31).await.with(StatusCode::OK);
    assert_eq!(table.rows().await, [31, 0]);
}
