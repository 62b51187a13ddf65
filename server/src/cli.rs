//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::Date;

use crate::account::Role;
use crate::audit::VerifyInput;
use crate::backup::{BackupInput, RestoreInput};
use crate::config::{Config, DatabaseConfig};
use crate::office::Scope;
use crate::rotation::RotationInput;

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
    Serve(Box<Config>),
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
    /// Make up a caseload and print its events (CSV, in the columns of an office's feed), to see and test estimates with
    ///
    /// No case in it exists. From published figures (app/domain/rules/volumes and observed) come: how many registered before
    /// 2023 and until when one could, how many are recognised at the first test and in the end, how many object and send a
    /// notice of default, and the middle of the durations of an objection, a settlement and a request for further damage.
    /// Invented are: how far durations lie apart, the middle of all other durations, which letters come and when, and how
    /// often someone withdraws, finishes early, declines or goes to court. The same seed gives the same cases.
    Simulate(SimulateInput),
    /// Write the JSON Schemas of situation, assessment, receipt, case and timeline
    Schema {
        /// The folder to write to
        #[arg(long, default_value = "public/schema")]
        out: PathBuf,
    },
    /// Let a case office in, and out again
    #[command(subcommand)]
    Token(TokenCommand),
    /// Make the tables that are missing, and stop: the server does so too when it starts
    Migrate {
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// Delete what has been kept long enough, once: the server does so too, every hour
    Purge {
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// Copy all that is kept into one file, of one moment, while servers go on
    ///
    /// Of SQLite a database file; of PostgreSQL what `pg_dump -Fc` makes: it and `pg_restore` must be on the PATH. Prints how
    /// far the audit log in it reaches at least. The keys aren't in it.
    Backup(BackupInput),
    /// Put back what `backup` made: all of it, or nothing is changed
    ///
    /// Checks the file first. Stop the servers before: while someone else uses the database, it refuses.
    Restore(RestoreInput),
    /// Seal everything that is kept under the newest key
    ///
    /// Give all servers the new key first, in front of the older ones, and start them again: they may go on meanwhile.
    /// Prints for each table how many records came under it. Stopped halfway, it goes on the next time. Once nothing is
    /// left, the older keys can go. Exit code 1: none of the keys opens some of them.
    RotateKey(RotationInput),
    /// Check that no row of the audit log was changed, taken out or put in
    ///
    /// Prints the head of its chain: write that down elsewhere, and give it as --expect the next time. Exit code 1: the
    /// first row that doesn't fit.
    VerifyAudit(VerifyInput),
    /// Let helpers in, and out again
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Tell for which organisations helpers work
    #[command(subcommand)]
    Organisation(OrganisationCommand),
    /// List the pages: path, kind, and the bundle of scripts or `-`, with tabs between
    Pages,
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it, this once
    Create {
        /// The name of the office: tokens of the same name share cases
        #[arg(long)]
        office: String,
        /// What it gives a right to; may be said more than once
        #[arg(long, required = true)]
        scope: Vec<Scope>,
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// List all tokens: id, office, scopes, made on, revoked on, with tabs between
    List {
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// From now on a token opens nothing
    Revoke {
        /// As `token list` tells it
        id: String,
        #[command(flatten)]
        database: DatabaseConfig,
    },
}

impl TokenCommand {
    #[must_use]
    pub fn database(&self) -> &DatabaseConfig {
        match self {
            TokenCommand::Create { database, .. }
            | TokenCommand::List { database }
            | TokenCommand::Revoke { database, .. } => database,
        }
    }
}

#[derive(Subcommand)]
pub enum StaffCommand {
    /// Invite someone, and print the code of the invitation, this once: it is good for seven days
    Invite {
        /// experience-expert, independent-expert, support-worker, coordinator or auditor
        #[arg(long, value_parser = role)]
        role: Role,
        /// Name or alias, as colleagues see it
        #[arg(long)]
        name: String,
        /// The organisation that she works for, as `organisation list` tells it; the provider has to say the same
        #[arg(long)]
        organisation: Option<String>,
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// List everyone: id, role, name, organisation, invited on, last signed in on, blocked on, with tabs between
    List {
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// From now on she isn't let in; where she is signed in, she is out at once
    Block {
        /// As `staff list` tells it
        id: String,
        #[command(flatten)]
        database: DatabaseConfig,
    },
}

#[derive(Subcommand)]
pub enum OrganisationCommand {
    /// Make an organisation, and print its id
    Create {
        #[arg(long)]
        name: String,
        /// `iss` in the claim `represents` of its people
        #[arg(long)]
        issuer: String,
        /// `sub_id_type` in that claim
        #[arg(long)]
        id_type: String,
        /// `sub` in that claim
        #[arg(long)]
        id: String,
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// List all organisations: id, name, issuer, kind of id, id, with tabs between
    List {
        #[command(flatten)]
        database: DatabaseConfig,
    },
}

impl StaffCommand {
    #[must_use]
    pub fn database(&self) -> &DatabaseConfig {
        match self {
            StaffCommand::Invite { database, .. }
            | StaffCommand::List { database }
            | StaffCommand::Block { database, .. } => database,
        }
    }
}

impl OrganisationCommand {
    #[must_use]
    pub fn database(&self) -> &DatabaseConfig {
        match self {
            OrganisationCommand::Create { database, .. } | OrganisationCommand::List { database } => database,
        }
    }
}

#[derive(Args)]
pub struct AssessInput {
    /// The situation; standard input without it
    pub file: Option<PathBuf>,
    /// One situation a line, one assessment a line; a refused line yields {"error":…,"path":…}
    #[arg(long)]
    pub lines: bool,
}

#[derive(Args)]
pub struct SimulateInput {
    /// How many; 70000 is about as many as registered, with a million events
    #[arg(long)]
    pub cases: u32,
    /// Another number, other cases
    #[arg(long)]
    pub seed: u64,
    /// The day on which they are looked at: what happens later isn't known yet. Today without it
    #[arg(long, value_parser = day)]
    pub on: Option<Date>,
    /// Write them into the database as an office's, in place of printing them; pages then call all figures invented
    #[arg(long)]
    pub store: bool,
    #[command(flatten)]
    pub database: DatabaseConfig,
}

fn day(text: &str) -> Result<Date, &'static str> {
    Date::parse_iso(text).ok_or("not a date that exists, as YYYY-MM-DD")
}

fn role(text: &str) -> Result<Role, String> {
    Role::of_staff(text).ok_or_else(|| format!("one of {}", Role::STAFF.map(Role::id).join(", ")))
}
