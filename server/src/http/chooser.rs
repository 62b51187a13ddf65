//! /keuzehulp: shown, and answered without scripts.

use std::sync::Arc;

use app::entries::Entries;
use app::urls::Page;
use axum::extract::State;
use axum::response::Response;

use super::encoding::Encoding;
use super::form::Typed;
use super::render::{Kept, Renderer};

pub async fn show(State(renderer): State<Arc<Renderer>>, accepts: Encoding) -> Response {
    let document = || app::chooser::document(Entries::default(), renderer.today());
    renderer.shared(Page::Chooser, 0, accepts, Kept::Nowhere, document)
}

/// The next question, or the same one with what is wrong. Kept by nobody.
pub async fn answer(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| app::chooser::document(form, renderer.today()))
}
