//! What happens by itself, now and then: forgetting in time. Doing it twice does nothing more, so every process may.

use std::time::Duration;

use crate::http::Services;
use crate::office::Offices;
use crate::timeline::{DossierError, Dossiers};

const BETWEEN: Duration = Duration::from_secs(60 * 60);

/// Runs for as long as the server does.
pub async fn run(services: Services) {
    let mut clock = tokio::time::interval(BETWEEN);
    loop {
        clock.tick().await;
        match forget(&services).await {
            Ok(0) => {}
            Ok(dossiers) => tracing::info!(dossiers, "forgot what nobody used for twelve months"),
            Err(error) => tracing::error!(%error, "forgetting failed; it is tried again in an hour"),
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
    Dossiers::new(store.clone(), keys.clone()).purge(now.on).await
}
