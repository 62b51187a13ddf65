//! Programs that bring faults about. `cargo xtask` installs them; a test without them fails, and says what to install.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program, as `apt-get install` brings it.
pub fn program(name: &str, package: &str) -> Command {
    let is_there = Command::new(name).arg("-V").output().is_ok();
    assert!(is_there, "{name} is missing: install it (Debian and Ubuntu: `sudo apt-get install {package}`)");
    Command::new(name)
}

/// What lies to a program about the time.
pub fn libfaketime() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|folder| folder.path());
    let found = folders
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .chain([PathBuf::from("/usr/lib/faketime/libfaketimeMT.so.1")])
        .find(|path| path.exists());
    found.expect("libfaketime is missing: install it (Debian and Ubuntu: `sudo apt-get install faketime`)")
}

pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// A folder on a disk of its own of so many kilobytes; gone with it.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    pub fn new(at: &Path, kilobytes: u32) -> SmallDisk {
        assert!(is_root(), "a disk of its own is missing: only root may mount one");
        fs::create_dir_all(at).expect("a folder");
        let size = format!("size={kilobytes}k,mode=0777");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(at).status();
        assert!(mounted.expect("mount runs").success(), "mount");
        SmallDisk(at.to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// From now on; nobody may have a file open.
    pub fn only_read(&self) {
        let mounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&self.0).status();
        assert!(mounted.expect("mount runs").success(), "remount");
    }

    /// Fills it up to the last page.
    pub fn fill(&self) -> PathBuf {
        let path = self.0.join("filler");
        let _ = Command::new("dd")
            .arg("if=/dev/zero")
            .arg(format!("of={}", path.display()))
            .args(["bs=4096", "status=none"])
            .stderr(std::process::Stdio::null())
            .status();
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
