//! /tijdlijn/gesprek without scripts: printed empty, or with what was typed.

use axum::http::StatusCode;

use crate::app::TestApp;
use crate::browser::words;

const PATH: &str = "/tijdlijn/gesprek";

#[tokio::test]
async fn an_empty_sheet_has_lines_to_write_on() {
    let view = TestApp::new().await.get(PATH).await.with(StatusCode::OK).view();
    view.check();
    assert!(view.all("textarea").len() >= 3);
    assert_eq!(view.all(".lines-to-write").len(), view.all("textarea").len());
    assert!(view.all(".written").iter().all(|written| words(*written).is_empty()));
}

#[tokio::test]
async fn what_was_typed_stands_whole_on_the_sheet() {
    let typed = [("needs", "Rust <b>en</b> een huis"), ("ask", "Waarom?")];
    let view = TestApp::new().await.post(PATH, &typed).await.with(StatusCode::OK).view();
    view.check();
    for (name, value) in typed {
        assert_eq!(words(view.one(&format!("[data-written='{name}']"))), value);
        assert_eq!(words(view.one(&format!("textarea[name='{name}']"))), value);
    }
    assert!(!view.has(".sheet b"));
}
