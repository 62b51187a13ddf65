//! `herstelroute verify-audit`.

use anyhow::Result;
use clap::Args;

use super::Head;
use crate::config::DatabaseConfig;
use crate::store::Store;

#[derive(Args)]
pub struct VerifyInput {
    /// A head that was printed before and written down elsewhere; the chain must hold it still
    #[arg(long, value_name = "SEQ:HASH")]
    pub expect: Option<Head>,
    #[command(flatten)]
    pub database: DatabaseConfig,
}

/// Walks the chain and prints how long it is and its head.
///
/// # Errors
/// The database can't be reached; or the first row that doesn't fit.
pub fn verify(input: &VerifyInput) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(walk(input))
}

async fn walk(input: &VerifyInput) -> Result<()> {
    let store = Store::open(&input.database.database_url).await?;
    let walked = store.verify_audit(input.expect).await?;
    store.close().await;
    let head = walked?;
    println!("{} rows, all fit; the head is\n{head}", head.seq);
    Ok(())
}
