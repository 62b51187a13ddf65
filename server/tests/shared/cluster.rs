//! A real PostgreSQL in a temporary cluster.

use std::env;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A PostgreSQL server of this test program, on a socket in a folder of its own. It stops when the program does.
struct Cluster {
    folder: PathBuf,
    _server: Child,
    /// Stops the server once this program, which holds its input, is gone: a static is never dropped.
    _guard: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();

/// A new, empty database on the temporary cluster.
pub fn postgres() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(Cluster::start);
    let name = format!("test{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let made = program("createdb").arg("-h").arg(&cluster.folder).args(["-U", "postgres", &name]).status();
    assert!(made.expect("createdb runs").success(), "createdb {name}");
    format!("postgres://postgres@localhost/{name}?host={}", cluster.folder.display())
}

impl Cluster {
    fn start() -> Cluster {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        if is_root() {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("open to its user");
        }
        let log = File::create(folder.path().join("log")).expect("a log");
        let made = program("initdb")
            .args(["--auth=trust", "--no-sync", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.expect("initdb runs").success(), "initdb");
        let mut server = program("postgres");
        server.arg("-D").arg(&data).arg("-k").arg(folder.path()).args([
            "-c",
            "listen_addresses=",
            "-c",
            "max_connections=200",
        ]);
        server.stderr(log.try_clone().expect("the log")).stdout(log);
        let server = server.spawn().expect("postgres runs");
        let folder = folder.keep();
        let guard = Command::new("sh")
            .args([
                "-c",
                "cat >/dev/null; kill -QUIT \"$0\"; sleep 1; rm -rf \"$1\"",
                &server.id().to_string(),
            ])
            .arg(&folder)
            .stdin(Stdio::piped())
            // Not stopped by what stops this program.
            .process_group(0)
            .spawn();
        let cluster = Cluster { folder, _server: server, _guard: guard.expect("a guard") };
        cluster.wait();
        cluster
    }

    fn wait(&self) {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            let ready = program("pg_isready").arg("-h").arg(&self.folder).stdout(Stdio::null()).status();
            if ready.is_ok_and(|status| status.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        panic!("PostgreSQL didn't start:\n{log}");
    }
}

/// One of PostgreSQL's programs; as the user `postgres` where root may not.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(folder_of_programs().join(name));
    if is_root() {
        let user = fs::metadata("/var/lib/postgresql").expect("PostgreSQL's user");
        command.uid(user.uid()).gid(user.gid()).current_dir("/");
    }
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn folder_of_programs() -> PathBuf {
    if let Some(folder) = env::var_os("POSTGRESQL_PROGRAMS") {
        return folder.into();
    }
    let told = Command::new("pg_config").arg("--bindir").output();
    let told = told.ok().map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let mut folders: Vec<PathBuf> = told.into_iter().collect();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(versions.flatten().map(|version| version.path().join("bin")));
    }
    let found = folders.into_iter().find(|folder| folder.join("initdb").exists());
    found.expect(
        "PostgreSQL's server is missing: install it (Debian and Ubuntu: `sudo apt-get install postgresql`)",
    )
}
