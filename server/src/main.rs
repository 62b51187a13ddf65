//! The binary `herstelroute`.

use std::process::ExitCode;

use clap::Parser;
use domain::timeline::{Case, timeline};
use server::cli::{Cli, Command};
use server::figures::simulate;
use server::{assess, audit, backup, exchange, rotation, schema, staff, startup, tokens, upkeep};

/// Also that of SQLite, which works in a thread for each connection.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(config) => startup::serve(*config),
        Command::Assess(input) => return assess::assess(&input),
        Command::Replay { file } => return assess::replay(&file),
        Command::Timeline { file } => {
            return exchange::answer(file.as_deref(), |json| {
                Case::from_json(json).map(|case| timeline(&case))
            });
        }
        Command::Simulate(input) if input.store => simulate::keep(&input),
        Command::Simulate(input) => return simulate::print(&input),
        Command::Token(command) => tokens::command(command),
        Command::Migrate { database } => upkeep::migrate(&database),
        Command::Purge { database } => upkeep::purge(&database),
        Command::Backup(input) => backup::backup(&input),
        Command::Restore(input) => backup::restore(&input),
        Command::RotateKey(input) => rotation::command(&input),
        Command::VerifyAudit(input) => audit::verify(&input),
        Command::Staff(command) => staff::staff(command),
        Command::Organisation(command) => staff::organisation(command),
        Command::Schema { out } => schema::write(&out),
        Command::Pages => {
            for page in app::urls::Page::ALL {
                println!("{}\t{}\t{}", page.path(), page.kind().id(), page.bundle().unwrap_or("-"));
            }
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("herstelroute: {error:#}");
            ExitCode::FAILURE
        }
    }
}
