//! /dossier without scripts: made once, opened elsewhere, changed, shown beside another version, deleted.

use std::time::Duration;

use axum::http::{StatusCode, header};
use domain::Date;
use domain::timeline::{Event, EventKind};
use server::code::Code;
use server::figures::Figures;
use server::office::{Offices, Row};
use server::timeline::MOST_DOSSIERS;

use crate::app::{Answer, FORM, TestApp, encoded, post};
use crate::browser::{Form, View, words};
use crate::cluster;
use crate::log;
use crate::timeline::letters;

const PATH: &str = "/dossier";
const TWO_LETTERS: [(&str, &str, &str); 2] =
    [("registered", "16-1-2023", ""), ("first_test_decided", "1-5-2023", "yes")];

/// Keeps letters as a browser does: the line of steps, what keeping means, the code.
pub async fn made(app: &TestApp) -> (String, View) {
    let line = app.post("/tijdlijn", &letters(&TWO_LETTERS)).await.with(StatusCode::OK).view();
    let confirm = app.submit(&line.form(".form").press(PATH)).await.with(StatusCode::OK).view();
    confirm.check();
    let made = app.submit(&confirm.form(".form").press("make")).await.with(StatusCode::OK).view();
    made.check();
    (words(made.one(".code")), made)
}

async fn open(app: &TestApp, code: &str) -> Answer {
    let start = app.get(PATH).await.with(StatusCode::OK).view();
    start.check();
    app.submit(&start.form(".form").with("code", code).press("open")).await
}

fn letters_form(view: &View) -> Form {
    view.form("[action='/dossier']:has([name='letters[0].kind'])")
}

/// The page with another day in the first letter, saved.
async fn saved(app: &TestApp, page: &View, day: &str) -> Answer {
    app.submit(&letters_form(page).with("letters[0].on", day).press("save")).await
}

/// Everything that /dossier can say, but the trouble of a database that is gone.
pub async fn every_state() -> Vec<(&'static str, View)> {
    let app = TestApp::new().await;
    let line = app.post("/tijdlijn", &letters(&TWO_LETTERS)).await.view();
    let confirm = app.submit(&line.form(".form").press(PATH)).await.view();
    let (code, made) = made(&app).await;
    let (hers, his) = (open(&app, &code).await.view(), open(&app, &code).await.view());
    let saved_now = saved(&app, &hers, "17-1-2023").await.view();
    let stale = saved(&app, &his, "18-1-2023").await.view();
    let merged = app.submit(&stale.form(":has([value='merge'])").press("merge")).await.view();
    let shown = app.submit(&saved_now.form(":has(.versions)").press("version.1")).await.view();
    let no_link = app.submit(&hers.form(":has([value='link'])").press("link")).await.view();
    let sure = app.submit(&hers.form(":has([value='ask_delete'])").press("ask_delete")).await.view();
    let wrong = open(&app, "0000").await.view();
    let no_code = open(&app, "").await.view();
    app.services.clock.move_by(3 * 60 * 60);
    let late = saved(&app, &hers, "19-1-2023").await.view();
    let page = open(&app, &code).await.view();
    let other = open(&app, &code).await.view();
    let sure_now = app.submit(&page.form(":has([value='ask_delete'])").press("ask_delete")).await.view();
    let deleted = app.submit(&sure_now.form(".form").press("delete")).await.view();
    let gone = saved(&app, &other, "21-1-2023").await.view();
    app.services.store.clone().close().await;
    let trouble = saved(&app, &other, "21-1-2023").await.view();
    vec![
        ("what keeping means", confirm),
        ("the code", made),
        ("opened", hers),
        ("saved", saved_now),
        ("changed meanwhile", stale),
        ("merged", merged),
        ("an earlier version", shown),
        ("a wrong link code", no_link),
        ("sure to delete", sure),
        ("a wrong code", wrong),
        ("no code", no_code),
        ("open too long", late),
        ("deleted", deleted),
        ("deleted meanwhile", gone),
        ("no database", trouble),
    ]
}

