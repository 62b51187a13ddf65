//! `herstelroute token`: lets offices in, and out again.

use anyhow::{Context, Result, ensure};

use crate::cli::TokenCommand;
use crate::clock::Clock;
use crate::office::{Offices, is_name};
use crate::store::Store;

/// Answers `herstelroute token`.
///
/// # Errors
/// The database can't be reached, or there is no such token.
pub fn command(command: TokenCommand) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(answer(command))
}

async fn answer(command: TokenCommand) -> Result<()> {
    let store = Store::open(&command.database().database_url).await?;
    let (offices, clock) = (Offices::new(store.clone()), Clock::default());
    match command {
        TokenCommand::Create { office, scope, .. } => {
            ensure!(is_name(&office), "the office's name must be 1 to 64 letters, digits or signs of ASCII");
            let (token, secret) = offices.make_token(&office, &scope, clock.now()).await?;
            println!("{}", secret.show());
            eprintln!("token {} of {office} ({}): it is shown this once", token.id, token.scopes);
        }
        TokenCommand::List { .. } => {
            for token in offices.tokens().await? {
                let revoked = token.revoked_at.map(|at| clock.day(at).to_string()).unwrap_or_default();
                let made = clock.day(token.made_at);
                println!("{}\t{}\t{}\t{made}\t{revoked}", token.id, token.office, token.scopes);
            }
        }
        TokenCommand::Revoke { id, .. } => {
            let revoked = offices.revoke_token(&id, clock.now()).await?;
            revoked.then_some(()).context("no token with that id still opens anything")?;
        }
    }
    store.close().await;
    Ok(())
}
