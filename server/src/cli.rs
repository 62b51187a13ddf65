//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;

/// Herstelroute: which route to recovery, what it could pay and how that is computed.
#[derive(Parser)]
#[command(name = "herstelroute", version)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the portal
    Serve(Config),
    /// Read a situation (JSON) and print its assessment (JSON)
    ///
    /// What is refused is told with the path of its field, on standard error, with exit code 2.
    Assess(AssessInput),
    /// Compute a saved receipt again; tells which lines come out differently, and why
    ///
    /// Exit code 0: the same numbers, or other rules and their changes. 1: the rules are the same and the file was
    /// changed. 2: not a receipt.
    Replay {
        /// The receipt that was saved
        file: PathBuf,
    },
    /// Read what happened in a case (JSON) and print its steps (JSON)
    ///
    /// What is refused is told with the path of its field, on standard error, with exit code 2.
    Timeline {
        /// The case; standard input without it
        file: Option<PathBuf>,
    },
    /// Write the JSON Schemas of situation, assessment, receipt, case and timeline
    Schema {
        /// The folder to write to
        #[arg(long, default_value = "public/schema")]
        out: PathBuf,
    },
    /// List the pages: path and kind, with a tab between
    Pages,
}

#[derive(Args)]
pub struct AssessInput {
    /// The situation; standard input without it
    pub file: Option<PathBuf>,
    /// One situation a line, one assessment a line; a refused line yields {"error":…,"path":…}
    #[arg(long)]
    pub lines: bool,
}
