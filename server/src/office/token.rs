//! Tokens: what an office shows to be let in. Made at random, shown once, kept as a hash.

use std::fmt;

use clap::ValueEnum;
use data_encoding::BASE32_NOPAD;

use super::Offices;
use crate::clock::Now;
use crate::code::{self, Finder};
use crate::store::StoreError;

/// Recognised by who finds it where it doesn't belong.
const MARK: &str = "hr_";
/// 160 bits: 32 signs.
const BYTES: usize = 20;
const ABOUT: &str = "token";

/// What a token gives a right to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Scope {
    /// Tell what happened in cases
    Events,
    /// Make link codes for letters
    Links,
}

impl Scope {
    /// The word in the command line, the database and answers.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Scope::Events => "events",
            Scope::Links => "links",
        }
    }
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is kept of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: String,
    pub office: String,
    /// Their words, with spaces between.
    pub scopes: String,
    /// Seconds since 1970.
    pub made_at: i64,
    pub revoked_at: Option<i64>,
}

impl Secret {
    fn random() -> Secret {
        Secret(format!("{MARK}{}", BASE32_NOPAD.encode(&code::random_bytes(b"token")[..BYTES])))
    }

    /// To be shown once.
    #[must_use]
    pub fn show(&self) -> &str {
        &self.0
    }
}

/// Not in a log by accident.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Token {
    #[must_use]
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.split(' ').any(|id| id == scope.id())
    }
}

impl Offices {
    /// Makes a token for an office.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn make_token(
        &self,
        office: &str,
        scopes: &[Scope],
        now: Now,
    ) -> Result<(Token, Secret), StoreError> {
        let mut scopes = scopes.to_vec();
        scopes.sort_unstable();
        scopes.dedup();
        let secret = Secret::random();
        let token = Token {
            id: uuid::Uuid::now_v7().simple().to_string(),
            office: office.to_owned(),
            scopes: scopes.iter().map(|scope| scope.id()).collect::<Vec<_>>().join(" "),
            made_at: now.at,
            revoked_at: None,
        };
        self.store.keep_token(&token, Finder::of_secret(secret.show(), ABOUT)).await?;
        Ok((token, secret))
    }

    /// Whose token it is. `None`: unknown or revoked.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn token(&self, shown: &str) -> Result<Option<Token>, StoreError> {
        self.store.find_token(Finder::of_secret(shown, ABOUT)).await
    }

    /// All tokens that were ever made, the oldest first.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        self.store.tokens().await
    }

    /// From now on the token opens nothing; `false`: there is no such token, or it was revoked before.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn revoke_token(&self, id: &str, now: Now) -> Result<bool, StoreError> {
        self.store.revoke_token(id, now.at).await
    }
}
