//! The lines of guiding together. Scripts ask here, so what goes wrong is told in a status, not on a page.

mod page;
mod poll;
mod socket;

use std::time::Duration;

use app::urls::{TOGETHER_BEGIN, TOGETHER_FETCH, TOGETHER_JOIN, TOGETHER_LINE, TOGETHER_SEND, TOGETHER_STOP};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::together::{MEETING_LASTS, MOST_FRAME_BYTES};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

pub use page::{show, show_join};

use super::bearer::bearer;
use super::client::Client;
use super::portal::Portal;
use super::{cookie, render, whole};
use crate::store::{Limit, StoreError};
use crate::together::{MeetingName, NoSeat, Ticket};

/// A meeting costs next to nothing; this stops who makes them by the thousand.
const BEGINNINGS: Limit = Limit { action: "meeting", most: 30, seconds: 60 * 60 };
/// Codes can't be guessed; who tries all the same is told so less and less.
const WRONG_CODES: Limit = Limit { action: "meeting code", most: 10, seconds: 15 * 60 };
/// Of a whole frame on a slow line, or of a question that waits.
const LONGEST_ANSWER: Duration = Duration::from_secs(20);
/// For who finds no room, in seconds.
const ROOM_AFTER: i64 = 5;

/// With layers of their own: no page stands around these, and nothing here is worth compressing.
pub fn routes(portal: Portal) -> Router {
    Router::new()
        .route(TOGETHER_BEGIN, post(begin))
        .route(TOGETHER_JOIN, post(join))
        .route(TOGETHER_LINE, get(socket::line))
        .route(TOGETHER_FETCH, get(poll::fetch))
        .route(TOGETHER_SEND, post(poll::send))
        .route(TOGETHER_STOP, post(stop))
        .with_state(portal)
        .layer(CatchPanicLayer::custom(render::after_a_panic))
        .layer(from_fn(whole::to_its_end))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(MOST_FRAME_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_ANSWER))
        .layer(from_fn(never_stored))
}

async fn never_stored(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The parent's browser begins a meeting: her ticket, also as a cookie, so that each page and tab of hers knows of it.
async fn begin(State(portal): State<Portal>, client: Client, body: Bytes) -> Result<Response, Refusal> {
    let name = MeetingName::read(&body).ok_or(Refusal::NoName)?;
    if let Some(seconds) = client.must_wait(&portal, BEGINNINGS).await? {
        return Err(Refusal::Wait(seconds));
    }
    client.count(&portal, BEGINNINGS).await?;
    let ticket = portal.together.begin(&name).await?.ok_or(Refusal::Taken)?;
    let mut response = ticket.show().to_owned().into_response();
    cookie::TOGETHER.set(response.headers_mut(), ticket.show(), MEETING_LASTS);
    Ok(response)
}

/// The helper's browser uses up the code: her ticket. Whoever is signed in here is shown as who she is.
async fn join(
    State(portal): State<Portal>,
    client: Client,
    headers: HeaderMap,
    body: Bytes,
) -> Result<String, Refusal> {
    let name = MeetingName::read(&body).ok_or(Refusal::NoName)?;
    if let Some(seconds) = client.must_wait(&portal, WRONG_CODES).await? {
        return Err(Refusal::Wait(seconds));
    }
    let session = portal.session(&headers).await?;
    match portal.together.join(&name, session.as_ref().map(|session| &session.staff)).await? {
        Some(ticket) => Ok(ticket.show().to_owned()),
        None => {
            client.count(&portal, WRONG_CODES).await?;
            Err(Refusal::Unknown)
        }
    }
}

/// Ends it for both, as often as it is asked: a browser that goes away may ask twice. A tab that has no ticket itself stops
/// the meeting that its browser is in.
async fn stop(State(portal): State<Portal>, headers: HeaderMap) -> Result<Response, Refusal> {
    let of_the_browser = cookie::TOGETHER.read(&headers);
    let ticket = bearer(&headers).or(of_the_browser).ok_or(Refusal::NoTicket)?;
    portal.together.stop(&Ticket::shown(ticket)).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if of_the_browser == Some(ticket) {
        cookie::TOGETHER.forget(response.headers_mut());
    }
    Ok(response)
}

/// The ticket that a browser shows.
struct Shown(Ticket);

impl FromRequestParts<Portal> for Shown {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Shown, Refusal> {
        bearer(&parts.headers).map(|shown| Shown(Ticket::shown(shown))).ok_or(Refusal::NoTicket)
    }
}

/// Why something isn't done.
enum Refusal {
    /// That is no meeting's name.
    NoName,
    NoTicket,
    /// Another meeting has that name.
    Taken,
    /// Unknown, used up or over: told alike.
    Unknown,
    /// Not for so many seconds.
    Wait(i64),
    Full,
    Store(StoreError),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let later = |seconds: i64| [(header::RETRY_AFTER, seconds.to_string())];
        match self {
            Refusal::NoName => StatusCode::BAD_REQUEST.into_response(),
            Refusal::NoTicket => {
                (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
            }
            Refusal::Taken => StatusCode::CONFLICT.into_response(),
            Refusal::Unknown => StatusCode::NOT_FOUND.into_response(),
            Refusal::Wait(seconds) => (StatusCode::TOO_MANY_REQUESTS, later(seconds)).into_response(),
            Refusal::Full => (StatusCode::SERVICE_UNAVAILABLE, later(ROOM_AFTER)).into_response(),
            Refusal::Store(error) => {
                tracing::error!(%error, "a meeting waits for the database");
                (StatusCode::SERVICE_UNAVAILABLE, later(ROOM_AFTER)).into_response()
            }
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Refusal::Store(error)
    }
}

impl From<NoSeat> for Refusal {
    fn from(why: NoSeat) -> Refusal {
        match why {
            NoSeat::Unknown => Refusal::Unknown,
            NoSeat::Full => Refusal::Full,
            NoSeat::Store(error) => Refusal::Store(error),
        }
    }
}
