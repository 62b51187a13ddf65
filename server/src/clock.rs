//! What time it is, and which day it is in the Netherlands. The only clock of the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Date;

/// A moment: seconds since 1970, and the civil date in Amsterdam, whatever the machine's own zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    pub at: i64,
    pub on: Date,
}

/// Where the server reads the time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// A clock of a test stands still until it is moved.
    set_to: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// A clock that stands at a moment, for tests of what happens later.
    #[must_use]
    pub fn standing_at(at: i64) -> Clock {
        Clock { set_to: Some(Arc::new(AtomicI64::new(at))) }
    }

    /// Moves a clock that stands; a real one goes by itself.
    pub fn move_by(&self, seconds: i64) {
        if let Some(set_to) = &self.set_to {
            set_to.fetch_add(seconds, Ordering::Relaxed);
        }
    }

    #[must_use]
    pub fn now(&self) -> Now {
        let set_to = self.set_to.as_ref().map(|set_to| set_to.load(Ordering::Relaxed));
        let at = set_to.unwrap_or_else(|| jiff::Timestamp::now().as_second());
        Now { at, on: day_in_amsterdam(at) }
    }

    /// A moment in Dutch, to the minute.
    #[must_use]
    pub fn in_words(&self, at: i64) -> String {
        format!("{} om {} uur", day_in_amsterdam(at).in_dutch(), self.hour(at))
    }

    /// The hour of a moment in Dutch, to the minute.
    #[must_use]
    pub fn hour(&self, at: i64) -> String {
        let moment = jiff::Timestamp::from_second(at).unwrap_or_default().to_zoned(amsterdam());
        format!("{:02}.{:02}", moment.hour(), moment.minute())
    }

    /// The civil date of a moment.
    #[must_use]
    pub fn day(&self, at: i64) -> Date {
        day_in_amsterdam(at)
    }

    /// The first second of a day in the Netherlands.
    #[must_use]
    pub fn begins_at(&self, day: Date) -> i64 {
        let day = jiff::civil::Date::new(day.year(), day.month(), day.day()).unwrap_or_default();
        day.to_zoned(amsterdam()).map_or(0, |midnight| midnight.timestamp().as_second())
    }

    #[must_use]
    pub fn today(&self) -> Date {
        self.now().on
    }
}

fn day_in_amsterdam(at: i64) -> Date {
    let date = jiff::Timestamp::from_second(at).unwrap_or_default().to_zoned(amsterdam()).date();
    Date::new(date.year(), date.month(), date.day()).unwrap_or(Date::EARLIEST)
}

fn amsterdam() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap_or(jiff::tz::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_day_begins_at_midnight_in_amsterdam() {
        // 2026-11-22T22:59:59Z and a second later; 2026-06-30T21:59:59Z and a second later, in summer.
        for (last, day, next) in [
            (1_795_388_399, Date::constant(2026, 11, 22), Date::constant(2026, 11, 23)),
            (1_782_856_799, Date::constant(2026, 6, 30), Date::constant(2026, 7, 1)),
        ] {
            let clock = Clock::standing_at(last);
            assert_eq!(clock.today(), day);
            clock.move_by(1);
            assert_eq!(clock.today(), next);
            assert_eq!(clock.begins_at(next), last + 1);
        }
    }
}
