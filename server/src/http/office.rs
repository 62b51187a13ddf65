//! /api/v1: what organisations that handle cases send, and the link codes that they print in letters.

mod caller;
mod trouble;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::clear::announces_more_than;
use super::portal::Portal;
use crate::office::{
    self, Batch, Begun, Delivery, Format, MOST_EVENTS, Offices, Problems, Row, Run, Scope, SentBatch,
    State as BatchState,
};
use caller::Caller;
pub use trouble::in_the_house;
use trouble::{Problem, Trouble, json, unavailable};

/// Fifty thousand events in JSON take eight.
const MOST_BODY_BYTES: usize = 16 * 1024 * 1024;
/// Batches of so few events are worked on before the answer, which then tells what became of them.
const FEW_EVENTS: usize = 500;
const LONGEST_KEY: usize = 128;
/// When to ask again how far a batch is.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("1");
/// Where all of it stands.
pub const ROOT: &str = "/api/";

/// The description of the feed.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Herstelroute: case office feed",
        version = "1",
        description = "Organisations that handle cases tell what happened in them, and print link codes in their letters. A parent who \
            types such a code sees the office's events beside her own. All of a batch counts, or nothing of it."
    ),
    modifiers(&Bearer),
    components(schemas(SentBatch))
)]
struct Feed;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, feed: &mut utoipa::openapi::OpenApi) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        feed.components.get_or_insert_default().add_security_scheme("token", bearer);
    }
}

/// All routes of the feed, and the description of them.
pub fn routes() -> Router<Portal> {
    let (router, feed) = OpenApiRouter::with_openapi(Feed::openapi())
        .routes(routes!(post_batch))
        .routes(routes!(get_batch))
        .routes(routes!(post_links))
        .routes(routes!(get_openapi))
        .split_for_parts();
    let description = feed.to_json().unwrap_or_default();
    router
        .layer(axum::Extension(Description(description.into())))
        // Also what isn't there is answered in JSON, whatever the method.
        .route("/api/{*rest}", any(async || StatusCode::NOT_FOUND))
}

#[derive(Clone)]
struct Description(Bytes);

type Answer = Result<Response, Trouble>;

