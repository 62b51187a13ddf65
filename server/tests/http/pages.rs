//! Every page: whole, alike however it is sent, leading somewhere, and with the headers that keep it safe.

use std::collections::{BTreeMap, BTreeSet};

use app::urls::{Kind, LEAVE, Page, RECEIPT_OPEN, RECEIPT_SAVE, TOGETHER_FETCH, TOGETHER_LINE};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use crate::app::{Answer, TestApp};
use crate::browser::View;
use crate::site::{STYLES, STYLESHEET};

#[tokio::test]
async fn a_content_page_is_whole_and_runs_no_script() {
    let app = TestApp::new().await;
    for page in of_kind(Kind::Content) {
        let answer = app.get(page.path()).await.with(StatusCode::OK);
        assert_eq!(answer.header("content-security-policy"), policy("'none'"), "{page:?}");
        assert_eq!(answer.header("cache-control"), "public, max-age=300", "{page:?}");
        assert!(!answer.text().contains("<script"), "{page:?}");
        let view = answer.view();
        view.check();
        assert!(!view.has("leptos-island, [rel='modulepreload'], [as='fetch']"), "{page:?} loads what runs");
    }
}

#[tokio::test]
async fn a_calculator_page_runs_only_its_own_script_and_is_never_stored() {
    let app = TestApp::new().await;
    for page in of_kind(Kind::Calculator) {
        // Made, and from memory.
        for answer in [app.get(page.path()).await, app.get(page.path()).await] {
            check_calculator(page, &answer);
        }
    }
}

#[tokio::test]
async fn a_page_for_who_works_here_runs_no_script_and_is_never_stored() {
    let app = TestApp::new().await;
    for page in of_kind(Kind::Work) {
        let answer = app.get(page.path()).await.with(StatusCode::OK);
        assert_eq!(answer.header("content-security-policy"), policy("'none'"), "{page:?}");
        assert_eq!(answer.header("cache-control"), "no-store", "{page:?}");
        let view = answer.view();
        view.check();
        assert!(!view.has("script, leptos-island, [rel='modulepreload'], [as='fetch']"), "{page:?}");
    }
}

