//! Sending what lies in the outbox.

use super::letter::Sender;
use super::store::Due;
use super::transport::{LONGEST_SEND, Transport, Unsent};
use super::{Address, Kind, place};
use crate::clock::Clock;
use crate::seal::Keys;
use crate::store::{Store, StoreError};

/// Mails that are taken from the outbox together.
const AT_ONCE: u64 = 10;
/// Who took a mail has so long to send it, in seconds; then anybody may.
const LEASE: i64 = 5 * 60;
const _: () = assert!(AT_ONCE * LONGEST_SEND.as_secs() < LEASE as u64);
/// After the first try it waits a minute, then four times as long each time, and never longer than six hours: more than a
/// day in all.
const FIRST_PAUSE: i64 = 60;
pub(super) const LONGEST_PAUSE: i64 = 6 * 60 * 60;
const MOST_TRIES: i64 = 10;
/// How long it stands in the outbox that a mail went, or that it waits for a mail server.
const SECONDS_KEPT: i64 = 30 * 24 * 60 * 60;

/// Brings mails from the outbox to a mail server. Several may share an outbox.
#[derive(Clone, Debug)]
pub struct Postman {
    pub store: Store,
    pub keys: Keys,
    pub sender: Sender,
    pub transport: Transport,
}

/// What became of the mails that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    /// They are tried again.
    pub later: usize,
    /// They aren't tried again.
    pub failed: usize,
}

impl Postman {
    /// Sends all that is due.
    ///
    /// # Errors
    /// The database doesn't answer; what was taken is due again when its lease ends.
    pub async fn deliver(&self, clock: &Clock) -> Result<Delivered, StoreError> {
        let mut delivered = Delivered::default();
        loop {
            let at = clock.now().at;
            let taken = self.store.take_mails(at, at + LEASE, AT_ONCE).await?;
            if taken.is_empty() {
                return Ok(delivered);
            }
            for due in taken {
                match self.send(&due).await {
                    Ok(()) => {
                        delivered.sent += 1;
                        self.store.mail_sent(&due, clock.now().at).await?;
                    }
                    Err(Unsent::ForNow(_)) if due.tries < MOST_TRIES => {
                        delivered.later += 1;
                        self.store.mail_waits(&due, clock.now().at + pause(due.tries)).await?;
                    }
                    Err(Unsent::ForNow(code) | Unsent::ForGood(code)) => {
                        delivered.failed += 1;
                        tracing::warn!(mail = due.id, tries = due.tries, code, "a mail can't be sent");
                        self.store.mail_failed(&due, clock.now().at).await?;
                    }
                }
            }
        }
    }

    async fn send(&self, due: &Due) -> Result<(), Unsent> {
        // A newer version put it there: it may be sent by that one.
        let kind = Kind::parse(&due.kind).ok_or(Unsent::ForNow(None))?;
        // Another process may have the key.
        let address = self.keys.open(&place(&due.id), &due.recipient).map_err(|_| Unsent::ForNow(None))?;
        let address = std::str::from_utf8(&address).ok().and_then(Address::parse);
        let address = address.ok_or(Unsent::ForGood(None))?;
        let mail = self.sender.letter(kind, &address, &due.id, due.made_at);
        self.transport.send(&due.id, mail.map_err(|_| Unsent::ForGood(None))?).await
    }
}

/// Forgets mails that were put in the outbox so long ago, sent or not; gives how many.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, at: i64) -> Result<u64, StoreError> {
    store.forget_mails(at - SECONDS_KEPT).await
}

/// Seconds after so many tries.
fn pause(tries: i64) -> i64 {
    let times = u32::try_from(tries - 1).unwrap_or(0);
    4_i64
        .checked_pow(times)
        .and_then(|times| FIRST_PAUSE.checked_mul(times))
        .map_or(LONGEST_PAUSE, |pause| pause.min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_six_hours_and_last_more_than_a_day_in_all() {
        assert_eq!([1, 2, 3, 5, 6, 100].map(pause), [60, 240, 960, 15_360, 21_600, 21_600]);
        assert!((1..MOST_TRIES).map(pause).sum::<i64>() > 24 * 60 * 60);
    }
}
