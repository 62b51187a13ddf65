//! Civil dates: strict in files, forgiving in forms, months that clamp to the month's last day.

mod holidays;

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use holidays::{has_known_holidays, next_working_day, plus_working_days};

/// A day in the civil calendar. In files always `2026-11-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The first day of childcare benefit: before it nothing here can have happened.
    pub const EARLIEST: Date = Date::constant(2005, 1, 1);

    /// A date that is known to exist, for constants.
    #[must_use]
    pub const fn constant(year: i16, month: i8, day: i8) -> Date {
        Date(civil::date(year, month, day))
    }

    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// Reads `2026-11-22`, exactly so.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(
                |(at, b)| {
                    if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() }
                },
            );
        if !shape {
            return None;
        }
        Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// Reads a date as people write it in Dutch: `1-7-2014`, `01/07/2014`, `1 7 2014`, `01072014`, `1 juli 2014`.
    /// Two-digit years are refused: they could be read in two ways.
    #[must_use]
    pub fn parse_dutch(typed: &str) -> Option<Date> {
        let typed = typed.trim().to_ascii_lowercase();
        if typed.len() == 8 && typed.bytes().all(|b| b.is_ascii_digit()) {
            return Date::new(typed[4..].parse().ok()?, typed[2..4].parse().ok()?, typed[..2].parse().ok()?);
        }
        let parts: Vec<&str> = typed.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
        let [day, month, year] = parts[..] else {
            return None;
        };
        if year.len() != 4 || day.len() > 2 || !(day.to_owned() + year).bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let month = match month_named(month) {
            Some(number) => number,
            None if month.bytes().all(|b| b.is_ascii_digit()) => month.parse().ok()?,
            None => return None,
        };
        Date::new(year.parse().ok()?, month, day.parse().ok()?)
    }

    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The same day so many calendar months later, or that month's last day where it is shorter.
    /// `None` past the year 9999.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Option<Date> {
        let count = i64::from(self.year()) * 12 + i64::from(self.month()) - 1 + i64::from(months);
        let (year, month) =
            (i16::try_from(count.div_euclid(12)).ok()?, i8::try_from(count.rem_euclid(12) + 1).ok()?);
        let first = civil::Date::new(year, month, 1).ok()?;
        Date::new(year, month, self.day().min(first.days_in_month()))
    }

    /// So many days later, or earlier. `None` outside the years that a date can have.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Date> {
        Date::from_day_number(self.day_number().checked_add(days)?)
    }

    /// So many weeks later. `None` past the year 9999.
    #[must_use]
    pub fn plus_weeks(self, weeks: u32) -> Option<Date> {
        self.plus_days(i32::try_from(weeks).ok()?.checked_mul(7)?)
    }

    /// Days from this one to the other; negative where that lies before it.
    #[must_use]
    pub fn days_until(self, other: Date) -> i32 {
        other.day_number() - self.day_number()
    }

    /// Days since 1 March of the year 0. Years begin in March here, so that the leap day comes last. By hand, because
    /// `jiff`'s spans, which do far more, are a quarter of what a phone would download.
    fn day_number(self) -> i32 {
        let (year, month) = (i32::from(self.year()), i32::from(self.month()));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + i32::from(self.day())
            - 1
    }

    fn from_day_number(number: i32) -> Option<Date> {
        let (era, of_era) = (number.div_euclid(DAYS_OF_400_YEARS), number.rem_euclid(DAYS_OF_400_YEARS));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (year, month) =
            (400 * era + year_of_era + month / 10, if month < 10 { month + 3 } else { month - 9 });
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
    }

    #[must_use]
    pub fn is_weekend(self) -> bool {
        self.0.weekday() == civil::Weekday::Saturday || self.is_sunday()
    }

    #[must_use]
    pub fn is_sunday(self) -> bool {
        self.0.weekday() == civil::Weekday::Sunday
    }

    /// Whole years lived on `on` by someone born on this day; `None` before that day.
    #[must_use]
    pub fn age_on(self, on: Date) -> Option<u16> {
        if on < self {
            return None;
        }
        let had_birthday = (on.month(), on.day()) >= (self.month(), self.day());
        u16::try_from(on.year() - self.year() - i16::from(!had_birthday)).ok()
    }
}

const DAYS_OF_400_YEARS: i32 = 146_097;

/// Adds so many months, or so many weeks, to a date: [`Date::plus_months`] or [`Date::plus_weeks`].
pub(crate) type Plus = fn(Date, u32) -> Option<Date>;

/// How many periods of `months` fit between two dates: those that are full, and those that have started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// The largest n with start + n periods ≤ end.
    pub full: u32,
    /// The smallest n with start + n periods ≥ end.
    pub started: u32,
}

