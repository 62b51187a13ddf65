//! "Verlaat deze pagina snel": the browser forgets what it kept for this site, and shows another one.

use std::sync::Arc;

use axum::Extension;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::cookie;

pub async fn leave(Extension(to): Extension<Arc<str>>) -> Response {
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
