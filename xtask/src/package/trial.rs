//! Tries a package: installs it into a Debian of its own, starts it as the service manager would, and upgrades it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::paths;
use crate::process::{self, command};
use crate::say::{Progress, note};
use crate::tools;

pub const STEPS: usize = 5;
const RELEASE: &str = "bookworm";
const UNIT: &str = "usr/lib/systemd/system/herstelroute.service";
const ENVIRONMENT: &str = "etc/herstelroute/environment";
const STATE: &str = "/var/lib/herstelroute";
/// What the package holds at fixed places; moved where it is only unpacked.
const PLACES: [&str; 3] = ["/usr/bin/herstelroute", "/usr/share/herstelroute", STATE];
const PATIENCE: Duration = Duration::from_secs(30);

pub fn run(progress: &mut Progress, package: Option<&Path>) {
    let debian = progress.step_with("making a Debian to try it in", package, |_| Debian::make());
    let debian = debian.as_ref();
    let both = debian.zip(package);
    let installed = progress.step_with("installing it", both, |(debian, package)| {
        debian.install(package)?;
        debian.fill_in()
    });
    let ready = installed.and(debian);
    progress.step_with("checking its unit", ready, Debian::verify_unit);
    progress.step_with("starting it as its unit says", ready, Debian::start_and_stop);
    progress.step_with("upgrading it and starting it again", ready, |debian| {
        debian.install(&super::make(2)?)?;
        debian.start_and_stop()
    });
}

/// A folder with a whole system; or, where that can't be made, with nothing but the package.
struct Debian {
    folder: PathBuf,
    is_whole: bool,
    address: SocketAddr,
}

impl Debian {
    fn make() -> Result<Debian> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let (whole, unpacked) =
            (paths::target().join("xtask/debian"), paths::target().join("xtask/unpacked"));
        match bootstrap(&whole) {
            Ok(()) => Ok(Debian { folder: whole, is_whole: true, address }),
            Err(why) => {
                note(&format!("it is only unpacked: {why:#}"));
                if unpacked.exists() {
                    fs::remove_dir_all(&unpacked)?;
                }
                Ok(Debian { folder: unpacked, is_whole: false, address })
            }
        }
    }

    /// Also over an earlier one.
    fn install(&self, package: &Path) -> Result<()> {
        if !self.is_whole {
            let before = fs::read(self.folder.join(ENVIRONMENT));
            process::run(command("dpkg-deb").arg("-x").arg(package).arg(&self.folder))?;
            // dpkg itself keeps what an operator filled in.
            return before.map_or(Ok(()), |kept| Ok(fs::write(self.folder.join(ENVIRONMENT), kept)?));
        }
        fs::copy(package, self.folder.join("package.deb"))?;
        process::run(self.inside("dpkg").args(["--install", "/package.deb"]))
    }

    /// As its operator does.
    fn fill_in(&self) -> Result<()> {
        let mut environment = OpenOptions::new().append(true).open(self.folder.join(ENVIRONMENT))?;
        writeln!(
            environment,
            "HERSTELROUTE_OPERATOR=\"Stichting Proef\"\nHERSTELROUTE_HELPLINE=030-1234567"
        )?;
        writeln!(environment, "HERSTELROUTE_SEAL_KEYS={}", "0123456789abcdef".repeat(4))?;
        Ok(writeln!(environment, "HERSTELROUTE_LISTEN={}", self.address)?)
    }

    fn verify_unit(&self) -> Result<()> {
        if self.is_whole {
            return process::run(self.inside("systemd-analyze").arg("verify").arg(format!("/{UNIT}")));
        }
        // It looks for the program where the unit says that it is.
        let placed = self.folder.join("herstelroute.service");
        fs::write(&placed, self.placed(&fs::read_to_string(self.folder.join(UNIT))?))?;
        process::run(command("systemd-analyze").args(["--man=no", "verify"]).arg(placed))
    }

    /// Until it is ready, and down again.
    fn start_and_stop(&self) -> Result<()> {
        let mut server = Server(self.service()?.spawn().context("it can't be started")?);
        let started = Instant::now();
        let ready = format!("http://{}/readyz", self.address);
        while ureq::get(&ready).call().is_err() {
            if let Some(status) = server.0.try_wait()? {
                bail!("it stopped at once ({status}); its own message stands above");
            }
            ensure!(started.elapsed() < PATIENCE, "it isn't ready after {PATIENCE:?}");
            sleep(Duration::from_millis(50));
        }
        note(&format!("ready after {} ms", started.elapsed().as_millis()));
        server.stop()
    }

    /// The command of the unit with its environment, as its user where that is possible.
    fn service(&self) -> Result<Command> {
        let unit = fs::read_to_string(self.folder.join(UNIT))?;
        let filled_in = fs::read_to_string(self.folder.join(ENVIRONMENT))?;
        let settings =
            values(&unit, "Environment").chain(filled_in.lines()).filter(|line| !line.starts_with('#'));
        let settings = settings.filter(|line| !line.is_empty()).map(|line| line.replace('"', ""));
        let start = values(&unit, "ExecStart").next().context("the unit starts nothing")?;
        let mut service = if self.is_whole {
            let user = values(&unit, "User").next().context("the unit has no user")?;
            process::run(self.inside("install").args(["-d", "-m", "700", "-o", user, "-g", user, STATE]))?;
            let mut service = command("chroot");
            service.arg(format!("--userspec={user}:{user}")).arg(&self.folder);
            service.args(["/usr/bin/env", "-i", "-C", STATE]);
            service
        } else {
            fs::create_dir_all(self.folder.join(STATE.trim_start_matches('/')))?;
            let mut service = command("env");
            service.arg("-i");
            service
        };
        service.args(settings.map(|setting| self.placed(&setting)));
        service.args(start.split_whitespace().map(|word| self.placed(word)));
        service.stdin(Stdio::null()).stdout(Stdio::null());
        Ok(service)
    }

    fn placed(&self, word: &str) -> String {
        if self.is_whole {
            return word.to_owned();
        }
        let place =
            |word: String, place: &str| word.replace(place, &format!("{}{place}", self.folder.display()));
        PLACES.into_iter().fold(word.to_owned(), place)
    }

    fn inside(&self, program: &str) -> Command {
        let mut inside = command("chroot");
        inside.arg(&self.folder).arg(program).env("DEBIAN_FRONTEND", "noninteractive");
        inside
    }
}

