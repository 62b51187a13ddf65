//! What an operator can set.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use app::shell::{Assets, Helpline, Site};
use app::urls::{Page, SIGN_IN_RETURN};
use axum::http::HeaderName;
use clap::{Args, ValueEnum};
use openidconnect::{IssuerUrl, RedirectUrl};
use secrecy::{ExposeSecret, SecretString};

use crate::account::{Assurance, ClientKey, Provider, ProviderSettings, is_safe};
use crate::mail::{Sender, Transport};
use crate::seal::Keys;

#[derive(Args, Clone, Debug)]
pub struct Config {
    /// The address to listen on; port 0 picks a free one
    #[arg(long, env = "HERSTELROUTE_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Show figures for Prometheus at /metrics on this address: one that the outside can't reach. Off without it
    #[arg(long, env = "HERSTELROUTE_METRICS_LISTEN", value_name = "ADDR:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// How the log on standard error is written
    #[arg(long, env = "HERSTELROUTE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Told to stop, it goes on for so long while /readyz already says no: time for a proxy to notice
    #[arg(long, env = "HERSTELROUTE_STOP_AFTER_SECONDS", default_value_t = 0, value_name = "SECONDS")]
    pub stop_after_seconds: u64,
    /// So many requests are let in at once: more than any burst, and the work of a third of a second. Others are told to come
    /// back (503)
    #[arg(long, env = "HERSTELROUTE_MOST_AT_ONCE", default_value_t = 512, value_name = "REQUESTS")]
    pub most_at_once: usize,
    /// The folder with the built files (made by `cargo xtask build`)
    #[arg(long, env = "HERSTELROUTE_SITE", default_value = "target/site")]
    pub site: PathBuf,
    /// Show invented contacts, and say on every page that this is a demo
    #[arg(long)]
    pub demo: bool,
    /// Name of the organisation that runs this portal
    #[arg(long, env = "HERSTELROUTE_OPERATOR")]
    pub operator: Option<String>,
    /// Phone number where a person of the operator answers
    #[arg(long, env = "HERSTELROUTE_HELPLINE")]
    pub helpline: Option<String>,
    /// When someone answers that number, in Dutch
    #[arg(long, env = "HERSTELROUTE_HELPLINE_HOURS")]
    pub helpline_hours: Option<String>,
    /// Where "Verlaat deze pagina snel" goes
    #[arg(long, env = "HERSTELROUTE_LEAVE_TO", default_value = "https://nl.wikipedia.org/")]
    pub leave_to: String,
    #[command(flatten)]
    pub database: DatabaseConfig,
    /// The header in which the proxy tells who asks, such as X-Forwarded-For; its last address counts
    #[arg(long, env = "HERSTELROUTE_CLIENT_ADDRESS_HEADER")]
    pub client_address_header: Option<HeaderName>,
    #[command(flatten)]
    pub keys: KeysConfig,
    /// Where the portal is found, such as https://herstelroute.example; mails and providers point to it
    #[arg(long, env = "HERSTELROUTE_PUBLIC_ADDRESS")]
    pub public_address: Option<String>,
    #[command(flatten)]
    pub mail: MailConfig,
    #[command(flatten)]
    pub login: LoginConfig,
}

/// How what happens is written down, a line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For eyes
    Text,
    /// For programs: an object a line
    Json,
}

/// Where staff sign in.
#[derive(Args, Clone, Debug)]
pub struct LoginConfig {
    /// The OpenID Connect provider, by its issuer's URL; nobody can sign in without one
    #[arg(long, env = "HERSTELROUTE_LOGIN_ISSUER")]
    pub login_issuer: Option<String>,
    /// What that provider calls this site
    #[arg(long, env = "HERSTELROUTE_LOGIN_CLIENT_ID")]
    pub login_client_id: Option<String>,
    /// The private key that shows the provider who asks: PEM, or the path of a file with it
    #[arg(long, env = "HERSTELROUTE_LOGIN_KEY", hide_env_values = true)]
    pub login_key: Option<SecretString>,
    /// How sure the provider must be of who signs in, at least: a level of eIDAS, or a class of its own
    #[arg(long, env = "HERSTELROUTE_LOGIN_ACR", default_value = "http://eidas.europa.eu/LoA/substantial")]
    pub login_acr: String,
}

/// Where it is kept.
#[derive(Args, Clone)]
pub struct DatabaseConfig {
    /// SQLite (sqlite:PATH) or PostgreSQL (postgres://…); missing tables are made
    #[arg(
        long,
        env = "HERSTELROUTE_DATABASE_URL",
        default_value = "sqlite:herstelroute.db",
        hide_env_values = true
    )]
    pub database_url: String,
}

/// A URL may hold a password.
impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseConfig(…)")
    }
}

/// What it is sealed with.
#[derive(Args, Clone, Debug)]
pub struct KeysConfig {
    /// Keys of 64 hexadecimal digits that seal what is kept of a person, the newest first, with commas between
    #[arg(long, env = "HERSTELROUTE_SEAL_KEYS", hide_env_values = true)]
    pub seal_keys: Option<SecretString>,
}

