//! Until when. These are promises of the portal itself, not terms of the law.

use crate::calendar::{Date, plus_working_days};

/// A request that nobody picked up by the end of this many working days is put before a coordinator.
const WORKING_DAYS_TO_CLAIM: u32 = 2;
/// A helper is in touch by the end of this many working days after picking up.
const WORKING_DAYS_TO_CONTACT: u32 = 2;

/// The last day on which a request may lie unclaimed without a coordinator looking after it.
#[must_use]
pub fn claim_due_on(made_on: Date) -> Date {
    plus_working_days(made_on, WORKING_DAYS_TO_CLAIM).unwrap_or(made_on)
}

/// The last day on which a helper gets in touch.
#[must_use]
pub fn contact_due_on(claimed_on: Date) -> Date {
    plus_working_days(claimed_on, WORKING_DAYS_TO_CONTACT).unwrap_or(claimed_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn due(made: &str, due: &str) {
        let made = Date::parse_iso(made).expect("a date");
        assert_eq!(claim_due_on(made).to_string(), due);
        assert_eq!(contact_due_on(made).to_string(), due);
    }

    #[test]
    fn weekends_and_holidays_dont_count() {
        due("2026-11-23", "2026-11-25");
        due("2026-11-26", "2026-11-30");
        due("2026-11-28", "2026-12-01");
        due("2026-12-24", "2026-12-29");
    }
}
