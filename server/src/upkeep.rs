//! `herstelroute migrate` and `herstelroute purge`: what a server does by itself, at a time that suits its operator.

use anyhow::Result;

use crate::clock::Clock;
use crate::config::DatabaseConfig;
use crate::jobs::{self, Forgotten};
use crate::store::{Store, StoreError};

/// Makes the tables that are missing.
///
/// # Errors
/// The database can't be reached, or its tables can't be made.
pub fn migrate(database: &DatabaseConfig) -> Result<()> {
    wait_for(async {
        Store::open(&database.database_url).await?.close().await;
        Ok(())
    })?;
    println!("all tables of this version are there");
    Ok(())
}

/// Deletes what has been kept long enough, and prints how much that was.
///
/// # Errors
/// The database can't be reached.
pub fn purge(database: &DatabaseConfig) -> Result<()> {
    let forgotten = wait_for(async {
        let store = Store::open(&database.database_url).await?;
        let forgotten = jobs::forget(&store, Clock::default().now()).await?;
        store.close().await;
        Ok(forgotten)
    })?;
    let Forgotten { dossiers, batches_and_links, mails, attempts, sessions, requests, desk, meetings } =
        forgotten;
    println!(
        "dossiers\t{dossiers}\nbatches_and_links\t{batches_and_links}\nmails\t{mails}\nattempts\t{attempts}\nsessions\t{sessions}\nrequests\t{requests}\ndesk\t{desk}\nmeetings\t{meetings}"
    );
    Ok(())
}

fn wait_for<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)?)
}
