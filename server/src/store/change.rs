//! A change of the database: all of it happens, with its lines in the audit log, or nothing.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use sea_orm_migration::async_trait::async_trait;
use tokio::sync::OwnedSemaphorePermit;

use super::StoreError;
use crate::audit::{self, Entry};
use crate::measure;

/// A change that was begun. It ends only with what the audit log says of it; dropped, nothing of it happened.
#[derive(Debug)]
pub struct Change {
    pub(super) transaction: DatabaseTransaction,
    /// Whose turn it is in SQLite; given back when all of it is over.
    pub(super) turn: Option<OwnedSemaphorePermit>,
}

impl Change {
    /// Keeps all of it, and tells the audit log. Nothing may follow: from here others wait for the chain.
    ///
    /// # Errors
    /// The database doesn't answer; then nothing of it happened, as far as is known.
    pub async fn commit(self, at: i64, entries: &[Entry]) -> Result<(), StoreError> {
        // In PostgreSQL the first of these may have ended it already; then the second waits until the disk has it.
        audit::append(&self.transaction, at, entries).await?;
        self.transaction.commit().await?;
        measure::audited(entries.len());
        Ok(())
    }
}

#[async_trait]
impl ConnectionTrait for Change {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.transaction.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.transaction.query_all_raw(statement).await
    }
}
