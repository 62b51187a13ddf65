//! The line between both, over a real socket.

use axum::http::StatusCode;
use domain::together::{Ending, MEETING_LASTS, MOST_BYTES_A_SECOND, MOST_FRAME_BYTES, Notice};
use tokio_tungstenite::tungstenite::{self, Message};

use super::table::Table;

#[tokio::test]
async fn frames_go_both_ways_as_they_are_and_in_order() {
    let table = Table::new().await;
    let ticket = table.begin(1).await;
    let mut parent = table.sit(&ticket).await;
    assert_eq!(parent.notice().await, Notice::Waiting);
    parent.frame(b"to nobody").await;
    let ticket = table.join(1).await;
    assert_eq!(parent.notice().await, Notice::Joined(None));
    let mut helper = table.sit(&ticket).await;
    assert_eq!(helper.notice().await, Notice::Joined(None));
    for mark in 0..20_u8 {
        parent.frame(&[mark; 256]).await;
        helper.frame(&[100 + mark; 10]).await;
    }
    for mark in 0..20_u8 {
        assert_eq!(helper.received().await, [mark; 256]);
        assert_eq!(parent.received().await, [100 + mark; 10]);
    }
    let largest = vec![7; MOST_FRAME_BYTES];
    parent.frame(&largest).await;
    assert_eq!(helper.received().await, largest);
}

#[tokio::test]
async fn no_meeting_hears_another_one() {
    let table = Table::new().await;
    let (mut parent, mut helper) = table.both(1).await;
    let (mut other_parent, mut other_helper) = table.both(2).await;
    parent.frame(b"one").await;
    other_parent.frame(b"two").await;
    assert_eq!(other_helper.received().await, b"two");
    assert_eq!(helper.received().await, b"one");
}

#[tokio::test]
async fn what_is_sent_while_nobody_sits_there_is_lost() {
    let table = Table::new().await;
    let (parent, helper) = (table.begin(1).await, table.join(1).await);
    let mut parent = table.sit(&parent).await;
    assert_eq!(parent.notice().await, Notice::Joined(None));
    parent.frame(b"early").await;
    // What comes after it shows that it was taken in.
    parent.send(Message::Ping(Vec::new().into())).await;
    let mut late = table.sit(&helper).await;
    assert_eq!(late.notice().await, Notice::Joined(None));
    late.frame(b"there?").await;
    assert_eq!(parent.received().await, b"there?");
    parent.frame(b"here").await;
    assert_eq!(late.received().await, b"here");
}

#[tokio::test]
async fn only_pages_of_this_site_open_a_line() {
    let table = Table::new().await;
    let own = table.address.to_string();
    for origin in ["https://evil.example", "null", "https://", &own, &format!("https://{own}.evil.example")] {
        let Err(tungstenite::Error::Http(answer)) = table.connect(Some(origin)).await else {
            panic!("{origin} got in");
        };
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origin}");
    }
    for origin in [format!("http://{own}"), format!("https://{own}")] {
        assert!(table.connect(Some(&origin)).await.is_ok(), "{origin}");
    }
}

#[tokio::test]
async fn an_unknown_ticket_gets_no_seat() {
    let table = Table::new().await;
    for ticket in ["", "0", &"0".repeat(64), &"é".repeat(1_000)] {
        let mut line = table.sit(ticket).await;
        assert_eq!(line.notice().await, Notice::Ended(Ending::Unknown));
        assert_eq!(line.closed().await, 1000);
    }
}

#[tokio::test]
async fn a_newer_line_wins_and_the_older_is_told() {
    let table = Table::new().await;
    let (ticket, helper) = (table.begin(1).await, table.join(1).await);
    let mut helper = table.sit(&helper).await;
    helper.notice().await;
    let mut older = table.sit(&ticket).await;
    older.notice().await;
    let mut newer = table.sit(&ticket).await;
    assert_eq!(newer.notice().await, Notice::Joined(None));
    assert_eq!(older.notice().await, Notice::Ended(Ending::Elsewhere));
    assert_eq!(older.closed().await, 1000);
    helper.frame(b"hello").await;
    assert_eq!(newer.received().await, b"hello");
    newer.frame(b"yes").await;
    assert_eq!(helper.received().await, b"yes");
}

#[tokio::test]
async fn a_line_that_broke_off_is_taken_up_again() {
    let table = Table::new().await;
    let (ticket, helper) = (table.begin(1).await, table.join(1).await);
    let mut helper = table.sit(&helper).await;
    helper.notice().await;
    for _ in 0..3 {
        let mut parent = table.sit(&ticket).await;
        assert_eq!(parent.notice().await, Notice::Joined(None));
        parent.frame(b"again").await;
        assert_eq!(helper.received().await, b"again");
        drop(parent);
    }
}

#[tokio::test]
async fn a_frame_that_is_too_large_ends_it_for_both() {
    let table = Table::new().await;
    for (name, bytes) in [(1, MOST_FRAME_BYTES + 1), (2, 1024 * 1024)] {
        let (mut parent, mut helper) = table.both(name).await;
        parent.try_frame(&vec![0; bytes]).await;
        assert_eq!(helper.notice().await, Notice::Ended(Ending::TooMuch));
        assert_eq!(parent.notice().await, Notice::Ended(Ending::TooMuch));
    }
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn more_than_a_meeting_may_carry_ends_it_for_both() {
    let table = Table::new().await;
    let (mut parent, mut helper) = table.both(1).await;
    let frame = vec![0; MOST_FRAME_BYTES / 2];
    // Both ways count together; so much in so little time is too much, however slow this machine is.
    for _ in 0..8 * MOST_BYTES_A_SECOND as usize / MOST_FRAME_BYTES {
        parent.try_frame(&frame).await;
        helper.try_frame(&frame).await;
    }
    for line in [&mut parent, &mut helper] {
        assert_eq!(line.notice_at_last().await, Notice::Ended(Ending::TooMuch));
    }
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn after_two_hours_it_is_over() {
    let table = Table::new().await;
    let (mut parent, mut helper) = table.both(1).await;
    table.app.services.clock.move_by(MEETING_LASTS - 1);
    parent.frame(b"still").await;
    assert_eq!(helper.received().await, b"still");
    table.app.services.clock.move_by(1);
    for line in [&mut parent, &mut helper] {
        assert_eq!(line.notice().await, Notice::Ended(Ending::TimeIsUp));
    }
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn a_server_that_stops_sends_everyone_elsewhere() {
    let table = Table::new().await;
    let (mut parent, mut helper) = table.both(1).await;
    table.app.services.together.close();
    for line in [&mut parent, &mut helper] {
        assert_eq!(line.closed().await, 1012);
    }
    drop((parent, helper));
    table.app.services.together.closed().await;
    assert_eq!(table.rows().await, [1, 0], "it goes on elsewhere");
    let Err(tungstenite::Error::Http(answer)) = table.connect(None).await else { panic!("it lets in") };
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers().contains_key("retry-after"));
}
