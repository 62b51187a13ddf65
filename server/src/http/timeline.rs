//! /tijdlijn, its letters, its sheet and its calendar file: shown, and answered without scripts. Kept by nobody.

use std::sync::Arc;

use app::entries::Entries;
use app::timeline::{self, calendar, conversation, ready_letter};
use app::urls::Page;
use axum::extract::State;
use axum::response::Response;

use super::encoding::Encoding;
use super::form::Typed;
use super::render::{Kept, Renderer, file};
use crate::figures::Figures;

pub async fn show(
    State(renderer): State<Arc<Renderer>>,
    State(figures): State<Arc<Figures>>,
    accepts: Encoding,
) -> Response {
    let known = figures.current();
    let document = || timeline::document(Entries::default(), renderer.today(), &known.spreads());
    renderer.shared(Page::Timeline, known.version, accepts, Kept::Nowhere, document)
}

/// The same form with the line of steps, or with what is wrong at its place.
pub async fn told(
    State(renderer): State<Arc<Renderer>>,
    State(figures): State<Arc<Figures>>,
    Typed(form): Typed,
) -> Response {
    renderer.personal(|| timeline::document(form, renderer.today(), &figures.current().spreads()))
}

/// The days of a case as a file; where there is none, or something is wrong, the page says so.
pub async fn calendar(
    State(renderer): State<Arc<Renderer>>,
    State(figures): State<Arc<Figures>>,
    Typed(form): Typed,
) -> Response {
    let on = renderer.today();
    match calendar::calendar_of(&form, on) {
        Some(days) => file("text/calendar; charset=utf-8", &calendar::file_name(on), days),
        None => told(State(renderer), State(figures), Typed(form)).await,
    }
}

pub async fn letters(State(renderer): State<Arc<Renderer>>) -> Response {
    renderer.personal(|| ready_letter::document(Entries::default(), renderer.today()))
}

/// The letter, the fields that it needs, or what is wrong at its place.
pub async fn letter(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| ready_letter::document(form, renderer.today()))
}

pub async fn empty_sheet(State(renderer): State<Arc<Renderer>>) -> Response {
    renderer.personal(|| conversation::document(Entries::default(), renderer.today()))
}

pub async fn sheet(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| conversation::document(form, renderer.today()))
}
