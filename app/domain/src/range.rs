//! A low end and a high end: the rules are sure of one amount, or only of its bounds.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

use crate::json::read_only_from;
use crate::money::Cents;

/// An amount at both ends of what the rules can be read to say.
///
/// Ends are added low with low and high with high. The `floor` line alone may have a low end above its high end:
/// it lifts the lower sum by more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Range {
    /// Eurocents at the low end.
    pub low: Cents,
    /// Eurocents at the high end.
    pub high: Cents,
}

read_only_from!(objects: Range);

impl Range {
    pub const ZERO: Range = Range { low: Cents::ZERO, high: Cents::ZERO };

    #[must_use]
    pub fn exactly(amount: Cents) -> Range {
        Range { low: amount, high: amount }
    }

    /// Applies the same step to both ends.
    #[must_use]
    pub fn map(self, step: impl Fn(Cents) -> Cents) -> Range {
        Range { low: step(self.low), high: step(self.high) }
    }

    #[must_use]
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

impl Add for Range {
    type Output = Range;
    fn add(self, other: Range) -> Range {
        Range { low: self.low + other.low, high: self.high + other.high }
    }
}

impl Sum for Range {
    fn sum<I: Iterator<Item = Range>>(ranges: I) -> Range {
        ranges.fold(Range::ZERO, Add::add)
    }
}

/// `€ 30.000`, or `€ 30.000 tot € 35.000`.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_exact() { write!(f, "{}", self.low) } else { write!(f, "{} tot {}", self.low, self.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_amount_is_said_once() {
        let exactly = Range::exactly(Cents(3_000_000));
        assert!(exactly.is_exact());
        assert_eq!(exactly.to_string(), "€\u{a0}30.000");
        let wide = Range { low: Cents(3_000_000), high: Cents(3_500_000) };
        assert!(!wide.is_exact());
        assert_eq!(wide.to_string(), "€\u{a0}30.000 tot €\u{a0}35.000");
    }
}