#[tokio::test]
async fn what_is_kept_opens_elsewhere_with_the_code_that_was_shown_once() {
    let app = TestApp::new().await;
    let (code, made) = made(&app).await;
    assert!(Code::read(&code).is_some(), "{code}");
    assert!(made.has("svg.qr[aria-label] path"));
    let page = open(&app, &code.to_lowercase().replace('-', " ")).await.with(StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    let view = page.view();
    view.check();
    assert_eq!(letters_form(&view).value("letters[0].on"), Some("16-1-2023"));
    assert!(view.has(".timeline-step[data-state='current']"), "with its line of steps");
    for signs in [code.as_str(), &code.replace('-', "")] {
        assert!(!page.text().contains(signs), "the code is shown once");
    }
    let opened = app.submit(&made.form(".form").press("open")).await.with(StatusCode::OK).view();
    assert_eq!(
        letters_form(&opened).value("letters[1].on"),
        Some("1-5-2023"),
        "right from the page with the code"
    );
}

#[tokio::test]
async fn sent_twice_it_is_made_once() {
    let app = TestApp::new().await;
    let line = app.post("/tijdlijn", &letters(&TWO_LETTERS)).await.view();
    let confirm = app.submit(&line.form(".form").press(PATH)).await.view().form(".form").press("make");
    let [once, twice] = [app.submit(&confirm).await, app.submit(&confirm).await];
    assert_eq!(words(once.view().one(".code")), words(twice.view().one(".code")));
}

#[tokio::test]
async fn nothing_is_kept_before_she_says_yes_and_nothing_without_a_letter() {
    let app = TestApp::new().await;
    let empty = app.post(PATH, &[("action", "ask"), ("letters[0].on", "")]).await.with(StatusCode::OK).view();
    empty.check();
    assert!(!empty.has("[value='make']"));
    for form in ["", "not a number"] {
        let fields = [
            ("action", "make"),
            ("form", form),
            ("letters[0].kind", "registered"),
            ("letters[0].on", "1-1-2023"),
        ];
        let view = app.post(PATH, &fields).await.with(StatusCode::OK).view();
        assert!(!view.has(".code") && view.has("[value='make']"), "asked again, with a number of ours");
    }
}

#[tokio::test]
async fn every_change_is_a_version_that_can_come_back() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let first = open(&app, &code).await.view();
    let second = saved(&app, &first, "17-1-2023").await.with(StatusCode::OK).view();
    second.check();
    assert!(second.has(".notice--done"));
    assert_eq!(second.all(".versions li").len(), 2);
    let third = saved(&app, &second, "18-1-2023").await.view();
    let shown =
        app.submit(&third.form(":has(.versions)").press("version.1")).await.with(StatusCode::OK).view();
    shown.check();
    assert_eq!(letters_form(&shown).value("letters[0].on"), Some("16-1-2023"));
    let back = app.submit(&letters_form(&shown).press("save")).await.with(StatusCode::OK).view();
    assert_eq!(back.all(".versions li").len(), 4);
    let opened = open(&app, &code).await.view();
    assert_eq!(letters_form(&opened).value("letters[0].on"), Some("16-1-2023"));
}

#[tokio::test]
async fn of_two_who_change_it_neither_loses_anything() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let (hers, his) = (open(&app, &code).await.view(), open(&app, &code).await.view());
    saved(&app, &hers, "17-1-2023").await.with(StatusCode::OK);
    let stale = saved(&app, &his, "18-1-2023").await.with(StatusCode::OK).view();
    stale.check();
    let both = words(stale.one(".stale"));
    assert!(both.contains("17 januari 2023") && both.contains("18 januari 2023"), "{both}");
    let choices = stale.form(":has([value='merge'])");

    let merged = app.submit(&choices.press("merge")).await.with(StatusCode::OK).view();
    let days: Vec<&str> =
        merged.all("[id^='letters'][id$='.on']").iter().filter_map(|it| it.attr("value")).collect();
    assert_eq!(days, ["18-1-2023", "1-5-2023", "17-1-2023"]);

    let theirs = app.submit(&choices.press("keep_theirs")).await.with(StatusCode::OK).view();
    assert_eq!(letters_form(&theirs).value("letters[0].on"), Some("17-1-2023"));
    assert_eq!(theirs.all(".versions li").len(), 4, "his is a version too");

    let stale = saved(&app, &his, "19-1-2023").await.view();
    let mine =
        app.submit(&stale.form(":has([value='merge'])").press("save")).await.with(StatusCode::OK).view();
    assert_eq!(letters_form(&mine).value("letters[0].on"), Some("19-1-2023"));
}

#[tokio::test]
async fn wrong_unknown_and_impossible_codes_look_the_same() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let mut almost = code.clone();
    almost.replace_range(23.., if code.ends_with('7') { "8" } else { "7" });
    let mut pages = Vec::new();
    for wrong in
        [almost.as_str(), "0000-0000-0000-0000-0000", "welkom01", "\u{1f511}", "'; DROP TABLE dossier; --"]
    {
        let answer = open(&app, wrong).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        answer.view().check();
        pages.push(answer.text().to_owned());
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
    let empty = open(&app, " ").await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    assert!(empty.has("[data-problem-of='code'] .field-error"));
}