/// Send what happened in cases
///
/// At most 50.000 events and 16 MB. Up to 500 events are worked on at once: 201 means that they count. More are worked on
/// after the answer 202: ask at `Location` until the state is `done` or `refused`.
///
/// CSV: UTF-8, commas, a header line with the names of the fields, of which `case`, `on` and `kind` are required; the last
/// line ends like the others. JSON: an object with the list `events`.
///
/// The same content under the same key may be sent as often as needed, and is taken once. When a batch was refused, send
/// the corrected one under a new key. Keys are remembered for 90 days.
#[utoipa::path(
    post, path = "/api/v1/batches", tag = "batches", security(("token" = ["events"])),
    params(("Idempotency-Key" = String, Header, min_length = 1, max_length = 128, pattern = "^[!-~]+$",
            description = "Your own name for this delivery: 1 to 128 letters, digits or signs of ASCII, such as a UUID. No case numbers.")),
    request_body(content(
        (SentBatch = "application/json"),
        (String = "text/csv", example = "case,on,kind,outcome\nV-2026-0001,2026-11-20,assessment_decided,granted\n"),
    )),
    responses(
        (status = 200, description = "Came before, and counts", body = Batch),
        (status = 201, description = "All of it counts", body = Batch,
            headers(("Location" = String, description = "Where it can be asked for"))),
        (status = 202, description = "Being worked on", body = Batch,
            headers(("Location" = String, description = "Where to ask how far it is"), ("Retry-After" = i64))),
        (status = 400, description = "No key, or not one", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that isn't known", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Something else came before under this key", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 16 MB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Neither JSON nor CSV in UTF-8", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something is wrong on these lines; nothing was taken", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong tokens", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = i64, description = "In so many seconds"))),
        (status = 503, description = "Not now; nothing was taken. Send the same again", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn post_batch(State(portal): State<Portal>, caller: Caller, request: Request) -> Answer {
    let office = caller.office(Scope::Events)?;
    let key = key(request.headers())?;
    let format = format(request.headers())?;
    let body = body(request, &portal).await?;
    let (digest, rows) = read(format, body).await?;
    let rows = rows.map_err(Trouble::lines)?;
    let now = portal.clock.now();
    let delivery = Delivery { office: &office, key: &key, digest, events: rows.len() };
    match portal.offices.begin(delivery, now).await? {
        Begun::OtherContent => Err(Trouble::new(
            StatusCode::CONFLICT,
            "something else came before under this Idempotency-Key; take a new one",
        )),
        Begun::Before(batch) => told(batch, StatusCode::OK),
        Begun::Ours(run) => {
            let few = rows.len() <= FEW_EVENTS;
            let id = run.batch.clone();
            // By itself, so that it isn't cut off halfway when who asked goes away.
            let work = tokio::spawn(work(portal.clone(), run, rows));
            if few {
                // Whatever became of it stands in the batch.
                let _ = work.await;
            }
            let batch = portal.offices.batch(&office, &id, portal.clock.now()).await?;
            told(batch.ok_or_else(unavailable)?, StatusCode::CREATED)
        }
    }
}

/// Ask how far a batch is
#[utoipa::path(
    get, path = "/api/v1/batches/{id}", tag = "batches", security(("token" = ["events"])),
    params(("id" = String, Path, description = "The batch")),
    responses(
        (status = 200, description = "How far it is, and what is wrong with it", body = Batch),
        (status = 401, description = "No token, or one that isn't known", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Your office has no such batch", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong tokens", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_batch(State(portal): State<Portal>, caller: Caller, Path(id): Path<String>) -> Answer {
    let office = caller.office(Scope::Events)?;
    let batch = portal.offices.batch(&office, &id, portal.clock.now()).await?;
    let batch = batch.ok_or_else(|| Trouble::new(StatusCode::NOT_FOUND, "your office has no such batch"))?;
    Ok(json(StatusCode::OK, &batch))
}

/// Cases that letters go out for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"cases": ["V-2026-0001"]}))]
struct SentCases {
    /// The office's own numbers; of each, something was told before.
    #[schema(min_items = 1, max_items = 1_000)]
    cases: Vec<String>,
}

/// Codes to print.
#[derive(Serialize, ToSchema)]
struct Links {
    /// In the order of the cases that were asked for.
    links: Vec<Link>,
}

#[derive(Serialize, ToSchema)]
#[schema(example = json!({"case": "V-2026-0001", "code": "0123-4567-89AB-CDEF-GHJK", "ends_on": "2027-02-21"}))]
struct Link {
    case: String,
    /// It can be used once.
    #[schema(pattern = "^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$")]
    code: String,
    /// The last day on which it can be used.
    #[schema(format = Date)]
    ends_on: String,
}

/// Make link codes for letters
///
/// Each code is told once, in this answer, and ties one parent's dossier to the case. It is good for 90 days. A code that
/// was made before for the same case and wasn't used is void from now on. All of the cases get a code, or none.
#[utoipa::path(
    post, path = "/api/v1/links", tag = "links", security(("token" = ["links"])),
    request_body = SentCases,
    responses(
        (status = 201, description = "A code for each", body = Links),
        (status = 400, description = "The request was cut off", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No token, or one that isn't known", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 16 MB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "These cases can't have one; `line` is the place in the list, from 1", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong tokens", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn post_links(State(portal): State<Portal>, caller: Caller, request: Request) -> Answer {
    let office = caller.office(Scope::Links)?;
    if format(request.headers())? != Format::Json {
        return Err(Trouble::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send application/json"));
    }
    let body = body(request, &portal).await?;
    let SentCases { cases } = office::read_object(&body).map_err(Trouble::lines)?;
    let links = portal.offices.make_links(&office, cases, portal.clock.now()).await?;
    let links = links.map_err(Trouble::lines)?.into_iter().map(|link| Link {
        case: link.case,
        code: link.code.to_string(),
        ends_on: link.ends_on.to_string(),
    });
    Ok(json(StatusCode::CREATED, &Links { links: links.collect() }))
}

/// This description
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "description",
    responses((status = 200, description = "OpenAPI", body = Object))
)]
async fn get_openapi(axum::Extension(Description(text)): axum::Extension<Description>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

async fn work(portal: Portal, run: Run, rows: Vec<Row>) {
    let offices: &Offices = &portal.offices;
    if let Err(error) = offices.run(&run, rows, &portal.clock).await {
        tracing::error!(%error, batch = run.batch, "a batch was interrupted");
    }
}

/// Reading fifty thousand lines would keep others waiting.
async fn read(format: Format, body: Bytes) -> Result<([u8; 32], Result<Vec<Row>, Problems>), Trouble> {
    let read = move || {
        let mut digest = Sha256::new();
        digest.update(if format == Format::Csv { b"csv " } else { b"json" });
        digest.update(&body);
        (digest.finalize().into(), office::read(format, &body))
    };
    tokio::task::spawn_blocking(read).await.map_err(|_| unavailable())
}

/// What became of a batch: `done` is the status when it counts.
fn told(batch: Batch, done: StatusCode) -> Answer {
    let status = match batch.state {
        BatchState::Done => done,
        BatchState::Running => StatusCode::ACCEPTED,
        BatchState::Refused => return Err(Trouble::refused(batch)),
        BatchState::Interrupted => return Err(unavailable()),
    };
    let mut response = json(status, &batch);
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/batches/{}", batch.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if status == StatusCode::ACCEPTED {
        response.headers_mut().insert(header::RETRY_AFTER, ASK_AGAIN);
    }
    Ok(response)
}

fn key(headers: &HeaderMap) -> Result<String, Trouble> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    if (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(key.to_owned());
    }
    let words =
        "name this delivery in the header Idempotency-Key: 1 to 128 letters, digits or signs, such as a UUID";
    Err(Trouble::new(StatusCode::BAD_REQUEST, words))
}

fn format(headers: &HeaderMap) -> Result<Format, Trouble> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE).to_ascii_lowercase();
    let (kind, parameters) = kind.split_once(';').unwrap_or((&kind, ""));
    let other_letters = parameters.contains("charset=") && !parameters.contains("utf-8");
    let is_packed = !matches!(text(header::CONTENT_ENCODING), "" | "identity");
    match kind.trim() {
        _ if other_letters || is_packed => {}
        "application/json" => return Ok(Format::Json),
        "text/csv" => return Ok(Format::Csv),
        _ => {}
    }
    let words = "send text/csv or application/json, in UTF-8 and not compressed";
    Err(Trouble::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, words))
}

async fn body(request: Request, portal: &Portal) -> Result<Bytes, Trouble> {
    let too_large = || {
        let words = format!("more than 16 MB; send at most {MOST_EVENTS} events at a time");
        Trouble::new(StatusCode::PAYLOAD_TOO_LARGE, words)
    };
    if announces_more_than(MOST_BODY_BYTES, &request) {
        return Err(too_large());
    }
    let mut request = request;
    axum::extract::DefaultBodyLimit::max(MOST_BODY_BYTES).apply(&mut request);
    Bytes::from_request(request, portal).await.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Trouble::new(StatusCode::BAD_REQUEST, "the request was cut off; nothing was taken"),
    })
}
