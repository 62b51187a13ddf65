//! /tijdlijn, its letters, its sheet and its calendar file: shown, and answered without scripts. Kept by nobody.

use std::sync::Arc;

use app::entries::Entries;
use app::timeline::{self, calendar, conversation, ready_letter};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::form::Typed;
use super::render::Renderer;
use crate::clock::today;
use crate::figures::Figures;

pub async fn show(State(renderer): State<Arc<Renderer>>, State(figures): State<Arc<Figures>>) -> Response {
    renderer.personal(|| timeline::document(Entries::default(), today(), &figures.current().spreads()))
}

/// The same form with the line of steps, or with what is wrong at its place.
pub async fn told(
    State(renderer): State<Arc<Renderer>>,
    State(figures): State<Arc<Figures>>,
    Typed(form): Typed,
) -> Response {
    renderer.personal(|| timeline::document(form, today(), &figures.current().spreads()))
}

/// The days of a case as a file; where there is none, or something is wrong, the page says so.
pub async fn calendar(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    let on = today();
    let Some(file) = calendar::calendar_of(&form, on) else {
        return renderer.personal(|| timeline::document(form, on, &[]));
    };
    let name = format!("attachment; filename=\"{}\"", calendar::file_name(on));
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, file).into_response()
}

pub async fn letters(State(renderer): State<Arc<Renderer>>) -> Response {
    renderer.personal(|| ready_letter::document(Entries::default(), today()))
}

/// The letter, the fields that it needs, or what is wrong at its place.
pub async fn letter(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| ready_letter::document(form, today()))
}

pub async fn empty_sheet(State(renderer): State<Arc<Renderer>>) -> Response {
    renderer.personal(|| conversation::document(Entries::default(), today()))
}

pub async fn sheet(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| conversation::document(form, today()))
}