#[tokio::test]
async fn who_keeps_guessing_waits_and_bars_nobody_else() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    for _ in 0..10 {
        try_from(&app, "192.0.2.7", "0000-0000-0000-0000-0000").await.with(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let barred = try_from(&app, "192.0.2.7", &code).await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!(barred.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds <= 15 * 60));
    let view = barred.view();
    view.check();
    assert!(view.has(".error-summary") && view.has("#mens [href^='tel:']"));
    // What a client writes into the header itself stands before what the proxy adds.
    try_from(&app, "198.51.100.1, 192.0.2.7", &code).await.with(StatusCode::TOO_MANY_REQUESTS);
    try_from(&app, "192.0.2.8", &code).await.with(StatusCode::OK);
    app.services.clock.move_by(15 * 60);
    try_from(&app, "192.0.2.7", &code).await.with(StatusCode::OK);
}

async fn try_from(app: &TestApp, address: &str, code: &str) -> Answer {
    let request = post(PATH).header(header::CONTENT_TYPE, FORM).header("x-forwarded-for", address);
    let body = encoded(&[("action", "open"), ("code", code)]);
    app.send(request.body(body.into()).expect("a request")).await
}

#[tokio::test]
async fn when_the_page_stood_open_too_long_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    app.services.clock.move_by(2 * 60 * 60 + 1);
    let late = saved(&app, &page, "20-1-2023").await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    late.check();
    let again =
        app.submit(&late.form(".form").with("code", &code).press("open")).await.with(StatusCode::OK).view();
    assert_eq!(letters_form(&again).value("letters[0].on"), Some("20-1-2023"));
    assert!(again.has(".notice--waiting"), "it says that this isn't saved yet");
    let saved = app.submit(&letters_form(&again).press("save")).await.with(StatusCode::OK).view();
    assert_eq!(saved.all(".versions li").len(), 2);
}

#[tokio::test]
async fn deleted_it_is_gone_with_all_its_versions() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    let other = open(&app, &code).await.view();
    let sure = app
        .submit(&page.form(":has([value='ask_delete'])").press("ask_delete"))
        .await
        .with(StatusCode::OK)
        .view();
    sure.check();
    let done = app.submit(&sure.form(".form").press("delete")).await.with(StatusCode::OK).view();
    done.check();
    open(&app, &code).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    let gone = saved(&app, &other, "21-1-2023").await.with(StatusCode::OK).view();
    gone.check();
    assert_eq!(
        gone.form("[action='/tijdlijn']").value("letters[0].on"),
        Some("21-1-2023"),
        "what was typed goes along"
    );
}

#[tokio::test]
async fn a_letter_that_cant_be_is_told_at_its_place_and_kept_as_it_is() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    let wrong = saved(&app, &page, "31-2-2023").await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    wrong.check();
    assert!(wrong.has("[data-problem-of='letters[0].on'] .field-error"));
    let opened = open(&app, &code).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    assert_eq!(letters_form(&opened).value("letters[0].on"), Some("31-2-2023"), "nothing typed is lost");
}

#[tokio::test]
async fn rows_come_and_go_before_it_is_saved() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    let more = app.submit(&letters_form(&page).press("add.letters")).await.with(StatusCode::OK).view();
    more.check();
    assert!(letters_form(&more).value("letters[2].on").is_some());
    let fewer = app.submit(&letters_form(&more).press("remove.letters.0")).await.with(StatusCode::OK).view();
    assert_eq!(letters_form(&fewer).value("letters[0].on"), Some("1-5-2023"));
    assert!(fewer.has(".notice--waiting"));
    let opened = open(&app, &code).await.view();
    assert_eq!(letters_form(&opened).value("letters[0].on"), Some("16-1-2023"), "not saved yet");
}

