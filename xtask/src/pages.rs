//! `cargo xtask pages`: every page in every state, looked at in every width and colour, with and without scripts.

use std::path::Path;

use anyhow::Result;

use crate::process::{self, cargo};
use crate::proof::{Effort, Figures};
use crate::say::{OnFailure, Progress};
use crate::server::{self, Running};
use crate::site::{self, Profile};
use crate::{browser, paths, tools};

/// How many steps [`check`] takes.
pub const STEPS: usize = 1;

pub fn run(effort: Effort) -> Result<()> {
    let mut progress = Progress::new(site::STEPS + 4 + STEPS, OnFailure::Stop);
    progress.step("looking for the tools", tools::for_testing);
    let chromium = progress.step("looking for the browser", tools::for_browsing);
    site::build(&mut progress, Profile::Release);
    let binary = progress.step("building the server (release)", || server::build(Profile::Release));
    let figures = Figures::of("pages", effort)?;
    progress.step("measuring the Dutch", || {
        process::run(figures.from(cargo().args(["test", "--package", "app", "--test", "plain_dutch"])))
    });
    check(&mut progress, chromium.as_deref().zip(binary.as_deref()), effort, &figures);
    progress.finish()?;
    if effort.is_long() {
        println!("look at them: {}", paths::shown(&paths::target().join("pages/index.html")));
    }
    Ok(())
}

/// Looks at the pages of a server of its own: what others kept would make the lists long, and each run another one.
/// `browsing`: the browser and the server's program.
pub fn check(progress: &mut Progress, browsing: Option<(&Path, &Path)>, effort: Effort, figures: &Figures) {
    progress.step_with("looking at every page in every state", browsing, |(chromium, binary)| {
        let server = Running::start_beside(binary, "pages")?;
        let trouble = Running::start_beside(binary, "pages-trouble")?;
        browser::pages(chromium, [&server, &trouble], effort, figures)
    });
}
