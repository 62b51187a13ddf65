//! The `herstelroute` binary: builds it, becomes it, or runs it beside a check.

use std::env;
use std::fs::{self, File};
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::paths;
use crate::process::{self, cargo, command};
use crate::site::Profile;

/// Where the server looks for its database.
pub const DATABASE_URL: &str = "HERSTELROUTE_DATABASE_URL";

/// The header in which clients say who they are.
pub const CLIENT_ADDRESS: &str = "X-Forwarded-For";

/// Builds the server and returns the binary: unoptimised for work at the desk, else for release.
pub fn build(profile: Profile) -> Result<PathBuf> {
    let mut cargo = cargo();
    cargo.args(["build", "--package", "server"]);
    let folder = match profile {
        Profile::Quick => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    process::run(&mut cargo)?;
    Ok(paths::target().join(folder).join("herstelroute"))
}

/// Replaces this program by the server; only returns when that fails.
pub fn become_server(binary: &Path, listen: Option<SocketAddr>, demo: bool, args: &[String]) -> Result<()> {
    let mut server = serve(binary, listen, demo);
    if env::var_os(DATABASE_URL).is_none() {
        server.env(DATABASE_URL, database_url(&paths::target().join("herstelroute.db")));
    }
    let error = server.args(args).exec();
    Err(anyhow!(error).context(format!("{} can't be started", paths::shown(binary))))
}

/// Asks the server for its JSON Schemas.
pub fn write_schemas() -> Result<()> {
    process::run(cargo().args(["run", "--package", "server", "--", "schema", "--out", "public/schema"]))
}

fn serve(binary: &Path, listen: Option<SocketAddr>, demo: bool) -> Command {
    let mut server = Command::new(binary);
    server.current_dir(paths::root()).arg("serve").arg("--site").arg(paths::site());
    if demo {
        server.arg("--demo");
    }
    if let Some(listen) = listen {
        server.arg("--listen").arg(listen.to_string());
    }
    server
}

/// What the server calls a database in that file.
pub fn database_url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// With what SQLite keeps beside it.
pub fn remove_database(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        // One that isn't there needs no removing.
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
}

/// A server on a free port of this machine; stops when it is dropped.
pub struct Running {
    child: Child,
    address: SocketAddr,
    database_url: String,
    log: PathBuf,
    http: ureq::Agent,
}

/// What a page costs on its way.
pub struct Answer {
    pub status: u16,
    pub encoding: Option<String>,
    /// As sent, so compressed.
    pub bytes: u64,
}

impl Running {
    /// Starts the server on an empty database and waits until it answers.
    pub fn start(binary: &Path) -> Result<Self> {
        let database = paths::target().join("xtask/test.db");
        // What an earlier run kept would change this one.
        remove_database(&database);
        Self::start_on(binary, &database_url(&database))
    }

    /// The same beside one that runs, with a database and a log of its own by that name.
    pub fn start_beside(binary: &Path, name: &str) -> Result<Self> {
        let folder = paths::target().join("xtask");
        let database = folder.join(format!("{name}.db"));
        remove_database(&database);
        Self::start_logged(binary, &database_url(&database), folder.join(format!("{name}.log")))
    }

    /// Starts the server on that database and waits until it answers.
    pub fn start_on(binary: &Path, database_url: &str) -> Result<Self> {
        Self::start_logged(binary, database_url, paths::target().join("xtask/server.log"))
    }

    fn start_logged(binary: &Path, database_url: &str, log: PathBuf) -> Result<Self> {
        const PATIENCE: Duration = Duration::from_secs(30);

        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)?;
        }
        let output = File::create(&log)?;
        let child = serve(binary, Some(address), true)
            .env(DATABASE_URL, database_url)
            // Each of the journeys says that it is somebody else.
            .env("HERSTELROUTE_CLIENT_ADDRESS_HEADER", CLIENT_ADDRESS)
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("{} can't be started", paths::shown(binary)))?;
        let database_url = database_url.to_owned();
        let mut server = Self { child, address, database_url, log, http: http_agent() };

        let start = Instant::now();
        while let Err(error) = server.get("/") {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server stopped at once ({status}): {}", server.last_words());
            }
            if start.elapsed() > PATIENCE {
                bail!("the server doesn't answer ({error}): {}", server.last_words());
            }
            sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Fetches a page or a file as today's browsers do: they speak several compressions, and the server picks.
    pub fn get(&self, path: &str) -> Result<Answer> {
        let mut response = self
            .http
            .get(format!("{}{path}", self.base_url()))
            .header("Accept", "text/html")
            .header("Accept-Encoding", "gzip, deflate, br, zstd")
            .call()?;
        let mut body = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut body)?;
        let encoding = response.headers().get("content-encoding");
        Ok(Answer {
            status: response.status().as_u16(),
            encoding: encoding.and_then(|value| value.to_str().ok()).map(str::to_owned),
            bytes: body.len() as u64,
        })
    }

    /// As a page of the site posts.
    fn post(&self, path: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        self.http.post(format!("{}{path}", self.base_url())).header("Origin", self.base_url())
    }

    /// Posts a form as a page of the site does; gives the page that comes, whatever its status.
    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        Ok(self.post(path).send_form(fields.iter().copied())?.body_mut().read_to_string()?)
    }

    /// The same by somebody at that address.
    pub fn post_form_from(&self, address: &str, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let request = self.post(path).header(CLIENT_ADDRESS, address);
        Ok(request.send_form(fields.iter().copied())?.body_mut().read_to_string()?)
    }

    /// Sends bytes, as a script of somebody at that address does; gives what comes when that went well.
    pub fn post_bytes_from(&self, address: &str, path: &str, bytes: &[u8]) -> Result<String> {
        let mut answer = self.post(path).header(CLIENT_ADDRESS, address).send(bytes)?;
        ensure!(answer.status() == 200, "{path}: {}", answer.status());
        Ok(answer.body_mut().read_to_string()?)
    }

    /// Signs in with the link that a demo prints for a role; gives the cookie.
    pub fn sign_in(&self, role: &str) -> Result<String> {
        let set = self.set_by_signing_in(role)?;
        Ok(set.split(';').next().unwrap_or_default().to_owned())
    }

    /// The same; gives all that the server says of the cookie.
    pub fn set_by_signing_in(&self, role: &str) -> Result<String> {
        let log = fs::read_to_string(&self.log)?;
        let link = log.lines().find(|line| line.contains(&format!("({role}): http")));
        let link = link.and_then(|line| line.rsplit_once(": ")).context("no link to sign in with")?.1;
        let answer = self.http.post(link).header("Origin", self.base_url()).send_empty()?;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        Ok(cookie.with_context(|| format!("signing in gave {}", answer.status()))?.to_owned())
    }

    /// Posts a form of the desk.
    pub fn post_form_as(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Result<()> {
        let answer = self.post(path).header("Cookie", cookie).send_form(fields.iter().copied())?;
        ensure!(answer.status() == 303, "{path}: {}", answer.status());
        Ok(())
    }

    /// A page of the desk.
    pub fn page_as(&self, cookie: &str, path: &str) -> Result<String> {
        let request = self.http.get(format!("{}{path}", self.base_url())).header("Cookie", cookie);
        Ok(request.call()?.body_mut().read_to_string()?)
    }

    /// As an office does.
    pub fn post_json(&self, path: &str, token: &str, body: &serde_json::Value) -> Result<serde_json::Value> {
        let request = self.office(self.http.post(format!("{}{path}", self.base_url())), token);
        read_json(request.header("Content-Type", "application/json").send(body.to_string())?)
    }

    /// A delivery of events under the office's own key.
    pub fn post_csv(&self, path: &str, token: &str, key: &str, csv: &str) -> Result<serde_json::Value> {
        let request = self.office(self.http.post(format!("{}{path}", self.base_url())), token);
        read_json(request.header("Content-Type", "text/csv").header("Idempotency-Key", key).send(csv)?)
    }

    pub fn get_json(&self, path: &str, token: &str) -> Result<serde_json::Value> {
        read_json(self.office(self.http.get(format!("{}{path}", self.base_url())), token).call()?)
    }

    fn office<B>(&self, request: ureq::RequestBuilder<B>, token: &str) -> ureq::RequestBuilder<B> {
        request.header("Authorization", format!("Bearer {token}"))
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How much of the machine's memory it has.
    pub fn memory_bytes(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes =
            line.and_then(|line| line.trim().strip_suffix(" kB")).context("no size in its status")?;
        Ok(kilobytes.trim().parse::<u64>()? * 1024)
    }

    pub fn database_url(&self) -> &str {
        &self.database_url
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Where it writes what it does.
    pub fn log(&self) -> &Path {
        &self.log
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last = log.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it printed nothing");
        format!("{last} (all of it: {})", paths::shown(&self.log))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Nothing to do about a server that has stopped already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn read_json(mut answer: ureq::http::Response<ureq::Body>) -> Result<serde_json::Value> {
    let status = answer.status();
    let text = answer.body_mut().read_to_string()?;
    if !status.is_success() {
        bail!("{status}: {text}");
    }
    Ok(serde_json::from_str(&text)?)
}

fn http_agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        // Never to this machine.
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .new_agent()
}

/// Runs a command of the server and returns what it prints.
pub fn ask(binary: &Path, arguments: &[&str], input: Stdio) -> Result<Vec<u8>> {
    process::output(command(binary).args(arguments).stdin(input))
}
