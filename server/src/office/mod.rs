//! What the organisations that handle cases tell: their events, and the codes that tie a dossier to a case.

mod batch;
mod check;
mod import;
mod link;
mod problem;
mod store;
mod token;

use domain::timeline::Event;

use crate::clock::Now;
use crate::store::{Store, StoreError};

pub use batch::{Format, MOST_EVENTS, Row, SentBatch, SentEvent, is_name, read, read_object};
pub use import::{Batch, Begun, Delivery, Run, State};
pub use link::{DAYS_GOOD, Link, MOST_CASES, use_link, used_for};
pub use problem::{LineProblem, Problems, Wrong};
pub use token::{Scope, Secret, Token};

/// Cases that are read at once.
const CASES_AT_ONCE: i64 = 2_000;

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

    /// All that offices told of a case, in the order in which it happened.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn events(&self, case_id: i64) -> Result<Vec<Event>, StoreError> {
        self.store.events_of(case_id).await
    }

    /// Whether that office told anything.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn has_cases_of(&self, office: &str) -> Result<bool, StoreError> {
        self.store.has_cases_of(office).await
    }

    /// Goes through all cases of all offices, each with its events in the order in which they happened.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn each_case(&self, mut of_case: impl FnMut(&[Event])) -> Result<(), StoreError> {
        let last = self.store.last_case().await?;
        let mut after = 0;
        while after < last {
            let until = after + CASES_AT_ONCE;
            let cases = self.store.events_between(after, until).await?;
            cases.iter().for_each(|events| of_case(events));
            after = until;
        }
        Ok(())
    }

    /// Forgets batches that nobody asks about any more, and link codes past their last day; gives how many. Events stay.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn forget(&self, now: Now) -> Result<u64, StoreError> {
        let batches = self.store.forget_batches(now.at - import::SECONDS_KEPT).await?;
        Ok(batches + self.store.forget_links(now.on).await?)
    }
}
