//! A made-up caseload in a database, to try the whole portal with.

use anyhow::{Result, bail};

use super::{OFFICE, SimulatedCase, simulate};
use crate::cli::SimulateInput;
use crate::clock::{Clock, Now};
use crate::office::{Offices, Row};
use crate::store::Store;

/// Cases that are written at once.
const CASES_AT_ONCE: usize = 2_000;

/// Writes the caseload as if an office had told it.
///
/// # Errors
/// The database can't be reached, or holds these cases already.
pub fn keep(input: &SimulateInput) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(write(input))
}

async fn write(input: &SimulateInput) -> Result<()> {
    let store = Store::open(&input.database.database_url).await?;
    let offices = Offices::new(store.clone());
    let today = Clock::default().now();
    let now = Now { on: input.on.unwrap_or(today.on), ..today };
    let mut cases = simulate(input.cases, input.seed, now.on);
    let mut events = 0;
    loop {
        let rows = rows(cases.by_ref().take(CASES_AT_ONCE));
        if rows.is_empty() {
            break;
        }
        events += rows.len();
        let problems = offices.import(OFFICE, rows, now).await?;
        if problems.count > 0 {
            bail!(
                "these cases stand there already, or others under their numbers; nothing was added to them"
            );
        }
    }
    println!("{events} events of {} cases that don't exist", input.cases);
    store.close().await;
    Ok(())
}

fn rows(cases: impl Iterator<Item = SimulatedCase>) -> Vec<Row> {
    let told = cases.flat_map(|SimulatedCase { case, events }| {
        events.into_iter().map(move |event| (case.clone(), event))
    });
    (1..).zip(told).map(|(line, (case, event))| Row { line, case, event, withdrawn: false }).collect()
}
