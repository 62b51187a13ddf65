//! What happens by itself, now and then: forgetting in time, and estimating how long steps take. Doing it twice does nothing
//! more, so every process may.

use std::time::{Duration, Instant};

use crate::account::Accounts;
use crate::figures::{estimate, simulate};
use crate::http::Services;
use crate::office::Offices;
use crate::store::StoreError;
use crate::timeline::{DossierError, Dossiers};

const BETWEEN: Duration = Duration::from_secs(60 * 60);

/// Runs for as long as the server does. A demo whose database holds no cases shows figures of invented ones.
pub async fn run(services: Services, demo: bool) {
    let mut clock = tokio::time::interval(BETWEEN);
    loop {
        clock.tick().await;
        match forget(&services).await {
            Ok(0) => {}
            Ok(dossiers) => tracing::info!(dossiers, "forgot what nobody used for twelve months"),
            Err(error) => tracing::error!(%error, "forgetting failed; it is tried again in an hour"),
        }
        if let Err(error) = renew_figures(&services, demo).await {
            tracing::error!(%error, "estimating failed; it is tried again in an hour");
        }
    }
}

/// Deletes what has been kept long enough; gives the number of dossiers.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(services: &Services) -> Result<u64, DossierError> {
    let now = services.clock.now();
    let Services { store, keys, .. } = services;
    store.forget_attempts(now.at).await?;
    Offices::new(store.clone()).forget(now).await?;
    Accounts::new(store.clone()).forget(now).await?;
    Dossiers::new(store.clone(), keys.clone()).purge(now.on).await
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