/// Counts periods from `start` to `end`. Months are added by calendar to `start`, not one after the other, so that a
/// clamped month doesn't shift the later ones. Nothing fits where `end` isn't after `start`.
#[must_use]
pub fn periods_between(start: Date, end: Date, months: u32) -> Periods {
    if end <= start || months == 0 {
        return Periods { full: 0, started: 0 };
    }
    let elapsed = i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month());
    let mut full = u32::try_from(elapsed).unwrap_or(0) / months;
    let reached = |n: u32| start.plus_months(n.saturating_mul(months)).unwrap_or(Date(civil::Date::MAX));
    while full > 0 && reached(full) > end {
        full -= 1;
    }
    let started = if reached(full) == end { full } else { full + 1 };
    Periods { full, started }
}

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

fn month_named(name: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| *month == name || (name.len() == 3 && month.starts_with(name)));
    let at = if name == "mrt" { Some(2) } else { at };
    at.and_then(|at| i8::try_from(at + 1).ok())
}

/// As it stands in files: `2026-11-22`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Date {
    /// As a reader expects it: `22 november 2026`.
    #[must_use]
    pub fn in_dutch(self) -> String {
        let month =
            usize::try_from(self.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
        format!("{} {month} {:04}", self.day(), self.year())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Date::parse_iso(&text).ok_or_else(|| de::Error::custom("not a date that exists, as YYYY-MM-DD"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).expect("a date")
    }

    #[test]
    fn files_hold_exactly_one_form_of_a_date() {
        assert_eq!(Date::parse_iso("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        for refused in [
            "2023-02-29",
            "2024-2-9",
            "20240209",
            "2024-02-09T00:00",
            "0-1-1",
            "",
            "2024-13-01",
            "+202-01-01",
        ] {
            assert_eq!(Date::parse_iso(refused), None, "{refused}");
        }
    }

    #[test]
    fn forms_take_dates_as_people_write_them() {
        for typed in [
            "1-7-2014",
            "01-07-2014",
            "1/7/2014",
            "1 7 2014",
            "1.7.2014",
            "01072014",
            "1 juli 2014",
            " 1 Jul 2014 ",
        ] {
            assert_eq!(Date::parse_dutch(typed), Some(day("2014-07-01")), "{typed}");
        }
        assert_eq!(Date::parse_dutch("3 mrt 2015"), Some(day("2015-03-03")));
        for refused in [
            "31-2-2014",
            "1-7-14",
            "juli 2014",
            "2014-07-01",
            "1-7",
            "a-b-cccc",
            "1-13-2014",
            "1-+7-2014",
            "+1-7-2014",
            "001-7-2014",
            "",
            "é1072014",
        ] {
            assert_eq!(Date::parse_dutch(refused), None, "{refused}");
        }
    }

    #[test]
    fn months_clamp_to_the_last_day() {
        assert_eq!(day("2023-08-31").plus_months(6), Some(day("2024-02-29")));
        assert_eq!(day("2024-08-31").plus_months(6), Some(day("2025-02-28")));
        assert_eq!(day("2024-08-31").plus_months(12), Some(day("2025-08-31")));
        assert_eq!(day("9999-08-31").plus_months(6), None);
    }

    /// The library, which the phone does without, counts the same.
    #[test]
    fn days_are_counted_as_the_library_counts_them() {
        let start = day("1999-12-31");
        let mut expected = start.0;
        for days in 0..40_000 {
            let date = start.plus_days(days).expect("a date");
            assert_eq!(date.0, expected);
            assert_eq!(start.days_until(date), days);
            assert_eq!(date.plus_days(-days), Some(start));
            expected = expected.tomorrow().expect("a date");
        }
        assert_eq!(day("9999-12-31").plus_days(1), None);
        assert_eq!(
            day("0001-01-01").plus_days(-366).map(|date| date.to_string()).as_deref(),
            Some("0000-01-01")
        );
    }

    #[test]
    fn periods_count_full_and_started_ones() {
        let count = |a: &str, b: &str| {
            let p = periods_between(day(a), day(b), 6);
            (p.full, p.started)
        };
        assert_eq!(count("2014-07-01", "2014-07-01"), (0, 0));
        assert_eq!(count("2014-07-01", "2014-07-02"), (0, 1));
        assert_eq!(count("2014-07-01", "2015-01-01"), (1, 1));
        assert_eq!(count("2014-07-01", "2015-01-02"), (1, 2));
        assert_eq!(count("2014-07-01", "2014-12-31"), (0, 1));
        assert_eq!(count("2014-08-31", "2015-02-28"), (1, 1));
        assert_eq!(count("2014-08-31", "2015-02-27"), (0, 1));
        assert_eq!(count("2014-07-01", "2019-12-31"), (10, 11));
        assert_eq!(count("2015-01-01", "2014-01-01"), (0, 0));
    }

    #[test]
    fn ages_turn_on_the_birthday() {
        assert_eq!(day("2017-07-01").age_on(day("2023-07-01")), Some(6));
        assert_eq!(day("2017-07-02").age_on(day("2023-07-01")), Some(5));
        assert_eq!(day("2023-07-02").age_on(day("2023-07-01")), None);
    }
}
