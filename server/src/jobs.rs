//! What happens by itself, now and then: forgetting in time, and estimating how long steps take. Doing it twice does nothing
//! more, so every process may.

use std::time::{Duration, Instant};

use tokio::time::MissedTickBehavior;

use crate::clock::{Clock, Now};
use crate::desk::Desk;
use crate::figures::{estimate, simulate};
use crate::http::Services;
use crate::mail::{self, Delivered, Postman};
use crate::office::Offices;
use crate::store::{Store, StoreError};
use crate::{account, desk, help, measure, timeline, together};

const BETWEEN: Duration = Duration::from_secs(60 * 60);
const BETWEEN_MAILS: Duration = Duration::from_secs(10);

/// Runs for as long as the server does. A demo whose database holds no cases shows figures of invented ones.
pub async fn run(services: Services, demo: bool) {
    let mut clock = tokio::time::interval(BETWEEN);
    loop {
        clock.tick().await;
        match forget(&services.store, services.clock.now()).await {
            Ok(Forgotten { dossiers: 0, .. }) => {}
            Ok(Forgotten { dossiers, .. }) => {
                tracing::info!(dossiers, "forgot what nobody used for twelve months");
            }
            Err(error) => tracing::error!(%error, "forgetting failed; it is tried again in an hour"),
        }
        match Desk::new(services.store.clone(), services.keys.clone()).remind(services.clock.now()).await {
            Ok(0) => {}
            Ok(helpers) => tracing::info!(helpers, "reminded of first contacts that are due"),
            Err(error) => tracing::error!(%error, "reminding failed; it is tried again in an hour"),
        }
        if let Err(error) = renew_figures(&services, demo).await {
            tracing::error!(%error, "estimating failed; it is tried again in an hour");
        }
    }
}

/// Brings mails for as long as the server runs.
pub async fn bring_mail(postman: Postman, clock: Clock) {
    let mut pauses = tokio::time::interval(BETWEEN_MAILS);
    pauses.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        pauses.tick().await;
        match postman.deliver(&clock).await {
            Ok(delivered) if delivered == Delivered::default() => {}
            Ok(brought @ Delivered { sent, later, failed }) => {
                measure::delivered(brought);
                tracing::info!(sent, later, failed, "brought mail");
            }
            Err(error) => tracing::error!(%error, "mail waits for the database"),
        }
    }
}

/// How much was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    pub dossiers: usize,
    pub batches_and_links: u64,
    pub mails: u64,
    pub attempts: u64,
    /// And sign-ins that weren't finished.
    pub sessions: u64,
    /// Of which what is personal was erased.
    pub requests: u64,
    /// What helpers asked each other, and were reminded of.
    pub desk: u64,
    /// And frames that nobody fetched.
    pub meetings: u64,
}

/// Deletes what has been kept long enough.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, now: Now) -> Result<Forgotten, StoreError> {
    Ok(Forgotten {
        attempts: store.forget_attempts(now.at).await?,
        sessions: account::forget(store, now).await?,
        batches_and_links: Offices::new(store.clone()).forget(now).await?,
        requests: help::forget(store, now).await?,
        desk: desk::forget(store, now).await?,
        meetings: together::forget(store, now).await?,
        mails: mail::forget(store, now.at).await?,
        dossiers: timeline::forget(store, now).await?,
    })
}

/// Estimates anew from all that offices told. Pages show the older figures until then.
///
/// # Errors
/// The database doesn't answer.
pub async fn renew_figures(services: &Services, demo: bool) -> Result<(), StoreError> {
    let started = Instant::now();
    let on = services.clock.today();
    let mut estimates = estimate(&Offices::new(services.store.clone()), on).await?;
    if estimates.is_empty() && demo {
        let made_up = tokio::task::spawn_blocking(move || simulate::of_the_demo(on).estimates());
        estimates = made_up.await.unwrap_or_default();
    }
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(steps = estimates.len(), duration_ms, "estimated how long steps take");
    services.figures.replace(estimates);
    Ok(())
}
