//! /api/v1 from the outside: every answer is one that the published description knows.

use std::fmt::Write;

use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use server::code::Code;
use server::office::{Offices, Scope, use_link};

use crate::app::{Answer, CLIENT_ADDRESS, FORM, TestApp};
use crate::log;

const OFFICE: &str = "Bureau Voorbeeld";
const BATCHES: &str = "/api/v1/batches";
const LINKS: &str = "/api/v1/links";
const PROBLEM: &str = "application/problem+json";
const CSV: &str = "text/csv; charset=utf-8";

struct Feed {
    app: TestApp,
    token: String,
    description: Value,
}

impl Feed {
    async fn new() -> Feed {
        let app = TestApp::new().await;
        let token = made(&app, OFFICE, &[Scope::Events, Scope::Links]).await;
        let answer = app.get("/api/v1/openapi.json").await.with(StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "no-store");
        Feed { token, description: value(&answer), app }
    }

    fn request(&self, method: Method, path: &str) -> Builder {
        let bearer = format!("Bearer {}", self.token);
        Request::builder().method(method).uri(path).header(header::AUTHORIZATION, bearer)
    }

    /// Sends it, and holds the answer against the description of that route.
    async fn call(&self, request: Request<Body>) -> Answer {
        let method = request.method().as_str().to_ascii_lowercase();
        let path = request.uri().path().to_owned();
        let path = if path.starts_with("/api/v1/batches/") { "/api/v1/batches/{id}" } else { &path };
        let answer = self.app.send(request).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let status = answer.status.as_str();
        let kind = answer.header("content-type");
        let schema =
            &self.description["paths"][path][&method]["responses"][status]["content"][kind]["schema"];
        assert!(schema.is_object(), "{method} {path} may not answer {status} {kind}: {}", answer.text());
        self.check(schema, &value(&answer));
        answer
    }

    #[track_caller]
    fn check(&self, schema: &Value, answer: &Value) {
        let mut schema = schema.clone();
        schema["components"] = self.description["components"].clone();
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let errors: Vec<String> = validator.iter_errors(answer).map(|error| error.to_string()).collect();
        assert_eq!(errors, [] as [&str; 0], "{answer}");
    }

    async fn post(&self, key: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = self.request(Method::POST, BATCHES).header("idempotency-key", key);
        self.call(request.header(header::CONTENT_TYPE, kind).body(body.into()).expect("a request")).await
    }

