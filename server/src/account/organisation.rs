//! Organisations that staff work for, and what each may see.

use super::{Accounts, new_id};
use crate::clock::Now;
use crate::store::StoreError;

/// An organisation as a provider tells it in the claim `represents` (NL GOV Assurance profile for OpenID Connect): the three
/// together say which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Represented {
    pub issuer: String,
    pub id_type: String,
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: String,
    pub name: String,
    pub represented: Represented,
    /// Kinds of help that its people see requests for, with spaces between; empty: all.
    pub kinds: String,
    /// Regions, likewise.
    pub regions: String,
}

impl Accounts {
    /// Makes an organisation; `None`: there is one already that a provider tells in the same way.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn make_organisation(
        &self,
        name: &str,
        represented: Represented,
        [kinds, regions]: [&str; 2],
        now: Now,
    ) -> Result<Option<Organisation>, StoreError> {
        let organisation = Organisation {
            id: new_id(),
            name: name.to_owned(),
            represented,
            kinds: kinds.to_owned(),
            regions: regions.to_owned(),
        };
        Ok(self.store.keep_organisation(&organisation, &self.actor, now.at).await?.then_some(organisation))
    }

    /// What the people of an organisation may see from now on; `false`: there is no such organisation.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn set_what_it_sees(
        &self,
        id: &str,
        [kinds, regions]: [&str; 2],
        now: Now,
    ) -> Result<bool, StoreError> {
        self.store.set_what_organisation_sees(id, [kinds, regions], &self.actor, now.at).await
    }

    /// All of them, the oldest first.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        self.store.organisations().await
    }
}
