//! /balie: where helpers work. `guard` stands before all of it.

use app::desk;
use app::urls::{DESK, EXTEND};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::guard::Signed;
use super::portal::Portal;

pub fn routes() -> Router<Portal> {
    Router::new().route(DESK, get(arrive)).route(EXTEND, post(stay))
}

async fn arrive(State(portal): State<Portal>, signed: Signed) -> Response {
    portal.renderer.work(|| desk::front(&portal.signed_in(&signed)))
}

/// Coming by is what makes a session last on.
async fn stay(State(portal): State<Portal>, signed: Signed) -> Response {
    portal.renderer.work(|| desk::extended(&portal.signed_in(&signed)))
}
