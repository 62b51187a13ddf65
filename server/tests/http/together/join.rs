//! Beginning, joining and stopping: one code, one helper, and either ends it for both.

use app::urls::{LEAVE, TOGETHER_BEGIN, TOGETHER_JOIN, TOGETHER_STOP};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::together::{Badge, CODE_LASTS, Ending, MEETING_LASTS, Notice};
use server::account::Role;

use super::table::Table;
use crate::app::post;

#[tokio::test]
async fn a_meeting_begins_with_a_ticket_and_a_cookie() {
    let table = Table::new().await;
    let answer = table.ask(TOGETHER_BEGIN, 1).await.with(StatusCode::OK);
    assert!(answer.header("content-type").starts_with("text/plain"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let (cookie, ticket) = (answer.header("set-cookie"), answer.text());
    assert!(cookie.starts_with(&format!("__Host-samen={ticket};")), "{cookie}");
    assert!(cookie.contains(&format!("Max-Age={MEETING_LASTS}")), "{cookie}");
    assert!(ticket.len() == 64 && ticket.bytes().all(|sign| sign.is_ascii_hexdigit()), "{}", ticket.len());
    assert_ne!(ticket, table.begin(2).await);
    table.ask(TOGETHER_BEGIN, 1).await.with(StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_no_name_begins_nothing() {
    let table = Table::new().await;
    for path in [TOGETHER_BEGIN, TOGETHER_JOIN] {
        for length in [0, 31, 33] {
            let request = post(path).body(vec![1; length].into()).expect("a request");
            let answer = table.app.send(request).await.with(StatusCode::BAD_REQUEST);
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    let other_site = Request::post(TOGETHER_BEGIN).header("sec-fetch-site", "cross-site");
    let request = other_site.body(vec![1; 32].into()).expect("a request");
    table.app.send(request).await.with(StatusCode::FORBIDDEN);
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn used_expired_and_unknown_codes_are_refused_alike() {
    let table = Table::new().await;
    table.begin(1).await;
    table.begin(2).await;
    table.join(1).await;
    let second = table.ask(TOGETHER_JOIN, 1).await.with(StatusCode::NOT_FOUND);
    let unknown = table.ask(TOGETHER_JOIN, 3).await.with(StatusCode::NOT_FOUND);
    table.app.services.clock.move_by(CODE_LASTS);
    let expired = table.ask(TOGETHER_JOIN, 2).await.with(StatusCode::NOT_FOUND);
    for answer in [&unknown, &expired] {
        assert_eq!((&answer.body, &answer.headers), (&second.body, &second.headers));
    }
}

#[tokio::test]
async fn a_code_is_good_until_its_last_second() {
    let table = Table::new().await;
    table.begin(1).await;
    table.app.services.clock.move_by(CODE_LASTS - 1);
    table.join(1).await;
}

#[tokio::test]
async fn who_is_signed_in_is_shown_as_who_she_is() {
    let table = Table::new().await;
    let helper = table.app.sign_in(Role::SupportWorker).await;
    let (person, _) =
        table.app.demo_links.iter().find(|(it, _)| it.role == Role::SupportWorker).expect("one");
    let parent = table.begin(1).await;
    let mut parent = table.sit(&parent).await;
    assert_eq!(parent.notice().await, Notice::Waiting);

    let request = post(TOGETHER_JOIN).header(header::COOKIE, &helper.cookie);
    let joined = table.app.send(request.body(vec![1; 32].into()).expect("a request")).await;
    let mut helper = table.sit(&joined.with(StatusCode::OK).text()).await;
    for line in [&mut parent, &mut helper] {
        let Notice::Joined(Some(Badge { name, organisation, role })) = line.notice().await else {
            panic!("nobody who is known");
        };
        assert_eq!((&name, role.as_str()), (&person.name, Role::SupportWorker.in_words()));
        assert!(organisation.is_some_and(|organisation| !organisation.is_empty()));
    }
}

#[tokio::test]
async fn whose_account_was_ended_is_nobody_who_is_known() {
    let table = Table::new().await;
    let browser = table.app.sign_in(Role::SupportWorker).await;
    let id = &table.app.demo_links.iter().find(|(it, _)| it.role == Role::SupportWorker).expect("one").0.id;
    let joining = |name| {
        let request = post(TOGETHER_JOIN).header(header::COOKIE, &browser.cookie);
        table.app.send(request.body(vec![name; 32].into()).expect("a request"))
    };
    let before = table.begin(1).await;
    joining(1).await.with(StatusCode::OK);
    let accounts = server::account::Accounts::new(table.app.services.store.clone());
    assert!(accounts.block(id, table.app.services.clock.now()).await.expect("an answer"));
    assert_eq!(table.sit(&before).await.notice().await, Notice::Joined(None), "not any more");
    let after = table.begin(2).await;
    joining(2).await.with(StatusCode::OK);
    assert_eq!(table.sit(&after).await.notice().await, Notice::Joined(None));
}

#[tokio::test]
async fn either_ends_it_for_both_and_nothing_is_left() {
    let table = Table::new().await;
    for (name, ending) in [(1, Ending::StoppedByParent), (2, Ending::StoppedByHelper)] {
        let tickets = [table.begin(name).await, table.join(name).await];
        let mut lines = [table.sit(&tickets[0]).await, table.sit(&tickets[1]).await];
        for line in &mut lines {
            line.notice().await;
        }
        let stopper = if ending == Ending::StoppedByParent { &tickets[0] } else { &tickets[1] };
        table.stop(stopper).await.with(StatusCode::NO_CONTENT);
        for line in &mut lines {
            assert_eq!(line.notice().await, Notice::Ended(ending));
            assert_eq!(line.closed().await, 1000);
        }
        assert_eq!(table.rows().await, [0, 0]);
        for ticket in &tickets {
            table.stop(ticket).await.with(StatusCode::NO_CONTENT);
            assert_eq!(table.sit(ticket).await.notice().await, Notice::Ended(Ending::Unknown));
        }
    }
}

#[tokio::test]
async fn the_cookie_goes_with_its_own_meeting_alone() {
    let table = Table::new().await;
    let answer = table.ask(TOGETHER_BEGIN, 1).await.with(StatusCode::OK);
    let ticket = answer.text();
    assert!(answer.header("set-cookie").starts_with(&format!("__Host-samen={ticket}; ")));
    let stopped = table.stop_from(Some(&table.begin(2).await), &ticket).await.with(StatusCode::NO_CONTENT);
    assert_eq!(stopped.header("set-cookie"), "", "another meeting ended");
    assert_eq!(table.rows().await, [1, 0]);
    // Another tab of hers has the cookie, and no ticket of its own.
    let stopped = table.stop_from(None, &ticket).await.with(StatusCode::NO_CONTENT);
    assert!(stopped.header("set-cookie").starts_with("__Host-samen=; "));
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn who_leaves_quickly_ends_it_too() {
    let table = Table::new().await;
    let tickets = [table.begin(1).await, table.join(1).await];
    let mut helper = table.sit(&tickets[1]).await;
    helper.notice().await;
    let leave = Request::get(LEAVE).header(header::COOKIE, format!("__Host-samen={}", tickets[0]));
    table.app.send(leave.body(Body::empty()).expect("a request")).await.with(StatusCode::SEE_OTHER);
    assert_eq!(helper.notice().await, Notice::Ended(Ending::StoppedByParent));
    assert_eq!(table.rows().await, [0, 0]);
}

#[tokio::test]
async fn without_a_ticket_nothing_stops() {
    let table = Table::new().await;
    table.begin(1).await;
    let request = post(TOGETHER_STOP).body(Body::empty()).expect("a request");
    table.app.send(request).await.with(StatusCode::UNAUTHORIZED);
    table.stop(&"0".repeat(64)).await.with(StatusCode::NO_CONTENT);
    assert_eq!(table.rows().await, [1, 0]);
}
