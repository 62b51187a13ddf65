//! What is kept: one contract, on SQLite and on a real PostgreSQL.
#![cfg(test)]

mod accounts;
mod audit;
#[path = "../shared/cluster.rs"]
mod cluster;
#[path = "../shared/database.rs"]
mod database;
mod desk;
mod desk_speed;
mod dossiers;
mod figures;
mod help;
mod limits;
mod mail;
mod office;
mod rotation;
mod smtp;
mod speed;
mod together;

use server::store::Store;
use tempfile::TempDir;

/// A database of a test's own, and what it lies in.
pub struct Database {
    pub url: String,
    pub store: Store,
    _folder: TempDir,
}

impl Database {
    pub async fn sqlite() -> Database {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("test.db");
        std::fs::copy(database::template().await, &path).expect("a database");
        Database::open(format!("sqlite:{}", path.display()), folder).await
    }

    pub async fn postgres() -> Database {
        Database::open(cluster::postgres(), tempfile::tempdir().expect("a folder")).await
    }

    async fn open(url: String, folder: TempDir) -> Database {
        let store = Store::open(&url).await.expect("a database");
        Database { url, store, _folder: folder }
    }

    /// What another process has.
    pub async fn another(&self) -> Store {
        Store::open(&self.url).await.expect("the same database")
    }
}

/// Runs each of these on both databases.
#[macro_export]
macro_rules! contract {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name($crate::Database::sqlite().await).await; })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name($crate::Database::postgres().await).await; })+
        }
    };
}
