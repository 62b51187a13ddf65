//! One life of the program after another, on the same database.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use crate::program::program;

/// The header in which everyone says to be somebody else: limits are for another test.
pub const CLIENT_ADDRESS: &str = "X-Forwarded-For";

/// A running program; killed with it.
pub struct Life {
    running: Child,
    output: BufReader<ChildStdout>,
}

impl Life {
    /// Begins one; what it logs is put behind what the ones before it logged.
    pub fn begin(database_url: &str, site: &Path, log: &Path) -> Life {
        let log = File::options().create(true).append(true).open(log).expect("a log");
        let mut running = program()
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--database-url", database_url, "--site"])
            .arg(site)
            .args(["--client-address-header", CLIENT_ADDRESS])
            .stdin(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program runs");
        let output = BufReader::new(running.stdout.take().expect("its output"));
        Life { running, output }
    }

    /// Where it listens, as soon as it does.
    pub fn address(&mut self, log: &Path) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("Herstelroute listens on http://");
        let logged = || fs::read_to_string(log).unwrap_or_default();
        address.unwrap_or_else(|| panic!("it didn't start: {line}{}", logged())).to_owned()
    }
}

/// With SIGKILL: it can't finish anything.
impl Drop for Life {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}
