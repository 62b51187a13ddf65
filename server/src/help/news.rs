//! Telling her by mail that something changed: never what.

use app::help::form::Personal;
use sea_orm::EntityTrait;

use super::place;
use super::store::entity::request;
use crate::mail::{self, Address, MailError};
use crate::seal::Keys;
use crate::store::{Change, StoreError};

/// Lets a mail go with this change, if she wants mail.
///
/// # Errors
/// The database doesn't answer.
pub(crate) async fn news(change: &Change, keys: &Keys, id: &str, at: i64) -> Result<(), StoreError> {
    let found = request::Entity::find_by_id(id.to_owned()).one(change).await?;
    let Some(sealed) = found.and_then(|found| found.sealed) else { return Ok(()) };
    // Help doesn't wait for a mail.
    let Ok(plain) = keys.open(&place(id), &sealed) else {
        tracing::error!("a request can't be opened: no mail goes");
        return Ok(());
    };
    let personal = Personal::decode(&plain);
    let Some(address) = personal.mail_for_news().and_then(Address::parse) else { return Ok(()) };
    match mail::put(change, keys, &address, mail::Kind::News, at).await {
        Ok(()) => Ok(()),
        Err(MailError::Store(error)) => Err(error),
        Err(error @ MailError::Unopened(_)) => {
            tracing::error!(%error, "an address can't be sealed: no mail goes");
            Ok(())
        }
    }
}
