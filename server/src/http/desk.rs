//! /balie: where helpers work. `guard` stands before all of it.

mod availability;
mod colleague;
mod list;
mod log;
mod overview;
mod people;
mod request;

use std::convert::Infallible;

use app::desk::{self, Said};
use app::entries::Entries;
use app::urls::{
    DESK, DESK_AIDS, DESK_AVAILABILITY, DESK_BLOCK, DESK_COLLEAGUE, DESK_INVITE, DESK_LOG, DESK_ORGANISATION,
    DESK_OVERVIEW, DESK_PICK_UP, DESK_REQUEST, EXTEND,
};
use axum::Router;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::guard::Signed;
use super::portal::Portal;
use crate::account::{Act, Owner};
use crate::desk::DeskError;
use crate::store::StoreError;

/// Where the address says what was done.
const DONE: &str = "klaar";

/// Why a handler gives another answer than the one it is for.
enum Refusal {
    /// She may not, or what she asks for is elsewhere.
    Answer(Box<Response>),
    Trouble(DeskError),
}

type Result<T> = std::result::Result<T, Refusal>;

/// What was done just now, as the address says it: a word that tells of nobody.
struct Done(Option<Said>);

impl<S: Send + Sync> FromRequestParts<S> for Done {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Done, Infallible> {
        let asked = Entries::decode(parts.uri.query().unwrap_or_default().as_bytes());
        Ok(Done(Said::parse(asked.text(DONE))))
    }
}

pub fn routes() -> Router<Portal> {
    Router::new()
        .route(DESK, get(list::show))
        .route(EXTEND, post(stay))
        .route(DESK_PICK_UP, post(list::pick_up))
        .route(&format!("{DESK_REQUEST}/{{id}}"), get(request::show).post(request::act))
        .route(DESK_AVAILABILITY, get(availability::show).post(availability::save))
        .route(DESK_AIDS, get(aids))
        .route(DESK_COLLEAGUE, get(colleague::show).post(colleague::act))
        .route(DESK_LOG, get(log::show))
        .route(DESK_OVERVIEW, get(overview::show))
        .route(DESK_INVITE, post(people::invite))
        .route(DESK_BLOCK, post(people::block))
        .route(DESK_ORGANISATION, post(people::organisation))
}

/// Coming by is what makes a session last on.
async fn stay(State(portal): State<Portal>, signed: Signed) -> Response {
    portal.renderer.personal(|| desk::extended(&portal.signed_in(&signed)))
}

async fn aids(State(portal): State<Portal>, signed: Signed) -> Result<Response> {
    portal.allow(&signed, Act::SeeAids, Owner::Own)?;
    Ok(portal.renderer.personal(|| desk::aids(&portal.signed_in(&signed))))
}

/// After a change: the page to go on from, which says what was done.
fn onward(path: &str, said: Said) -> Response {
    Redirect::to(&format!("{path}?{DONE}={}", said.id())).into_response()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Refusal::Answer(response) => *response,
            Refusal::Trouble(error) => {
                tracing::error!(%error, "the desk couldn't answer");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }
}

impl From<Box<Response>> for Refusal {
    fn from(response: Box<Response>) -> Refusal {
        Refusal::Answer(response)
    }
}

impl From<DeskError> for Refusal {
    fn from(error: DeskError) -> Refusal {
        Refusal::Trouble(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Refusal::Trouble(error.into())
    }
}
