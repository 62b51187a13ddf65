//! Backups of PostgreSQL, by its own programs: `pg_dump` and `pg_restore`.
//!
//! They are told by their environment where the database is: everyone on a machine can read what stands on a command line.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail, ensure};
use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::may_replace;
use crate::audit::Head;
use crate::store::{MIGRATIONS, Store, is_of_a_later_version};

pub struct Postgres {
    url: String,
    /// What libpq reads in place of a URL.
    environment: Vec<(&'static str, String)>,
}

impl Postgres {
    pub fn read(url: &str) -> Result<Postgres> {
        // The error would show the URL, and with it a password.
        let parsed = Url::parse(url).ok().filter(|url| ["postgres", "postgresql"].contains(&url.scheme()));
        let parsed = parsed.context("--database-url is neither sqlite:… nor postgres://…")?;
        let environment = environment(&parsed).context("--database-url isn't in UTF-8")?;
        Ok(Postgres { url: url.to_owned(), environment })
    }

    pub fn dump_to(&self, file: File) -> Result<()> {
        let mut dump = self.program("pg_dump");
        run(dump.args(["--format=custom", "--no-owner", "--no-privileges"]).stdout(file))?;
        Ok(())
    }

    /// In one transaction, after the whole file was read once; gives the head of its audit log.
    pub async fn restore(&self, file: &Path, replace: bool) -> Result<Head> {
        let broken = || format!("{} isn't whole; nothing was changed", file.display());
        run(self.program("pg_restore").arg("--file=/dev/null").arg(file)).with_context(broken)?;
        let later = rows_of(&self.of_table(MIGRATIONS, file).with_context(broken)?)
            .any(|row| is_of_a_later_version(row.split('\t').next().unwrap_or(row)));
        ensure!(!later, "{} was made by a later version; nothing was changed", file.display());
        let listed = run(self.program("pg_restore").arg("--list").arg(file)).with_context(broken)?;
        self.make_room(&tables(&listed), replace).await?;

        let mut restore = self.program("pg_restore");
        restore.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]);
        if replace {
            restore.args(["--clean", "--if-exists"]);
        }
        // Without a name it would only print what it would do; an empty one is that of the environment.
        run(restore.arg("--dbname=").arg(file)).context("nothing was changed")?;

        let store = Store::open_as_it_is(&self.url).await?;
        let verified = store.verify_audit(None).await;
        store.close().await;
        verified?.context("the backup is back as it was made, but its audit log doesn't fit")
    }

    async fn make_room(&self, in_backup: &BTreeSet<String>, replace: bool) -> Result<()> {
        let store = Store::open_as_it_is(&self.url).await?;
        let room = async {
            let tables = store.tables().await?;
            may_replace(&store, tables.len(), replace).await?;
            let others = store.others().await?;
            ensure!(
                others == 0,
                "{others} others use that database: stop the servers first; nothing was changed"
            );
            if let Some(table) = tables.iter().find(|table| !in_backup.contains(*table)) {
                bail!("the backup has no table {table}, the database has: restore into a new database");
            }
            Ok(())
        };
        let room = room.await;
        store.close().await;
        room
    }

    /// The rows of a table in a backup, as `COPY` writes them.
    fn of_table(&self, table: &str, file: &Path) -> Result<String> {
        let mut rows = self.program("pg_restore");
        rows.args(["--data-only", "--file=-"]).arg(format!("--table={table}")).arg(file);
        run(&mut rows)
    }

    fn program(&self, name: &str) -> Command {
        let mut program = Command::new(name);
        program.envs(self.environment.iter().map(|(name, value)| (name, value)));
        // It has no use for them.
        program.env_remove("HERSTELROUTE_SEAL_KEYS").env_remove("HERSTELROUTE_DATABASE_URL");
        // Its messages are read here, and nobody can answer if it asks.
        program.env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        program
    }
}

