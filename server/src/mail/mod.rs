//! Mail: kept in the outbox with the change that it belongs to, and sent later, by whichever process comes first.
//!
//! A mail server that is away keeps nobody waiting. A mail goes at least once; sent twice it has the same Message-ID.

mod delivery;
mod letter;
mod store;
mod transport;

use std::fmt;

use sea_orm::ConnectionTrait;
use thiserror::Error;

use crate::seal::{Keys, Unopened};
use crate::store::StoreError;

pub use delivery::{Delivered, Postman, forget};
pub use letter::Sender;
pub(crate) use store::RECIPIENTS;
pub use transport::Transport;

/// RFC 5321, 4.5.3.1.3.
const LONGEST_ADDRESS: usize = 254;

/// What a mail says. It is the same for everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To who made a request.
    News,
    /// To a helper.
    Reminder,
    /// To a helper who hasn't signed in before.
    Invitation,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::News, Kind::Reminder, Kind::Invitation];

    const fn id(self) -> &'static str {
        match self {
            Kind::News => "news",
            Kind::Reminder => "reminder",
            Kind::Invitation => "invitation",
        }
    }

    fn parse(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// A mail address that can be written to.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(lettre::Address);

impl Address {
    /// Reads an address as a person types it. `None`: it can't be one, or only newer mail servers understand it.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Address> {
        let typed = typed.trim();
        let is_plain = typed.is_ascii() && typed.len() <= LONGEST_ADDRESS;
        typed.parse().ok().filter(|_| is_plain).map(Address)
    }

    /// To be sealed, or shown to who gave it.
    #[must_use]
    pub fn show(&self) -> &str {
        self.0.as_ref()
    }
}

/// Not in a log by accident.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

#[derive(Debug, Error)]
pub enum MailError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unopened(#[from] Unopened),
}

/// Lets a mail go as soon as the change is kept; if that isn't, no mail goes.
///
/// # Errors
/// The database doesn't answer.
pub async fn put(
    change: &impl ConnectionTrait,
    keys: &Keys,
    to: &Address,
    kind: Kind,
    at: i64,
) -> Result<(), MailError> {
    let id = uuid::Uuid::now_v7().simple().to_string();
    let sealed = keys.seal(&place(&id), to.show().as_bytes())?;
    Ok(store::put(change, &id, kind, sealed, at).await?)
}

/// An address opens only where it belongs.
fn place(id: &str) -> String {
    format!("outbox {id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_typed_and_never_shown_by_accident() {
        let address = Address::parse(" j.de-vries+x@voorbeeld.example ").expect("an address");
        assert_eq!(address.show(), "j.de-vries+x@voorbeeld.example");
        assert_eq!(format!("{address:?}"), "Address(…)");
        let long = format!("{}@voorbeeld.example", "a".repeat(240));
        for wrong in ["", "x", "x@", "@x", "a b@x.nl", "x@x.nl\r\nBcc: y@y.nl", "é@x.nl", "x@é.nl", &long] {
            assert!(Address::parse(wrong).is_none(), "{wrong}");
        }
    }
}
