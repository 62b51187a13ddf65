//! A change of what only passes through: nothing of it is kept afterwards, so the audit log has nothing to say of it.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};

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

/// A transaction that writes nothing wouldn't wait for the disk: this is a mark in PostgreSQL's own log.
pub(crate) const MARK: &str = "SELECT pg_logical_emit_message(true, 'herstelroute', '')";

impl Store {
    /// Waits until all that can be read by now is on the disk. In PostgreSQL others can read a change a moment before (see
    /// `audit::store`), and whoever is told "it was kept before" is told that it stays.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn settle(&self) -> Result<(), StoreError> {
        if self.db().get_database_backend() == DbBackend::Postgres {
            let passing = self.write_passing().await?;
            passing.db().execute_unprepared(MARK).await?;
            passing.commit().await?;
        }
        Ok(())
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
