//! What may be done with a dossier: make, open, save, look back, link, delete.

use std::fmt::Display;

use app::entries::Entries;
use app::timeline::dossier::{Done as Shown, export};
use domain::Date;
use thiserror::Error;

use super::store::{Change, Model};
use crate::audit::{self, Act};
use crate::clock::{Clock, Now};
use crate::code::Code;
use crate::seal::{Keys, Unopened};
use crate::store::{Counted, Limit, Store, StoreError};
use crate::ticket;

/// What its codes are for.
const ABOUT: &str = "dossier";
/// A dossier goes by itself when nobody opened it for so long.
const MONTHS_KEPT: u32 = 12;
/// A town hall where many sit behind one address makes fewer in an hour.
pub const MOST_DOSSIERS: Limit = Limit { action: "dossier", most: 30, seconds: 60 * 60 };
/// A hundred letters take a tenth of this.
const MOST_BYTES: usize = 64 * 1024;

/// The dossiers of this server.
#[derive(Clone, Debug)]
pub struct Dossiers {
    store: Store,
    keys: Keys,
}

/// A dossier in the hands of who has its code.
#[derive(Clone, Debug)]
pub struct Opened {
    id: String,
    code: Code,
    /// The newest version.
    pub version: i64,
    /// What she told.
    pub letters: Entries,
    /// The office's case that it is linked to.
    pub case_id: Option<i64>,
    /// The last day of it, unless it is opened again.
    pub ends_on: Date,
}

/// A version as a list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    pub number: i64,
    /// Seconds since 1970.
    pub saved_at: i64,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Kept,
    /// Somebody saved a newer version meanwhile; nothing was changed.
    Stale,
    /// It was deleted meanwhile.
    Gone,
}

#[derive(Debug, Error)]
pub enum DossierError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unopened(#[from] Unopened),
    #[error("that is more than a dossier holds")]
    TooLarge,
    /// Seconds until the next may.
    #[error("too many came from one address")]
    TooMany(i64),
}

type Result<T> = std::result::Result<T, DossierError>;

impl Opened {
    /// What it was opened with.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code.clone()
    }
}

impl Dossiers {
    #[must_use]
    pub fn new(store: Store, keys: Keys) -> Dossiers {
        Dossiers { store, keys }
    }

    /// Keeps letters under a new code. The same `form` (a number that the page got at random) makes one dossier, however
    /// often it is sent; `who` is counted against the limit.
    ///
    /// # Errors
    /// Too large, too many, or the database doesn't answer.
    pub async fn make(&self, form: &str, letters: &Entries, who: &[u8], now: Now) -> Result<Code> {
        let secrets = self.keys.hashes(b"new dossier");
        let codes: Vec<Code> = secrets.map(|secret| Code::from_secret(&secret, form.as_bytes())).collect();
        // Perhaps it was sent before, even before the server got its newest key.
        for code in &codes {
            if self.store.find_dossier(code.finder(ABOUT)).await?.is_some() {
                self.store.settle().await?;
                return Ok(code.clone());
            }
        }
        let code = codes.into_iter().next().ok_or(Unopened)?;
        if let Some(until) = self.store.barred_until(MOST_DOSSIERS, who, now.at).await? {
            return Err(DossierError::TooMany(until - now.at));
        }
        let id = uuid::Uuid::now_v7().simple().to_string();
        let sealed = self.seal(&code, &id, 1, letters)?;
        let today = now.on.to_string();
        let dossier = Model {
            id,
            finder: code.finder(ABOUT).0.to_vec(),
            version: 1,
            case_id: None,
            made_on: today.clone(),
            used_on: today,
        };
        // One that is there already came of the same form, at this very moment.
        let counted = Counted { limit: MOST_DOSSIERS, who };
        if !self.store.make_dossier(dossier, sealed, counted, now.at).await? {
            self.store.settle().await?;
        }
        Ok(code)
    }

    /// Opens the dossier of a code, and counts that as use. `None`: there is none.
    ///
    /// # Errors
    /// The database doesn't answer, or its key is gone.
    pub async fn open(&self, code: Code, now: Now) -> Result<Option<Opened>> {
        let Some(found) = self.store.find_dossier(code.finder(ABOUT)).await? else { return Ok(None) };
        let used_on = Date::parse_iso(&found.used_on).unwrap_or(now.on);
        if Dossiers::ends_on(used_on) < now.on {
            return Ok(None);
        }
        let Some(letters) = self.letters(&code, &found.id, found.version).await? else { return Ok(None) };
        if used_on != now.on {
            self.store.dossier_used(&found.id, now).await?;
        }
        let Model { id, version, case_id, .. } = found;
        Ok(Some(Opened { id, code, version, letters, case_id, ends_on: Dossiers::ends_on(now.on) }))
    }

    /// Saves letters that were written on top of version `base`.
    ///
    /// # Errors
    /// Too large, or the database doesn't answer.
    pub async fn save(&self, opened: &Opened, base: i64, letters: &Entries, now: Now) -> Result<Saved> {
        // Sent twice, or with nothing changed: it stands there already.
        if *letters == opened.letters {
            self.store.settle().await?;
            return Ok(Saved::Kept);
        }
        if base != opened.version {
            return Ok(Saved::Stale);
        }
        let sealed = self.seal(&opened.code, &opened.id, base + 1, letters)?;
        Ok(match self.store.save_dossier(&opened.id, base, sealed, now.at).await? {
            Change::Kept => Saved::Kept,
            Change::Stale => Saved::Stale,
            Change::Gone => Saved::Gone,
        })
    }