/// Once; a later run takes out what an earlier one installed.
fn bootstrap(folder: &Path) -> Result<()> {
    tools::for_bootstrapping()?;
    if folder.join(UNIT).exists() || folder.join("bin/sh").exists() {
        let mut purge = command("chroot");
        return process::run(purge.arg(folder).args(["dpkg", "--purge", "herstelroute"]));
    }
    note("fetching a minimal Debian, once");
    let made = process::output(
        command("debootstrap").args(["--variant=minbase", "--include=systemd", RELEASE]).arg(folder),
    );
    if made.is_err() && folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    made.map(drop)
}

/// What a unit says under that name, line by line.
fn values<'a>(unit: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    unit.lines().filter_map(move |line| line.strip_prefix(name)?.strip_prefix('='))
}

/// Stopped the hard way when a step fails.
struct Server(Child);

impl Server {
    fn stop(&mut self) -> Result<()> {
        process::run(command("kill").args(["-TERM", &self.0.id().to_string()]))?;
        let told = Instant::now();
        while told.elapsed() < PATIENCE {
            if let Some(status) = self.0.try_wait()? {
                ensure!(status.success(), "told to stop, it ended with {status}");
                return Ok(());
            }
            sleep(Duration::from_millis(20));
        }
        bail!("told to stop, it went on for {PATIENCE:?}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing to do about a server that has stopped already.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit() -> String {
        fs::read_to_string(paths::root().join("server/packaging/herstelroute.service")).unwrap()
    }

    #[test]
    fn the_unit_starts_what_the_package_holds_as_a_user_of_its_own() {
        let unit = unit();
        assert_eq!(values(&unit, "ExecStart").collect::<Vec<_>>(), ["/usr/bin/herstelroute serve"]);
        assert_eq!(values(&unit, "User").collect::<Vec<_>>(), ["herstelroute"]);
        assert_eq!(values(&unit, "Environment").count(), 3);
        assert_eq!(values(&unit, "EnvironmentFile").collect::<Vec<_>>(), [format!("/{ENVIRONMENT}")]);
    }

    #[test]
    fn what_is_only_unpacked_finds_its_files_there() {
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        let mut debian = Debian { folder: "/tmp/x".into(), is_whole: false, address };
        assert_eq!(
            debian.placed("URL=sqlite:/var/lib/herstelroute/a.db"),
            "URL=sqlite:/tmp/x/var/lib/herstelroute/a.db"
        );
        debian.is_whole = true;
        assert_eq!(debian.placed("/usr/bin/herstelroute"), "/usr/bin/herstelroute");
    }
}
