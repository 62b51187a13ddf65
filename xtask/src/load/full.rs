//! A database with all who registered: dossiers are opened, and an office sends as much as it may.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::client::between;
use super::times::Pace;
use crate::paths;
use crate::proof::Figures;
use crate::say::{decimal, note};
use crate::server::{self, Running};

/// About as many as registered; a million events.
const CASES: &str = "70000";
const DOSSIERS: usize = 300;
const PACE: Pace = Pace { a_second: 200, seconds: 20, clients: 16 };
/// The most that an office sends at once.
const EVENTS_OF_A_BATCH: usize = 50_000;

/// Makes the caseload up.
pub fn fill(binary: &Path) -> Result<PathBuf> {
    let path = paths::target().join("xtask/load.db");
    server::remove_database(&path);
    let url = server::database_url(&path);
    let started = Instant::now();
    let said = server::ask(
        binary,
        &["simulate", "--cases", CASES, "--seed", "1", "--store", "--database-url", &url],
        Stdio::null(),
    )?;
    note(&format!("{} in {:.1} s", String::from_utf8_lossy(&said).trim(), started.elapsed().as_secs_f64()));
    Ok(path)
}

fn token(binary: &Path, database: &Path, office: &str) -> Result<String> {
    let url = server::database_url(database);
    let arguments = [
        "token",
        "create",
        "--office",
        office,
        "--scope",
        "events",
        "--scope",
        "links",
        "--database-url",
        &url,
    ];
    Ok(String::from_utf8(server::ask(binary, &arguments, Stdio::null())?)?.trim().to_owned())
}

/// Dossiers with a few letters, each linked to a case of the caseload; gives their codes.
fn dossiers(binary: &Path, database: &Path, server: &Running) -> Result<Vec<String>> {
    let token = token(binary, database, "simulated")?;
    let cases: Vec<String> = (1..=DOSSIERS).map(|number| format!("SIM-{:06}", number * 200)).collect();
    let answer = server.post_json("/api/v1/links", &token, &serde_json::json!({ "cases": cases }))?;
    let links = answer["links"].as_array().context("no links in the answer")?;
    let mut codes = Vec::new();
    for (number, link) in links.iter().enumerate() {
        let form = format!("{:032x}", 0xfeed_0000_0000_4000_8000_0000_0000_0000_u128 + number as u128);
        // Everyone lives somewhere else, for the limits.
        let address = format!("10.9.{}.{}", number / 250, number % 250);
        let made = server.post_form_from(
            &address,
            "/dossier",
            &[
                ("action", "make"),
                ("form", &form),
                ("letters[0].kind", "registered"),
                ("letters[0].on", "16-1-2023"),
                ("letters[1].kind", "first_test_decided"),
                ("letters[1].on", "1-5-2023"),
            ],
        )?;
        let code = between(&made, "class=\"code\"", "</p>").and_then(|rest| rest.split_once('>'));
        let code = code.context("no code on the page")?.1.to_owned();
        let ticket = between(&made, "name=\"ticket\" value=\"", "\"").context("no ticket on the page")?;
        let link_code = link["code"].as_str().context("a link without a code")?;
        let linked = server
            .post_form("/dossier", &[("action", "link"), ("ticket", ticket), ("link_code", link_code)])?;
        ensure!(linked.contains("class=\"office\""), "a dossier isn't linked");
        codes.push(code);
    }
    Ok(codes)
}

/// Opens dossiers at a steady pace.
pub fn open(binary: &Path, database: &Path, server: &Running, figures: &Figures) -> Result<()> {
    let codes = dossiers(binary, database, server)?;
    let times = PACE.ask(|number| {
        let code = &codes[number % codes.len()];
        let page = server.post_form("/dossier", &[("action", "open"), ("code", code)])?;
        ensure!(page.contains("class=\"office\""), "another page came");
        Ok(())
    });
    times.all_well()?;
    let promise = format!(
        "opening a dossier, {} times a second, among 70.000 cases and a million events in SQLite",
        PACE.a_second
    );
    figures.add(&promise, &times.to_string(), "p95 20 ms")
}

/// A whole batch, from sending it until all of it counts; and what the server says of its estimate.
pub fn import(binary: &Path, database: &Path, server: &Running, figures: &Figures) -> Result<()> {
    let token = token(binary, database, "load")?;
    let printed = server::ask(binary, &["simulate", "--cases", "4000", "--seed", "2"], Stdio::null())?;
    let printed = String::from_utf8(printed)?;
    let mut csv: String = printed.lines().take(EVENTS_OF_A_BATCH + 1).collect::<Vec<_>>().join("\n");
    csv.push('\n');
    ensure!(csv.lines().count() == EVENTS_OF_A_BATCH + 1, "the simulator printed too few events");
    let started = Instant::now();
    let mut answer = server.post_csv("/api/v1/batches", &token, "load-1", &csv)?;
    let id = answer["id"].as_str().with_context(|| answer.to_string())?.to_owned();
    while answer["state"] == "running" {
        sleep(Duration::from_millis(50));
        answer = server.get_json(&format!("/api/v1/batches/{id}"), &token)?;
    }
    ensure!(answer["state"] == "done", "{answer}");
    let took = decimal(started.elapsed().as_secs_f64());
    figures.add("a batch of 50.000 events, until all of it counts", &format!("{took} s"), "10 s")?;
    let log = fs::read_to_string(server.log())?;
    let estimated = log.lines().find(|line| line.contains("estimated how long steps take"));
    let took =
        estimated.and_then(|line| line.rsplit_once("duration_ms=")).context("no estimate in the log")?.1;
    let took = decimal(took.trim().parse::<f64>().context("a duration")? / 1_000.0);
    figures.add("the estimate over that database, while dossiers are opened", &format!("{took} s"), "2 s")
}
