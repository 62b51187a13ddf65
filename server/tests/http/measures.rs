//! Figures for Prometheus: they count, and hold nothing of anyone.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use sea_orm::ConnectionTrait;
use server::audit::{Act, Actor, Entry, Kind};
use server::figures::Figures;
use server::measure::Measures;
use server::store::Store;
use server::together::{MeetingName, Together};

use crate::app::TestApp;
use crate::cluster;

const MARKER: &str = "merkteken5150";

/// All tests of this program are measured together.
fn measures() -> &'static Measures {
    static MEASURES: OnceLock<Measures> = OnceLock::new();
    MEASURES.get_or_init(|| Measures::begin().expect("the only one here"))
}

async fn shown(app: &TestApp) -> String {
    let (store, together): (&Store, &Together) = (&app.services.store, &app.services.together);
    measures().shown(store, together).await
}

/// The number behind a name with its labels; zero where there is none yet.
fn number(shown: &str, series: &str) -> f64 {
    let line = shown.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0.0, |number| number.parse().expect("a number"))
}

/// All values that a label has.
fn values<'a>(shown: &'a str, label: &str) -> BTreeSet<&'a str> {
    let begin = format!("{label}=\"");
    shown.lines().filter_map(|line| Some(line.split_once(&begin)?.1.split_once('"')?.0)).collect()
}

#[tokio::test]
async fn what_is_sent_reaches_no_figure() {
    let app = TestApp::new().await;
    measures();
    let fields =
        ["received", "story", "name", "phone", "email", "code", "reference", "number", "action", "at"];
    let fields = fields.map(|field| (field, MARKER));
    for path in [
        "/keuzehulp",
        "/bedragen",
        "/vergelijken",
        "/tijdlijn",
        "/dossier",
        "/hulpvraag",
        "/hulpvraag/volgen",
    ] {
        app.post(path, &fields).await;
        app.get(&format!("{path}?{MARKER}={MARKER}")).await;
        app.get(&format!("{path}/{MARKER}")).await;
    }
    for path in ["/", "/balie/", "/assets/", "/inloggen/demo/", "/api/v1/batches/", "/api/v1/"] {
        let request = Request::get(format!("{path}{MARKER}"))
            .header(header::USER_AGENT, MARKER)
            .header(header::HOST, MARKER)
            .header(header::COOKIE, MARKER)
            .header(header::AUTHORIZATION, format!("Bearer {MARKER}"));
        app.send(request.body(Body::empty()).expect("a request")).await;
    }
    let method = Method::from_bytes(MARKER.as_bytes()).expect("a method");
    app.send(Request::builder().method(method).uri("/bedragen").body(Body::empty()).expect("a request"))
        .await;
    let shown = shown(&app).await;
    assert!(shown.contains("route=\"/bedragen\""), "{shown}");
    assert!(!shown.to_lowercase().contains(MARKER), "{shown}");
    let known = BTreeSet::from(["GET", "HEAD", "POST", "OPTIONS", "other"]);
    assert!(values(&shown, "method").is_subset(&known) && values(&shown, "method").contains("other"));
    assert!(values(&shown, "status").iter().all(|status| status.ends_with("xx")));
}

#[tokio::test]
async fn paths_that_lead_nowhere_are_counted_under_one_label() {
    let app = TestApp::new().await;
    let unknown = r#"herstelroute_requests_total{method="GET",route="unknown",status="4xx"}"#;
    let before = number(&shown(&app).await, unknown);
    for number in 0..20 {
        app.get(&format!("/nergens/{number}")).await.with(StatusCode::NOT_FOUND);
    }
    app.get("/icon.svg").await.with(StatusCode::OK);
    let shown = shown(&app).await;
    assert!(number(&shown, unknown) >= before + 20.0);
    assert!(number(&shown, r#"herstelroute_requests_total{method="GET",route="files",status="2xx"}"#) >= 1.0);
    for route in values(&shown, "route") {
        assert!(route.starts_with('/') || ["files", "unknown"].contains(&route), "{route}");
        assert!(!route.contains("nergens"), "{route}");
    }
}

#[tokio::test]
async fn durations_of_a_route_fall_into_buckets() {
    let app = TestApp::new().await;
    measures();
    app.get("/bedragen").await.with(StatusCode::OK);
    let shown = shown(&app).await;
    let of = |part: &str| number(&shown, &format!("herstelroute_request_seconds_{part}"));
    assert!(of("count{route=\"/bedragen\"}") >= 1.0);
    assert!(of("sum{route=\"/bedragen\"}") > 0.0);
    assert_eq!(of("bucket{route=\"/bedragen\",le=\"+Inf\"}"), of("count{route=\"/bedragen\"}"));
    assert!(shown.contains("herstelroute_request_seconds_bucket{route=\"/bedragen\",le=\"0.05\"}"));
}

#[tokio::test]
async fn meetings_mails_audit_rows_and_the_database_are_measured() {
    let app = TestApp::new().await;
    let before = shown(&app).await;
    assert_eq!(number(&before, "herstelroute_meetings"), 0.0);
    assert_eq!(number(&before, "herstelroute_mails_waiting"), 0.0);

    let name = MeetingName::read("n".repeat(32).as_bytes()).expect("a name");
    let ticket = app.services.together.begin(&name).await.expect("an answer").expect("a ticket");
    let seat = app.services.together.sit(&ticket).await;
    assert!(seat.is_ok());
    let lines = [(); 3].map(|()| Entry::new(Actor::Operator, Act::KeysRotated, Kind::Table.of("x")));
    app.services.store.write().await.expect("a change").commit(1, &lines).await.expect("kept");
    server::measure::delivered(server::mail::Delivered { sent: 2, later: 1, failed: 4 });
    app.get("/readyz").await.with(StatusCode::OK);

    let after = shown(&app).await;
    assert_eq!((number(&after, "herstelroute_meetings"), number(&after, "herstelroute_chairs")), (1.0, 1.0));
    let more = |series: &str| number(&after, series) - number(&before, series);
    assert!(more("herstelroute_audit_rows_total") >= 3.0);
    for (outcome, mails) in [("sent", 2.0), ("later", 1.0), ("failed", 4.0)] {
        assert!(more(&format!("herstelroute_mails_total{{outcome=\"{outcome}\"}}")) >= mails, "{outcome}");
    }
    assert!(more("herstelroute_database_seconds_count") >= 1.0);
    drop(seat);
    app.services.store.clone().close().await;
    assert!(shown(&app).await.contains("herstelroute_mails_waiting NaN"), "no old number");
}

#[tokio::test]
async fn mails_are_counted_on_postgresql_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = TestApp::on(&cluster::postgres(), folder, Figures::default()).await;
    let insert = "INSERT INTO outbox (id, kind, made_at, tries, due_at, sent_at) VALUES \
                  ('a', 'x', 1, 0, 1, NULL), ('b', 'x', 1, 0, 1, NULL), ('c', 'x', 1, 0, 1, 2)";
    app.services.store.db().execute_unprepared(insert).await.expect("mails");
    assert_eq!(app.services.store.mails_waiting().await.expect("an answer"), 2);
}
