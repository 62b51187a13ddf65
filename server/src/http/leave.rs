//! "Verlaat deze pagina snel": the browser forgets what it kept for this site, and shows another one. Who looked along sees
//! nothing more.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::cookie;
use super::portal::Portal;
use crate::together::Ticket;

pub async fn leave(
    State(portal): State<Portal>,
    Extension(to): Extension<Arc<str>>,
    headers: HeaderMap,
) -> Response {
    if let Some(ticket) = cookie::TOGETHER.read(&headers)
        && let Err(error) = portal.together.stop(&Ticket::shown(ticket)).await
    {
        // She leaves all the same.
        tracing::error!(%error, "a meeting couldn't be ended");
    }
    let headers = [
        (header::LOCATION, to.to_string()),
        (header::HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    let mut response = (StatusCode::SEE_OTHER, headers).into_response();
    cookie::TOGETHER.forget(response.headers_mut());
    response
}
