//! While she is in a meeting, each page of hers shows so; nobody else's page is any heavier.

use app::urls::{Kind, Page};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::app::{Answer, TestApp};

const BOOT: &str = "/assets/together.boot";

async fn get_with_cookie(app: &TestApp, path: &str) -> Answer {
    let request = Request::get(path).header(header::COOKIE, "__Host-samen=0");
    app.send(request.body(Body::empty()).expect("a request")).await
}

/// The addresses of a page's scripts, which its policy lets run.
#[track_caller]
fn scripts(answer: &Answer) -> Vec<String> {
    let view = answer.view();
    let policy = answer.header("content-security-policy").to_owned();
    let scripts = view.all("script");
    let scripts: Vec<String> =
        scripts.into_iter().map(|script| script.attr("src").expect("an address").to_owned()).collect();
    assert_eq!(scripts.is_empty(), policy.contains("script-src 'none'"), "{policy}");
    scripts
}

#[tokio::test]
async fn every_page_of_hers_shows_that_she_is_in_a_meeting() {
    let app = TestApp::new().await;
    for page in Page::ALL {
        let answer = get_with_cookie(&app, page.path()).await.with(StatusCode::OK);
        let own = page.bundle().map(|bundle| format!("/assets/{bundle}.boot"));
        let mut expected: Vec<String> = own.into_iter().chain([BOOT.to_owned()]).collect();
        expected.dedup();
        assert_eq!(scripts(&answer), expected, "{}", page.path());
        assert_eq!(answer.header("cache-control"), "no-store", "{}", page.path());
    }
    let lost = get_with_cookie(&app, "/nergens").await.with(StatusCode::NOT_FOUND);
    assert_eq!(scripts(&lost), [BOOT]);
}

#[tokio::test]
async fn nobody_else_gets_a_script_or_a_page_of_hers() {
    let app = TestApp::new().await;
    for page in Page::ALL.into_iter().filter(|page| page.kind() == Kind::Content) {
        get_with_cookie(&app, page.path()).await;
        let answer = app.get(page.path()).await.with(StatusCode::OK);
        assert_eq!(scripts(&answer), [""; 0], "{}", page.path());
        assert_eq!(answer.header("vary"), "accept-encoding, cookie", "{}", page.path());
    }
}

#[tokio::test]
async fn pages_where_something_is_filled_in_lead_to_a_meeting() {
    let app = TestApp::new().await;
    for page in Page::ALL {
        let links = app.get(page.path()).await.view().all("a.together-link").len();
        assert_eq!(links, usize::from(page.is_for_together()), "{}", page.path());
    }
}
