//! Accounts of the demo: invented people of an invented organisation, let in by a link that works once.
//!
//! Only a demo has a [`DemoAccounts`]. Its links are kept in memory, so a server that isn't one has nothing to open with them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Accounts, Organisation, Represented, Role};
use crate::clock::Now;
use crate::code::{Code, Finder};
use crate::config::Config;
use crate::store::StoreError;

/// What the codes are for.
const ABOUT: &str = "demo";
/// No provider can be called this: it isn't a URL.
pub(super) const ISSUER: &str = "demo";

const PEOPLE: [(&str, &str, Role); 6] = [
    ("demo-samira", "Samira", Role::ExperienceExpert),
    ("demo-joyce", "Joyce", Role::ExperienceExpert),
    ("demo-willem", "Willem de Boer", Role::IndependentExpert),
    ("demo-fatma", "Fatma", Role::SupportWorker),
    ("demo-henk", "Henk", Role::Coordinator),
    ("demo-ans", "Ans", Role::Auditor),
];

/// Someone invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoStaff {
    pub id: String,
    pub name: String,
    pub role: Role,
}

/// The links of a demo that weren't used yet.
#[derive(Debug)]
pub struct DemoAccounts {
    links: Mutex<HashMap<[u8; 32], DemoStaff>>,
}

impl DemoAccounts {
    /// Makes the invented accounts that aren't there yet, and a new link for each. `None`: this is no demo; accounts that an
    /// earlier demo made in the same database are ended.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn of(
        config: &Config,
        accounts: &Accounts,
        now: Now,
    ) -> Result<Option<(DemoAccounts, Vec<(DemoStaff, Code)>)>, StoreError> {
        if !config.demo {
            accounts.store.block_all_of(ISSUER, now.at).await?;
            return Ok(None);
        }
        let organisation = Organisation {
            id: "demo".to_owned(),
            name: "Stichting Voorbeeldhulp".to_owned(),
            represented: Represented {
                issuer: ISSUER.to_owned(),
                id_type: ISSUER.to_owned(),
                id: ISSUER.to_owned(),
            },
            kinds: String::new(),
            regions: String::new(),
        };
        let people =
            PEOPLE.map(|(id, name, role)| DemoStaff { id: id.to_owned(), name: name.to_owned(), role });
        accounts.store.keep_demo(&organisation, ISSUER, &people, now.at).await?;
        let shown = people.map(|person| (person, Code::random()));
        let links = shown.iter().map(|(person, code)| (code.finder(ABOUT).0, person.clone())).collect();
        Ok(Some((DemoAccounts { links: Mutex::new(links) }, shown.into())))
    }

    /// Whom a link would let in; that leaves it as it is.
    #[must_use]
    pub fn behind(&self, code: &Code) -> Option<DemoStaff> {
        let Finder(finder) = code.finder(ABOUT);
        self.links.lock().unwrap_or_else(PoisonError::into_inner).get(&finder).cloned()
    }

    /// Whom a link lets in, this once.
    #[must_use]
    pub fn take(&self, code: &Code) -> Option<DemoStaff> {
        let Finder(finder) = code.finder(ABOUT);
        self.links.lock().unwrap_or_else(PoisonError::into_inner).remove(&finder)
    }
}
