//! For who watches the process: does it answer, and can it keep what it is told?
//!
//! Plain words outside the house: programs ask here every few seconds, so nothing of it stands in the log of answers, and no
//! answer says what is wrong. That stands in the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::headers;
use crate::measure;
use crate::store::Store;

const HEALTH: &str = "/healthz";
const READINESS: &str = "/readyz";
/// A proxy that waits longer has sent someone here meanwhile.
const LONGEST_ANSWER: Duration = Duration::from_secs(2);

/// That the process was told to stop: from then it says that others should be sent elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Stopping(Arc<AtomicBool>);

impl Stopping {
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[derive(Clone)]
struct Watched {
    store: Store,
    stopping: Stopping,
}

pub fn routes(store: Store, stopping: Stopping) -> Router {
    Router::new()
        .route(HEALTH, get(health))
        .route(READINESS, get(readiness))
        .with_state(Watched { store, stopping })
        .layer(from_fn(headers::secure))
}

/// The process answers; it asks nobody else, so a database that is away doesn't get it killed.
async fn health() -> Response {
    told(StatusCode::OK, "ok\n")
}

/// The database answers and holds the tables of this version, and nobody told the process to stop.
async fn readiness(State(Watched { store, stopping }): State<Watched>) -> Response {
    if stopping.has_begun() {
        return not_ready();
    }
    let started = Instant::now();
    match tokio::time::timeout(LONGEST_ANSWER, store.has_all_tables()).await {
        Ok(Ok(true)) => {
            measure::database_answered(started.elapsed());
            return told(StatusCode::OK, "ready\n");
        }
        Ok(Ok(false)) => tracing::warn!("not ready: tables of this version are missing"),
        Ok(Err(error)) => tracing::warn!(%error, "not ready"),
        Err(_) => tracing::warn!("not ready: the database takes too long"),
    }
    not_ready()
}

fn not_ready() -> Response {
    told(StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
}

fn told(status: StatusCode, words: &'static str) -> Response {
    tracing::debug!(http.status = status.as_u16(), "watched");
    (status, [(header::CACHE_CONTROL, "no-store")], words).into_response()
}
