//! For where WebSockets are blocked: ask for what came, and bring frames one by one.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::together::{Ending, Notice};

use super::{Refusal, Shown};
use crate::http::portal::Portal;
use crate::together::{Item, NoSeat};

const NOTICE: u8 = b'n';
const FRAME: u8 = b'f';

/// What came for a chair. Of each: its kind in one byte, how long it is in four, and that.
pub async fn fetch(State(portal): State<Portal>, Shown(ticket): Shown) -> Result<Response, Refusal> {
    let items = match portal.together.poll(&ticket).await {
        Err(NoSeat::Unknown) => vec![Item::Notice(Notice::Ended(Ending::Unknown))],
        polled => polled?,
    };
    let mut body = Vec::new();
    for item in items {
        match item {
            Item::Notice(notice) => write(&mut body, NOTICE, notice.to_string().as_bytes()),
            Item::Frame(frame) => write(&mut body, FRAME, &frame),
            // Nothing more comes from here: she asks again, and another process answers.
            Item::Restart => {}
        }
    }
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], body).into_response())
}

/// A frame for the other chair. No larger one gets here.
pub async fn send(
    State(portal): State<Portal>,
    Shown(ticket): Shown,
    frame: Bytes,
) -> Result<StatusCode, Refusal> {
    let known = portal.together.send(&ticket, (*frame).into()).await?;
    if known { Ok(StatusCode::NO_CONTENT) } else { Err(Refusal::Unknown) }
}

fn write(body: &mut Vec<u8>, kind: u8, content: &[u8]) {
    // What is longer than four bytes can tell never came in.
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    body.push(kind);
    body.extend(length.to_be_bytes());
    body.extend(content);
}
