//! The feed for offices, tried by Schemathesis with a real token: everything that the feed's own description allows, much that
//! it doesn't, and one request after another.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::scanners::{Scanners, folder};
use crate::paths;
use crate::proof::{Effort, Figures};
use crate::server::Running;

pub fn check(server: &Running, token: &str, figures: &Figures, effort: Effort) -> Result<()> {
    // Each phase ends by itself; what is left of the time goes to new examples and new orders of requests.
    let (examples, seconds) = if effort.is_long() { ("2000", "3600") } else { ("25", "15") };
    let report = folder().join("schemathesis.json");
    let beside = paths::root().join("xtask/src/attack");
    let mut tried = Scanners::Api.program("schemathesis")?;
    tried
        .env("SCHEMATHESIS_HOOKS", beside.join("schemathesis_hooks.py"))
        .arg("--config-file")
        .arg(beside.join("schemathesis.toml"))
        .args(["--no-color", "run", "--continue-on-failure", "--checks", "all", "--seed", "1"])
        .args(["--max-examples", examples, "--max-time", seconds, "--report", "json", "--report-json-path"])
        .arg(&report)
        .arg("-H")
        .arg(format!("Authorization: Bearer {}", token))
        .arg(format!("{}/api/v1/openapi.json", server.base_url()));
    super::run_quietly(&mut tried, &folder().join("schemathesis.txt"))?;

    let told: Value = super::read_json(&report)?;
    let count = |path: &str| told.pointer(path).and_then(Value::as_u64).with_context(|| path.to_owned());
    let (cases, failures) = (count("/test_cases/generated")?, count("/test_cases/unique_failures")?);
    let promise = "Schemathesis over the feed for offices, all its checks: cases · failures";
    figures.add(promise, &format!("{cases} · {failures}"), "0 failures")?;
    ensure!(count("/operations/tested")? == count("/operations/total")?, "not all of the feed was tried");
    ensure!(told["errors"].as_array().is_some_and(Vec::is_empty), "{}", told["errors"]);
    for kind in ["POST /api/v1/batches", "POST /api/v1/links"] {
        // Only what is accepted leads any deeper.
        let phases = told["valid_rates"][kind].as_object().context("no rates")?;
        ensure!(phases.values().any(|phase| phase["accepted"].as_u64() > Some(0)), "no {kind} was accepted");
    }
    ensure!(failures == 0, "{failures} failures: target/attack/schemathesis.txt tells them");
    super::never_broke(server)
}
