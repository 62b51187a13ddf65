//! How long it took others, in the unit in which people say it.

use domain::timeline::Observed;

use crate::content::timeline as text;

/// Below so many days, days are what people say.
const FEW_DAYS: i32 = 56;
/// Months are as long as four of them are on average, and are rounded.
const DAYS_OF_FOUR_MONTHS: i32 = 122;

/// In whole sentences. Of an estimate: after how long half of the cases were ready, and nine of ten. Of what was published:
/// `ongeveer 81 weken`, `7 tot 8 maanden`.
#[must_use]
pub fn observed(seen: &Observed) -> String {
    let longer = seen.longer_than_days.map(length).unwrap_or_default();
    match (seen.cases, seen.low_days, seen.high_days) {
        (_, None, _) => text::observed_half_longer(longer),
        (Some(_), Some(low), high) => {
            let most = high
                .map_or_else(|| text::observed_most_longer(longer), |high| text::observed_most(length(high)));
            format!("{} {most}", text::observed_half(length(low)))
        }
        (None, Some(low), high) => between(low, high),
    }
}

/// One length, in the unit that fits it.
fn length(days: i32) -> String {
    let unit = Unit::of(days, None);
    unit.words(unit.count(days))
}

/// Without a high end some took longer than can be said.
fn between(low_days: i32, high_days: Option<i32>) -> String {
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
        assert_eq!(between(567, Some(567)), "ongeveer 81 weken.");
        assert_eq!(between(213, Some(243)), "7 tot 8 maanden.");
        assert_eq!(between(212, Some(244)), "7 tot 8 maanden.");
        assert_eq!(between(243, None), "ongeveer 8 maanden.");
        assert_eq!(between(55, None), "ongeveer 55 dagen.");
        assert_eq!(between(40, Some(70)), "1 tot 2 maanden.");
        assert_eq!(between(1, None), "ongeveer 1 dag.");
    }
}
