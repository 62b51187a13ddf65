//! `cargo xtask …`: everything around `cargo build` that this project needs, in plain steps.

mod attack;
mod browser;
mod cluster;
#[cfg(test)]
mod code_map;
mod compress;
mod css;
mod faults;
mod golden;
mod load;
mod package;
mod pages;
mod paths;
mod process;
mod proof;
mod rules;
mod say;
mod server;
mod site;
mod sizes;
mod test;
mod tools;
mod wasm;

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::proof::Effort;
use crate::say::{OnFailure, Progress};
use crate::site::Profile;

/// Builds, runs and checks Herstelroute.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build quickly and serve the portal on this machine
    Run {
        /// Start without the demonstration data
        #[arg(long)]
        no_demo: bool,
        /// The address and port to listen on, such as 127.0.0.1:3000
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<SocketAddr>,
        /// Passed on to `herstelroute serve` as they are
        #[arg(last = true)]
        server_args: Vec<String>,
    },
    /// Build what goes live: target/site and target/release/herstelroute
    Build,
    /// Run every check: unit tests, WebAssembly against native, sizes, browser journeys
    Test {
        /// Also try many more generated cases, kill the server 200 times, measure the loading times, and try the Debian package
        #[arg(long)]
        long: bool,
    },
    /// Measure the loading times in a real browser against their budgets
    Budget,
    /// Measure what the server keeps up with, at rising rates and with a full database, and what it does above that
    Load(Long),
    /// Break things under it: kill it, fill its disk, fail its writes, restart its database, change its clock
    Faults(Long),
    /// Attack it: scanners, scripts in every field, stolen sessions, guessed codes, broken requests, bytes that nobody sends
    Attack(Long),
    /// Check the rules: with every fault made in them that the tests must see, and on the phone against here
    Rules(Long),
    /// Look at every page in every state, width and colour, with axe and pa11y, and make one picture of all pictures
    Pages(Long),
    /// Write what `load`, `faults`, `attack`, `rules`, `pages` and `budget` measured last into the README
    Proof,
    /// Make a Debian package of what goes live
    Package {
        /// Build nothing: take what `build` left
        #[arg(long)]
        built: bool,
        /// Also check its unit, install it into a Debian of its own, start it, upgrade it and start it again
        #[arg(long = "try")]
        tries: bool,
    },
    /// Build only the CSS and the WebAssembly into target/site
    Assets {
        #[arg(long, value_enum, default_value_t = Profile::Quick)]
        profile: Profile,
    },
    /// Write the JSON Schemas of the command line into public/schema
    Schema,
}

#[derive(Args, Clone, Copy)]
struct Long {
    /// All there is, which takes hours, in place of what `test` has time for
    #[arg(long)]
    long: bool,
}

impl Long {
    fn effort(self) -> Effort {
        if self.long { Effort::Long } else { Effort::Short }
    }
}

fn main() -> ExitCode {
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<()> {
    match command {
        Command::Run { no_demo, listen, server_args } => {
            let mut progress = Progress::new(site::STEPS + 2, OnFailure::Stop);
            progress.step("looking for the tools", tools::for_building);
            site::build(&mut progress, Profile::Quick);
            let binary = progress.step("building the server (dev)", || server::build(Profile::Quick));
            progress.finish()?;
            let Some(binary) = binary else { return Ok(()) };
            println!("starting the server; Ctrl-C stops it");
            server::become_server(&binary, listen, !no_demo, &server_args)
        }
        Command::Build => {
            let mut progress = Progress::new(site::STEPS + 2, OnFailure::Stop);
            progress.step("looking for the tools", tools::for_building);
            site::build(&mut progress, Profile::Release);
            let binary = progress.step("building the server (release)", || server::build(Profile::Release));
            progress.finish()?;
            if let Some(binary) = binary {
                println!("ready: {} with --site {}", paths::shown(&binary), paths::shown(&paths::site()));
            }
            Ok(())
        }
        Command::Test { long } => test::run(long),
        Command::Budget => browser::budget(),
        Command::Load(long) => load::run(long.effort()),
        Command::Faults(long) => faults::run(long.effort()),
        Command::Attack(long) => attack::run(long.effort()),
        Command::Rules(long) => rules::run(long.effort()),
        Command::Pages(long) => pages::run(long.effort()),
        Command::Proof => proof::run(),
        Command::Package { built, tries } => package::run(package::Wish { is_built: built, tries }),
        Command::Assets { profile } => {
            let mut progress = Progress::new(site::STEPS + 1, OnFailure::Stop);
            progress.step("looking for the tools", tools::for_building);
            site::build(&mut progress, profile);
            progress.finish()
        }
        Command::Schema => {
            let mut progress = Progress::new(1, OnFailure::Stop);
            progress.step("writing the JSON Schemas into public/schema", server::write_schemas);
            progress.finish()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_follows_two_dashes_goes_to_the_server() {
        let cli = Cli::parse_from(["xtask", "run", "--listen", "127.0.0.1:3000", "--", "--verbose"]);
        let Command::Run { server_args, no_demo, listen } = cli.command else { panic!("not `run`") };
        assert_eq!(server_args, ["--verbose"]);
        assert!(!no_demo);
        assert_eq!(listen.map(|address| address.port()), Some(3000));
    }
}
