//! What is typed is text wherever it is shown, whatever is typed: each page stays what it was, element by element.

use axum::http::header;

use super::payloads::{self, EVERYTHING, MARK, harmless};
use super::walk::{Seen, Walk};
use crate::app::Answer;
use crate::browser::without_ids;
use crate::figure;
use crate::provider::hostile::Hostile;
use crate::sign_in::Place;

/// More than this the robot finds; fewer means that it got lost.
const MANY: usize = 150;

#[tokio::test]
async fn whatever_is_typed_in_any_field_a_page_is_the_one_that_harmless_text_gives() {
    let provider = Hostile::start().await;
    let mut answers = 0;
    for turn in 0..payloads::turns() {
        let fill = move |field: &str| payloads::of(field, turn);
        let [typed, plain] = [Place::at(provider.issuer()).await, Place::at(provider.issuer()).await];
        let typed = Walk::new(&typed.app, fill).everywhere().await;
        let plain = Walk::new(&plain.app, move |field| harmless(&fill(field))).everywhere().await;
        assert!(typed.len() > MANY, "{} answers", typed.len());
        for (typed, plain) in typed.iter().zip(&plain) {
            check_alike(typed, plain);
        }
        assert_eq!(typed.len(), plain.len());
        answers += typed.len();
    }
    let each = format!("{} of {} payloads in each field", payloads::turns(), payloads::COUNT);
    figure::add(
        "answers in which a script that was typed is more than text",
        &format!("0 of {answers}; {each}"),
        "0",
    );
}

#[tokio::test]
async fn whatever_comes_in_a_field_that_nobody_types_in_stays_text_too() {
    let provider = Hostile::start().await;
    let place = Place::at(provider.issuer()).await;
    let walk = Walk::new(&place.app, |field| harmless(&payloads::of(field, 0))).forcing(EVERYTHING);
    let seen = walk.everywhere().await;
    assert!(seen.len() > 3 * MANY, "{} answers", seen.len());
    for seen in &seen {
        check_harmless(seen);
    }
}

/// The same answer but for the text: status, headers, and the page's elements and attributes.
#[track_caller]
pub fn check_alike(typed: &Seen, plain: &Seen) {
    let what = &typed.what;
    assert_eq!(what, &plain.what);
    let skeleton = check_harmless(typed);
    assert_eq!(typed.answer.status, plain.answer.status, "{what}");
    assert_eq!(headers(&typed.answer), headers(&plain.answer), "{what}");
    if let Some(typed) = skeleton {
        let plain = plain.answer.view().skeleton();
        let differing = typed.iter().zip(&plain).find(|(typed, plain)| typed != plain);
        assert_eq!(differing, None, "{what}");
        assert_eq!(typed.len(), plain.len(), "{what}");
    }
}

/// Well-formed, no fault of ours, and nothing of an attacker's making stands in it as more than text. Of a page, gives the
/// skeleton.
#[track_caller]
pub fn check_harmless(Seen { what, answer }: &Seen) -> Option<Vec<String>> {
    assert!(answer.status.as_u16() < 500, "{what}: {}", answer.status);
    let told = headers(answer);
    assert!(!told.iter().any(|header| header.contains(MARK)), "{what}: {told:?}");
    let kind = answer.header("content-type");
    if kind.starts_with("application/json") {
        serde_json::from_str::<serde_json::Value>(&answer.text()).expect("JSON");
    }
    if !kind.starts_with("text/html") {
        return None;
    }
    let view = answer.view();
    view.check();
    let skeleton = view.skeleton();
    let planted: Vec<&String> = skeleton.iter().filter(|part| part.contains(MARK)).collect();
    assert_eq!(planted, Vec::<&String>::new(), "{what}");
    for script in view.all("script") {
        let is_ours = script.attr("src").is_some_and(|src| src.starts_with("/assets/"))
            && script.inner_html().is_empty();
        assert!(is_ours, "{what}");
    }
    Some(skeleton)
}

/// Names and values, each id alike.
fn headers(answer: &Answer) -> Vec<String> {
    let varying = [header::SET_COOKIE, header::CONTENT_LENGTH];
    let told = answer.headers.iter().filter(|(name, _)| !varying.contains(name));
    let mut told: Vec<String> = told
        .map(|(name, value)| format!("{name}: {}", without_ids(&String::from_utf8_lossy(value.as_bytes()))))
        .collect();
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
    let name = |value: &header::HeaderValue| {
        String::from_utf8_lossy(value.as_bytes()).split('=').next().map(str::to_owned)
    };
    told.extend(cookies.filter_map(name));
    told.sort();
    told
}
