//! What the organisations that handle cases tell: their events, and the codes that tie a dossier to a case.

mod store;

use domain::Date;
use domain::timeline::Event;

use crate::code::Code;
use crate::store::{Store, StoreError};

/// What link codes are for.
const LINK: &str = "link";

/// The cases of offices.
#[derive(Clone, Debug)]
pub struct Offices {
    store: Store,
}

impl Offices {
    #[must_use]
    pub fn new(store: Store) -> Offices {
        Offices { store }
    }

    /// Uses up a link code, and gives the case that it belongs to. `None`: unknown, used, or past its last day.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn use_link(&self, code: &Code, on: Date) -> Result<Option<i64>, StoreError> {
        self.store.use_link(code.finder(LINK), on).await
    }

    /// All that offices told of a case, in the order in which it happened.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn events(&self, case_id: i64) -> Result<Vec<Event>, StoreError> {
        self.store.events_of(case_id).await
    }
}
