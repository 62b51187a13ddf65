//! The ways that a mail can go.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

/// A mail server that says nothing for so long is away.
pub(super) const LONGEST_SEND: Duration = Duration::from_secs(20);
/// What a server answers to who isn't let in (RFC 4954 and 8689): the fault is in the settings, not in the mail.
const NOT_LET_IN: [u16; 5] = [523, 530, 534, 535, 538];

#[derive(Clone, Debug)]
pub enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each mail becomes a file in this folder, named after its id.
    Folder(PathBuf),
    /// For tests: what was sent stands here.
    Memory(Arc<Mutex<Vec<String>>>),
}

/// It wasn't sent. The words of the mail server may hold the address, so only its code is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsent {
    /// Another time it may be.
    ForNow(Option<u16>),
    /// That address takes no mail.
    ForGood(Option<u16>),
}

impl Transport {
    /// A mail server: `smtps://user:password@host`, or `smtp://…?tls=required`.
    ///
    /// # Errors
    /// It isn't such a URL; the message doesn't repeat it.
    pub fn smtp(url: &SecretString) -> Result<Transport> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret());
        let builder = builder.map_err(|_| anyhow!("HERSTELROUTE_SMTP_URL isn't smtps://… or smtp://…"))?;
        Ok(Transport::Smtp(builder.timeout(Some(LONGEST_SEND)).build()))
    }

    pub(super) async fn send(&self, id: &str, mail: Message) -> Result<(), Unsent> {
        match self {
            Transport::Smtp(server) => {
                let sent = tokio::time::timeout(LONGEST_SEND, server.send(mail)).await;
                let answer = sent.map_err(|_| Unsent::ForNow(None))?;
                answer.map(drop).map_err(|error| unsent(&error))
            }
            Transport::Folder(folder) => {
                let (half, whole) = (folder.join(format!(".{id}")), folder.join(format!("{id}.eml")));
                // Whoever watches the folder finds whole mails only.
                let written = std::fs::create_dir_all(folder)
                    .and_then(|()| std::fs::write(&half, mail.formatted()))
                    .and_then(|()| std::fs::rename(half, whole));
                written.map_err(|_| Unsent::ForNow(None))
            }
            Transport::Memory(sent) => {
                let mail = String::from_utf8_lossy(&mail.formatted()).into_owned();
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
                Ok(())
            }
        }
    }
}

fn unsent(error: &lettre::transport::smtp::Error) -> Unsent {
    let code = error.status().map(u16::from);
    let is_ours = code.is_some_and(|code| NOT_LET_IN.contains(&code));
    if error.is_permanent() && !is_ours { Unsent::ForGood(code) } else { Unsent::ForNow(code) }
}
