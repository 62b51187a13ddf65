//! The two pages: hers, and the helper's. All that is said between them is said elsewhere.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::super::portal::Portal;
use super::super::render::Renderer;
use super::Refusal;
use crate::together::badge;

pub async fn show(State(renderer): State<Arc<Renderer>>) -> Response {
    renderer.personal(app::together::start)
}

/// Whoever is signed in on this phone sees how she is shown to the parent.
pub async fn show_join(State(portal): State<Portal>, headers: HeaderMap) -> Response {
    match portal.session(&headers).await {
        Ok(session) => {
            let badge = session.as_ref().map(|session| badge(&session.staff));
            portal.renderer.personal(|| app::together::join(badge.as_ref()))
        }
        Err(error) => Refusal::Store(error).into_response(),
    }
}
