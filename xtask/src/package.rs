//! The Debian package: made from what goes live, and tried where it would be installed.

mod trial;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::process::{self, cargo};
use crate::say::{OnFailure, Progress};
use crate::server;
use crate::site::{self, Profile};
use crate::{paths, tools};

/// What is to be done besides making it.
#[derive(Clone, Copy)]
pub struct Wish {
    /// Take what an earlier build left.
    pub is_built: bool,
    pub tries: bool,
}

pub fn run(wish: Wish) -> Result<()> {
    let building = if wish.is_built { 0 } else { site::STEPS + 1 };
    let trying = if wish.tries { trial::STEPS } else { 0 };
    let mut progress = Progress::new(2 + building + trying, OnFailure::Stop);
    progress.step("looking for the tools", || {
        tools::for_packaging()?;
        if wish.is_built { Ok(()) } else { tools::for_building() }
    });
    if !wish.is_built {
        site::build(&mut progress, Profile::Release);
        progress.step("building the server (release)", || server::build(Profile::Release));
    }
    let package = progress.step("making the Debian package", || make(1));
    if wish.tries {
        trial::run(&mut progress, package.as_deref());
    }
    progress.finish()?;
    if let Some(package) = package {
        println!("ready: {}", paths::shown(&package));
    }
    Ok(())
}

/// How many steps `check` counts.
pub const STEPS: usize = 1 + trial::STEPS;

/// Makes it of what is built, and tries it.
pub fn check<B>(progress: &mut Progress, built: Option<B>) {
    let package = progress.step_with("making the Debian package", built, |_| {
        tools::for_packaging()?;
        make(1)
    });
    trial::run(progress, package.as_deref());
}

/// A later revision takes the place of an earlier one where that is installed.
fn make(revision: u32) -> Result<PathBuf> {
    let site = paths::root().join("target/site");
    ensure!(paths::site() == site, "the package takes its files from target/site: unset CARGO_TARGET_DIR");
    for built in [site.join("assets.json"), paths::target().join("release/herstelroute")] {
        ensure!(built.exists(), "{} is missing: leave --built away", paths::shown(&built));
    }
    let folder = paths::target().join("debian");
    fs::create_dir_all(&folder)?;
    let package = folder.join(format!("herstelroute-{revision}.deb"));
    let mut deb = cargo();
    deb.args(["deb", "--package", "server", "--no-build", "--quiet", "--deb-revision"])
        .arg(revision.to_string());
    process::run(deb.arg("--output").arg(&package)).context("the package can't be made")?;
    Ok(package)
}
