//! Between which days a step usually ends: what of an estimate reaches a timeline, and a phone.

use std::fmt;

use super::curve::Curve;
use crate::calendar::Date;
use crate::money::Ppm;
use crate::timeline::Step;

/// What still runs when one of two is over.
pub const ONE_OF_TWO: Ppm = Ppm(500_000);
/// What still runs when nine of ten are over.
pub const NINE_OF_TEN: Ppm = Ppm(100_000);

/// Days from entering a step until it was over for half of the cases, and for nine of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub step: Step,
    /// `None`: for more than half it took longer than can be said.
    pub low_days: Option<i32>,
    /// `None`: for more than one of ten it took longer than can be said.
    pub high_days: Option<i32>,
    /// The longest that was seen, where either end isn't known.
    pub longer_than_days: Option<i32>,
    pub cases: u32,
    pub as_of: Date,
    /// The cases are no real ones.
    pub invented: bool,
}

impl Spread {
    pub(super) fn of(step: Step, curve: &Curve, cases: u32, as_of: Date, invented: bool) -> Spread {
        let low_days = curve.first_day_at_most(ONE_OF_TWO);
        let high_days = curve.first_day_at_most(NINE_OF_TEN);
        let longer_than_days = low_days.and(high_days).is_none().then_some(curve.last_day);
        Spread { step, low_days, high_days, longer_than_days, cases, as_of, invented }
    }

    /// Some of them as one short text: a phone reads it without a JSON reader.
    #[must_use]
    pub fn encode(all: &[Spread]) -> String {
        all.iter().map(Spread::to_string).collect::<Vec<_>>().join(";")
    }

    /// Reads what [`Spread::encode`] wrote; what can't be read isn't there.
    #[must_use]
    pub fn decode(text: &str) -> Vec<Spread> {
        text.split(';').filter_map(Spread::parse).collect()
    }

    fn parse(text: &str) -> Option<Spread> {
        let mut fields = text.split(',');
        let step = Step::parse(fields.next()?)?;
        let mut days = || Some(fields.next()?.parse().ok());
        let (low_days, high_days, longer_than_days) = (days()?, days()?, days()?);
        Some(Spread {
            step,
            low_days,
            high_days,
            longer_than_days,
            cases: fields.next()?.parse().ok()?,
            as_of: Date::parse_iso(fields.next()?)?,
            invented: fields.next()? == INVENTED,
        })
    }
}

const INVENTED: &str = "invented";

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.step.id())?;
        for days in [self.low_days, self.high_days, self.longer_than_days] {
            f.write_str(",")?;
            days.map_or(Ok(()), |days| write!(f, "{days}"))?;
        }
        write!(f, ",{},{},{}", self.cases, self.as_of, if self.invented { INVENTED } else { "" })
    }
}
