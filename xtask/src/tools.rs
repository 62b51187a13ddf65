//! Makes sure that the tools are there: installs what it may, else says what to install.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};

use crate::paths;
use crate::process::{self, command, find};
use crate::say::note;

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// For CSS, WebAssembly and the server. Without wasm-opt the WebAssembly is larger, but works.
pub fn for_building() -> Result<()> {
    wasm_target()?;
    npm_packages("style")
}

/// For the checks without a browser. Without wasm-opt the sizes wouldn't be those of what goes live.
pub fn for_testing() -> Result<()> {
    for_building()?;
    node()?;
    from_debian("wasm-opt", || find("wasm-opt"), "binaryen").map(drop)
}

/// For what is kept: the tests start a PostgreSQL server of their own.
pub fn for_storing() -> Result<()> {
    from_debian("PostgreSQL's server", postgresql, "postgresql").map(drop)
}

/// For bringing faults about: between a program and its files, its database and the time.
pub fn for_faults() -> Result<()> {
    for_storing()?;
    from_debian("strace", || find("strace"), "strace")?;
    from_debian("libfaketime", libfaketime, "faketime").map(drop)
}

/// Beside the libraries of a machine's kind, or in a folder of its own.
fn libfaketime() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|folder| folder.path());
    let libraries = folders.map(|folder| folder.join("faketime/libfaketimeMT.so.1"));
    libraries.chain(["/usr/lib/faketime/libfaketimeMT.so.1".into()]).find(|path| path.exists())
}

/// Debian keeps its programs off the path, by version.
pub fn postgresql() -> Option<PathBuf> {
    if let Some(folder) = env::var_os("POSTGRESQL_PROGRAMS") {
        return Some(folder.into());
    }
    let told = process::output(command("pg_config").arg("--bindir")).ok();
    let told = told.map(|folder| PathBuf::from(String::from_utf8_lossy(&folder).trim()));
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    told.into_iter()
        .chain(versions.map(|version| version.path().join("bin")))
        .find(|it| it.join("initdb").exists())
}

/// For the journeys in a real browser, and the login provider of the server's tests. Returns the browser.
pub fn for_browsing() -> Result<PathBuf> {
    node()?;
    npm_packages("end2end")?;
    from_debian("Chromium", chromium, "chromium")
}

/// A Python that can make environments, for the scanners that are written in it.
pub fn python() -> Result<PathBuf> {
    let look = || {
        let python = find("python3")?;
        let asked = command(&python).args(["-c", "import ensurepip, venv"]).stderr(Stdio::null()).status();
        asked.is_ok_and(|status| status.success()).then_some(python)
    };
    from_debian("Python with venv", look, "python3-venv")
}

/// For the line to the server that scanners of headers want, and what looks at them there.
pub fn for_looking_at_headers() -> Result<()> {
    node()?;
    npm_packages("end2end")?;
    from_debian("OpenSSL", || find("openssl"), "openssl").map(drop)
}

/// Cargo's own maker of Debian packages isn't one of Debian's.
pub fn for_packaging() -> Result<()> {
    cargo_command("cargo-deb")
}

/// Makes faults in the rules.
pub fn for_making_mutants() -> Result<()> {
    cargo_command("cargo-mutants")
}

/// A command that Cargo gets from a crate: building one takes minutes, so nobody does that unasked.
fn cargo_command(name: &str) -> Result<()> {
    let installed = cargo_home().map(|home| home.join("bin").join(name));
    if find(name).is_none() && !installed.is_some_and(|path| path.exists()) {
        bail!("{name} is missing: install it with `cargo install {name} --locked`");
    }
    Ok(())
}

/// Only root can make a whole Debian in a folder and work in it.
pub fn for_bootstrapping() -> Result<()> {
    ensure!(is_root(), "only root can install into a folder");
    from_debian("debootstrap", || find("debootstrap"), "debootstrap").map(drop)
}

fn wasm_target() -> Result<()> {
    let libraries =
        process::output(command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))
            .context("rustc doesn't answer: install Rust from https://rustup.rs")?;
    if Path::new(String::from_utf8_lossy(&libraries).trim()).is_dir() {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "Rust can't build for {WASM_TARGET}: install that target, or Rust itself from https://rustup.rs"
        );
    }
    note(&format!("adding the Rust target {WASM_TARGET}"));
    process::run(command("rustup").args(["target", "add", WASM_TARGET]))
}

/// The first browser that Playwright can drive, unless `CHROMIUM` names one.
fn chromium() -> Option<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM") {
        return Some(path.into());
    }
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].into_iter().find_map(find)
}

/// Finds a program; installs its Debian package when that is missing and may be done here.
fn from_debian(name: &str, look: impl Fn() -> Option<PathBuf>, package: &str) -> Result<PathBuf> {
    if let Some(path) = look() {
        return Ok(path);
    }
    if !may_install() {
        bail!("{name} is missing: install it (Debian and Ubuntu: `sudo apt-get install {package}`)");
    }
    note(&format!("installing {package}, because {name} is missing"));
    update_package_lists()?;
    process::run(
        command("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends", package])
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    look().with_context(|| format!("{name} is still missing after `apt-get install {package}`"))
}

/// Once in a run is enough.
fn update_package_lists() -> Result<()> {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    process::run(command("apt-get").args(["update", "-qq"]))
}

/// As root on a Debian-like system, such as a build server's container.
fn may_install() -> bool {
    is_root() && Path::new("/etc/debian_version").exists() && find("apt-get").is_some()
}

fn is_root() -> bool {
    process::output(command("id").arg("-u")).is_ok_and(|id| id.trim_ascii() == b"0")
}

/// Installs a folder's npm packages when they are missing or older than the lockfile.
fn npm_packages(folder: &str) -> Result<()> {
    let folder = paths::root().join(folder);
    if !folder.join("package.json").exists() {
        return Ok(());
    }
    let lockfile = folder.join("package-lock.json");
    let Some(locked) = changed_at(&lockfile) else {
        bail!("{} is missing: run `npm install` beside it and commit it", paths::shown(&lockfile));
    };
    if changed_at(&folder.join("node_modules/.package-lock.json"))
        .is_some_and(|installed| installed >= locked)
    {
        return Ok(());
    }
    node()?;
    note(&format!("installing the npm packages of {}", paths::shown(&folder)));
    process::run(
        command("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder)
            // The system's Chromium is used.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
}

fn node() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        bail!("Node.js or its npm is missing: install version 20 or newer from https://nodejs.org");
    }
    Ok(())
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// `cargo` for what runs on the phone. The folder that Cargo keeps its crates in is left out of the messages
/// of panics: it tells who built, takes room, and makes the same source give another file elsewhere.
pub fn cargo_for_wasm(verb: &str, profile: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.args([verb, "--target", WASM_TARGET, "--profile", profile]);
    if let Some(home) = cargo_home() {
        let flag = format!("--remap-path-prefix={}=", home.join("registry/src").display());
        cargo.arg("--config").arg(format!("target.{WASM_TARGET}.rustflags=[{flag:?}]"));
    }
    cargo
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}
