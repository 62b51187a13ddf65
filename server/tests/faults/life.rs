//! One life of the program after another, on the same database.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use crate::program::program;

/// The header in which everyone says to be somebody else: limits are for another test.
pub const CLIENT_ADDRESS: &str = "X-Forwarded-For";
/// A demo prints a link for each of them.
const PEOPLE: usize = 6;

/// Where a life is found.
#[derive(Clone, Debug)]
pub struct Place {
    pub address: String,
    /// Paths that sign in once, by who is behind them.
    pub links: BTreeMap<String, String>,
}

/// How a life begins.
pub struct Start {
    pub program: Command,
    log: PathBuf,
}

/// A running program; killed with it.
pub struct Life {
    running: Child,
    output: BufReader<ChildStdout>,
    log: PathBuf,
}

impl Start {
    /// As a demo; what it logs is put behind what the ones before it logged.
    pub fn on(database_url: &str, site: &Path, log: &Path) -> Start {
        let mut program = program();
        program
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--database-url", database_url, "--site"])
            .arg(site)
            .args(["--client-address-header", CLIENT_ADDRESS]);
        Start { program, log: log.to_owned() }
    }

    pub fn begin(mut self) -> Life {
        let log = File::options().create(true).append(true).open(&self.log).expect("a log");
        let mut running = self.program.stdin(Stdio::null()).stderr(log).spawn().expect("the program runs");
        let output = BufReader::new(running.stdout.take().expect("its output"));
        Life { running, output, log: self.log }
    }
}

impl Life {
    pub fn begin(database_url: &str, site: &Path, log: &Path) -> Life {
        Start::on(database_url, site, log).begin()
    }

    /// Where it listens, as soon as it does.
    pub fn address(&mut self) -> String {
        let line = self.line();
        let address = line.strip_prefix("Herstelroute listens on http://");
        let logged = || fs::read_to_string(&self.log).unwrap_or_default();
        address.unwrap_or_else(|| panic!("it didn't start: {line}{}", logged())).to_owned()
    }

    /// The same, with the links that it prints.
    pub fn place(&mut self) -> Place {
        let address = self.address();
        let links = (0..PEOPLE).map(|_| {
            let line = self.line();
            let (person, link) = line.split_once("): ").expect("a link");
            let name = person.strip_prefix("Sign in once as ").and_then(|it| it.split_once(" ("));
            let path = link.split_once(&address).expect("an address").1;
            (name.expect("a name").0.to_owned(), path.to_owned())
        });
        let links = links.collect();
        Place { address, links }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }

    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// What it and those before it logged.
    pub fn logged(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// With SIGTERM: it may finish what is under way.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        assert!(told.expect("kill runs").success());
    }

    /// With SIGKILL: it can't finish anything.
    pub fn kill(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }

    /// How it ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        self.running.wait().expect("it ends")
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.kill();
    }
}
