//! Headers on every answer, and one line in the log about it.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::clear;
use super::render::HasScripts;
use super::room::NoRoom;
use crate::measure;

const FIXED: [(HeaderName, &str); 7] = [
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // For phones whose browser doesn't know `frame-ancestors`.
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: browsers would send `Origin: null` with form posts, and older phones be refused.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// When to come back after what lasts only seconds, unless whoever refused knows better.
const AGAIN_AFTER: HeaderValue = HeaderValue::from_static("5");

/// Where else the forms of a page may lead: the provider where someone signs in.
#[derive(Clone)]
pub struct FormsLeadTo(pub String);

/// Security headers, also on what isn't clear enough to be answered. Scripts run only on pages that have some, and only
/// those that the build made.
pub async fn secure(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let is_clear = clear::is_clear(request.headers());
    let mut response = if is_clear { next.run(request).await } else { clear::refused() };
    let scripts = match response.extensions().get::<HasScripts>() {
        Some(HasScripts) => "'self' 'wasm-unsafe-eval'",
        None => "'none'",
    };
    let elsewhere = response.extensions().get::<FormsLeadTo>();
    let elsewhere = elsewhere.map(|FormsLeadTo(origin)| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; form-action 'self'{elsewhere}; base-uri 'none'; frame-ancestors 'none'"
    );
    let succeeded = response.status() == StatusCode::OK;
    let is_not_now = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_not_now {
        headers.entry(header::RETRY_AFTER).or_insert(AGAIN_AFTER);
    }
    if is_asset && succeeded {
        headers
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    response
}

/// Method, path, status and duration, also counted; never a query, a form or an address. A path that leads nowhere may
/// hold anything, so it isn't written down.
pub async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    // What stands in a path instead of `{id}` isn't written down either.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    let path = match &route {
        Some(route) => route.as_str(),
        None if status.is_success() => path.as_str(),
        None => "-",
    };
    let took = started.elapsed();
    measure::answered(&method, route.as_ref(), status, took);
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if response.extensions().get::<NoRoom>().is_some() {
        // The log tells of all of them together.
        return response;
    }
    let method = measure::method_word(&method);
    tracing::info!(
        http.method = method,
        http.path = path,
        http.status = status.as_u16(),
        duration_ms,
        "answered"
    );
    response
}
