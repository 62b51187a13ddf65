//! How long it took others, in the unit in which people say it.

use crate::content::timeline as text;

/// Below so many days, days are what people say.
const FEW_DAYS: i32 = 56;
/// Months are as long as four of them are on average, and are rounded.
const DAYS_OF_FOUR_MONTHS: i32 = 122;

/// `ongeveer 81 weken`, `7 tot 8 maanden`. Without a high end some took longer than can be said.
#[must_use]
pub fn observed(low_days: i32, high_days: Option<i32>) -> String {
    let high_days = high_days.filter(|high| *high != low_days);
    let unit = Unit::of(low_days, high_days);
    let low = unit.count(low_days);
    match high_days.map(|days| unit.count(days)).filter(|high| *high != low) {
        Some(high) => text::observed_between(low, unit.words(high)),
        None => text::observed_about(unit.words(low)),
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Days,
    Weeks,
    Months,
}

impl Unit {
    fn of(low: i32, high: Option<i32>) -> Unit {
        let all = |is: fn(i32) -> bool| is(low) && high.is_none_or(is);
        if all(|days| days < FEW_DAYS) {
            Unit::Days
        } else if all(|days| days % 7 == 0) {
            Unit::Weeks
        } else {
            Unit::Months
        }
    }

    fn count(self, days: i32) -> i32 {
        match self {
            Unit::Days => days,
            Unit::Weeks => days / 7,
            Unit::Months => (days * 4 + DAYS_OF_FOUR_MONTHS / 2) / DAYS_OF_FOUR_MONTHS,
        }
    }

    fn words(self, count: i32) -> String {
        match (self, count) {
            (Unit::Days, 1) => text::ONE_DAY.to_owned(),
            (Unit::Days, _) => text::days(count),
            (Unit::Weeks, _) => text::weeks(count),
            (Unit::Months, 1) => text::ONE_MONTH.to_owned(),
            (Unit::Months, _) => text::months(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_reads_in_the_unit_in_which_people_say_it() {
        assert_eq!(observed(567, Some(567)), "ongeveer 81 weken");
        assert_eq!(observed(213, Some(243)), "7 tot 8 maanden");
        assert_eq!(observed(212, Some(244)), "7 tot 8 maanden");
        assert_eq!(observed(243, None), "ongeveer 8 maanden");
        assert_eq!(observed(55, None), "ongeveer 55 dagen");
        assert_eq!(observed(40, Some(70)), "1 tot 2 maanden");
        assert_eq!(observed(1, None), "ongeveer 1 dag");
    }
}
