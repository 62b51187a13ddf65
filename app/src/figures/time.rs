//! A number of days in the unit in which people say it.

use crate::content::figures as text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Days,
    Weeks,
    Months,
}

/// Until so many days, days are what people say; until so many, weeks.
const FEW_DAYS: i32 = 28;
const FEW_WEEKS: i32 = 182;
const DAYS_A_WEEK: i32 = 7;
/// The months of four years, leap day and all.
const MONTHS: i32 = 48;
const DAYS_OF_MONTHS: i32 = 1_461;

impl Unit {
    pub fn of(days: i32) -> Unit {
        if days <= FEW_DAYS {
            Unit::Days
        } else if days <= FEW_WEEKS {
            Unit::Weeks
        } else {
            Unit::Months
        }
    }

    /// The first day on which so many of them are over.
    pub fn days(self, count: i32) -> i32 {
        match self {
            Unit::Days => count,
            Unit::Weeks => count * DAYS_A_WEEK,
            Unit::Months => (count * DAYS_OF_MONTHS + MONTHS - 1) / MONTHS,
        }
    }

    /// How many of them are over by then.
    pub fn full(self, days: i32) -> i32 {
        let near = self.nearest(days);
        if self.days(near) > days { near - 1 } else { near }
    }

    fn nearest(self, days: i32) -> i32 {
        match self {
            Unit::Days => days,
            Unit::Weeks => (days + DAYS_A_WEEK / 2) / DAYS_A_WEEK,
            Unit::Months => (days * MONTHS + DAYS_OF_MONTHS / 2) / DAYS_OF_MONTHS,
        }
    }

    pub fn words(self, count: i32) -> String {
        match (self, count) {
            (Unit::Days, 1) => text::ONE_DAY.to_owned(),
            (Unit::Days, _) => text::days(count),
            (Unit::Weeks, 1) => text::ONE_WEEK.to_owned(),
            (Unit::Weeks, _) => text::weeks(count),
            (Unit::Months, 1) => text::ONE_MONTH.to_owned(),
            (Unit::Months, _) => text::months(count),
        }
    }
}

/// To the nearest.
pub fn about(days: i32) -> String {
    let unit = Unit::of(days);
    unit.words(unit.nearest(days))
}

/// Never more than it was: what took longer than this did.
pub fn no_more_than(days: i32) -> String {
    let unit = Unit::of(days);
    unit.words(unit.full(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_as_people_say_it() {
        for (days, said) in [
            (1, "1 dag"),
            (28, "28 dagen"),
            (31, "4 weken"),
            (100, "14 weken"),
            (183, "6 maanden"),
            (396, "13 maanden"),
        ] {
            assert_eq!(about(days), said, "{days}");
        }
    }

    #[test]
    fn longer_than_never_says_too_much() {
        assert_eq!(no_more_than(395), "12 maanden");
        assert_eq!(no_more_than(396), "13 maanden");
        for days in 0..4_000 {
            let unit = Unit::of(days);
            assert!(unit.days(unit.full(days)) <= days && unit.days(unit.full(days) + 1) > days, "{days}");
        }
    }
}
