//! Who tries too often waits.

use app::urls::{TOGETHER_BEGIN, TOGETHER_JOIN};
use axum::http::StatusCode;

use super::table::Table;

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
