//! A file in the making.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// A file beside the one that it becomes, for its owner alone. Dropped before, it goes.
pub struct Part {
    path: PathBuf,
    is_kept: bool,
}

impl Part {
    pub fn beside(path: &Path) -> Result<Part> {
        let name = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
        let id = uuid::Uuid::new_v4().simple();
        let path = path.with_file_name(format!(".{}.{id}.part", name.to_string_lossy()));
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        made.with_context(|| format!("{} can't be written", path.display()))?;
        Ok(Part { path, is_kept: false })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&self) -> Result<File> {
        OpenOptions::new().write(true).open(&self.path).with_context(|| self.path.display().to_string())
    }

    /// Under its name, on the disk; gives how many bytes it has. Nothing else may have got that name meanwhile.
    pub fn keep_as(self, path: &Path) -> Result<u64> {
        ensure!(!path.exists(), "{} came meanwhile: nothing was put in its place", path.display());
        self.put_in_place_of(path)
    }

    /// The same, whatever had that name before.
    pub fn put_in_place_of(mut self, path: &Path) -> Result<u64> {
        let mut put = || -> io::Result<u64> {
            let file = File::open(&self.path)?;
            file.sync_all()?;
            fs::rename(&self.path, path)?;
            self.is_kept = true;
            // The name too survives a power cut.
            File::open(folder_of(path))?.sync_all()?;
            Ok(file.metadata()?.len())
        };
        put().with_context(|| format!("{} can't be written", path.display()))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_kept {
            // What can't be removed is half a backup under a name of its own.
            let _ = fs::remove_file(&self.path);
        }
    }
}

pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
