//! Sessions: who is signed in, in which browser, until when.
//!
//! Our own table rather than `tower-sessions`: that keeps a bag of values under an id that stands readable in the store, and
//! reads it apart from the account. Here one question tells session, account and organisation, and a copy of the database
//! opens no session.

use std::fmt;

use data_encoding::HEXLOWER;

use super::{Accounts, Staff};
use crate::clock::Now;
use crate::code::{self, Finder};
use crate::store::StoreError;

/// Who does nothing for so long is signed out, in seconds.
pub(super) const IDLE: i64 = 15 * 60;
/// After so long everyone signs in again.
pub(super) const LONGEST: i64 = 2 * 60 * 60;
/// That someone is still there is written down no more often.
const WRITTEN_EVERY: i64 = 60;
/// The clocks of servers that share a database differ by less.
const CLOCKS_DIFFER: i64 = 60;

/// What a browser's cookie holds. Only a hash of it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionSecret(String);

/// Someone's session. Moments are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub staff: Staff,
    pub begun_at: i64,
    pub used_at: i64,
}

impl Session {
    /// When she is signed out if she does nothing.
    #[must_use]
    pub fn ends_at(&self) -> i64 {
        (self.used_at + IDLE).min(self.ends_at_last())
    }

    /// When she signs in again, whatever she does.
    #[must_use]
    pub fn ends_at_last(&self) -> i64 {
        self.begun_at + LONGEST
    }
}

impl SessionSecret {
    /// 244 random bits.
    pub(super) fn random() -> SessionSecret {
        SessionSecret(HEXLOWER.encode(&code::random_bytes(b"session")))
    }

    /// As a cookie brought it.
    #[must_use]
    pub fn shown(text: &str) -> SessionSecret {
        SessionSecret(text.to_owned())
    }

    fn finder(&self) -> Finder {
        Finder::of_secret(&self.0, "session")
    }

    /// For the cookie alone.
    #[must_use]
    pub fn show(&self) -> &str {
        &self.0
    }
}

/// Not in a log by accident.
impl fmt::Debug for SessionSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionSecret(…)")
    }
}

impl Accounts {
    /// Signs an account in, with a new secret each time; the browser's earlier session ends.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn begin_session(
        &self,
        staff_id: &str,
        earlier: Option<&SessionSecret>,
        now: Now,
    ) -> Result<SessionSecret, StoreError> {
        let secret = SessionSecret::random();
        let earlier = earlier.map(SessionSecret::finder);
        self.store.begin_session(secret.finder(), staff_id, earlier, now.at).await?;
        Ok(secret)
    }

    /// Whose session it is, as long as it lasts; that makes it last on. `None`: it is over, or the account was ended.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn session(&self, shown: &SessionSecret, now: Now) -> Result<Option<Session>, StoreError> {
        let finder = shown.finder();
        let Some(mut session) = self.store.find_session(finder).await? else { return Ok(None) };
        // Begun by a clock that was put back since: it would last for longer than anyone may stay.
        let is_to_come = session.begun_at > now.at + CLOCKS_DIFFER;
        if is_to_come || session.ends_at() <= now.at {
            return Ok(None);
        }
        if now.at - session.used_at >= WRITTEN_EVERY {
            match self.store.session_used(finder, now.at).await {
                Ok(()) => session.used_at = now.at,
                // She can read on while nothing can be written; it only doesn't last on.
                Err(error) => tracing::warn!(%error, "a session doesn't last on"),
            }
        }
        Ok(Some(session))
    }

    /// Signs out; what was no session stays none.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn end_session(&self, shown: &SessionSecret, now: Now) -> Result<(), StoreError> {
        self.store.end_session(shown.finder(), now.at).await
    }
}
