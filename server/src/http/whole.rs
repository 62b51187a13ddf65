//! What was begun is finished.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::render;

/// Goes on to the end, also when who asked went away or waited too long. A question to the database that is cut off halfway
/// leaves its answer on the connection, where the next one who asks would find it.
pub async fn to_its_end(request: Request, next: Next) -> Response {
    let answered = tokio::spawn(render::as_together(next.run(request))).await;
    answered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
