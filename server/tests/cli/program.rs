//! Running the program, and what came of it.

use std::io::Write;
use std::process::{Command, Stdio};
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
    program.env_remove("RUST_LOG").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
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
