//! `herstelroute rotate-key`: everything that is sealed comes under the newest key, so that older ones can go.

use anyhow::{Result, ensure};
use clap::Args;

use crate::clock::Clock;
use crate::config::{DatabaseConfig, KeysConfig};
use crate::seal::Keys;
use crate::store::{Resealed, SealedColumn, Store, StoreError};
use crate::{desk, help, mail, timeline};

/// All that is kept sealed. What is sealed and doesn't stand here is lost with its key.
const SEALED: [&SealedColumn; 6] = [
    &timeline::VERSIONS,
    &mail::RECIPIENTS,
    &help::PERSONAL,
    &desk::HELPER_MAILS,
    &desk::NEEDS,
    &desk::NOTES,
];

#[derive(Args)]
pub struct RotationInput {
    /// The keys are those of the demo
    #[arg(long)]
    pub demo: bool,
    #[command(flatten)]
    pub keys: KeysConfig,
    #[command(flatten)]
    pub database: DatabaseConfig,
}

/// Seals everything anew and prints how much that was.
///
/// # Errors
/// The database can't be reached; or something can't be opened with any of the keys.
pub fn command(input: &RotationInput) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(answer(input))
}

async fn answer(input: &RotationInput) -> Result<()> {
    let keys = input.keys.keys(input.demo)?;
    let store = Store::open(&input.database.database_url).await?;
    let done = rotate(&store, &keys, Clock::default().now().at).await?;
    store.close().await;
    let mut unopened = 0;
    for (table, Resealed { renewed, unopened: here }) in done {
        println!("{table}\t{renewed}");
        unopened += here;
    }
    ensure!(
        unopened == 0,
        "{unopened} records can't be opened with any of these keys: keep the older ones until you know why"
    );
    Ok(())
}

/// Seals with the newest key what lies under older ones, by table. Servers may go on meanwhile, once they have the newest key.
///
/// # Errors
/// The database doesn't answer; doing it again goes on from there.
pub async fn rotate(
    store: &Store,
    keys: &Keys,
    at: i64,
) -> Result<Vec<(&'static str, Resealed)>, StoreError> {
    let mut done = Vec::new();
    for column in SEALED {
        done.push((column.table, store.reseal(column, keys, at).await?));
    }
    Ok(done)
}
