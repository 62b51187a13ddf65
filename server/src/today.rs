//! Which day it is in the Netherlands. The only clock that reaches an assessment.

use domain::Date;

/// The civil date in Amsterdam, whatever the machine's own zone.
#[must_use]
pub fn today() -> Date {
    let now = jiff::Timestamp::now();
    let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap_or(jiff::tz::TimeZone::UTC);
    let date = now.to_zoned(zone).date();
    Date::new(date.year(), date.month(), date.day()).unwrap_or(Date::EARLIEST)
}
