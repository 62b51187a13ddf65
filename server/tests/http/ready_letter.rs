//! /tijdlijn/brief without scripts: the letter, what it needs, or what is wrong at its place.

use axum::http::StatusCode;

use crate::app::TestApp;
use crate::browser::words;
use crate::timeline::{days_ago, late};

const PATH: &str = "/tijdlijn/brief";

type Typed = Vec<(String, String)>;

fn make(fields: &[(&str, &str)]) -> Typed {
    let made = [("action", "make")];
    fields.iter().chain(&made).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn notice(step: &str, end_on: &str) -> Typed {
    make(&[
        ("letter", "notice_of_default"),
        ("step", step),
        ("requested_on", "1-9-2023"),
        ("end_on", end_on),
        ("name", "Anna Jansen"),
        ("street", "Dorpsstraat 1"),
        ("town", "3511 Utrecht"),
        ("reference", "77-123"),
    ])
}

fn objection(decision_on: &str) -> Typed {
    make(&[("letter", "objection"), ("step", "integral_assessment"), ("decision_on", decision_on)])
}

/// Every letter in every state that has words of its own.
pub fn every_kind() -> Vec<(&'static str, Typed, StatusCode)> {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let mut from_the_timeline = late();
    from_the_timeline.push(("wish".to_owned(), "notice_of_default.integral_assessment".to_owned()));
    vec![
        ("no letter chosen", make(&[]), refused),
        ("from the timeline", from_the_timeline, StatusCode::OK),
        ("a letter chosen", vec![("letter".to_owned(), "objection".to_owned())], StatusCode::OK),
        ("the file", make(&[("letter", "request_file")]), StatusCode::OK),
        ("late: first test", notice("first_test", "1-9-2024"), StatusCode::OK),
        ("late: assessment", notice("integral_assessment", "1-9-2024"), StatusCode::OK),
        ("late: objection", notice("objection", "1-9-2024"), StatusCode::OK),
        ("late: damage", notice("damage", "1-9-2024"), StatusCode::OK),
        ("too early", notice("damage", "1-9-2090"), StatusCode::OK),
        (
            "late, with everything wrong",
            make(&[("letter", "notice_of_default"), ("end_on", "31-2-2024")]),
            refused,
        ),
        ("late, ended before it began", notice("damage", "1-9-2022"), refused),
        ("objection in time", objection(&days_ago(10)), StatusCode::OK),
        ("objection with lenience", objection(&days_ago(80)), StatusCode::OK),
        ("objection too late", objection("1-9-2023"), StatusCode::OK),
        ("objection to what is still to come", objection("1-9-2090"), refused),
        ("objection to what was before", objection("1-9-2003"), refused),
    ]
}

#[tokio::test]
async fn a_letter_stands_whole_on_the_page_and_before_the_form() {
    let app = TestApp::new().await;
    let view = app.post(PATH, &notice("damage", "1-9-2024")).await.with(StatusCode::OK).view();
    view.check();
    let letter = words(view.one(".paper"));
    for part in [
        "Anna Jansen",
        "Dorpsstraat 1",
        "3511 Utrecht",
        "77-123",
        "1 september 2023",
        "1 september 2024",
        "4:17",
    ] {
        assert!(letter.contains(part), "{part} in {letter}");
    }
    let order = view.all(".ready-letter form, .ready-letter .results");
    assert_eq!(order[0].value().name(), "section");
    assert_eq!(view.typed("name"), "Anna Jansen");
    let objection = app.post(PATH, &objection(&days_ago(10))).await.with(StatusCode::OK).view();
    assert!(words(objection.one(".paper")).contains("7:10"));
    assert!(objection.has(".paper .to-write"), "what was left empty is a line");
}

#[tokio::test]
async fn a_notice_that_would_have_no_effect_is_not_offered() {
    let view =
        TestApp::new().await.post(PATH, &notice("damage", "1-9-2090")).await.with(StatusCode::OK).view();
    view.check();
    assert!(!view.has(".paper"));
    assert!(words(view.one(".results")).contains("2 september 2090"), "from that day it counts");
}

#[tokio::test]
async fn what_is_missing_or_cant_be_is_told_at_its_field() {
    for (typed, fields) in [
        (make(&[]), vec!["letter"]),
        (make(&[("letter", "surprise")]), vec!["letter"]),
        (
            make(&[("letter", "notice_of_default"), ("end_on", "31-2-2024")]),
            vec!["step", "requested_on", "end_on"],
        ),
        (notice("settlement", "1-9-2024"), vec!["step"]),
        (notice("damage", "1-9-2022"), vec!["end_on"]),
        (objection("1-9-2090"), vec!["decision_on"]),
    ] {
        let view =
            TestApp::new().await.post(PATH, &typed).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
        view.check();
        assert!(!view.has(".paper"));
        assert_eq!(view.all(".error-summary a").len(), fields.len());
        for field in fields {
            assert!(view.has(&format!("[data-problem-of='{field}'] .field-error")), "{field}");
            assert!(view.has(&format!(".error-summary a[href='#{field}']")), "{field}");
        }
    }
}

#[tokio::test]
async fn her_letters_bring_the_days_without_being_judged() {
    let app = TestApp::new().await;
    let mut sent = late();
    sent.push(("wish".to_owned(), "notice_of_default.integral_assessment".to_owned()));
    let view = app.post(PATH, &sent).await.with(StatusCode::OK).view();
    view.check();
    assert_eq!(view.typed("requested_on"), "16-1-2023");
    assert_eq!(view.typed("end_on"), "16-7-2023");
    // They go along, so that another step can be filled in too.
    let form = view.form("[action='/tijdlijn/brief']");
    assert_eq!(form.value("letters[0].on"), Some("16-1-2023"));
    let letter = app.submit(&form.press("make")).await.with(StatusCode::OK).view();
    assert!(words(letter.one(".paper")).contains("16 juli 2023"));
}

#[tokio::test]
async fn without_a_choice_only_the_letters_are_asked() {
    let view = TestApp::new().await.get(PATH).await.with(StatusCode::OK).view();
    view.check();
    assert_eq!(view.all(".ready-letter input[type='radio']").len(), 3);
    assert!(!view.has(".ready-letter input[type='text']"));
}