#[tokio::test]
async fn every_answer_bears_the_headers_that_keep_it_safe() {
    let app = TestApp::new().await;
    for path in
        ["/", "/bedragen", "/keuzehulp", "/nergens", "/nergens/x.php", STYLESHEET, "/robots.txt", LEAVE]
    {
        check_headers(&app.get(path).await, path);
    }
    for path in ["/", "/keuzehulp", "/bedragen", "/vergelijken", RECEIPT_SAVE, RECEIPT_OPEN] {
        check_headers(&app.post(path, &[("received", "30.00")]).await, path);
    }
    for path in [TOGETHER_LINE, TOGETHER_FETCH] {
        let answer = app.get(path).await;
        check_headers(&answer, path);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_content_page_reads_the_same_however_it_is_compressed() {
    let app = TestApp::new().await;
    for page in of_kind(Kind::Content) {
        let plain = app.get(page.path()).await.body;
        for (accepted, coding) in [
            ("", ""),
            ("identity", ""),
            ("br", "br"),
            ("gzip", "gzip"),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0", "gzip"),
            ("br;q=0.000, gzip", "gzip"),
            ("gzip;q=0, br;q=0", ""),
        ] {
            let answer = get_accepting(&app, page.path(), accepted).await;
            assert_eq!(answer.header("content-encoding"), coding, "{page:?} for {accepted:?}");
            assert!(answer.header("vary").contains("accept-encoding"), "{page:?} for {accepted:?}");
            assert_eq!(answer.decoded(), plain, "{page:?} for {accepted:?}");
        }
    }
}

#[tokio::test]
async fn a_calculator_page_is_compressed_too() {
    let app = TestApp::new().await;
    for page in of_kind(Kind::Calculator) {
        let answer = get_accepting(&app, page.path(), "gzip, br").await;
        assert_eq!(answer.header("content-encoding"), "br", "{page:?}");
        answer.view().check();
    }
}

#[tokio::test]
async fn asking_for_the_headers_alone_gives_those_of_the_page() {
    let app = TestApp::new().await;
    for page in Page::ALL {
        let whole = app.get(page.path()).await;
        let head = app.send(request(Method::HEAD, page.path())).await.with(StatusCode::OK);
        assert!(head.body.is_empty(), "{page:?}");
        for name in ["content-type", "cache-control", "vary", "content-length"] {
            assert_eq!(head.header(name), whole.header(name), "{page:?}: {name}");
        }
        check_headers(&head, page.path());
    }
}

#[tokio::test]
async fn what_is_nowhere_is_told_in_the_house() {
    let app = TestApp::new().await;
    for path in [
        "/nergens",
        "/bedragen/",
        "/BEDRAGEN",
        "/assets/",
        "/assets",
        "/assets/nope.js",
        "/.well-known/nope",
        "/..%2f..%2fetc/passwd",
        "/%ff",
        "/%00",
        "//",
    ] {
        let answer = app.get(path).await.with(StatusCode::NOT_FOUND);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("content-security-policy"), policy("'none'"), "{path}");
        answer.view().check();
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_in_the_house_with_the_right_ones() {
    let app = TestApp::new().await;
    for (method, path, allowed) in [
        (Method::POST, "/", "GET,HEAD"),
        (Method::PUT, "/bedragen", "GET,HEAD,POST"),
        (Method::DELETE, "/keuzehulp", "GET,HEAD,POST"),
        (Method::PATCH, "/privacy", "GET,HEAD"),
        (Method::GET, RECEIPT_SAVE, "POST"),
        (Method::GET, RECEIPT_OPEN, "POST"),
        (Method::POST, LEAVE, "GET,HEAD"),
    ] {
        let answer = app.send(request(method.clone(), path)).await.with(StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), allowed, "{method} {path}");
        answer.view().check();
    }
}

#[tokio::test]
async fn built_files_are_kept_for_ever_and_sent_as_compressed_by_the_build() {
    let app = TestApp::new().await;
    for coding in ["", "br", "gzip"] {
        let answer = get_accepting(&app, STYLESHEET, coding).await.with(StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("content-type"), "text/css");
        assert_eq!(answer.header("content-encoding"), coding);
        assert!(answer.header("vary").contains("accept-encoding"), "another browser gets its own");
        assert_eq!(answer.decoded(), STYLES.as_bytes());
    }
}

/// From the first page on, like a reader with much time.
#[tokio::test]
async fn every_link_and_every_fragment_leads_somewhere() {
    let app = TestApp::new().await;
    let mut pages = BTreeMap::<String, View>::new();
    let mut to_do = vec!["/".to_owned()];
    let mut wanted = BTreeSet::new();
    while let Some(path) = to_do.pop() {
        if pages.contains_key(&path) {
            continue;
        }
        let answer = app.get(&path).await.with(StatusCode::OK);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let view = answer.view();
        for address in ["href", "src"]
            .into_iter()
            .flat_map(|name| view.attributes(name))
            .filter(|address| address.starts_with('/'))
        {
            let (to, fragment) = address.split_once('#').unwrap_or((address, ""));
            wanted.insert((to.to_owned(), fragment.to_owned()));
            if to != LEAVE {
                to_do.push(to.to_owned());
            }
        }
        pages.insert(path, view);
    }
    for page in Page::ALL {
        assert!(pages.contains_key(page.path()), "no link leads to {page:?}");
    }
    for (page, fragment) in wanted.iter().filter(|(_, fragment)| !fragment.is_empty()) {
        assert!(pages.get(page).is_some_and(|view| view.has_id(fragment)), "{page}#{fragment}");
    }
}

#[tokio::test]
async fn no_page_fetches_anything_from_elsewhere() {
    let app = TestApp::new().await;
    for page in Page::ALL {
        let view = app.get(page.path()).await.view();
        let fetched = view.all("[src], link[href]");
        let elsewhere = |address: &&str| !address.starts_with('/') || address.starts_with("//");
        let elsewhere: Vec<&str> = fetched
            .iter()
            .filter_map(|element| element.attr("src").or(element.attr("href")))
            .filter(elsewhere)
            .collect();
        assert_eq!(elsewhere, Vec::<&str>::new(), "{page:?}");
    }
}

fn of_kind(kind: Kind) -> impl Iterator<Item = Page> {
    Page::ALL.into_iter().filter(move |page| page.kind() == kind)
}

/// The policy of each page, whatever its scripts.
fn policy(scripts: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

#[track_caller]
fn check_calculator(page: Page, answer: &Answer) {
    let view = answer.view();
    view.check();
    let script = view.one("script");
    let bundle = page.bundle().expect("a bundle");
    assert_eq!(script.attr("src"), Some(format!("/assets/{bundle}.boot").as_str()));
    assert!(script.inner_html().is_empty(), "a script in the page itself wouldn't run");
    assert_eq!(answer.header("content-security-policy"), policy("'self' 'wasm-unsafe-eval'"));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[track_caller]
fn check_headers(answer: &Answer, path: &str) {
    for (name, value) in [
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", if path == LEAVE { "no-referrer" } else { "same-origin" }),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {path}");
    }
    let permissions: Vec<&str> = answer.header("permissions-policy").split(", ").collect();
    assert!(
        permissions.len() > 5 && permissions.iter().all(|permission| permission.ends_with("=()")),
        "{path}: {permissions:?}"
    );
    assert!(
        answer.header("content-security-policy").starts_with("default-src 'none'; script-src "),
        "{path}"
    );
    // Who leaves is in no meeting any more.
    let cookie =
        if path == LEAVE { "__Host-samen=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0" } else { "" };
    assert_eq!(answer.header("set-cookie"), cookie, "{path}");
}

async fn get_accepting(app: &TestApp, path: &str, accepted: &str) -> Answer {
    app.send(
        Request::get(path).header(header::ACCEPT_ENCODING, accepted).body(Body::empty()).expect("a request"),
    )
    .await
}

fn request(method: Method, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).expect("a request")
}