#[tokio::test]
async fn without_a_database_nothing_is_promised_and_nothing_lost() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    app.services.store.clone().close().await;
    let answer = saved(&app, &page, "22-1-2023").await.with(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    let trouble = answer.view();
    trouble.check();
    assert_eq!(trouble.form(".form").value("letters[0].on"), Some("22-1-2023"));
    assert!(!trouble.has(".notice--done"));
    app.get("/").await.with(StatusCode::OK);
    app.post("/tijdlijn", &letters(&TWO_LETTERS)).await.with(StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_saved_also_when_she_went_away() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    for day in ["24-1-2023", "25-1-2023"] {
        let gone = saved(&app, &page, day);
        // Her connection breaks right after sending.
        let _ = tokio::time::timeout(Duration::ZERO, gone).await;
    }
    let mut versions = 0;
    for _ in 0..100 {
        versions = open(&app, &code).await.with(StatusCode::OK).view().all(".versions li").len();
        if versions == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{versions} versions");
}

#[tokio::test]
async fn too_much_is_refused_and_comes_back() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    let much = "x".repeat(70_000);
    let trouble = app.submit(&letters_form(&page).with("letters[0].until", &much).press("save")).await;
    let view = trouble.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    assert_eq!(view.form(".form").value("letters[0].until"), Some(much.as_str()));
    assert_eq!(open(&app, &code).await.view().all(".versions li").len(), 0, "nothing half-written");
}

#[tokio::test]
async fn what_she_keeps_is_in_no_log_address_or_cookie() {
    let app = TestApp::new().await;
    let (code, made) = made(&app).await;
    let marker = "19-9-2019";
    let page = open(&app, &code).await.view();
    let answer = saved(&app, &page, marker).await.with(StatusCode::OK);
    assert!(answer.header("set-cookie").is_empty() && answer.header("location").is_empty());
    let ticket = made.form(".form").value("ticket").expect("a ticket").to_owned();
    let log = log::written();
    for secret in [code.as_str(), &code.replace('-', ""), marker, &ticket] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
    assert!(Date::parse_dutch(marker).is_some());
}

/// The office tells of a case, and puts a link code in a letter to her.
pub async fn told_by_an_office(app: &TestApp) -> String {
    let offices = Offices::new(app.services.store.clone());
    let now = app.services.clock.now();
    let events = [
        (EventKind::AssessmentDecided, Date::constant(2025, 3, 3), None),
        (EventKind::Other, Date::constant(2025, 4, 4), Some("UHT-CODE-17".to_owned())),
    ];
    let rows = (1..).zip(events).map(|(line, (kind, on, code))| {
        let event = Event { on, kind, step: None, outcome: None, until: None, way: None, code };
        Row { line, case: "Z-1".to_owned(), event, withdrawn: false }
    });
    assert_eq!(offices.import("Kantoor", rows.collect(), now).await.expect("a database").count, 0);
    let links = offices.make_links("Kantoor", vec!["Z-1".to_owned()], now).await.expect("a database");
    links.expect("a case of that office")[0].code.to_string()
}

async fn link(app: &TestApp, page: &View, code: &str) -> Answer {
    app.submit(&page.form(":has([value='link'])").with("link_code", code).press("link")).await
}

#[tokio::test]
async fn linked_it_shows_what_the_office_tells_beside_her_own_letters() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let letter = told_by_an_office(&app).await;
    let page = open(&app, &code).await.view();
    assert!(!page.has(".office"));
    let linked = link(&app, &page, &letter.to_lowercase()).await.with(StatusCode::OK).view();
    linked.check();
    assert!(link(&app, &page, &letter).await.with(StatusCode::OK).view().has(".office"), "sent twice");
    let office = words(linked.one(".office"));
    assert!(office.contains("3 maart 2025") && office.contains("4 april 2025"), "{office}");
    assert!(!linked_text(&linked).contains("UHT-CODE-17"), "a code of the office is never shown");
    let assessment = words(linked.all(".timeline-step[data-state='done']").pop().expect("what is over"));
    assert!(assessment.contains("3 maart 2025"), "it counts in the line of steps: {assessment}");
    assert_eq!(
        letters_form(&linked).value("letters[1].on"),
        Some("1-5-2023"),
        "her own letters stand as they were"
    );

    let opened = open(&app, &code).await.view();
    assert!(opened.has(".office"), "from then on");
    let saved = saved(&app, &opened, "17-1-2023").await.with(StatusCode::OK).view();
    assert_eq!(saved.all(".versions li").len(), 2);
    let forged = letters_form(&opened).with("office[0].on", "2025-03-09").press("save");
    let forged = app.submit(&forged).await.with(StatusCode::OK).view();
    assert!(
        words(forged.one(".office")).contains("3 maart 2025"),
        "what the office tells is never read back"
    );

    let unlinked = app.submit(&opened.form(":has([value='unlink'])").press("unlink")).await.view();
    unlinked.check();
    assert!(!unlinked.has(".office"));
    assert!(!open(&app, &code).await.view().has(".office"));
}

