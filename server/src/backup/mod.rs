//! `herstelroute backup` and `herstelroute restore`: all that is kept, whole and of one moment, in one file.
//!
//! Servers may write while a backup is made; it holds all that was acknowledged before it began. The keys that it is sealed
//! with never are in it: who finds a backup finds nothing that can be read.

mod part;
mod postgres;
mod sqlite;
mod store;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use crate::audit::Head;
use crate::config::DatabaseConfig;
use crate::store::Store;
use part::Part;
use postgres::Postgres;
use sqlite::Sqlite;

#[derive(Args)]
pub struct BackupInput {
    /// The file to make: it mustn't be there yet, and only its owner may read it
    pub file: PathBuf,
    #[command(flatten)]
    pub database: DatabaseConfig,
}

#[derive(Args)]
pub struct RestoreInput {
    /// A file that `backup` made, of the same kind of database
    pub file: PathBuf,
    /// Put it in the place of what the database holds; asks nothing
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub database: DatabaseConfig,
}

/// Makes a backup, and prints how large it is and how long it took.
///
/// # Errors
/// The file is there already or can't be written; the database can't be read.
pub fn backup(input: &BackupInput) -> Result<()> {
    let (file, started) = (&input.file, Instant::now());
    ensure!(
        !file.exists(),
        "{} is there already: a backup never takes the place of another one",
        file.display()
    );
    let head = wait_for(async {
        let store = Store::open_as_it_is(&input.database.database_url).await?;
        let head = head(&store).await;
        store.close().await;
        head.context("that database holds nothing of Herstelroute")
    })?;
    let part = Part::beside(file)?;
    match Place::of(&input.database)? {
        Place::Sqlite(database) => wait_for(database.copy_to(part.path()))?,
        Place::Postgres(database) => database.dump_to(part.file()?)?,
    }
    let bytes = part.keep_as(file)?;
    println!("{}: {bytes} bytes, in {}", file.display(), seconds(started));
    println!("the audit log in it reaches at least to\n{head}");
    println!(
        "Not in it: the keys in HERSTELROUTE_SEAL_KEYS. Keep those elsewhere; without them nobody opens it."
    );
    Ok(())
}

/// Puts back what a backup holds: all of it, or nothing is changed.
///
/// # Errors
/// The file isn't a whole backup of that kind of database; the database isn't empty, or someone uses it.
pub fn restore(input: &RestoreInput) -> Result<()> {
    let started = Instant::now();
    let head = wait_for(async {
        match (Place::of(&input.database)?, Kind::of(&input.file)?) {
            (Place::Sqlite(database), Kind::Sqlite) => database.restore(&input.file, input.replace).await,
            (Place::Postgres(database), Kind::Postgres) => database.restore(&input.file, input.replace).await,
            (_, Kind::Sqlite) => bail!("{} is a backup of SQLite, not of PostgreSQL", input.file.display()),
            (_, Kind::Postgres) => bail!("{} is a backup of PostgreSQL, not of SQLite", input.file.display()),
        }
    })?;
    println!("{} is back, in {}", input.file.display(), seconds(started));
    println!("all {} rows of its audit log fit; the head is\n{head}", head.seq);
    Ok(())
}

/// Where it is kept.
enum Place {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Place {
    fn of(DatabaseConfig { database_url }: &DatabaseConfig) -> Result<Place> {
        match database_url.starts_with("sqlite:") {
            true => Ok(Place::Sqlite(Sqlite::read(database_url)?)),
            false => Ok(Place::Postgres(Postgres::read(database_url)?)),
        }
    }
}

/// Of what a file is a backup.
enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    fn of(path: &Path) -> Result<Kind> {
        let cant = || format!("{} can't be read", path.display());
        let mut begin = Vec::new();
        File::open(path).with_context(cant)?.take(16).read_to_end(&mut begin).with_context(cant)?;
        match begin.as_slice() {
            b"SQLite format 3\0" => Ok(Kind::Sqlite),
            begin if begin.starts_with(b"PGDMP") => Ok(Kind::Postgres),
            _ => bail!("{} isn't a backup", path.display()),
        }
    }
}

/// Says what goes, before it does; refuses unless that was asked for.
async fn may_replace(store: &Store, tables: usize, replace: bool) -> Result<()> {
    if tables == 0 {
        return Ok(());
    }
    ensure!(
        replace,
        "that database isn't empty: give another one, or put the backup in its place with --replace"
    );
    match head(store).await {
        Ok(head) => println!("to be replaced: {tables} tables, with an audit log until\n{head}"),
        Err(_) => println!("to be replaced: {tables} tables"),
    }
    Ok(())
}

async fn head(store: &Store) -> Result<Head> {
    Ok(store.audit_before(None, 1).await?.0)
}

fn seconds(since: Instant) -> String {
    format!("{:.2} s", since.elapsed().as_secs_f64())
}

fn wait_for<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
