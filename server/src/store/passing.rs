//! A change of what only passes through: nothing of it is kept afterwards, so the audit log has nothing to say of it.

use sea_orm::DatabaseTransaction;

use super::{Change, Store, StoreError};

/// Dropped before it ends, nothing of it happened.
#[derive(Debug)]
pub struct Passing(Change);

impl Store {
    /// Begins one: all of it happens at [`Passing::commit`], or nothing.
    ///
    /// # Errors
    /// Another change took too long.
    pub async fn write_passing(&self) -> Result<Passing, StoreError> {
        Ok(Passing(self.write().await?))
    }
}

impl Passing {
    #[must_use]
    pub fn db(&self) -> &DatabaseTransaction {
        &self.0.transaction
    }

    /// # Errors
    /// The database doesn't answer; then nothing of it happened, as far as is known.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.transaction.commit().await?)
    }
}
