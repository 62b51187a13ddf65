//! The receipt without scripts: saved as a file, opened again, told what changed.

use app::urls::{RECEIPT_OPEN, RECEIPT_SAVE};
use axum::body::Body;
use axum::http::{StatusCode, header};
use domain::amounts::{Receipt, Situation};
use serde_json::{Value, json};

use crate::app::{Answer, TestApp, post};
use crate::families::{families, today};

#[tokio::test]
async fn a_saved_receipt_holds_what_was_typed_and_gives_the_same_figures_again() {
    let app = TestApp::new().await;
    for (typed, situation) in families(20) {
        let receipt = saved(&app, &typed).await;
        assert_eq!(receipt.situation, situation);
        let replay = receipt.replay();
        assert!(replay.same_rules);
        assert_eq!(replay.changes, []);
    }
}

#[tokio::test]
async fn a_receipt_is_a_file_to_keep_and_nothing_for_a_cache() {
    let answer =
        TestApp::new().await.post(RECEIPT_SAVE, &[("received", "30.000")]).await.with(StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let name = format!("attachment; filename=\"herstelroute-bewijs-{}.json\"", today());
    assert_eq!(answer.header("content-disposition"), name);
}

#[tokio::test]
async fn the_page_of_the_comparison_saves_what_it_shows() {
    let app = TestApp::new().await;
    for (typed, situation) in families(5) {
        let form = app.post("/vergelijken", &typed).await.view().form("[action='/vergelijken/bewijs']");
        let answer = app.submit(&form).await.with(StatusCode::OK);
        assert_eq!(Receipt::from_json(&answer.text()).expect("a receipt").situation, situation);
    }
}

#[tokio::test]
async fn an_opened_receipt_comes_back_whole() {
    let app = TestApp::new().await;
    for (typed, situation) in families(20) {
        let json = saved(&app, &typed).await.to_json();
        let view = check_opened(open(&app, json.as_bytes()).await, "done");
        let again = app.submit(&view.form("[action='/vergelijken/bewijs']")).await.with(StatusCode::OK);
        assert_eq!(Receipt::from_json(&again.text()).expect("a receipt").situation, situation);
        assert_eq!(app.submit(&view.form("[action='/bedragen']")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_receipt_that_was_changed_says_so() {
    let app = TestApp::new().await;
    let view = check_opened(open(&app, changed().to_string().as_bytes()).await, "late");
    assert!(view.has("[role='status'] .notice li"), "which figure it is");
}

#[tokio::test]
async fn a_receipt_of_other_rules_says_what_came_out_differently() {
    let app = TestApp::new().await;
    check_opened(open(&app, of_other_rules().to_string().as_bytes()).await, "done");
    let view = check_opened(open(&app, of_other_rules_and_figures().to_string().as_bytes()).await, "waiting");
    assert!(view.has("[role='status'] .notice li"));
}

#[tokio::test]
async fn what_is_no_receipt_is_told_clearly() {
    let app = TestApp::new().await;
    let mut other_kind = serde_json::to_value(example()).expect("JSON");
    other_kind["kind"] = json!("something.else");
    let mut impossible = serde_json::to_value(example()).expect("JSON");
    impossible["situation"]["received"] = json!(-1);
    let mut surplus = serde_json::to_value(example()).expect("JSON");
    surplus["surprise"] = json!(1);
    for content in [
        Vec::new(),
        b"{}".to_vec(),
        b"null".to_vec(),
        b"geen json".to_vec(),
        vec![0xff; 1_000],
        (0..=255).cycle().take(300_000).collect(),
        "[".repeat(100_000).into_bytes(),
        vec![b' '; 600_000],
        other_kind.to_string().into_bytes(),
        impossible.to_string().into_bytes(),
        surplus.to_string().into_bytes(),
        format!("{}x", example().to_json()).into_bytes(),
    ] {
        let length = content.len();
        check_refused(open(&app, &content).await, &format!("{length} bytes"));
    }
}

#[tokio::test]
async fn a_form_without_a_file_is_told_clearly() {
    let app = TestApp::new().await;
    for (what, body) in [
        ("no part at all", "--x--\r\n".to_owned()),
        ("another part", part("iets", "anders").replace("--x--", "") + "--x--\r\n"),
        ("an unfinished part", part("bestand", "{").replace("--x--", "")),
        ("nothing", String::new()),
        ("no multipart", "received=30.000".to_owned()),
    ] {
        check_refused(app.send(multipart(body.into_bytes())).await, what);
    }
}

#[tokio::test]
async fn a_file_that_stands_twice_counts_once() {
    let app = TestApp::new().await;
    let body = part("bestand", "{}").replace("--x--\r\n", "") + &part("bestand", &example().to_json());
    check_opened(app.send(multipart(body.into_bytes())).await, "done");
}

#[tokio::test]
async fn opening_takes_only_a_form_with_a_file() {
    let answer = TestApp::new().await.post(RECEIPT_OPEN, &[("bestand", "{}")]).await;
    assert!(answer.status.is_client_error());
    answer.view().check();
}

async fn saved(app: &TestApp, typed: &[(String, String)]) -> Receipt {
    let answer = app.post(RECEIPT_SAVE, typed).await.with(StatusCode::OK);
    Receipt::from_json(&answer.text()).expect("a receipt")
}

/// What a browser sends for a chosen file.
pub async fn open(app: &TestApp, file: &[u8]) -> Answer {
    let head = b"--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"bewijs.json\"\r\nContent-Type: application/json\r\n\r\n";
    app.send(multipart([head, file, b"\r\n--x--\r\n"].concat())).await
}

fn multipart(body: Vec<u8>) -> axum::http::Request<Body> {
    post(RECEIPT_OPEN)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(body.into())
        .expect("a request")
}

fn part(name: &str, content: &str) -> String {
    format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n--x--\r\n")
}

fn example() -> Receipt {
    let situation: Value =
        json!({"on": "2026-11-22", "recognised": true, "received": 3_000_000, "years": [], "damages": []});
    Receipt::of(Situation::from_json(&situation.to_string()).expect("a situation"))
}

fn changed() -> Value {
    let mut changed = serde_json::to_value(example()).expect("JSON");
    changed["assessment"]["routes"][0]["lines"][0]["amount"] = json!({"low": 9_900_000, "high": 9_900_000});
    changed
}

fn of_other_rules() -> Value {
    let mut older = serde_json::to_value(example()).expect("JSON");
    older["rules"] = json!({"version": "2020-01-01", "sha256": "0".repeat(64)});
    older["assessment"]["rules"] = older["rules"].clone();
    older
}

fn of_other_rules_and_figures() -> Value {
    let mut older = of_other_rules();
    older["assessment"]["routes"][0]["lines"][0]["amount"] = json!({"low": 2_500_000, "high": 2_500_000});
    older
}

/// A file for each of the things that can be said of one.
pub fn every_kind() -> [(&'static str, Value); 5] {
    [
        ("as it was saved", serde_json::to_value(example()).expect("JSON")),
        ("changed", changed()),
        ("of other rules", of_other_rules()),
        ("of other rules and figures", of_other_rules_and_figures()),
        ("no receipt", json!({})),
    ]
}

/// It is told with the mark of that state, on the page of the comparison.
#[track_caller]
fn check_opened(answer: Answer, state: &str) -> crate::browser::View {
    let answer = answer.with(StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    let view = answer.view();
    view.check();
    view.one(&format!("[role='status'] .notice--{state}"));
    view
}

/// Too large or not a receipt: said on a page, never our fault.
#[track_caller]
fn check_refused(answer: Answer, what: &str) {
    assert!(answer.status.is_client_error(), "{what}: {}", answer.status);
    let view = answer.view();
    view.check();
    if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
        assert!(view.title().starts_with("Fout: "), "{what}: {}", view.title());
        view.one("#bestand-fout");
    }
}