    /// Every version, the newest first.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn versions(&self, opened: &Opened) -> Result<Vec<Version>> {
        let versions = self.store.dossier_versions(&opened.id).await?;
        Ok(versions.into_iter().map(|(number, saved_at)| Version { number, saved_at }).collect())
    }

    /// What stood in a version.
    ///
    /// # Errors
    /// The database doesn't answer, or its key is gone.
    pub async fn version(&self, opened: &Opened, number: i64) -> Result<Option<Entries>> {
        self.letters(&opened.code, &opened.id, number).await
    }

    /// All that is kept of her, for her.
    ///
    /// # Errors
    /// The database doesn't answer, or its key is gone.
    pub async fn export(&self, opened: &Opened, clock: &Clock) -> Result<Vec<(String, Vec<String>)>> {
        let mut kept = Vec::new();
        for Version { number, saved_at } in self.versions(opened).await? {
            if let Some(letters) = self.version(opened, number).await? {
                kept.push((number, clock.in_words(saved_at), letters));
            }
        }
        let done = self.store.audit_of(&audit::Kind::Dossier.of(&opened.id)).await?;
        let done = done
            .into_iter()
            .filter_map(|done| Some(Shown { when: clock.in_words(done.at), what: words(done.act)? }));
        Ok(export(&kept, &done.collect::<Vec<_>>(), clock.today()))
    }

    /// Ties it to the case of an office's link code, and gives that. `None`: that code opens nothing, or not any more.
    ///
    /// # Errors
    /// The database doesn't answer: then the code isn't used.
    pub async fn link(&self, opened: &Opened, code: &Code, now: Now) -> Result<Option<i64>> {
        Ok(self.store.link_dossier(&opened.id, code, now).await?)
    }

    /// # Errors
    /// The database doesn't answer.
    pub async fn unlink(&self, opened: &Opened, now: Now) -> Result<()> {
        Ok(self.store.unlink_dossier(&opened.id, now.at).await?)
    }

    /// Deletes it, with all its versions.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn delete(&self, opened: &Opened, now: Now) -> Result<()> {
        Ok(self.store.delete_dossier(&opened.id, now.at).await?)
    }

    /// The last day of a dossier that is used on this day, unless it is opened again.
    #[must_use]
    pub fn ends_on(used_on: Date) -> Date {
        used_on.plus_months(MONTHS_KEPT).unwrap_or(used_on)
    }

    /// What a page with an opened dossier holds in place of its code.
    ///
    /// # Errors
    /// Only where there is no key.
    pub fn ticket(&self, code: &Code, now: Now) -> Result<String> {
        Ok(ticket::of(&self.keys, ABOUT, code, now)?)
    }

    /// The code in a ticket that is still good.
    #[must_use]
    pub fn code_in(&self, ticket: &str, now: Now) -> Option<Code> {
        ticket::code_in(&self.keys, ABOUT, ticket, now)
    }

    fn seal(&self, code: &Code, id: &str, version: i64, letters: &Entries) -> Result<Vec<u8>> {
        let plain = letters.encode();
        if plain.len() > MOST_BYTES {
            return Err(DossierError::TooLarge);
        }
        Ok(self.keys.seal_for(&code.key(ABOUT), &place(id, version), plain.as_bytes())?)
    }

    async fn letters(&self, code: &Code, id: &str, version: i64) -> Result<Option<Entries>> {
        let Some(kept) = self.store.dossier_version(id, version).await? else { return Ok(None) };
        let plain = self.keys.open_with(&code.key(ABOUT), &place(id, version), &kept.sealed)?;
        Ok(Some(Entries::decode(&plain)))
    }
}

/// Deletes what nobody opened for twelve months; gives how many. Doing it twice does nothing more.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, now: Now) -> std::result::Result<usize, StoreError> {
    store.delete_dossiers_unused_since(&year_before(now.on).to_string(), now.at).await
}

/// What she reads of an act with her dossier; the others aren't done with one.
fn words(act: Act) -> Option<&'static str> {
    use app::content::dossier::export as text;
    match act {
        Act::DossierMade => Some(text::MADE),
        Act::DossierOpened => Some(text::OPENED),
        Act::DossierSaved => Some(text::SAVED),
        Act::DossierLinked => Some(text::LINKED),
        Act::DossierUnlinked => Some(text::UNLINKED),
        _ => None,
    }
}

/// A version opens only where it belongs.
pub(super) fn place(id: &str, version: impl Display) -> String {
    format!("{ABOUT} {id} {version}")
}

/// Twelve months back; from 29 February, to the 28th.
fn year_before(day: Date) -> Date {
    let (year, month, of_month) = (day.year() - 1, day.month(), day.day());
    Date::new(year, month, of_month)
        .or_else(|| Date::new(year, month, of_month - 1))
        .unwrap_or(Date::EARLIEST)
}
