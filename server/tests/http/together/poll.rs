//! Where a WebSocket is blocked: asking again and again, and bringing frames one by one.

use std::time::{Duration, Instant};

use app::urls::{TOGETHER_FETCH, TOGETHER_SEND};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::together::{Ending, MOST_FRAME_BYTES, Notice};

use super::table::{Table, with_ticket};
use crate::app::Answer;

/// What came, as its bytes tell.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    Notice(Notice),
    Frame(Vec<u8>),
}

fn came(answer: &Answer) -> Vec<Came> {
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    assert_eq!(answer.header("cache-control"), "no-store");
    let mut rest = &answer.body[..];
    let mut items = Vec::new();
    while let Some((head, tail)) = rest.split_at_checked(5) {
        let length = u32::from_be_bytes(head[1..].try_into().expect("four")) as usize;
        let (body, tail) = tail.split_at(length);
        items.push(match head[0] {
            b'n' => Came::Notice(Notice::parse(std::str::from_utf8(body).expect("text")).expect("a notice")),
            b'f' => Came::Frame(body.to_vec()),
            other => panic!("no kind: {other}"),
        });
        rest = tail;
    }
    assert!(rest.is_empty());
    items
}

impl Table {
    async fn fetch(&self, ticket: &str) -> Vec<Came> {
        let request = with_ticket("GET", TOGETHER_FETCH, ticket).body(Body::empty()).expect("a request");
        came(&self.app.send(request).await.with(StatusCode::OK))
    }

    async fn bring(&self, ticket: &str, frame: &[u8]) -> StatusCode {
        let request = with_ticket("POST", TOGETHER_SEND, ticket).body(frame.to_vec().into());
        self.app.send(request.expect("a request")).await.status
    }
}

#[tokio::test]
async fn two_who_only_ask_meet() {
    let table = Table::new().await;
    let parent = table.begin(1).await;
    assert_eq!(table.fetch(&parent).await, [Came::Notice(Notice::Waiting)]);
    let helper = table.join(1).await;
    assert_eq!(table.fetch(&parent).await, [Came::Notice(Notice::Joined(None))]);
    assert_eq!(table.fetch(&helper).await, [Came::Notice(Notice::Joined(None))]);
    for frame in [b"one", b"two"] {
        assert_eq!(table.bring(&parent, frame).await, StatusCode::NO_CONTENT);
    }
    let both = [b"one", b"two"].map(|frame| Came::Frame(frame.to_vec()));
    assert_eq!(table.fetch(&helper).await, both);
    assert_eq!(table.bring(&helper, &[9; MOST_FRAME_BYTES]).await, StatusCode::NO_CONTENT);
    assert_eq!(table.fetch(&parent).await, [Came::Frame(vec![9; MOST_FRAME_BYTES])]);
    table.stop(&parent).await;
    assert_eq!(table.fetch(&helper).await, [Came::Notice(Notice::Ended(Ending::StoppedByParent))]);
    assert_eq!(table.fetch(&helper).await, [Came::Notice(Notice::Ended(Ending::Unknown))]);
}

#[tokio::test]
async fn one_asks_and_the_other_has_a_line() {
    let table = Table::new().await;
    let (parent, helper) = (table.begin(1).await, table.join(1).await);
    let mut line = table.sit(&helper).await;
    line.notice().await;
    assert_eq!(table.fetch(&parent).await, [Came::Notice(Notice::Joined(None))]);
    line.frame(b"to her").await;
    assert_eq!(table.fetch(&parent).await, [Came::Frame(b"to her".to_vec())]);
    assert_eq!(table.bring(&parent, b"to him").await, StatusCode::NO_CONTENT);
    assert_eq!(line.received().await, b"to him");
    table.stop(&helper).await;
    assert_eq!(table.fetch(&parent).await, [Came::Notice(Notice::Ended(Ending::StoppedByHelper))]);
}

#[tokio::test]
async fn a_question_waits_for_what_comes() {
    let table = Table::new().await;
    let (parent, helper) = (table.begin(1).await, table.join(1).await);
    let mut line = table.sit(&helper).await;
    line.notice().await;
    table.fetch(&parent).await;
    let waiting = async {
        let begun = Instant::now();
        (table.fetch(&parent).await, begun.elapsed())
    };
    let sending = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        line.frame(b"at last").await;
    };
    let ((came, waited), ()) = tokio::join!(waiting, sending);
    assert_eq!(came, [Came::Frame(b"at last".to_vec())]);
    assert!(waited >= Duration::from_millis(200) && waited < Duration::from_secs(9), "{waited:?}");
}

#[tokio::test]
async fn of_two_questions_the_newer_one_is_answered() {
    let table = Table::new().await;
    let (parent, helper) = (table.begin(1).await, table.join(1).await);
    table.fetch(&parent).await;
    let newer = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let asking = table.fetch(&parent);
        let sending = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            table.bring(&helper, b"for one").await;
        };
        tokio::join!(asking, sending).0
    };
    let (older, newer) = tokio::join!(table.fetch(&parent), newer);
    assert_eq!(older, [Came::Notice(Notice::Ended(Ending::Elsewhere))]);
    assert_eq!(newer, [Came::Frame(b"for one".to_vec())]);
}

#[tokio::test]
async fn who_goes_from_asking_to_a_line_and_back_stays_at_the_table() {
    let table = Table::new().await;
    let (parent, helper) = (table.begin(1).await, table.join(1).await);
    assert_eq!(table.fetch(&parent).await, [Came::Notice(Notice::Joined(None))]);
    let mut line = table.sit(&parent).await;
    assert_eq!(line.notice().await, Notice::Joined(None));
    table.bring(&helper, b"over the line").await;
    assert_eq!(line.received().await, b"over the line");
    assert_eq!(table.fetch(&parent).await, [Came::Notice(Notice::Joined(None))]);
    assert_eq!(line.notice().await, Notice::Ended(Ending::Elsewhere));
    table.bring(&helper, b"asked").await;
    assert_eq!(table.fetch(&parent).await, [Came::Frame(b"asked".to_vec())]);
}

#[tokio::test]
async fn a_server_that_stops_answers_who_waits_at_once() {
    let table = Table::new().await;
    let (parent, _) = (table.begin(1).await, table.join(1).await);
    table.fetch(&parent).await;
    let stopping = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        table.app.services.together.close();
        Instant::now()
    };
    let (came, stopped) = tokio::join!(table.fetch(&parent), stopping);
    assert_eq!(came, []);
    assert!(stopped.elapsed() < Duration::from_secs(2));
    let request = with_ticket("GET", TOGETHER_FETCH, &parent).body(Body::empty()).expect("a request");
    table.app.send(request).await.with(StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_is_too_large_or_has_no_ticket_is_refused() {
    let table = Table::new().await;
    let parent = table.begin(1).await;
    assert_eq!(table.bring(&parent, &[0; MOST_FRAME_BYTES + 1]).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(table.bring(&"0".repeat(64), b"x").await, StatusCode::NOT_FOUND);
    assert_eq!(table.fetch(&"0".repeat(64)).await, [Came::Notice(Notice::Ended(Ending::Unknown))]);
    for (method, path) in [("GET", TOGETHER_FETCH), ("POST", TOGETHER_SEND)] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        table.app.send(request).await.with(StatusCode::UNAUTHORIZED);
    }
}
