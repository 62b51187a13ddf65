//! Every field and every part of an address that is looked up in the database, tried by sqlmap.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, ensure};

use super::crowd::Crowd;
use super::scanners::{PROXIES, Scanners, folder};
use super::{read_json, run_quietly};
use crate::proof::{Effort, Figures};
use crate::server::Running;

/// A request, of which each field is tried, and where `*` stands in the address.
struct Lookup {
    path: &'static str,
    /// What is posted; a page when empty.
    form: &'static str,
    signs: Signs,
}

/// What it bears.
enum Signs {
    Nothing,
    /// The cookie of an experience expert, or of a coordinator.
    Expert,
    Coordinator,
    Token,
}

const LOOKUPS: [Lookup; 14] = [
    lookup("/dossier", "action=open&code=0123-4567-89AB-CDEF-GHJK", Signs::Nothing),
    lookup("/dossier", "action=link&ticket=0123456789abcdef&link_code=0123", Signs::Nothing),
    lookup("/hulpvraag/volgen", "action=open&reference=1234&code=0123-4567-89AB-CDEF-GHJK", Signs::Nothing),
    lookup("/hulpvraag/volgen", "action=withdraw&ticket=0123456789abcdef", Signs::Nothing),
    lookup("/inloggen", "invitation=0123-4567-89AB-CDEF", Signs::Nothing),
    lookup("/balie/aanvraag/0123456789abcdef*", "", Signs::Expert),
    lookup("/balie/oppakken", "request=0123456789abcdef", Signs::Expert),
    lookup("/balie/collega", "action=take&need=0123456789abcdef", Signs::Expert),
    lookup("/balie/overzicht/uitnodigen", "name=Henk&role=coordinator&organisation=0123", Signs::Coordinator),
    lookup("/balie/overzicht/blokkeren", "staff=0123456789abcdef", Signs::Coordinator),
    lookup("/balie/overzicht/organisatie", "organisation=0123456789abcdef", Signs::Coordinator),
    lookup("/api/v1/batches/0123456789abcdef*", "", Signs::Token),
    lookup("/api/v1/links", r#"{"cases":["V-2026-0001"]}"#, Signs::Token),
    lookup(
        "/api/v1/batches",
        r#"{"events":[{"case":"V-1","on":"2024-01-01","kind":"other","code":"x"}]}"#,
        Signs::Token,
    ),
];

impl Lookup {
    /// Anyone can send it.
    fn is_open(&self) -> bool {
        matches!(self.signs, Signs::Nothing)
    }
}

const fn lookup(path: &'static str, form: &'static str, signs: Signs) -> Lookup {
    Lookup { path, form, signs }
}

pub fn check(server: &Running, token: &str, figures: &Figures, effort: Effort) -> Result<()> {
    let crowd = Crowd::before(server)?;
    let (expert, coordinator) = (server.sign_in("experience-expert")?, server.sign_in("coordinator")?);
    let mut said = String::new();
    let lookups: Vec<&Lookup> = LOOKUPS.iter().filter(|it| effort.is_long() || it.is_open()).collect();
    for Lookup { path, form, signs } in &lookups {
        let signs = match signs {
            Signs::Nothing => String::new(),
            Signs::Expert => format!("Cookie: {expert}\n"),
            Signs::Coordinator => format!("Cookie: {coordinator}\n"),
            Signs::Token => format!("Authorization: Bearer {token}\nIdempotency-Key: 1\n"),
        };
        let kind =
            if form.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
        let here = crowd.base_url();
        let host = here.trim_start_matches("http://");
        let line = "======================================================";
        let head = if form.is_empty() {
            format!("GET {path} HTTP/1.1\nHost: {host}\n{signs}\n")
        } else {
            format!(
                "POST {path} HTTP/1.1\nHost: {host}\n{signs}Content-Type: {kind}\nContent-Length: {}\n\n{form}\n",
                form.len()
            )
        };
        write!(said, "{line}\n12:00:00  {here}  [127.0.0.1]\n{line}\n{head}{line}\n\n")?;
    }
    let (log, report) = (folder().join("sqlmap-requests.txt"), folder().join("sqlmap.json"));
    fs::write(&log, said)?;
    fs::remove_file(&report).ok();
    let mut sqlmap = Scanners::Pages.program("sqlmap")?;
    // It would go by them to this machine too; of itself it asks nobody else.
    for name in PROXIES {
        sqlmap.env_remove(name);
    }
    sqlmap
        .arg("-l")
        .arg(&log)
        .arg("--report-json")
        .arg(&report)
        .arg("--output-dir")
        .arg(folder().join("sqlmap"));
    // Else it passes over what answers that there is nothing.
    sqlmap.arg("--ignore-code=400,401,403,404,409,422,429");
    sqlmap.args([
        "--batch",
        "--flush-session",
        "--disable-coloring",
        "--ignore-proxy",
        "--skip-waf",
        // It says which button it was, and is looked up nowhere.
        "--skip=action",
        "--answers=custom=Y,want to test=Y",
    ]);
    sqlmap.args(match effort {
        Effort::Short => ["--level=1", "--risk=1", "--technique=BE"],
        Effort::Long => ["--level=2", "--risk=2", "--technique=BEUSTQ"],
    });
    run_quietly(&mut sqlmap, &folder().join("sqlmap.txt"))?;
    let said = fs::read_to_string(folder().join("sqlmap.txt"))?;
    let told = read_json(&report)?;
    let found = told["data"].as_array().context("no findings, and no word that there are none")?;
    let (kinds, fields) =
        (said.matches("testing URL").count(), said.matches("heuristic (basic) test").count());
    let measured = format!("{fields} · {} · {}", crowd.requests(), found.len());
    figures.add(
        "sqlmap over all that is looked up in the database: fields · requests · findings",
        &measured,
        "0 findings",
    )?;
    ensure!(
        found.is_empty() && !said.contains("injection point(s)"),
        "target/attack/sqlmap.txt tells what was found"
    );
    ensure!(kinds == lookups.len(), "{kinds} of {} kinds of requests were tried", lookups.len());
    let passed_over = |line: &&str| line.contains("skipping previously") && !line.contains("'action'");
    ensure!(!said.lines().any(|line| passed_over(&line)), "of fields with the same name one was tried");
    super::never_broke(server)
}
