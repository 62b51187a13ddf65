//! Other people's scanners, written in Python: installed once, each set in an environment of its own, as they don't agree on
//! what they need.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::{self, command};
use crate::say::note;
use crate::{paths, tools};

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:9/";
/// Through which programs reach all but this machine.
pub const PROXIES: [&str; 4] = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"];

/// What is tried with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanners {
    Api,
    Pages,
}

impl Scanners {
    /// One of its programs, in a folder of its own, where it may leave what it likes. It has no way to anyone but this machine.
    pub fn program(self, name: &str) -> Result<Command> {
        let mut program = command(self.installed()?.join("bin").join(name));
        program
            .current_dir(folder())
            .env("HOME", folder())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .envs(PROXIES.map(|name| (name, NOWHERE)))
            .envs(["no_proxy", "NO_PROXY"].map(|name| (name, "127.0.0.1,localhost")));
        Ok(program)
    }

    /// The environment; made anew when other versions are wanted.
    pub fn installed(self) -> Result<PathBuf> {
        let (name, wanted) = match self {
            Scanners::Api => ("api", include_str!("requirements-api.txt")),
            Scanners::Pages => ("pages", include_str!("requirements-pages.txt")),
        };
        let environment = folder().join(name);
        let installed = environment.join("installed.txt");
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
            return Ok(environment);
        }
        let python = tools::python()?;
        note(&format!("installing requirements-{name}.txt into {}", paths::shown(&environment)));
        if environment.exists() {
            fs::remove_dir_all(&environment)?;
        }
        fs::create_dir_all(folder())?;
        process::run(command(python).args(["-m", "venv"]).arg(&environment))?;
        let requirements = paths::root().join(format!("xtask/src/attack/requirements-{name}.txt"));
        process::run(
            command(environment.join("bin/pip"))
                .args(["install", "--quiet", "--disable-pip-version-check", "--no-input", "-r"])
                .arg(requirements),
        )?;
        fs::write(installed, wanted)?;
        Ok(environment)
    }
}

/// Where all of it stands, with what was found last.
pub fn folder() -> PathBuf {
    paths::target().join("attack")
}
