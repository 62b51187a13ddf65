//! What holds for every form: nothing typed leaks, nothing typed runs, nothing sent breaks the server.

use app::urls::{CALENDAR_SAVE, RECEIPT_OPEN, RECEIPT_SAVE};
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};

use crate::app::{Answer, FORM, TestApp, encoded, post};
use crate::browser::View;
use crate::log;

/// Every path that takes a form.
const PATHS: [&str; 8] = [
    "/keuzehulp",
    "/bedragen",
    "/vergelijken",
    "/tijdlijn",
    "/tijdlijn/brief",
    "/tijdlijn/gesprek",
    CALENDAR_SAVE,
    RECEIPT_SAVE,
];

#[tokio::test]
async fn what_is_typed_reaches_no_header_no_address_and_no_log() {
    const MARKER: &str = "merkteken7391";
    let app = TestApp::new().await;
    let mut answers = Vec::new();
    let names = names(&app).await;
    for path in PATHS {
        for name in &names {
            answers.push(app.post(path, &[(name, MARKER)]).await);
        }
        answers.push(app.post(path, &[(MARKER, "x"), ("at", MARKER), ("action", MARKER)]).await);
        answers.push(
            app.post(path, &[("received", MARKER.repeat(60_000))]).await.with(StatusCode::PAYLOAD_TOO_LARGE),
        );
        let body = || encoded(&[("received", MARKER)]);
        for request in [
            post(path).header(header::CONTENT_TYPE, "text/plain").body(body().into()),
            from_elsewhere(path).header(header::CONTENT_TYPE, FORM).body(body().into()),
            Request::put(path).body(body().into()),
        ] {
            answers.push(app.send(request.expect("a request")).await);
        }
    }
    let file = format!(
        "--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"{MARKER}\"\r\n\r\n{{\"{MARKER}\":1}}\r\n--x--\r\n"
    );
    let file =
        post(RECEIPT_OPEN).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body(file.into());
    answers.push(app.send(file.expect("a request")).await);

    for answer in &answers {
        assert!(answer.status.as_u16() < 500, "{}", answer.status);
        let headers = format!("{:?}", answer.headers);
        assert!(!headers.contains(MARKER), "{headers}");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let addresses = addresses(&answer.view());
        assert!(!addresses.iter().any(|address| address.contains(MARKER)), "{addresses:?}");
    }
    let log = log::written();
    assert!(log.contains("http.path=\"/bedragen\""), "the log is kept at all");
    assert_eq!(lines_with(MARKER, &log), Vec::<&str>::new());
}

/// As the server runs: at the most talkative level other crates write down every address.
#[tokio::test]
async fn an_address_that_is_typed_reaches_no_log() {
    const MARKER: &str = "merkteken2864";
    let app = TestApp::new().await;
    for path in ["/bedragen?received=", "/?", "/", "/assets/", "/vergelijken/"] {
        let path = format!("{path}{MARKER}");
        app.get(&path).await;
        app.post(&path, &[("received", "1")]).await;
        let elsewhere = from_elsewhere(&path).body(Body::empty()).expect("a request");
        app.send(elsewhere).await.with(StatusCode::FORBIDDEN);
    }
    let log = log::written();
    let leaks = lines_with(MARKER, &log)
        .into_iter()
        .filter(|line| !line.contains(" TRACE ") && !line.contains(" DEBUG "));
    assert_eq!(leaks.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[tokio::test]
async fn what_is_typed_is_shown_as_text_and_never_runs() {
    let app = TestApp::new().await;
    let names = names(&app).await;
    for payload in [
        "<script>alert(1)</script>",
        "\"><b class=\"geplant\">x</b>",
        "' onmouseover='alert(1)' x='",
        "\" autofocus onfocus=\"alert(1)",
        "</title></textarea></select></leptos-island><b class=\"geplant\">",
        "javascript:alert(1)",
        "<!--",
        "]]><b class=\"geplant\">",
        "&quot;><b class=\"geplant\">",
        "{{7*7}}\\u003cb class=geplant\\u003e",
    ] {
        for path in PATHS {
            let everywhere: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), payload)).collect();
            let elsewhere =
                [(payload, payload), ("action", payload), ("at", payload), ("answer.who", payload)];
            check_harmless(&app.post(path, &everywhere).await);
            check_harmless(&app.post(path, &elsewhere).await);
        }
        let nowhere = format!("/{}", encoded(&[(payload, "")]));
        check_harmless(&app.get(&nowhere).await.with(StatusCode::NOT_FOUND));
    }
}

