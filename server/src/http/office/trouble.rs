//! Trouble for programs: problem details (RFC 9457).

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::render::instead_of;
use crate::office::{Batch, LineProblem, Problems};
use crate::store::StoreError;

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Something that wasn't done.
#[derive(Debug)]
pub struct Trouble {
    problem: Box<Problem>,
    headers: HeaderMap,
}

/// Why something wasn't done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    /// In words, for who reads the log of the office's system.
    detail: String,
    /// The batch that was refused, where it was taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    batch: Option<String>,
    /// How many problems there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem_count: Option<i64>,
    /// The first 1.000 of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 1_000)]
    problems: Vec<LineProblem>,
}

impl Trouble {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Trouble {
        let problem = Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail: detail.into(),
            batch: None,
            problem_count: None,
            problems: Vec::new(),
        };
        Trouble { problem: Box::new(problem), headers: HeaderMap::new() }
    }

    /// Something that was sent is wrong.
    pub fn lines(problems: Problems) -> Trouble {
        let count = problems.count;
        let detail = format!("nothing was taken: {count} problem{}", if count == 1 { "" } else { "s" });
        let mut trouble = Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
        trouble.problem.problem_count = Some(count);
        trouble.problem.problems = problems.first;
        trouble
    }

    /// A batch that was looked at, and refused.
    pub fn refused(batch: Batch) -> Trouble {
        let mut trouble = Trouble::lines(Problems { count: batch.problem_count, first: batch.problems });
        trouble.problem.batch = Some(batch.id);
        trouble
    }

    pub fn with(mut self, name: HeaderName, value: &str) -> Trouble {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    pub fn after(self, seconds: i64) -> Trouble {
        self.with(header::RETRY_AFTER, &seconds.to_string())
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = json(status, &self.problem);
        response.headers_mut().insert(header::CONTENT_TYPE, CONTENT_TYPE);
        response.headers_mut().extend(self.headers);
        response
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        tracing::error!(%error, "an office couldn't be answered");
        unavailable()
    }
}

/// Nothing is lost by sending it again.
pub fn unavailable() -> Trouble {
    Trouble::new(StatusCode::SERVICE_UNAVAILABLE, "not now; nothing was taken. Send the same again")
}

/// Trouble from around the feed's own routes, such as a wrong method, is for programs too. Nothing of it is ever stored.
pub fn in_the_house(response: Response) -> Response {
    let status = response.status();
    let is_told = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == CONTENT_TYPE);
    let mut answer = if is_told || !(status.is_client_error() || status.is_server_error()) {
        response
    } else {
        instead_of(&response, Trouble::new(status, words(status)).into_response())
    };
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn words(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "there is nothing here; /api/v1/openapi.json tells what there is",
        StatusCode::METHOD_NOT_ALLOWED => "this can't be done here; the header Allow tells what can",
        StatusCode::SERVICE_UNAVAILABLE => "not now; send the same again",
        StatusCode::FORBIDDEN => "a page of another site may not ask this",
        _ => "this couldn't be answered",
    }
}

pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
