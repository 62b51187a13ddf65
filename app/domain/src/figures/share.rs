//! A share of a whole, finer than parts per million: a product of thousands of fractions keeps its last digit.

use crate::money::Ppm;

/// A share in fixed point, rounded down, so that it is the same on every machine and a half is never just above a half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u64);

const PARTS: u64 = 1_000_000_000_000_000_000;
const PARTS_IN_A_MILLIONTH: u64 = PARTS / 1_000_000;

impl Share {
    pub const NONE: Share = Share(0);
    pub const WHOLE: Share = Share(PARTS);

    /// That part of this share: `kept` of `all`, at most all of it.
    #[must_use]
    pub fn part(self, kept: u64, all: u64) -> Share {
        if kept >= all {
            return self;
        }
        let part = u128::from(self.0) * u128::from(kept) / u128::from(all);
        Share(u64::try_from(part).unwrap_or(self.0))
    }

    /// In parts per million, rounded down.
    #[must_use]
    pub fn ppm(self) -> Ppm {
        Ppm(i64::try_from(self.0 / PARTS_IN_A_MILLIONTH).unwrap_or_default())
    }

    /// Whether it is no more than that, to its last digit.
    #[must_use]
    pub fn is_at_most(self, share: Ppm) -> bool {
        u64::try_from(share.0).is_ok_and(|ppm| self.0 <= ppm.saturating_mul(PARTS_IN_A_MILLIONTH))
    }
}
