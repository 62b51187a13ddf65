//! From configuration to a listening server, and down again without a broken answer.

use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use app::urls::SIGN_IN_DEMO;
use tokio::net::TcpListener;

use crate::account::{Accounts, DemoAccounts, DemoStaff};
use crate::clock::Clock;
use crate::code::Code;
use crate::config::Config;
use crate::desk::Desk;
use crate::figures::Figures;
use crate::http::{self, Services};
use crate::jobs;
use crate::mail::Postman;
use crate::store::Store;
use crate::together::Together;

/// Serves until told to stop; answers that are under way are finished.
///
/// # Errors
/// The configuration lacks something, or the address is taken.
pub fn serve(config: Config) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let is_terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_terminal)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (site, keys) = (config.site()?, config.keys.keys(config.demo)?);
        let mail = config.mail(&site)?;
        if mail.is_none() && !config.demo {
            tracing::warn!(
                "no mail is sent: name a mail server in HERSTELROUTE_SMTP_URL, or a --mail-folder"
            );
        }
        let provider = config.provider()?.map(Arc::new);
        let figures = Arc::new(Figures::default());
        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("can't listen on {}", config.listen))?;
        let store = Store::open(&config.database.database_url).await?;
        let clock = Clock::default();
        let accounts = Accounts::new(store.clone());
        let (demo_accounts, links) = DemoAccounts::of(&config, &accounts, clock.now()).await?.unzip();
        if let Some(links) = &links {
            let desk = Desk::new(store.clone(), keys.clone());
            desk.keep_demo(links.iter().map(|(person, _)| person), clock.now()).await?;
        }
        let together = Together::start(store.clone(), clock.clone());
        let demo_accounts = demo_accounts.map(Arc::new);
        let services =
            Services { store, keys, clock, figures, demo_accounts, provider, together: together.clone() };
        tokio::spawn(jobs::run(services.clone(), config.demo));
        if let Some((sender, transport)) = mail {
            let (store, keys) = (services.store.clone(), services.keys.clone());
            let postman = Postman { store, keys, sender, transport };
            tokio::spawn(jobs::bring_mail(postman, services.clock.clone()));
        }
        let router =
            http::router(&config, site, services).into_make_service_with_connect_info::<SocketAddr>();
        let address = format!("http://{}", listener.local_addr()?);
        println!("Herstelroute listens on {address}");
        show_demo_links(&address, &links.unwrap_or_default());
        let told = {
            let together = together.clone();
            async move {
                stopped().await;
                together.close();
            }
        };
        let served = async {
            let ended = axum::serve(listener, router).with_graceful_shutdown(told).await;
            // A line between two browsers is no request: nobody else waits for its last word.
            together.closed().await;
            ended
        };
        tokio::select! {
            ended = served => ended?,
            () = overdue() => tracing::warn!("stopped while someone was still halfway a request"),
        }
        Ok(())
    })
}

/// Who listens no more after the first line misses nothing that the server needs.
fn show_demo_links(address: &str, links: &[(DemoStaff, Code)]) {
    let mut out = std::io::stdout().lock();
    for (person, code) in links {
        let link = format!("{address}{SIGN_IN_DEMO}/{}", code.signs());
        let _ = writeln!(out, "Sign in once as {} ({}): {link}", person.name, person.role.id());
    }
}

/// Less than the ten seconds that a container gets before it is killed.
const LONGEST_FAREWELL: Duration = Duration::from_secs(5);

/// Resolves when who is still halfway a request has had time enough: such a connection would keep the server up for ever.
async fn overdue() {
    stopped().await;
    tokio::time::sleep(LONGEST_FAREWELL).await;
}

/// Resolves on Ctrl-C or SIGTERM.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