#[tokio::test]
async fn a_form_larger_than_any_of_ours_is_refused() {
    let app = TestApp::new().await;
    for path in PATHS {
        let value = |bytes: usize| "1".repeat(bytes - "received=".len());
        let most = 512 * 1024;
        assert_ne!(
            app.post(path, &[("received", value(most))]).await.status,
            StatusCode::PAYLOAD_TOO_LARGE,
            "{path}"
        );
        let answer =
            app.post(path, &[("received", value(most + 1))]).await.with(StatusCode::PAYLOAD_TOO_LARGE);
        answer.view().check();
    }
}

#[tokio::test]
async fn what_isnt_sent_as_a_form_is_refused() {
    let app = TestApp::new().await;
    for path in PATHS {
        for kind in [
            "application/json",
            "text/plain",
            "multipart/form-data; boundary=x",
            "",
            "application/x-www-form",
        ] {
            let request = post(path)
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from("received=1"))
                .expect("a request");
            app.send(request).await.with(StatusCode::UNSUPPORTED_MEDIA_TYPE).view().check();
        }
        let bare = post(path).body(Body::from("received=1")).expect("a request");
        app.send(bare).await.with(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let loud =
            post(path).header(header::CONTENT_TYPE, "Application/X-WWW-Form-URLencoded; charset=UTF-8");
        let answer = app.send(loud.body(Body::from("received=1")).expect("a request")).await;
        assert_ne!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
    }
}

