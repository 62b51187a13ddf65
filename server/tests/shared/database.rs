//! SQLite databases for tests, from a template.

use std::path::{Path, PathBuf};

use server::store::Store;
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// An empty SQLite database with all tables, made once: a test copies it.
pub async fn template() -> &'static Path {
    static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
    let make = || async {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("template.db");
        let store = Store::open(&format!("sqlite:{}", path.display())).await.expect("a database");
        // All of it in the one file that is copied.
        store.close().await;
        (folder, path)
    };
    &TEMPLATE.get_or_init(make).await.1
}
