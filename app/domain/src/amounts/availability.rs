//! Whether a route can be taken: dated data, never a guess.

use super::assessment::Route;
use crate::calendar::Date;
use crate::parameter::{Availability, Parameter};
use crate::parameters::availability;

impl Route {
    /// The parameter that says whether the route can be taken.
    #[must_use]
    pub const fn availability(self) -> &'static Parameter<Availability> {
        match self {
            Route::FinishAfter30k => &availability::FINISH_AFTER_30K,
            Route::IntegralAssessment => &availability::INTEGRAL_ASSESSMENT,
            Route::Settlement => &availability::SETTLEMENT,
            Route::DamageCommission => &availability::DAMAGE_COMMISSION,
        }
    }

    /// Whether it can be taken on that day; `check` where the data doesn't say.
    #[must_use]
    pub fn availability_on(self, on: Date) -> Availability {
        self.availability().at(on).unwrap_or(Availability::Check)
    }
}
