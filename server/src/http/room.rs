//! Room for so many requests at once. Who comes above that is told so at once, and when to come back: a row that grows would
//! make everyone wait, also who was there first.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::clear::announces_more_than;
use super::{MOST_BODY_BYTES, office};
use crate::measure;

/// For each core so many are begun at once; the others wait for their turn. More would keep who comes next from being seen.
const HANDS_A_CORE: usize = 2;
/// On a machine that is slower than that, nobody waits longer for her turn.
const LONGEST_ROW: Duration = Duration::from_secs(5);
/// Of all that is typed and isn't whole yet.
const MOST_UNREAD_BYTES: usize = 256 * 1024 * 1024;
/// The log tells so often that there was no room: whoever fills the portal mustn't fill the disk.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// Who asks on a line that was one too many is told so, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct OneTooMany;

/// An answer says that there was no room.
#[derive(Clone, Copy, Debug)]
pub struct NoRoom;

#[derive(Clone)]
pub struct Room(Arc<Places>);

struct Places {
    free: Semaphore,
    hands: Semaphore,
    unread: Semaphore,
    told_at: Mutex<Option<Instant>>,
}

impl Room {
    pub fn for_so_many(requests: usize) -> Room {
        Room(Arc::new(Places {
            free: Semaphore::new(requests),
            hands: Semaphore::new(HANDS_A_CORE * available_parallelism().map_or(1, usize::from)),
            unread: Semaphore::new(MOST_UNREAD_BYTES),
            told_at: Mutex::new(None),
        }))
    }

    fn none(&self) -> Response {
        measure::turned_away();
        let mut told_at = self.0.told_at.lock().unwrap_or_else(PoisonError::into_inner);
        if told_at.is_none_or(|at| at.elapsed() >= TOLD_EVERY) {
            *told_at = Some(Instant::now());
            tracing::warn!("more is asked than can be answered: some are told to come back");
        }
        let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
        response.extensions_mut().insert(NoRoom);
        response
    }

    /// What was typed, whole, so that who sends it slowly takes no place meanwhile.
    async fn whole(&self, mut body: Body) -> Result<Body, Response> {
        if body.is_end_stream() {
            return Ok(body);
        }
        let mut read = Vec::new();
        let mut held: Option<SemaphorePermit<'_>> = None;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
            let Ok(bytes) = frame.into_data() else { continue };
            if read.len() + bytes.len() > MOST_BODY_BYTES {
                return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
            }
            let more = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let more = self.0.unread.try_acquire_many(more).map_err(|_| self.none())?;
            match &mut held {
                Some(held) => held.merge(more),
                None => held = Some(more),
            }
            read.extend_from_slice(&bytes);
        }
        Ok(read.into())
    }
}

/// Lets in whom there is room for. An office first shows who it is, and only then sends what may be large.
pub async fn enter(State(room): State<Room>, request: Request, next: Next) -> Response {
    if request.extensions().get::<OneTooMany>().is_some() {
        return room.none();
    }
    let request = if request.uri().path().starts_with(office::ROOT) {
        request
    } else if announces_more_than(MOST_BODY_BYTES, &request) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    } else {
        let (parts, body) = request.into_parts();
        match room.whole(body).await {
            Ok(body) => Request::from_parts(parts, body),
            Err(refusal) => return refusal,
        }
    };
    let Ok(_place) = room.0.free.try_acquire() else { return room.none() };
    let _counted = measure::under_way();
    let Ok(hand) = timeout(LONGEST_ROW, room.0.hands.acquire()).await else { return room.none() };
    // Who came meanwhile is let in, or told to come back, before this work begins: that takes far less.
    tokio::task::yield_now().await;
    let mut answer = pin!(next.run(request));
    let begun = poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await;
    // What waits now, for the database or someone's own provider, needs no hand meanwhile.
    drop(hand);
    match begun {
        Poll::Ready(answer) => answer,
        Poll::Pending => answer.await,
    }
}
