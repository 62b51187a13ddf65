//! More is asked than can be answered: who finds no room is told so at once, and the others are answered.

use app::urls::TOGETHER_BEGIN;
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use futures_util::future::join_all;
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;

use crate::app::{Answer, FORM, TestApp, post};

async fn with_room_for(requests: usize) -> TestApp {
    TestApp::set(|config| config.most_at_once = requests).await
}

#[track_caller]
fn check_turned_away(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn who_finds_no_room_is_told_in_the_house_when_to_come_back() {
    let app = with_room_for(0).await;
    for path in ["/", "/bedragen", "/hulpvraag", "/balie", "/nergens"] {
        let answer = app.get(path).await;
        check_turned_away(&answer);
        answer.view().check();
    }
    let answer = app.post("/hulpvraag", &[("at", "check"), ("action", "send")]).await;
    check_turned_away(&answer);
    answer.view().check();
    let packed = Request::get("/").header(header::ACCEPT_ENCODING, "br").body(Body::empty());
    let packed = app.send(packed.expect("a request")).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.text(), app.get("/").await.text());
}

#[tokio::test]
async fn who_looks_along_hears_of_it_on_that_page_too() {
    let app = with_room_for(0).await;
    let request = Request::get("/").header(header::COOKIE, "__Host-samen=x").body(Body::empty());
    let answer = app.send(request.expect("a request")).await;
    check_turned_away(&answer);
    assert!(answer.view().has("script[src*='together']"), "the banner stays");
}

#[tokio::test]
async fn a_program_is_told_in_its_own_words() {
    let app = with_room_for(0).await;
    let answer = app.get("/api/v1/openapi.json").await;
    check_turned_away(&answer);
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn who_watches_and_who_looks_along_take_no_room() {
    let app = with_room_for(0).await;
    for path in ["/healthz", "/readyz"] {
        app.get(path).await.with(StatusCode::OK);
    }
    let name = Body::from(vec![b'n'; 32]);
    app.send(post(TOGETHER_BEGIN).body(name).expect("a request")).await.with(StatusCode::OK);
}

#[tokio::test]
async fn of_many_at_once_some_are_answered_and_then_everyone_is() {
    let app = with_room_for(2).await;
    let code = [("action", "open"), ("code", "ABCD")];
    let answers = join_all((0..20).map(|_| app.post("/dossier", &code))).await;
    let (away, answered): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status == StatusCode::SERVICE_UNAVAILABLE);
    assert!(answered.len() >= 2, "who was there first is answered");
    assert!(!away.is_empty(), "twenty don't fit into a room for two");
    away.iter().for_each(check_turned_away);
    for _ in 0..5 {
        assert_ne!(app.post("/dossier", &code).await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn who_types_slowly_takes_no_room() {
    let app = Arc::new(with_room_for(1).await);
    let begun = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"received="))]);
    let body = Body::from_stream(futures_util::StreamExt::chain(begun, stream::pending()));
    let request = post("/bedragen").header(header::CONTENT_TYPE, FORM).body(body).expect("a request");
    let slow = tokio::spawn({
        let app = app.clone();
        async move { app.send(request).await }
    });
    for _ in 0..20 {
        tokio::task::yield_now().await;
        app.post("/bedragen", &[("received", "30.000")]).await.with(StatusCode::OK);
    }
    assert!(!slow.is_finished());
    slow.abort();
}
