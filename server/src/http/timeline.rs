//! /tijdlijn: shown, and answered without scripts. Kept by nobody.

use std::sync::Arc;

use app::entries::Entries;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::form::Typed;
use super::render::Renderer;
use crate::figures::Figures;
use crate::today::today;

pub async fn show(
    State(renderer): State<Arc<Renderer>>,
    Extension(figures): Extension<Arc<Figures>>,
) -> Response {
    renderer.personal(|| app::timeline::document(Entries::default(), today(), &figures.current().spreads()))
}

/// The same form with the line of steps, or with what is wrong at its place.
pub async fn told(
    State(renderer): State<Arc<Renderer>>,
    Extension(figures): Extension<Arc<Figures>>,
    Typed(form): Typed,
) -> Response {
    renderer.personal(|| app::timeline::document(form, today(), &figures.current().spreads()))
}
