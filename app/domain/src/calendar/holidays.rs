//! Free days, as the Algemene termijnenwet (Atw) has them: a term that ends on one ends on the next day that is none.

use super::Date;
use crate::parameters::holidays;

/// The day itself, or the first day after it that is no Saturday, Sunday or holiday (Atw, art. 1).
#[must_use]
pub fn next_working_day(day: Date) -> Option<Date> {
    let mut day = day;
    while is_free(day) {
        day = day.plus_days(1)?;
    }
    Some(day)
}

/// So many working days later, the day itself not counted.
#[must_use]
pub fn plus_working_days(day: Date, count: u32) -> Option<Date> {
    (0..count).try_fold(day, |day, _| next_working_day(day.plus_days(1)?))
}

/// Whether all free days around that day are known: those equated by royal decree are, for some years only.
#[must_use]
pub fn has_known_holidays(day: Date) -> bool {
    holidays::EQUATED.at(day).is_some()
}

fn is_free(day: Date) -> bool {
    day.is_weekend()
        || is_holiday(day)
        || holidays::EQUATED.at(day).is_some_and(|equated| equated.contains(&day))
}

/// The holidays of Atw, art. 3, paragraph 1.
fn is_holiday(day: Date) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 5) | (12, 25 | 26));
    // Good Friday, Easter Monday, Ascension, Whit Monday.
    let from_easter =
        easter(day.year()).is_some_and(|easter| matches!(easter.days_until(day), -2 | 1 | 39 | 50));
    fixed || from_easter || kings_day(day.year()) == Some(day)
}

/// King's Day (*Koningsdag*): 27 April, or the day before where that is a Sunday.
fn kings_day(year: i16) -> Option<Date> {
    let day = Date::new(year, 4, 27)?;
    if day.is_sunday() { day.plus_days(-1) } else { Some(day) }
}

/// Easter Sunday, by the anonymous Gregorian method.
fn easter(year: i16) -> Option<Date> {
    let year_ = i32::from(year);
    let (golden, century, of_century) = (year_ % 19, year_ / 100, year_ % 100);
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ends(nominal: &str, moved: &str) {
        let day = Date::parse_iso(nominal).expect("a date");
        assert_eq!(next_working_day(day).map(|day| day.to_string()).as_deref(), Some(moved), "{nominal}");
    }

    #[test]
    fn a_weekend_moves_to_monday_and_a_working_day_stays() {
        ends("2024-09-19", "2024-09-19");
        ends("2024-09-21", "2024-09-23");
        ends("2024-09-22", "2024-09-23");
    }

    #[test]
    fn easter_ascension_and_whit_monday_move() {
        // Good Friday 29 March 2024, Easter Monday 1 April.
        ends("2024-03-29", "2024-04-02");
        ends("2024-04-01", "2024-04-02");
        // Ascension 9 May 2024; the Friday after is equated.
        ends("2024-05-09", "2024-05-13");
        ends("2024-05-20", "2024-05-21");
        // Easter 2025 is 20 April, Easter 2026 5 April.
        ends("2025-04-18", "2025-04-22");
        ends("2026-04-03", "2026-04-07");
    }

    #[test]
    fn christmas_new_year_and_the_days_equated_with_them_move() {
        // Friday 27 December 2024 is equated, then a weekend.
        ends("2024-12-25", "2024-12-30");
        ends("2025-12-25", "2025-12-29");
        // Friday 2 January 2026 is equated.
        ends("2026-01-01", "2026-01-05");
        ends("2026-05-05", "2026-05-06");
    }

    #[test]
    fn kings_day_moves_to_saturday_when_it_is_a_sunday() {
        // 27 April 2025 is a Sunday: King's Day is the Saturday, and Monday is an ordinary day.
        ends("2025-04-26", "2025-04-28");
        // 27 April 2023 is a Thursday; Friday 28 April is equated.
        ends("2023-04-27", "2023-05-01");
    }

    #[test]
    fn working_days_skip_what_is_free() {
        let day = Date::parse_iso("2024-12-20").expect("a date");
        assert_eq!(plus_working_days(day, 3).map(|day| day.to_string()).as_deref(), Some("2024-12-30"));
        assert_eq!(plus_working_days(day, 0), Some(day));
    }

    #[test]
    fn equated_days_are_known_for_some_years_only() {
        for (day, known) in
            [("2022-12-31", false), ("2023-01-01", true), ("2028-12-31", true), ("2029-01-01", false)]
        {
            assert_eq!(has_known_holidays(Date::parse_iso(day).expect("a date")), known, "{day}");
        }
    }
}
