//! Backups of SQLite: a database file like the one that the server has, but without gaps and of one moment.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use super::may_replace;
use super::part::{Part, folder_of};
use crate::audit::Head;
use crate::store::Store;

/// What SQLite keeps beside a database while it is in use.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

pub struct Sqlite {
    url: String,
    path: PathBuf,
}

impl Sqlite {
    pub fn read(url: &str) -> Result<Sqlite> {
        let options: SqliteConnectOptions = url.parse().context("--database-url can't be read")?;
        let path = options.get_filename().to_owned();
        ensure!(!url.contains(":memory:"), "a database in memory has no backup");
        Ok(Sqlite { url: url.to_owned(), path })
    }

    /// Into a file that is empty.
    pub async fn copy_to(&self, path: &Path) -> Result<()> {
        let store = Store::open_as_it_is(&self.url).await?;
        let copied = store.copy_to(path).await;
        store.close().await;
        Ok(copied?)
    }

    /// Checks a copy of the file before it takes the place of anything; gives the head of its audit log.
    pub async fn restore(&self, file: &Path, replace: bool) -> Result<Head> {
        let was_there = self.path.exists();
        if was_there {
            let store = Store::open_as_it_is(&self.url).await?;
            let tables = store.tables().await?.len();
            let may = may_replace(&store, tables, replace).await;
            store.close().await;
            may?;
        }
        let part = Part::beside(&self.path)?;
        fs::copy(file, part.path()).with_context(|| format!("{} can't be copied", file.display()))?;
        let head = check(part.path(), file).await?;
        if was_there {
            self.let_go().await?;
        }
        self.own(part.path()).context("the restored file can't be given to who owns the database")?;
        // Of another database, they would change this one.
        for suffix in BESIDE {
            remove(&self.beside(suffix))?;
        }
        part.put_in_place_of(&self.path)?;
        Ok(head)
    }

    /// Makes sure that nobody works in it: what a server writes into a file that was replaced is lost.
    async fn let_go(&self) -> Result<()> {
        let store = Store::open_as_it_is(&self.url).await?;
        let alone = store.ends_its_journal().await;
        store.close().await;
        ensure!(alone, "someone uses that database: stop the server first; nothing was changed");
        Ok(())
    }

    /// Who restores may be root; the server isn't.
    fn own(&self, part: &Path) -> io::Result<()> {
        let owner = match fs::metadata(&self.path) {
            Ok(before) => before,
            Err(_) => fs::metadata(folder_of(&self.path))?,
        };
        let is = fs::metadata(part)?;
        // Anybody else can't give files away, and needn't.
        match is.uid() == 0 && owner.uid() != 0 {
            true => chown(part, Some(owner.uid()), Some(owner.gid())),
            false => Ok(()),
        }
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut path = OsString::from(&self.path);
        path.push(suffix);
        path.into()
    }
}

/// It is whole, of a version that is known here, and its audit log fits.
async fn check(part: &Path, file: &Path) -> Result<Head> {
    let broken = || format!("{} isn't whole; nothing was changed", file.display());
    ensure!(has_all_pages(part).with_context(broken)?, broken());
    let store = Store::open_file(part).await.with_context(broken)?;
    let checked = async {
        if !store.is_whole().await.with_context(broken)? {
            bail!(broken());
        }
        let newer = store.steps_of_later_versions().await.with_context(broken)?;
        ensure!(newer.is_empty(), "{} was made by a later version; nothing was changed", file.display());
        store.verify_audit(None).await.with_context(broken)?.with_context(broken)
    };
    let head = checked.await;
    store.close().await;
    head
}

/// SQLite itself takes zeros for what lacks at the end of the last page.
fn has_all_pages(path: &Path) -> io::Result<bool> {
    let mut head = [0; 32];
    let mut file = File::open(path)?;
    file.read_exact(&mut head)?;
    let page_bytes = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        bytes => u64::from(bytes),
    };
    let pages = u32::from_be_bytes([head[28], head[29], head[30], head[31]]);
    Ok(file.metadata()?.len() == page_bytes * u64::from(pages))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} can't be removed", path.display()))
        }
        _ => Ok(()),
    }
}
