//! How long steps really take: what was estimated last, and a caseload that is made up to see and test it with.

mod estimate;
pub mod simulate;

use std::sync::{Arc, PoisonError, RwLock};

use domain::figures::{Caseload, Estimate, Spread};

pub use estimate::estimate;

/// The estimates that pages show now. Reading never waits for a new estimate: that is made elsewhere, and only put in place
/// here.
#[derive(Debug, Default)]
pub struct Figures(RwLock<Arc<Known>>);

/// What was estimated at one time.
#[derive(Debug, Default)]
pub struct Known {
    /// In the order of the steps; none for a step with too few cases.
    pub estimates: Vec<Estimate>,
    /// Another number for every time that they were replaced: pages made from older ones are out of date.
    pub version: u64,
}

impl Known {
    /// What of them stands on a timeline.
    #[must_use]
    pub fn spreads(&self) -> Vec<Spread> {
        self.estimates.iter().map(|estimate| estimate.spread).collect()
    }
}

impl Figures {
    /// Figures with these estimates.
    #[must_use]
    pub fn of(caseload: &Caseload) -> Figures {
        let figures = Figures::default();
        figures.replace(caseload.estimates());
        figures
    }

    #[must_use]
    pub fn current(&self) -> Arc<Known> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts new estimates in the place of the old ones.
    pub fn replace(&self, estimates: Vec<Estimate>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *known = Arc::new(Known { estimates, version: known.version + 1 });
    }
}
