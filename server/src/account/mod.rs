//! Who works here: accounts by invitation, what each role may do, and sessions.

mod access;
mod demo;
mod organisation;
mod provider;
mod session;
mod sign_in;
mod staff;
mod store;

pub use access::{Act, Allowed, GUARDED, Method, Owner, Row, TABLE, may};
pub use app::desk::Role;
pub use demo::{DemoAccounts, DemoStaff};
pub use organisation::{Organisation, Represented};
pub use provider::{Assurance, Brought, ClientKey, Provider, ProviderSettings, is_safe};
pub use session::{Session, SessionSecret};
pub use sign_in::{Departure, SignInError, TRIP_LASTS};
pub use staff::{Staff, StaffMember, forget};

use crate::audit::Actor;
use crate::store::Store;

/// The accounts of this server.
#[derive(Clone, Debug)]
pub struct Accounts {
    store: Store,
    /// Who changes them, for the audit log.
    actor: Actor,
}

impl Accounts {
    #[must_use]
    pub fn new(store: Store) -> Accounts {
        Accounts { store, actor: Actor::Server }
    }

    /// The same accounts, changed by somebody.
    #[must_use]
    pub fn by(&self, actor: Actor) -> Accounts {
        Accounts { actor, ..self.clone() }
    }
}

/// Of something that is kept: sorted by when it was made.
fn new_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}
