//! What a form sends, as the pairs that it is.

use app::entries::Entries;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use uuid::Uuid;

/// The fields of a posted form. Unreadable bytes become replacement marks: nothing typed is a reason to fail.
pub struct Typed(pub Entries);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Typed, StatusCode> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
        if !kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded")) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|rejection| rejection.into_response().status())?;
        Ok(Typed(Entries::decode(&body)))
    }
}

/// The number on a form that makes sending it twice do it once.
pub fn number() -> String {
    Uuid::new_v4().simple().to_string()
}

/// Whether it may be one that we gave.
pub fn is_number(text: &str) -> bool {
    Uuid::try_parse(text).is_ok()
}
