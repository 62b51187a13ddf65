//! The desk, where helpers pick up requests and see them through. Who has a request sees name and story; nobody else does.

mod colleague;
mod demo;
mod list;
mod overview;
mod profile;
mod reminder;
mod request;
mod store;

use domain::help::{Kind, Region};
use thiserror::Error;

use crate::clock::Now;
use crate::mail::MailError;
use crate::seal::{Keys, Unopened};
use crate::store::{Store, StoreError};

pub use colleague::{Need, Taken};
pub use list::{MOST_SHOWN, Waiting};
pub use overview::{Late, Overview};
pub use profile::{MOST_REQUESTS, Profile};
pub use request::{Claim, Colleague, Contact, Due, HandOver, Kept, Opened, Own};
pub(crate) use store::{HELPER_MAILS, NEEDS, NOTES};

/// A note or an ask is a few lines; a long letter is a tenth of this.
const MOST_BYTES: usize = 16 * 1024;

/// The desk of this server.
#[derive(Clone, Debug)]
pub struct Desk {
    store: Store,
    keys: Keys,
}

/// What a helper's organisation may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub kinds: Vec<Kind>,
    pub regions: Vec<Region>,
}

impl Sight {
    /// What is written of an organisation; nothing: no bounds.
    #[must_use]
    pub fn read(kinds: &str, regions: &str) -> Sight {
        let or_all = |some: Vec<Kind>| if some.is_empty() { Kind::ALL.to_vec() } else { some };
        let or_everywhere = |some: Vec<Region>| if some.is_empty() { Region::ALL.to_vec() } else { some };
        Sight { kinds: or_all(Kind::list(kinds)), regions: or_everywhere(Region::list(regions)) }
    }

    #[must_use]
    pub fn reaches(&self, kind: Kind, region: Region) -> bool {
        self.kinds.contains(&kind) && self.regions.contains(&region)
    }
}

#[derive(Debug, Error)]
pub enum DeskError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unopened(#[from] Unopened),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error("that is more than a note holds")]
    TooLarge,
}

type Result<T> = std::result::Result<T, DeskError>;

/// Forgets asks that nobody closed, and what was reminded of long ago; gives how much. Doing it twice does nothing more.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, now: Now) -> std::result::Result<u64, StoreError> {
    let needs = store.forget_needs(now.at - colleague::SECONDS_KEPT, now.at).await?;
    let before = now.on.plus_days(-reminder::DAYS_KEPT).unwrap_or(now.on);
    Ok(needs + store.forget_reminders(before).await?)
}

impl Desk {
    #[must_use]
    pub fn new(store: Store, keys: Keys) -> Desk {
        Desk { store, keys }
    }

    fn seal(&self, about: &str, text: &str) -> Result<Vec<u8>> {
        if text.len() > MOST_BYTES {
            return Err(DeskError::TooLarge);
        }
        Ok(self.keys.seal(about, text.as_bytes())?)
    }

    fn open_text(&self, about: &str, sealed: &[u8]) -> Result<String> {
        Ok(String::from_utf8_lossy(&self.keys.open(about, sealed)?).into_owned())
    }
}
