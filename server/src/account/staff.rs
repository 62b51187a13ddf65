//! Those who work here: invited once, then known by what their provider calls them.

use super::{Accounts, Role, new_id};
use crate::clock::Now;
use crate::code::Code;
use crate::store::{Store, StoreError};

/// What the codes of invitations are for.
pub(super) const INVITATION: &str = "invitation";
const INVITATION_LASTS: i64 = 7 * 24 * 60 * 60;

/// Someone who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: String,
    /// Or alias.
    pub name: String,
    pub role: Role,
    /// Id and name of the organisation that she works for.
    pub organisation: Option<(String, String)>,
}

/// Someone as a list shows her. Moments are seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    pub staff: Staff,
    pub invited_at: i64,
    pub signed_in_at: Option<i64>,
    pub blocked_at: Option<i64>,
}

impl Accounts {
    /// Invites someone: the code binds the account to who signs in with it first, within seven days.
    ///
    /// # Errors
    /// The database doesn't answer, or there is no such organisation.
    pub async fn invite(
        &self,
        role: Role,
        name: &str,
        organisation_id: Option<&str>,
        now: Now,
    ) -> Result<(String, Code), StoreError> {
        let (id, code) = (new_id(), Code::random());
        let until = now.at + INVITATION_LASTS;
        let invited = Invited { id: &id, name, role, organisation_id, at: now.at };
        self.store.invite(invited, code.finder(INVITATION), until, &self.actor).await?;
        Ok((id, code))
    }

    /// Everyone who was ever invited, in that order.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn everyone(&self) -> Result<Vec<StaffMember>, StoreError> {
        self.store.everyone().await
    }

    /// Who that is, unless her account was ended.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn working(&self, id: &str) -> Result<Option<Staff>, StoreError> {
        self.store.working(id).await
    }

    /// Ends an account, with its sessions and its invitation; `false`: there is none, or it was ended before.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn block(&self, id: &str, now: Now) -> Result<bool, StoreError> {
        self.store.block(id, &self.actor, now.at).await
    }

    /// Forgets sessions that are over, invitations that can't be used and sign-ins that weren't finished; gives how many.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn forget(&self, now: Now) -> Result<u64, StoreError> {
        forget(&self.store, now).await
    }
}

/// The same, without keys.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, now: Now) -> Result<u64, StoreError> {
    let (idle, longest) = (now.at - super::session::IDLE, now.at - super::session::LONGEST);
    let sessions = store.forget_sessions(idle, longest).await?;
    Ok(sessions + store.forget_sign_ins(now.at).await?)
}

/// Someone to invite.
pub(super) struct Invited<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub role: Role,
    pub organisation_id: Option<&'a str>,
    pub at: i64,
}
