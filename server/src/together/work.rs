//! What a process does by itself: bring, fetch, and end what lasted long enough.

use std::time::{Duration, Instant};

use domain::together::Ending;

use super::Together;
use super::name::ProcessId;
use super::relay::TooMuch;
use crate::clock::Now;
use crate::store::{Store, StoreError};

/// Where somebody sits, what lies there is fetched so often.
const BETWEEN_FETCHES: Duration = Duration::from_millis(40);
/// Chairs and meetings here are looked at so often…
const BETWEEN_ROUNDS: Duration = Duration::from_secs(1);
/// …and those that nobody sits in.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(30);

/// Brings what other processes have to know.
pub(super) async fn bring(together: Together) {
    let inner = &*together.0;
    loop {
        let items = inner.relay.post.take().await;
        let brought = inner.store.bring(items, &inner.relay.process, together.at()).await;
        if let Err(error) = brought {
            tracing::warn!(%error, "what went between two browsers was lost");
        }
    }
}

/// Fetches what comes from other processes, and sees to it that all comes to an end.
pub(super) async fn look_after(together: Together) {
    let (mut round, mut sweep) = (Instant::now(), Instant::now());
    loop {
        wait(&together).await;
        // No trouble lasts: the next time it is tried again.
        let mut worked = fetch(&together).await;
        if round.elapsed() >= BETWEEN_ROUNDS {
            round = Instant::now();
            together.0.polls.forget();
            worked = worked.and(end_overdue(&together).await);
        }
        if sweep.elapsed() >= BETWEEN_SWEEPS {
            sweep = Instant::now();
            let swept = sweep_meetings(&together.0.store, &together.0.relay.process, together.at()).await;
            worked = worked.and(swept.map(|_| ()));
        }
        if let Err(error) = worked {
            tracing::warn!(%error, "meetings wait for the database");
            tokio::time::sleep(BETWEEN_ROUNDS).await;
        }
    }
}

/// Where nobody sits, only what was on its way to who just left is there to fetch.
async fn wait(together: &Together) {
    let relay = &together.0.relay;
    if relay.is_empty() {
        // Either way it is time to look.
        let _ = tokio::time::timeout(BETWEEN_ROUNDS, relay.opened.notified()).await;
    } else {
        tokio::time::sleep(BETWEEN_FETCHES).await;
    }
}

async fn fetch(together: &Together) -> Result<(), StoreError> {
    let relay = &together.0.relay;
    let mut worked = Ok(());
    for (meeting, chair, arrival) in together.0.store.fetch(&relay.process).await?.into_iter().flatten() {
        if relay.hand_over(meeting, chair, arrival) == Err(TooMuch) {
            // The rest was taken out too: it goes to its chairs, whatever becomes of this one.
            worked = worked.and(together.end(meeting, Ending::TooMuch).await);
        }
    }
    worked
}

async fn end_overdue(together: &Together) -> Result<(), StoreError> {
    for meeting in together.0.relay.overdue(together.at()) {
        together.end(meeting, Ending::TimeIsUp).await?;
    }
    Ok(())
}

/// Ends meetings that lasted as long as they may, and deletes what nobody fetches; gives how much that was.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, now: Now) -> Result<u64, StoreError> {
    sweep_meetings(store, &ProcessId::nowhere(), now.at).await
}

async fn sweep_meetings(store: &Store, here: &ProcessId, at: i64) -> Result<u64, StoreError> {
    let mut swept = store.forget_arrivals(at).await?;
    for meeting in store.overdue_meetings(at).await? {
        swept += u64::from(store.end_meeting(meeting, Ending::TimeIsUp, here, at).await?);
    }
    Ok(swept)
}