fn linked_text(view: &View) -> String {
    words(view.one("html")) + &view.attributes("value").join(" ") + &view.attributes("data-form").join(" ")
}

#[tokio::test]
async fn a_link_code_works_once_and_a_wrong_one_says_so_at_its_field() {
    let app = TestApp::new().await;
    let letter = told_by_an_office(&app).await;
    let (first, second) = (made(&app).await.0, made(&app).await.0);
    let page = open(&app, &first).await.view();
    link(&app, &page, &letter).await.with(StatusCode::OK);
    let page = open(&app, &second).await.view();
    for wrong in [letter.as_str(), "0000-0000-0000-0000-0000", "", "Z-1"] {
        let refused = link(&app, &page, wrong).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
        refused.check();
        assert!(refused.has("[data-problem-of='link_code'] .field-error"), "{wrong}");
        assert!(refused.has(".error-summary a[href='#link_code']"), "{wrong}");
        assert!(!refused.has(".office"));
    }
    for _ in 0..6 {
        link(&app, &page, "0000").await;
    }
    link(&app, &page, "0000").await.with(StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_postgresql_behave_as_one() {
    let url = cluster::postgres();
    let process =
        async || TestApp::on(&url, tempfile::tempdir().expect("a folder"), Figures::default()).await;
    let (here, there) = (process().await, process().await);
    let (code, _) = made(&here).await;
    let (hers, his) =
        (open(&here, &code).await.view(), open(&there, &code).await.with(StatusCode::OK).view());
    saved(&here, &hers, "17-1-2023").await.with(StatusCode::OK);
    let stale = saved(&there, &his, "18-1-2023").await.with(StatusCode::OK).view();
    assert!(stale.has(".stale"));
    let letter = told_by_an_office(&there).await;
    let page = open(&here, &code).await.view();
    link(&here, &page, &letter).await.with(StatusCode::OK);
    assert!(open(&there, &code).await.view().has(".office"));
    for at in 0..10 {
        let app = if at % 2 == 0 { &here } else { &there };
        try_from(app, "192.0.2.9", "0000-0000-0000-0000-0000").await.with(StatusCode::UNPROCESSABLE_ENTITY);
    }
    for app in [&here, &there] {
        try_from(app, "192.0.2.9", &code).await.with(StatusCode::TOO_MANY_REQUESTS);
    }
    let sure = open(&here, &code).await.view().form(":has([value='ask_delete'])").press("ask_delete");
    let sure = there.submit(&sure).await.with(StatusCode::OK).view();
    there.submit(&sure.form(".form").press("delete")).await.with(StatusCode::OK);
    open(&here, &code).await.with(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn she_can_take_along_all_that_is_kept_of_her() {
    let app = TestApp::new().await;
    let (code, _) = made(&app).await;
    let page = open(&app, &code).await.view();
    let page = saved(&app, &page, "17-1-2023").await.with(StatusCode::OK).view();
    let answer = app.submit(&page.form(":has([value='export'])").press("export")).await.with(StatusCode::OK);
    assert!(answer.header("content-disposition").contains("dossier.json"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let file: serde_json::Value = serde_json::from_str(&answer.text()).expect("JSON");
    let parts = file.as_array().expect("a list");
    assert_eq!(parts.len(), 3, "two versions, and what happened: {file}");
    assert!(
        parts[0].to_string().contains("17 januari 2023") && parts[1].to_string().contains("16 januari 2023")
    );
    assert_eq!(parts[2]["antwoord"].as_array().map(Vec::len), Some(2), "made and saved: {file}");
}

#[tokio::test]
async fn a_flood_of_dossiers_ends_in_a_way_to_a_person_and_loses_no_letter() {
    let app = TestApp::new().await;
    let line = app.post("/tijdlijn", &letters(&TWO_LETTERS)).await.view();
    let confirm = app.submit(&line.form(".form").press(PATH)).await.view().form(".form").press("make");
    let send = async |number: i64| app.submit(&confirm.clone().with("form", &format!("{number:032x}"))).await;
    for number in 1..=MOST_DOSSIERS.most {
        send(number).await.with(StatusCode::OK);
    }
    send(1).await.with(StatusCode::OK);
    let stopped = send(1_000).await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!(stopped.header("retry-after").parse::<u32>().is_ok());
    let view = stopped.view();
    view.check();
    assert!(view.has("#mens a[href^='tel:']"));
    app.services.clock.move_by(60 * 60);
    let made = app.submit(&view.form(".form")).await.with(StatusCode::OK).view();
    assert!(made.has(".code"), "all of it stood on that page");
}
