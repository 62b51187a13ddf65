//! Real Chromium: the journeys of `end2end`, and the loading times.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process::{self, command};
use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress};
use crate::server::{self, Running};
use crate::site::{self, Profile};
use crate::{paths, tools};

/// `cargo xtask budget`: the loading times of what goes live.
pub fn budget() -> Result<()> {
    let mut progress = Progress::new(site::STEPS + 4, OnFailure::Stop);
    progress.step("looking for the tools", tools::for_testing);
    let chromium = progress.step("looking for the browser", tools::for_browsing);
    site::build(&mut progress, Profile::Release);
    let binary = progress.step("building the server (release)", || server::build(Profile::Release));
    progress.step_with("measuring in Chromium", chromium.zip(binary), |(chromium, binary)| {
        let server = Running::start(&binary)?;
        measure(&chromium, &server, &Figures::of("budget", Effort::Short)?)
    });
    progress.finish()
}

/// Prints the loading times beside their budgets.
///
/// # Errors
/// One is over its budget, or can't be measured.
pub fn measure(chromium: &Path, server: &Running, figures: &Figures) -> Result<()> {
    let mut node = command("node");
    figures.from(node.arg("budget.mjs"));
    process::run(with_addresses(&mut node, chromium, server))
}

/// Every journey, with scripts, without, and on a phone.
pub fn journeys(chromium: &Path, server: &Running, long: bool) -> Result<()> {
    let mut playwright = command("npx");
    playwright.args(["--no-install", "playwright", "test"]);
    if long {
        playwright.env("LONG", "1");
    }
    process::run(with_addresses(&mut playwright, chromium, server))
}

/// Every page in every state, looked at in every width and colour that there is time for. `trouble`: a server that may be
/// broken, on SQLite.
pub fn pages(
    chromium: &Path,
    [server, trouble]: [&Running; 2],
    effort: Effort,
    figures: &Figures,
) -> Result<()> {
    let mut playwright = command("npx");
    playwright.args(["--no-install", "playwright", "test", "--config", "pages.config.ts"]);
    playwright.env("TROUBLE_URL", trouble.base_url());
    playwright.env("TROUBLE_DATABASE", trouble.database_url().trim_start_matches("sqlite:"));
    if effort.is_long() {
        playwright.env("LONG", "1");
    }
    figures.from(&mut playwright);
    process::run(with_addresses(&mut playwright, chromium, server))
}

/// Tells a program in `end2end` where the server is and which browser to use.
fn with_addresses<'a>(program: &'a mut Command, chromium: &Path, server: &Running) -> &'a mut Command {
    program
        .current_dir(paths::root().join("end2end"))
        .env("BASE_URL", server.base_url())
        .env("SERVER_LOG", server.log())
        .env("SERVER_PID", server.pid().to_string())
        .env(server::DATABASE_URL, server.database_url())
        .env("CHROMIUM", chromium)
}
