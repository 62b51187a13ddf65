//! Running the program, and what came of it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// What it printed and how it ended.
pub struct Ran {
    pub code: Option<i32>,
    pub printed: String,
    pub told: String,
}

/// The program, knowing nothing of the machine's own settings.
pub fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_herstelroute"));
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("HERSTELROUTE_"))
    {
        program.env_remove(name);
    }
    program.env("HERSTELROUTE_DATABASE_URL", format!("sqlite:{}", database().display()));
    program.env_remove("RUST_LOG").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// A database of its own, empty.
fn database() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("cli-{}.db", COUNT.fetch_add(1, Ordering::Relaxed));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
    path
}

/// Runs it to its end.
pub fn run(arguments: &[&str], input: &[u8]) -> Ran {
    let mut running = program().args(arguments).spawn().expect("the program runs");
    let mut stdin = running.stdin.take().expect("its input");
    let input = input.to_vec();
    // Both at once: it prints while it still reads. It may also end before it has read everything.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let ended = running.wait_with_output().expect("it ends");
    writer.join().expect("all was written");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: ended.status.code(), printed: text(ended.stdout), told: text(ended.stderr) }
}

impl Ran {
    /// It ended well; gives back what it printed.
    #[track_caller]
    pub fn printed(self) -> String {
        assert_eq!((self.code, self.told.as_str()), (Some(0), ""));
        self.printed
    }
}
