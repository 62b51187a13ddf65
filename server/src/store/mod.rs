//! The database: SQLite beside the server, or PostgreSQL by its URL. One code path.
//!
//! Only this folder and each capability's `store.rs` know SQL.

mod attempts;
mod change;
mod migration;
mod passing;
mod sealed;

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::Query;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection as _};
use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use attempts::{Counted, Limit};
pub use change::Change;
pub(crate) use passing::MARK;
pub use passing::Passing;
pub use sealed::{KeyColumn, Resealed, SealedColumn};

/// How long a write waits for another one before it gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// SQLite writes one by one; PostgreSQL shares its connections between processes.
const MOST_CONNECTIONS: u32 = 16;
/// Each connection to SQLite remembers so much of the file; the system remembers it too, for all of them together.
const CACHE_KIB: u32 = 512;
/// A connection that answered so lately is there still: asking each time took a quarter of all messages.
const TRUSTED: Duration = Duration::from_secs(1);
/// Two servers that start at once on one PostgreSQL make the tables one after the other.
const MIGRATION_LOCK: i64 = 0x4865_7273_7465_6c72;

/// The database couldn't do it. Its message may hold what someone wrote, so no page and no log shows it.
#[derive(Debug, Error)]
#[error("the database couldn't do that ({})", kind(.0))]
pub struct StoreError(#[source] DbErr);

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> StoreError {
        StoreError(error)
    }
}

fn kind(error: &DbErr) -> &'static str {
    if let Some(why) = told_by_itself(error) {
        return why;
    }
    match error {
        DbErr::ConnectionAcquire(_) => "no connection is free",
        DbErr::Conn(_) => "there is no connection",
        DbErr::Exec(_) => "a change was refused",
        DbErr::Query(_) => "a question was refused",
        DbErr::Migration(_) => "the tables couldn't be made",
        _ => "other",
    }
}

/// What the database itself says, as far as who keeps it running can put it right.
fn told_by_itself(error: &DbErr) -> Option<&'static str> {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    let code = error.as_database_error()?.code()?;
    match code.as_ref() {
        "53100" => Some("its disk is full"),
        "58030" => Some("its disk fails"),
        "25006" => Some("it can only be read"),
        // SQLite's have four digits at most: the kind of error stands in the last eight bits.
        short if short.len() <= 4 => match short.parse::<u32>().ok()? & 0xff {
            8 => Some("it can only be read"),
            10 => Some("its disk fails"),
            13 => Some("its disk is full"),
            14 => Some("its file can't be opened or made"),
            _ => None,
        },
        _ => None,
    }
}

/// Where it is kept in which steps the tables were made.
pub(crate) const MIGRATIONS: &str = "seaql_migrations";

/// How a file of SQLite is opened.
type SqliteSettings = dyn Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync;

/// Whether a step that tables were made in isn't one of this version's.
pub(crate) fn is_of_a_later_version(step: &str) -> bool {
    migration::Migrator::migrations().iter().all(|known| known.name() != step)
}

/// An open database whose tables are those of this version.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    /// SQLite has one writer at a time. Here they wait in a row and hold no connection; it lets them try again at random.
    turns: Arc<Semaphore>,
}

impl Store {
    /// Connects, and makes the tables that are missing.
    ///
    /// # Errors
    /// The database can't be reached, or its tables can't be made.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        let store = Store::connect(url, MOST_CONNECTIONS, Arc::new(sqlite)).await?;
        let Change { transaction: all_tables, turn } = store.write_alone(MIGRATION_LOCK).await?;
        migration::Migrator::up(&all_tables, None).await?;
        all_tables.commit().await?;
        drop(turn);
        Ok(store)
    }

    /// Connects, and makes no tables: they may be those of another version.
    pub(crate) async fn connect(
        url: &str,
        most_connections: u32,
        sqlite: Arc<SqliteSettings>,
    ) -> Result<Store, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(most_connections)
            .connect_timeout(PATIENCE)
            .acquire_timeout(PATIENCE)
            .test_before_acquire_if_idle_for(TRUSTED)
            // A statement may hold what someone wrote.
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(move |options| sqlite(options))
            .map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|it, _| Box::pin(is_free(it))));
        Ok(Store { db: Database::connect(options).await?, turns: Arc::new(Semaphore::new(1)) })
    }

    /// For reading.
    #[must_use]
    pub fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Begins a change: all of it happens at [`Change::commit`], or nothing.
    ///
    /// # Errors
    /// Another change took too long.
    pub async fn write(&self) -> Result<Change, StoreError> {
        // SQLite would refuse a reader that turns into a writer while another one writes.
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        let turn = self.turn().await?;
        Ok(Change { transaction: self.db.begin_with_options(options).await?, turn })
    }

    /// Among the writers of this process; SQLite itself sees to others. `None`: nobody has to wait.
    async fn turn(&self) -> Result<Option<OwnedSemaphorePermit>, DbErr> {
        if self.db.get_database_backend() == DbBackend::Postgres {
            return Ok(None);
        }
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        turn.map(Some).map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
    }

    /// Begins a change while no other process has one under the same lock. SQLite has one change at a time anyway.
    ///
    /// # Errors
    /// Another change took too long.
    pub async fn write_alone(&self, lock: i64) -> Result<Change, StoreError> {
        let change = self.write().await?;
        if change.get_database_backend() == DbBackend::Postgres {
            change.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({lock})")).await?;
        }
        Ok(change)
    }

    /// Ends all connections; what was written stands in the database itself.
    pub async fn close(self) {
        // Who closes has nothing more to ask: an error here concerns nobody.
        let _ = self.db.close().await;
    }

    /// Whether the tables of this version are there. Nothing is made: who asks may be a stranger.
    ///
    /// # Errors
    /// The database doesn't answer, or holds no tables at all.
    pub async fn has_all_tables(&self) -> Result<bool, StoreError> {
        let made = self.steps().await?;
        Ok(migration::Migrator::migrations().iter().all(|step| made.iter().any(|made| made == step.name())))
    }

    /// Steps that its tables were made in, and that this version doesn't know.
    pub(crate) async fn steps_of_later_versions(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.steps().await?.into_iter().filter(|step| is_of_a_later_version(step)).collect())
    }

    async fn steps(&self) -> Result<Vec<String>, StoreError> {
        let made = Query::select().column("version").from(MIGRATIONS).to_owned();
        let made = self.db.query_all(&made).await?;
        Ok(made.iter().map(|row| row.try_get_by("version")).collect::<Result<_, DbErr>>()?)
    }
}

/// Where the disk is full or fails, SQLite ends a change by itself, and the driver, whose own end of it is refused then,
/// goes on counting it: whatever follows on that connection would be part of it, and never kept. Nobody gets it any more.
async fn is_free(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A change that was dropped ends before this is answered.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

/// What was acknowledged survives a power cut.
fn sqlite(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("cache_size", format!("-{CACHE_KIB}"))
}
