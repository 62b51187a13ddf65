//! The binary `herstelroute`.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{Cli, Command};
use server::{assess, schema, startup};

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(config) => startup::serve(config),
        Command::Assess(input) => return assess::assess(&input),
        Command::Replay { file } => return assess::replay(&file),
        Command::Schema { out } => schema::write(&out),
        Command::Pages => {
            app::urls::Page::ALL.iter().for_each(|page| println!("{}\t{}", page.path(), page.kind().id()));
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
