//! A page of another site makes a browser send nothing that is answered here, whatever the address: also not to one that is
//! made tomorrow, as long as it stands in the URL map or in the description of the feed.

use std::collections::BTreeSet;

use app::urls::Page;
use axum::http::{Method as HttpMethod, Request, StatusCode, header};
use server::account::{Method, Role, TABLE};

use crate::app::{Answer, FORM, TestApp};

const HOST: &str = "herstelroute.test";
const OWN: &str = "https://herstelroute.test";
const SITE: &str = "sec-fetch-site";
const ORIGIN: &str = "origin";

/// What a browser says of where a form stands, for a page of another site.
const ELSEWHERE: [&[(&str, &str)]; 7] = [
    &[(SITE, "cross-site")],
    &[(SITE, "same-site")],
    &[(SITE, "cross-site"), (ORIGIN, OWN)],
    &[(ORIGIN, "null")],
    &[(ORIGIN, "https://elders.test")],
    &[(ORIGIN, "https://herstelroute.test.elders.test")],
    &[(ORIGIN, "https://herstelroute.test:8443")],
];

/// Every address that the portal's own code can name.
async fn addresses(app: &TestApp) -> BTreeSet<String> {
    let map = include_str!("../../../../app/src/urls.rs");
    let told = map.lines().filter_map(|line| line.split_once("&str = \"/")?.1.strip_suffix("\";"));
    let mut addresses: BTreeSet<String> = told.map(|rest| format!("/{rest}")).collect();
    assert!(addresses.len() > 20, "{addresses:?}");
    addresses.extend(Page::ALL.map(|page| page.path().to_owned()));
    addresses.extend(TABLE.iter().filter(|row| row.method == Method::Post).map(|row| row.path.to_owned()));
    addresses.extend(app.demo_links.iter().map(|(_, code)| format!("/inloggen/demo/{}", code.signs())));
    let feed: serde_json::Value =
        serde_json::from_str(&app.get("/api/v1/openapi.json").await.text()).expect("JSON");
    addresses.extend(feed["paths"].as_object().expect("paths").keys().cloned());
    addresses.insert("/nergens".to_owned());
    addresses.into_iter().map(|address| address.replace("{id}", "1")).collect()
}

#[tokio::test]
async fn nothing_that_another_site_makes_a_browser_send_is_answered() {
    let app = TestApp::new().await;
    let signed_in = app.sign_in(Role::Coordinator).await.cookie;
    for address in addresses(&app).await {
        for method in [HttpMethod::POST, HttpMethod::PUT, HttpMethod::DELETE, HttpMethod::PATCH] {
            for told in ELSEWHERE {
                let answer = send(&app, &method, &address, told, &signed_in).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {address} {told:?}");
                assert_eq!(answer.header("set-cookie"), "", "{method} {address} {told:?}");
            }
        }
    }
    // None of it used up a link.
    for role in Role::STAFF.into_iter().filter(|role| *role != Role::Coordinator) {
        app.sign_in(role).await;
    }
}

/// So that the test above can fail: from a page of this site the same is answered.
#[tokio::test]
async fn what_a_page_of_this_site_sends_is_answered() {
    let app = TestApp::new().await;
    for address in addresses(&app).await {
        for told in [&[(SITE, "same-origin")][..], &[(ORIGIN, OWN)], &[]] {
            let answer = send(&app, &HttpMethod::POST, &address, told, "").await;
            assert_ne!(answer.status, StatusCode::FORBIDDEN, "{address} {told:?}");
        }
    }
}

async fn send(app: &TestApp, method: &HttpMethod, path: &str, told: &[(&str, &str)], cookie: &str) -> Answer {
    let start = Request::builder().method(method).uri(path).header(header::HOST, HOST);
    let start = start.header(header::CONTENT_TYPE, FORM).header(header::COOKIE, cookie);
    let request = told.iter().fold(start, |request, (name, value)| request.header(*name, *value));
    app.send(request.body("action=delete".into()).expect("a request")).await
}
