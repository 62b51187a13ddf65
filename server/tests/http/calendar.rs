//! /tijdlijn/agenda without scripts: a file, or the page that says why there is none. Kept by nobody.

use app::urls::CALENDAR_SAVE;
use axum::http::StatusCode;

use crate::app::TestApp;
use crate::families::today;
use crate::timeline::{days_ago, late, letters};

#[tokio::test]
async fn the_days_to_come_are_a_file_to_save() {
    let sent = letters(&[("assessment_decided", &days_ago(20), "")]);
    let answer = TestApp::new().await.post(CALENDAR_SAVE, &sent).await.with(StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    let name = format!("attachment; filename=\"herstelroute-{}.ics\"", today());
    assert_eq!(answer.header("content-disposition"), name);
    let file = answer.text();
    assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"), "{file}");
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 1, "{file}");
    // At a glance it tells nothing of her.
    let titles: Vec<&str> = file.lines().filter(|line| line.starts_with("SUMMARY")).collect();
    assert_eq!(titles, ["SUMMARY:Herstelroute: termijn"]);
}

#[tokio::test]
async fn without_a_day_to_come_the_page_says_so() {
    let app = TestApp::new().await;
    for sent in [late(), Vec::new()] {
        let view = app.post(CALENDAR_SAVE, &sent).await.with(StatusCode::OK).view();
        view.check();
        assert!(!view.has("[formaction='/tijdlijn/agenda']"));
    }
}

#[tokio::test]
async fn what_is_wrong_is_put_right_first() {
    let sent = letters(&[("assessment_decided", &days_ago(20), ""), ("registered", "31-2-2023", "")]);
    let view =
        TestApp::new().await.post(CALENDAR_SAVE, &sent).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    view.check();
    assert!(view.has(".error-summary a[href='#letters[1].on']"));
    assert_eq!(view.one(".letters form").attr("action"), Some("/tijdlijn"));
}
