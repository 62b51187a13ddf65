//! A PostgreSQL of this run's own, on a socket in the folder of what is built. It keeps as safely as any: it waits for the disk.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::{paths, process, tools};

const PATIENCE: Duration = Duration::from_secs(30);

/// Running; stops when it is dropped.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    server: Child,
}

impl Cluster {
    pub fn start() -> Result<Cluster> {
        let programs = tools::postgresql().context("PostgreSQL's server is missing")?;
        // A socket's path may not be long.
        let folder = std::env::temp_dir().join(format!("herstelroute-load-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(0o777))?;
        let data = folder.join("data");
        let initdb =
            ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-instructions"];
        process::run(program(&programs, "initdb")?.args(initdb).arg("-D").arg(&data).stdout(Stdio::null()))?;
        let log = File::create(paths::target().join("xtask/postgres.log"))?;
        let server = program(&programs, "postgres")?
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-c", "listen_addresses="])
            .stderr(log.try_clone()?)
            .stdout(log)
            .spawn()?;
        let cluster = Cluster { folder, programs, server };
        cluster.wait()?;
        Ok(cluster)
    }

    fn wait(&self) -> Result<()> {
        let started = Instant::now();
        let is_ready = || {
            let asked = program(&self.programs, "pg_isready")
                .map(|mut ask| ask.arg("-h").arg(&self.folder).stdout(Stdio::null()).status());
            matches!(asked, Ok(Ok(status)) if status.success())
        };
        while !is_ready() {
            ensure!(
                started.elapsed() < PATIENCE,
                "PostgreSQL doesn't start: target/xtask/postgres.log says why"
            );
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// What the server calls a new database in it.
    pub fn database(&self, name: &str) -> Result<String> {
        self.run("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(format!("postgres://postgres@localhost/{name}?host={}", self.folder.display()))
    }

    pub fn run(&self, database: &str, sql: &str) -> Result<()> {
        let mut psql = program(&self.programs, "psql")?;
        psql.arg("-h").arg(&self.folder).args([
            "-U",
            "postgres",
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            database,
        ]);
        process::run(psql.args(["-c", sql]))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nothing to do about one that has stopped already.
        self.server.kill().ok();
        self.server.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// One of its programs; as the user `postgres` where root may not.
fn program(programs: &Path, name: &str) -> Result<Command> {
    let mut command = process::command(programs.join(name));
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        let user = fs::metadata("/var/lib/postgresql").context("PostgreSQL's user")?;
        command.uid(user.uid()).gid(user.gid()).current_dir("/");
    }
    Ok(command)
}