/// How mail goes. Without any of it mails wait in the outbox, and are forgotten after 30 days.
#[derive(Args, Clone, Debug, Default)]
pub struct MailConfig {
    /// The mail server: smtps://user:password@host, or smtp://user:password@host?tls=required
    #[arg(long, env = "HERSTELROUTE_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,
    /// Write mails as files into this folder, in place of sending them
    #[arg(long, env = "HERSTELROUTE_MAIL_FOLDER", conflicts_with = "smtp_url")]
    pub mail_folder: Option<PathBuf>,
    /// From whom mails are: an address, or "Name <address>"
    #[arg(long, env = "HERSTELROUTE_MAIL_FROM")]
    pub mail_from: Option<String>,
}

impl MailConfig {
    fn transport(&self) -> Result<Option<Transport>> {
        match (&self.smtp_url, &self.mail_folder) {
            (Some(url), _) => Transport::smtp(url).map(Some),
            (None, Some(folder)) => Ok(Some(Transport::Folder(folder.clone()))),
            (None, None) => Ok(None),
        }
    }
}

impl KeysConfig {
    /// The keys; in a demo, known ones.
    ///
    /// # Errors
    /// Outside the demo there are none, or one of them isn't a key.
    pub fn keys(&self, demo: bool) -> Result<Keys> {
        match &self.seal_keys {
            Some(written) => Keys::read(written.expose_secret()).context("--seal-keys can't be read"),
            None if demo => Ok(Keys::of_the_demo()),
            None => bail!(
                "no key to seal with: put 64 hexadecimal digits in HERSTELROUTE_SEAL_KEYS (`openssl rand -hex 32`), or start a --demo"
            ),
        }
    }
}

impl Config {
    /// Who runs this and which files the pages refer to.
    ///
    /// # Errors
    /// Outside the demo: no operator, or no number where a person answers. No built files.
    pub fn site(&self) -> Result<Site> {
        Ok(Site {
            operator: self.operator_name()?,
            helpline: self.helpline()?,
            demo: self.demo,
            assets: self.assets()?,
        })
    }

    /// From whom mail is and how it goes. `None`: it can't go.
    ///
    /// # Errors
    /// It can go, and isn't from anyone; or one of the settings can't be read.
    pub fn mail(&self, site: &Site) -> Result<Option<(Sender, Transport)>> {
        let Some(transport) = self.mail.transport()? else { return Ok(None) };
        let invented = self.demo.then_some("demo@herstelroute.example");
        let from = self.mail.mail_from.as_deref().or(invented);
        let from = from.context("mail is from nobody: give an address with --mail-from")?;
        Ok(Some((Sender::new(from, self.public_address.as_deref(), site)?, transport)))
    }

    /// Where staff sign in, if anywhere.
    ///
    /// # Errors
    /// A provider is named, and something that it takes to use it lacks or can't be read.
    pub fn provider(&self) -> Result<Option<Provider>> {
        let LoginConfig { login_issuer, login_client_id, login_key, login_acr } = &self.login;
        let Some(issuer) = login_issuer else { return Ok(None) };
        let issuer = IssuerUrl::new(issuer.clone()).context("--login-issuer isn't a URL")?;
        ensure!(is_safe(issuer.url()), "--login-issuer must begin with https://");
        let client_id = login_client_id.clone().context("--login-issuer without --login-client-id")?;
        let key =
            login_key.as_ref().context("--login-issuer without a key: put it in HERSTELROUTE_LOGIN_KEY")?;
        let key = ClientKey::read(&pem(key.expose_secret())?).context("HERSTELROUTE_LOGIN_KEY")?;
        let address = self.public_address.as_deref().context("--login-issuer without --public-address")?;
        let return_to = format!("{}{SIGN_IN_RETURN}", address.trim_end_matches('/'));
        let return_to = RedirectUrl::new(return_to).context("--public-address isn't a URL")?;
        ensure!(is_safe(return_to.url()), "--public-address must begin with https://");
        let assurance = Assurance::at_least(login_acr);
        Ok(Some(Provider::new(ProviderSettings { issuer, client_id, return_to, key, assurance })))
    }

    fn operator_name(&self) -> Result<String> {
        let invented = self.demo.then(|| "Stichting Voorbeeld".to_owned());
        self.operator
            .clone()
            .or(invented)
            .context("no operator: name the organisation with --operator, or start a --demo")
    }

    /// A human within reach: without one the server doesn't start.
    fn helpline(&self) -> Result<Helpline> {
        let invented = self.demo.then(|| "0000-000 000".to_owned());
        let phone = self.helpline.clone().or(invented);
        let phone =
            phone.context("no way to a person: give a phone number with --helpline, or start a --demo")?;
        ensure!(phone.chars().any(|c| c.is_ascii_digit()), "--helpline {phone:?} holds no number");
        Ok(Helpline { phone, hours: self.helpline_hours.clone() })
    }

    fn assets(&self) -> Result<Assets> {
        let path = self.site.join("assets.json");
        let json = std::fs::read_to_string(&path).with_context(|| {
            format!("{} can't be read: build the files first with `cargo xtask build`", path.display())
        })?;
        let assets: Assets = serde_json::from_str(&json).with_context(|| path.display().to_string())?;
        for bundle in Page::ALL.into_iter().filter_map(Page::bundle) {
            ensure!(
                assets.bundles.contains_key(bundle),
                "{} lacks the bundle {bundle}: build the files again",
                path.display()
            );
        }
        Ok(assets)
    }
}

/// What was given itself, or what stands in the file of that name.
fn pem(given: &str) -> Result<String> {
    if given.contains("-----BEGIN") {
        return Ok(given.to_owned());
    }
    std::fs::read_to_string(given).context("the file that HERSTELROUTE_LOGIN_KEY names can't be read")
}
