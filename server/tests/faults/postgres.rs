//! A PostgreSQL of one test alone, which can be stopped under who uses it. It waits for the disk, as a real one does.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::cluster::program;
use crate::tool::is_root;

pub const DATABASE: &str = "test";

/// Stops when it is dropped.
pub struct Postgres {
    folder: TempDir,
}

impl Postgres {
    pub fn start() -> Postgres {
        Postgres::with("")
    }

    /// With settings of its own.
    pub fn with(more: &str) -> Postgres {
        let folder = tempfile::tempdir().expect("a folder");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("open to its user");
        let postgres = Postgres { folder };
        let initdb = ["--auth=trust", "--no-sync", "--username=postgres", "--encoding=UTF8", "--locale=C"];
        let made =
            program("initdb").args(initdb).arg("-D").arg(postgres.data()).stdout(Stdio::null()).status();
        assert!(made.expect("initdb runs").success(), "initdb");
        let settings = "\nlisten_addresses = ''\nmax_connections = 100\n";
        let path = postgres.data().join("postgresql.conf");
        let written = fs::read_to_string(&path).expect("its settings");
        let socket = format!("unix_socket_directories = '{}'\n", postgres.folder().display());
        fs::write(&path, written + settings + &socket + more).expect("its settings");
        postgres.control(&["start"]);
        postgres.administer(&format!("CREATE DATABASE {DATABASE}"));
        postgres
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the server calls the database in it.
    pub fn database(&self) -> String {
        format!("postgres://postgres@localhost/{DATABASE}?host={}", self.folder().display())
    }

    /// `fast` ends what is under way, `immediate` is as if the power failed.
    pub fn restart(&self, mode: &str) {
        self.control(&["restart", "-m", mode]);
    }

    /// From outside the database itself.
    pub fn administer(&self, sql: &str) {
        let mut psql = program("psql");
        psql.arg("-h").arg(self.folder()).args(["-U", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1"]);
        let ran = psql.args(["-d", "postgres", "-c", sql]).stdout(Stdio::null()).status();
        assert!(ran.expect("psql runs").success(), "{sql}");
    }

    /// As if the power failed.
    pub fn kill(&self) {
        let first = fs::read_to_string(self.data().join("postmaster.pid")).expect("its id");
        let id = first.lines().next().expect("its id").to_owned();
        assert!(Command::new("kill").args(["-QUIT", &id]).status().is_ok_and(|status| status.success()));
    }

    pub fn begin_again(&self) {
        // It may be at its end still.
        let mut stop = program("pg_ctl");
        let _ = stop.args(["stop", "-w", "-s", "-D"]).arg(self.data()).stderr(Stdio::null()).status();
        self.control(&["start"]);
    }

    /// Gives a folder to who runs it.
    pub fn own(&self, folder: &Path) {
        if is_root() {
            let user = fs::metadata(self.data()).expect("its user");
            chown(folder, Some(user.uid()), Some(user.gid())).expect("its own");
        }
    }

    fn control(&self, command: &[&str]) {
        let mut control = program("pg_ctl");
        control
            .args(command)
            .args(["-w", "-s", "-l"])
            .arg(self.folder().join("log"))
            .arg("-D")
            .arg(self.data());
        let done = control.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let log = || fs::read_to_string(self.folder().join("log")).unwrap_or_default();
        assert!(done.expect("pg_ctl runs").success(), "pg_ctl {command:?}\n{}", log());
    }

    fn data(&self) -> PathBuf {
        self.folder().join("data")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = program("pg_ctl");
        let _ = stop.args(["stop", "-s", "-m", "immediate", "-D"]).arg(self.data()).status();
    }
}