/// What the driver reads from a URL, in the names that libpq has for it.
fn environment(url: &Url) -> Result<Vec<(&'static str, String)>> {
    let mut environment = Vec::new();
    let mut options: Vec<String> = Vec::new();
    let mut tell = |name, value: &str| -> Result<()> {
        if !value.is_empty() {
            environment.push((name, percent_decode_str(value).decode_utf8()?.into_owned()));
        }
        Ok(())
    };
    tell("PGHOST", url.host_str().unwrap_or_default())?;
    tell("PGPORT", &url.port().map(|port| port.to_string()).unwrap_or_default())?;
    tell("PGUSER", url.username())?;
    tell("PGPASSWORD", url.password().unwrap_or_default())?;
    tell("PGDATABASE", url.path().trim_start_matches('/'))?;
    // Decoded already; what is told twice counts as the last one says.
    for (name, value) in url.query_pairs() {
        let told = match &*name {
            "host" | "hostaddr" => "PGHOST",
            "port" => "PGPORT",
            "user" => "PGUSER",
            "password" => "PGPASSWORD",
            "dbname" => "PGDATABASE",
            "sslmode" | "ssl-mode" => "PGSSLMODE",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            "options" => {
                options.push(value.into_owned());
                continue;
            }
            name => {
                let option = name.strip_prefix("options[").and_then(|name| name.strip_suffix(']'));
                options.extend(option.map(|option| format!("-c {option}={value}")));
                continue;
            }
        };
        environment.push((told, value.into_owned()));
    }
    if !options.is_empty() {
        environment.push(("PGOPTIONS", options.join(" ")));
    }
    Ok(environment)
}

/// Runs to the end; gives what it printed.
fn run(program: &mut Command) -> Result<String> {
    let name = program.get_program().to_string_lossy().into_owned();
    let ran = program.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!(
            "{name} is missing: install PostgreSQL's client programs, no older than its server (Debian and Ubuntu: `sudo apt-get install postgresql-client`)"
        ),
        _ => anyhow!(error).context(format!("{name} can't be started")),
    })?;
    if ran.status.success() {
        return Ok(String::from_utf8_lossy(&ran.stdout).into_owned());
    }
    bail!("{}", complaint(&name, &String::from_utf8_lossy(&ran.stderr)))
}

/// The first thing that it says is wrong. What follows may show what someone wrote.
fn complaint(name: &str, told: &str) -> String {
    let first = told.lines().find(|line| line.starts_with(&format!("{name}: error: ")));
    let first = first.map(|line| line.split_once("COPY failed for table").map_or(line, |(line, _)| line));
    first.map_or_else(|| format!("{name} failed"), |line| line.trim_end().to_owned())
}

/// `…; … TABLE public audit owner`: the names.
fn tables(listed: &str) -> BTreeSet<String> {
    let table = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|word| *word == "TABLE")?;
        // `TABLE DATA` comes besides.
        (words.get(at + 1) != Some(&"DATA")).then(|| words.get(at + 2).map(|name| (*name).to_owned()))?
    };
    listed.lines().filter(|line| !line.starts_with(';')).filter_map(table).collect()
}

fn rows_of(copied: &str) -> impl Iterator<Item = &str> {
    let begin = copied.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1);
    begin.take_while(|line| *line != "\\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(url: &str) -> Vec<(&'static str, String)> {
        Postgres::read(url).unwrap().environment
    }

    #[test]
    fn a_url_is_told_in_variables() {
        let told = told(
            "postgres://me:p%40s%2Fs%2B+@db.example:5433/mine?sslmode=verify-full&options[search_path]=a",
        );
        for pair in [
            ("PGHOST", "db.example"),
            ("PGPORT", "5433"),
            ("PGUSER", "me"),
            ("PGPASSWORD", "p@s/s++"),
            ("PGDATABASE", "mine"),
            ("PGSSLMODE", "verify-full"),
            ("PGOPTIONS", "-c search_path=a"),
        ] {
            assert!(told.contains(&(pair.0, pair.1.to_owned())), "{pair:?}: {told:?}");
        }
    }

    #[test]
    fn what_is_no_database_is_told_without_its_password() {
        for url in ["mysql://me:merkteken@db", "postgres://me:merkteken@db:port/x", "merkteken"] {
            let error = Postgres::read(url).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(!error.is_empty() && !error.contains("merkteken"), "{url}: {error}");
        }
    }

    #[test]
    fn a_complaint_shows_nothing_that_someone_wrote() {
        let told = "pg_restore: connecting\npg_restore: error: COPY failed for table \"request\": ERROR:  invalid: \"merkteken\"\nCONTEXT: merkteken";
        assert_eq!(complaint("pg_restore", told), "pg_restore: error:");
        assert_eq!(complaint("pg_dump", "merkteken"), "pg_dump failed");
    }

    #[test]
    fn tables_are_found_in_a_list() {
        let listed =
            "; Archive\n215; 1259 16386 TABLE public audit me\n3400; 0 16386 TABLE DATA public audit me\n";
        assert_eq!(tables(listed), BTreeSet::from(["audit".to_owned()]));
    }
}
