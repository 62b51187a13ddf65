//! What a backup asks of a database.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

use crate::store::{PATIENCE, Store, StoreError};

const BETWEEN: Duration = Duration::from_millis(100);

impl Store {
    /// Connects to a database that is there, and makes nothing in it: it may be of another version. Once: a second connection
    /// would be someone else who uses it.
    pub(super) async fn open_as_it_is(url: &str) -> Result<Store, StoreError> {
        let read = |it: SqliteConnectOptions| it.create_if_missing(false).busy_timeout(PATIENCE);
        Store::connect(url, 1, Arc::new(read)).await
    }

    /// Reads a file of SQLite that nobody changes.
    pub(super) async fn open_file(path: &Path) -> Result<Store, StoreError> {
        let path = path.to_owned();
        let read = move |it: SqliteConnectOptions| it.filename(&path).read_only(true).immutable(true);
        Store::connect("sqlite:", 1, Arc::new(read)).await
    }

    /// SQLite: all of one moment into an empty file; others may write meanwhile.
    pub(super) async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let path = path.to_string_lossy().into_owned();
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
        self.db().execute_raw(copy).await?;
        Ok(())
    }

    /// SQLite: whether its pages fit each other.
    pub(super) async fn is_whole(&self) -> Result<bool, StoreError> {
        Ok(self.words("PRAGMA integrity_check", "integrity_check").await? == ["ok"])
    }

    /// SQLite: writes the journal into the database and ends it. `false`: someone else has it open.
    pub(super) async fn ends_its_journal(&self) -> bool {
        let question = "PRAGMA journal_mode = DELETE";
        self.words(question, "journal_mode").await.is_ok_and(|mode| mode == ["delete"])
    }

    /// PostgreSQL: how many others are connected to this database, and stay so.
    pub(super) async fn others(&self) -> Result<usize, StoreError> {
        let others = "SELECT CAST(pid AS text) AS pid FROM pg_stat_activity \
                      WHERE datname = current_database() AND usesysid IS NOT NULL AND pid <> pg_backend_pid()";
        let mut left = self.words(others, "pid").await?.len();
        // Who hung up just now may be listed still.
        let until = Instant::now() + PATIENCE;
        while left > 0 && Instant::now() < until {
            tokio::time::sleep(BETWEEN).await;
            left = self.words(others, "pid").await?.len();
        }
        Ok(left)
    }

    /// The tables that it holds.
    pub(super) async fn tables(&self) -> Result<Vec<String>, StoreError> {
        let tables = match self.db().get_database_backend() {
            DbBackend::Postgres => {
                "SELECT CAST(tablename AS text) AS name FROM pg_tables WHERE schemaname = current_schema()"
            }
            _ => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            }
        };
        self.words(tables, "name").await
    }

    async fn words(&self, question: &str, column: &str) -> Result<Vec<String>, StoreError> {
        let nothing: [Value; 0] = [];
        let question = Statement::from_sql_and_values(self.db().get_database_backend(), question, nothing);
        let rows = self.db().query_all_raw(question).await?;
        Ok(rows.iter().map(|row| row.try_get_by(column)).collect::<Result<_, DbErr>>()?)
    }
}
