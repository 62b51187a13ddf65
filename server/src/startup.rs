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
use crate::config::{Config, LogFormat};
use crate::desk::Desk;
use crate::figures::Figures;
use crate::http::{self, Services, Stopping};
use crate::jobs;
use crate::lines::{self, Limits};
use crate::mail::Postman;
use crate::measure::Measures;
use crate::store::Store;
use crate::together::Together;

/// After so many turns, each at most a page, a thread looks who else came.
const EVENT_INTERVAL: u32 = 8;

/// Serves until told to stop; answers that are under way are finished.
///
/// # Errors
/// The configuration lacks something, or the address is taken.
pub fn serve(config: Config) -> Result<()> {
    log_in(config.log_format);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().event_interval(EVENT_INTERVAL).enable_all().build()?;
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
        let listener = listen(config.listen).await?;
        let measures = match config.metrics_listen {
            Some(address) => Some((Measures::begin()?, listen(address).await?)),
            None => None,
        };
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
        let stopping = Stopping::default();
        let services = Services {
            store: store.clone(),
            keys,
            clock,
            figures,
            demo_accounts,
            provider,
            together: together.clone(),
            stopping: stopping.clone(),
        };
        tokio::spawn(jobs::run(services.clone(), config.demo));
        if let Some((sender, transport)) = mail {
            let (store, keys) = (services.store.clone(), services.keys.clone());
            let postman = Postman { store, keys, sender, transport };
            tokio::spawn(jobs::bring_mail(postman, services.clock.clone()));
        }
        let router = http::router(&config, site, services);
        let address = format!("http://{}", listener.local_addr()?);
        println!("Herstelroute listens on {address}");
        if let Some((measures, listener)) = measures {
            println!("Figures for Prometheus stand at http://{}/metrics", listener.local_addr()?);
            tokio::spawn(measures.serve(listener, store, together.clone()));
        }
        show_demo_links(&address, &links.unwrap_or_default());
        let farewell = Duration::from_secs(config.stop_after_seconds);
        let told = {
            let together = together.clone();
            async move {
                stopped().await;
                stopping.begin();
                tokio::time::sleep(farewell).await;
                together.close();
            }
        };
        let served = async {
            lines::serve(listener, router, Limits::of_this_process(), told).await;
            // A line between two browsers is no request: nobody else waits for its last word.
            together.closed().await;
        };
        tokio::select! {
            () = served => {}
            () = overdue(farewell) => tracing::warn!("stopped while someone was still halfway a request"),
        }
        Ok(())
    })
}

fn log_in(format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => {
            log.json().flatten_event(true).with_current_span(false).with_span_list(false).init()
        }
    }
}

/// Who listens no more after the first line misses nothing that the server needs.
fn show_demo_links(address: &str, links: &[(DemoStaff, Code)]) {
    let mut out = std::io::stdout().lock();
    for (person, code) in links {
        let link = format!("{address}{SIGN_IN_DEMO}/{}", code.signs());
        let _ = writeln!(out, "Sign in once as {} ({}): {link}", person.name, person.role.id());
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("can't listen on {address}"))
}

/// Less than the ten seconds that a container gets before it is killed.
const LONGEST_FAREWELL: Duration = Duration::from_secs(5);

/// Resolves when who is still halfway a request has had time enough: such a connection would keep the server up for ever.
async fn overdue(farewell: Duration) {
    stopped().await;
    tokio::time::sleep(farewell + LONGEST_FAREWELL).await;
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