#[tokio::test]
async fn only_pages_of_this_site_may_post() {
    let app = TestApp::new().await;
    let own = ("origin", "https://herstelroute.test");
    for (headers, status) in [
        (vec![("sec-fetch-site", "same-origin")], StatusCode::OK),
        (vec![("sec-fetch-site", "same-origin"), own], StatusCode::OK),
        (vec![("sec-fetch-site", "none")], StatusCode::OK),
        (vec![own], StatusCode::OK),
        (vec![], StatusCode::OK),
        (vec![("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (vec![("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN),
        (vec![("sec-fetch-site", "cross-site"), own], StatusCode::FORBIDDEN),
        (vec![("origin", "null")], StatusCode::FORBIDDEN),
        (vec![("origin", "https://elders.test")], StatusCode::FORBIDDEN),
        (vec![("origin", "https://herstelroute.test.elders.test")], StatusCode::FORBIDDEN),
    ] {
        for path in PATHS {
            let start = Request::post(path)
                .header(header::HOST, "herstelroute.test")
                .header(header::CONTENT_TYPE, FORM);
            let request = headers.iter().fold(start, |request, (name, value)| request.header(*name, *value));
            let answer = app.send(request.body(Body::empty()).expect("a request")).await.with(status);
            if status == StatusCode::FORBIDDEN {
                answer.view().check();
            }
        }
    }
}

#[tokio::test]
async fn a_page_can_be_reached_from_anywhere() {
    let app = TestApp::new().await;
    for path in ["/", "/bedragen"] {
        let request = Request::get(path)
            .header("sec-fetch-site", "cross-site")
            .header("origin", "null")
            .body(Body::empty());
        app.send(request.expect("a request")).await.with(StatusCode::OK);
    }
}

#[tokio::test]
async fn nothing_that_is_sent_is_our_fault() {
    let app = TestApp::new().await;
    let many: String = (0..10_000).map(|field| format!("veld{field}=x&")).collect();
    let rows = "rows.years=4000000000&rows.damages=4000000000&rows.children=18446744073709551616".to_owned();
    let far =
        "years[99999].year=2010&years[4294967295].year=2010&children[18446744073709551615].born_on=1-1-2010"
            .to_owned();
    let deep = format!("{}=1", "years[0].".repeat(10_000));
    for body in [
        b"\xff\xfe=\x80&received=\xc3\x28".to_vec(),
        b"received=%ff%fe&years[0].year=%C0%AF".to_vec(),
        b"received=%&legal_help=%zz&=&&&==;;".to_vec(),
        "received=٣٠٠٠٠&decision_on=𝟙-𝟙-𝟚𝟘𝟚𝟘&years[0].year=２０１０".into(),
        "received=\u{202e}000.03&years[0].ground=\u{feff}compensation".into(),
        many.into_bytes(),
        rows.into_bytes(),
        far.into_bytes(),
        deep.into_bytes(),
        Vec::new(),
    ] {
        for path in PATHS {
            let request = post(path)
                .header(header::CONTENT_TYPE, FORM)
                .body(Body::from(body.clone()))
                .expect("a request");
            let answer = app.send(request).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
            if path != RECEIPT_SAVE {
                answer.view().check();
            }
        }
    }
}

#[tokio::test]
async fn what_no_page_may_hold_is_replaced() {
    let view =
        TestApp::new().await.post("/bedragen", &[("received", "1\0"), ("decision_on", "\u{1}")]).await.view();
    view.check();
    assert_eq!(view.typed("received"), "1\u{fffd}");
}

#[tokio::test]
async fn claims_about_rows_are_believed_up_to_a_limit() {
    let view = TestApp::new()
        .await
        .post("/bedragen", &[("rows.years", "4000000000")])
        .await
        .with(StatusCode::OK)
        .view();
    assert_eq!(view.all("[name$='.year']").len(), 100);
}

/// The name of every field on every page with a form, one row of each group included.
async fn names(app: &TestApp) -> Vec<String> {
    let mut names = Vec::new();
    let rows = [("rows.years", "1"), ("rows.damages", "1"), ("rows.children", "1")];
    for view in [
        app.get("/keuzehulp").await.view(),
        app.post("/bedragen", &rows).await.view(),
        app.get("/vergelijken").await.view(),
        app.get("/tijdlijn").await.view(),
        app.post("/tijdlijn/brief", &[("letter", "notice_of_default")]).await.view(),
        app.post("/tijdlijn/brief", &[("letter", "objection")]).await.view(),
        app.get("/tijdlijn/gesprek").await.view(),
    ] {
        names.extend(
            view.all("form [name]").into_iter().filter_map(|control| control.attr("name")).map(str::to_owned),
        );
    }
    names.sort();
    names.dedup();
    assert!(names.len() > 25, "{names:?}");
    names
}

fn from_elsewhere(path: &str) -> Builder {
    Request::post(path).header("sec-fetch-site", "cross-site")
}

fn lines_with<'a>(marker: &str, log: &'a str) -> Vec<&'a str> {
    log.lines().filter(|line| line.contains(marker)).collect()
}

fn addresses(view: &View) -> Vec<String> {
    let names = ["href", "src", "action", "formaction"];
    names.into_iter().flat_map(|name| view.attributes(name)).map(str::to_owned).collect()
}

/// The page is as valid as without the payload, which made no element and no attribute.
#[track_caller]
fn check_harmless(answer: &Answer) {
    assert!(answer.status.as_u16() < 500, "{}", answer.status);
    if !answer.header("content-type").starts_with("text/html") {
        return;
    }
    let view = answer.view();
    view.check();
    assert!(!view.has(".geplant"), "an element was smuggled in");
    assert!(
        view.all("script")
            .into_iter()
            .all(|script| script.attr("src").is_some_and(|src| src.starts_with("/assets/"))
                && script.inner_html().is_empty())
    );
    assert!(!addresses(&view).iter().any(|address| address.starts_with("javascript:")));
}