    async fn batch(&self, path: &str) -> Answer {
        self.call(self.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    async fn links(&self, body: Value) -> Answer {
        let request = self.request(Method::POST, LINKS).header(header::CONTENT_TYPE, "application/json");
        self.call(request.body(body.to_string().into()).expect("a request")).await
    }
}

async fn made(app: &TestApp, office: &str, scopes: &[Scope]) -> String {
    let now = app.services.clock.now();
    let (_, secret) = offices(app).make_token(office, scopes, now).await.expect("a token");
    secret.show().to_owned()
}

fn offices(app: &TestApp) -> Offices {
    Offices::new(app.services.store.clone())
}

fn value(answer: &Answer) -> Value {
    serde_json::from_str(&answer.text()).expect("JSON")
}

fn csv(cases: usize) -> String {
    (0..cases).fold("case,on,kind\n".to_owned(), |mut csv, case| {
        let _ = writeln!(csv, "V-{case},2024-01-02,registered");
        csv
    })
}

#[tokio::test]
async fn a_few_events_count_at_once_and_once() {
    let feed = Feed::new().await;
    let event = json!({"case": "A-1", "on": "2024-01-02", "kind": "registered"});
    let body = json!({"events": [event]}).to_string();
    let answer = feed.post("monday", "application/json", body.clone()).await.with(StatusCode::CREATED);
    assert_eq!(value(&answer)["state"], "done");
    let again = feed.post("monday", "application/json", body).await.with(StatusCode::OK);
    assert_eq!(value(&again), value(&answer));
    assert_eq!(again.header("location"), answer.header("location"));
    let asked = feed.batch(answer.header("location")).await.with(StatusCode::OK);
    assert_eq!(value(&asked), value(&answer));
    let other = feed.post("monday", CSV, csv(1)).await.with(StatusCode::CONFLICT);
    assert_eq!(other.header("content-type"), PROBLEM);
    feed.post("tuesday", CSV, csv(3)).await.with(StatusCode::CREATED);
}

#[tokio::test]
async fn many_events_are_worked_on_after_the_answer() {
    let feed = Feed::new().await;
    let answer = feed.post("monday", CSV, csv(501)).await.with(StatusCode::ACCEPTED);
    assert_eq!(answer.header("retry-after"), "1");
    loop {
        let batch = value(&feed.batch(answer.header("location")).await.with(StatusCode::OK));
        assert_eq!(batch["events"], 501);
        match batch["state"].as_str() {
            Some("running") => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
            state => {
                assert_eq!((state, &batch["ready"]), (Some("done"), &json!(501)));
                break;
            }
        }
    }
    feed.post("monday", CSV, csv(501)).await.with(StatusCode::OK);
}

#[tokio::test]
async fn what_is_wrong_is_told_line_by_line() {
    let feed = Feed::new().await;
    let body = "case,on,kind\nV-1,2024-01-02,registered\nV-2,2024-13-01,ZK17\n";
    let answer = feed.post("monday", CSV, body).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("content-type"), PROBLEM);
    let told = value(&answer);
    assert_eq!((&told["problem_count"], &told["status"]), (&json!(2), &json!(422)));
    assert_eq!(told["problems"][0]["line"], 3);
    assert_eq!(told["problems"][0]["field"], "on");
    assert_eq!(told["problems"][0]["problem"], "not_a_date");
    assert_eq!(told["problems"][1]["problem"], "not_a_choice");
    assert!(!answer.text().contains("ZK17") && !answer.text().contains("V-2"));
    // It took no key, so that the corrected file can have it; one that was looked at has.
    let future = "case,on,kind\nV-1,2026-11-24,registered\n";
    for _ in 0..2 {
        let told = value(&feed.post("monday", CSV, future).await.with(StatusCode::UNPROCESSABLE_ENTITY));
        assert_eq!(told["problems"][0]["problem"], "in_the_future");
        let batch = format!("{BATCHES}/{}", told["batch"].as_str().expect("its id"));
        assert_eq!(value(&feed.batch(&batch).await.with(StatusCode::OK))["state"], "refused");
    }
    feed.post("monday", CSV, csv(1)).await.with(StatusCode::CONFLICT);
    let late = csv(600) + "V-0,2024-01-02,registered\n";
    let answer = feed.post("tuesday", CSV, late).await.with(StatusCode::ACCEPTED);
    while value(&feed.batch(answer.header("location")).await)["state"] == "running" {}
    let told = value(&feed.batch(answer.header("location")).await.with(StatusCode::OK));
    assert_eq!((&told["state"], &told["problems"][0]["line"]), (&json!("refused"), &json!(602)));
    assert_eq!(offices(&feed.app).events(1).await.expect("an answer"), [], "nothing counts");
}

#[tokio::test]
async fn without_a_right_token_nobody_is_let_in() {
    let mut feed = Feed::new().await;
    let (right, id) = (feed.token.clone(), {
        let done = feed.post("monday", CSV, csv(1)).await.with(StatusCode::CREATED);
        done.header("location").to_owned()
    });
    let bare = Request::post(BATCHES).body(Body::empty()).expect("a request");
    let answer = feed.call(bare).await.with(StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    for wrong in ["hr_AAAA", "", &right[..34], &right.to_lowercase()] {
        feed.token = wrong.to_owned();
        let answer = feed.batch(&id).await.with(StatusCode::UNAUTHORIZED);
        assert!(answer.header("www-authenticate").starts_with("Bearer error=\"invalid_token\""));
    }
    feed.token = made(&feed.app, OFFICE, &[Scope::Links]).await;
    for answer in [feed.post("tuesday", CSV, csv(2)).await, feed.batch(&id).await] {
        let answer = answer.with(StatusCode::FORBIDDEN);
        assert!(answer.header("www-authenticate").contains("scope=\"events\""));
    }
    feed.token = made(&feed.app, OFFICE, &[Scope::Events]).await;
    feed.links(json!({"cases": ["V-0"]})).await.with(StatusCode::FORBIDDEN);
    feed.batch(&id).await.with(StatusCode::OK);
    feed.token = made(&feed.app, "Bureau Anders", &[Scope::Events, Scope::Links]).await;
    feed.batch(&id).await.with(StatusCode::NOT_FOUND);
    feed.links(json!({"cases": ["V-0"]})).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    feed.token = right;
    let token = offices(&feed.app).tokens().await.expect("tokens")[0].id.clone();
    offices(&feed.app).revoke_token(&token, feed.app.services.clock.now()).await.expect("an answer");
    feed.batch(&id).await.with(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn wrong_tokens_end_in_waiting_but_a_right_one_passes() {
    let feed = Feed::new().await;
    let ask = |token: &str, from: &str| {
        let request =
            Request::get(format!("{BATCHES}/x")).header(header::AUTHORIZATION, format!("bearer {token}"));
        request.header(CLIENT_ADDRESS, from).body(Body::empty()).expect("a request")
    };
    for _ in 0..20 {
        feed.call(ask("hr_WRONG", "192.0.2.1")).await.with(StatusCode::UNAUTHORIZED);
    }
    let answer = feed.call(ask("hr_WRONG", "192.0.2.1")).await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!((1..=900).contains(&answer.header("retry-after").parse().expect("seconds")));
    feed.call(ask("hr_WRONG", "192.0.2.2")).await.with(StatusCode::UNAUTHORIZED);
    feed.call(ask(&feed.token, "192.0.2.1")).await.with(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_isnt_a_delivery_is_refused_for_what_it_is() {
    let feed = Feed::new().await;
    for key in ["", "a b", &"k".repeat(129)] {
        feed.post(key, CSV, csv(1)).await.with(StatusCode::BAD_REQUEST);
    }
    for kind in [FORM, "text/csv; charset=iso-8859-1", "application/jsonlines", ""] {
        feed.post("monday", kind, csv(1)).await.with(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let packed = feed.request(Method::POST, BATCHES).header("idempotency-key", "monday");
    let packed = packed.header(header::CONTENT_TYPE, CSV).header(header::CONTENT_ENCODING, "gzip");
    feed.call(packed.body(csv(1).into()).expect("a request")).await.with(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = vec![b'\n'; 16 * 1024 * 1024 + 1];
    feed.post("monday", CSV, large).await.with(StatusCode::PAYLOAD_TOO_LARGE);
    let almost = vec![b'\n'; 16 * 1024 * 1024];
    feed.post("monday", CSV, almost).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    feed.post("monday", CSV, csv(50_001)).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    feed.post("monday", CSV, csv(1)).await.with(StatusCode::CREATED);
}

#[tokio::test]
async fn link_codes_tie_a_case_once() {
    let feed = Feed::new().await;
    feed.post("monday", CSV, csv(2)).await.with(StatusCode::CREATED);
    let links = value(&feed.links(json!({"cases": ["V-1", "V-0"]})).await.with(StatusCode::CREATED));
    assert_eq!(links["links"][0]["case"], "V-1");
    assert_eq!(links["links"][0]["ends_on"], "2027-02-21");
    let code = Code::read(links["links"][0]["code"].as_str().expect("a code")).expect("a code");
    for is_first in [true, false] {
        let change = feed.app.services.store.write().await.expect("a change");
        let case = use_link(&change, &code, feed.app.services.clock.today()).await.expect("an answer");
        assert_eq!(case.is_some(), is_first);
        change.commit(feed.app.services.clock.now().at, &[]).await.expect("kept");
    }
    let refused =
        value(&feed.links(json!({"cases": ["V-1", "V-7"]})).await.with(StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(refused["problems"][0]["line"], 2);
    assert_eq!(refused["problems"][0]["problem"], "unknown_case");
    for body in [
        json!({}),
        json!({"cases": []}),
        json!({"cases": "V-1"}),
        json!(["V-1"]),
        json!({"cases": ["V-1"], "x": 1}),
    ] {
        feed.links(body).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn trouble_for_programs_is_never_a_page() {
    let feed = Feed::new().await;
    for (method, path, status, allow) in [
        (Method::GET, "/api/v1/nothing", StatusCode::NOT_FOUND, ""),
        (Method::POST, "/api/v2/batches", StatusCode::NOT_FOUND, ""),
        (Method::GET, BATCHES, StatusCode::METHOD_NOT_ALLOWED, "POST"),
        (Method::DELETE, LINKS, StatusCode::METHOD_NOT_ALLOWED, "POST"),
        (Method::POST, "/api/v1/openapi.json", StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"),
    ] {
        let request = feed.request(method, path).body(Body::empty()).expect("a request");
        let answer = feed.app.send(request).await.with(status);
        assert_eq!((answer.header("content-type"), answer.header("allow")), (PROBLEM, allow), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
        feed.check(&json!({"$ref": "#/components/schemas/Problem"}), &value(&answer));
    }
}

#[tokio::test]
async fn the_description_says_what_the_rules_are() {
    let feed = Feed::new().await;
    let description = &feed.description;
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let paths: Vec<&String> = description["paths"].as_object().expect("paths").keys().collect();
    assert_eq!(paths, ["/api/v1/batches", "/api/v1/batches/{id}", "/api/v1/links", "/api/v1/openapi.json"]);
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let schemas = description["components"]["schemas"].as_object().expect("schemas");
    let mut examples = 0;
    for schema in schemas.values() {
        if let Some(example) = schema.get("example") {
            feed.check(schema, example);
            examples += 1;
        }
    }
    assert!(examples >= 4, "{examples}");
    let event = &json!({"$ref": "#/components/schemas/SentEvent"});
    feed.check(
        event,
        &json!({"case": "V-1", "on": "2024-01-02", "kind": "other", "code": "X", "withdrawn": true}),
    );
    let kinds = schemas["SentEvent"]["properties"]["kind"]["enum"].as_array().expect("kinds");
    assert_eq!(kinds.len(), domain::timeline::EventKind::ALL.len());
}

#[tokio::test]
async fn no_case_no_token_and_no_key_is_written_down() {
    let feed = Feed::new().await;
    let marker = "MERK7741";
    let body = format!("case,on,kind,code\nV-{marker},2024-01-02,other,{marker}\n");
    feed.post(&format!("key-{marker}"), CSV, body.clone()).await.with(StatusCode::CREATED);
    feed.post(&format!("key2-{marker}"), CSV, body).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    feed.links(json!({"cases": [format!("V-{marker}")]})).await.with(StatusCode::CREATED);
    feed.batch(&format!("{BATCHES}/x")).await.with(StatusCode::NOT_FOUND);
    let log = log::written();
    assert!(log.contains("/api/v1/batches/{id}"), "the route is");
    for secret in [marker, &feed.token] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
