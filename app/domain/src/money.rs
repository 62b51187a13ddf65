//! Money in whole eurocents, shares in parts per million, one explicit rounding.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// An amount in eurocents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Cents(pub i64);

/// A share in parts per million: 25 % is 250.000 ppm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ppm(pub i64);

/// Why a typed amount is refused. It is never guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountProblem {
    /// Not an amount at all.
    NotAnAmount,
    /// Could be read in two ways, such as `30.00` or `30,000`.
    Ambiguous,
    Negative,
    /// More than [`Cents::MOST`].
    TooLarge,
}

impl Cents {
    pub const ZERO: Cents = Cents(0);
    /// The largest amount taken: ten billion euros. Beyond it something was typed wrongly, and sums could overflow.
    pub const MOST: Cents = Cents(1_000_000_000_000);

    /// The share of this amount, rounded half up to the cent. Amounts here are never negative.
    #[must_use]
    pub fn share(self, share: Ppm) -> Cents {
        const WHOLE: i128 = 1_000_000;
        let product = i128::from(self.0) * i128::from(share.0);
        let rounded = (2 * product + WHOLE).div_euclid(2 * WHOLE);
        Cents(i64::try_from(rounded).unwrap_or(i64::MAX))
    }

    #[must_use]
    pub fn times(self, count: u32) -> Cents {
        Cents(self.0.saturating_mul(i64::from(count)))
    }

    /// What is left after taking `other` away, never less than nothing.
    #[must_use]
    pub fn less(self, other: Cents) -> Cents {
        (self - other).max(Cents::ZERO)
    }

    /// Reads an amount as people write it in Dutch: `30000`, `30.000`, `30.000,00`, `€ 30 000`, `30.000,-`.
    ///
    /// # Errors
    /// What could be read in two ways is refused, as is anything negative or beyond [`Cents::MOST`].
    pub fn parse(typed: &str) -> Result<Cents, AmountProblem> {
        let text: String = typed.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let text = text.strip_prefix('€').unwrap_or(&text);
        let text = text.strip_suffix('€').unwrap_or(text).trim();
        if text.starts_with(['-', '−', '–']) {
            return Err(AmountProblem::Negative);
        }
        let (whole, fraction) = match text.split_once(',') {
            None => (text, ""),
            Some((whole, "-" | "--" | "–" | "—")) => (whole, ""),
            Some((whole, fraction)) => (whole, fraction),
        };
        if whole.is_empty()
            || !(whole.to_owned() + fraction).chars().all(|c| c.is_ascii_digit() || c == '.' || c == ' ')
        {
            return Err(AmountProblem::NotAnAmount);
        }
        let euros = digits_of(whole).ok_or(AmountProblem::Ambiguous)?;
        let cents: i64 = match (text.contains(','), fraction.len()) {
            (false, _) | (true, 0) if !text.ends_with(',') => 0,
            (true, 2) => fraction.parse().map_err(|_| AmountProblem::Ambiguous)?,
            _ => return Err(AmountProblem::Ambiguous),
        };
        let euros: i64 = euros.parse().map_err(|_| AmountProblem::TooLarge)?;
        let total =
            euros.checked_mul(100).and_then(|e| e.checked_add(cents)).ok_or(AmountProblem::TooLarge)?;
        if total > Self::MOST.0 { Err(AmountProblem::TooLarge) } else { Ok(Cents(total)) }
    }
}

/// The digits of a whole number that is written plainly or in groups of three, by points or by spaces.
fn digits_of(whole: &str) -> Option<String> {
    let separator = if whole.contains('.') { '.' } else { ' ' };
    let groups: Vec<&str> = whole.split(separator).collect();
    let plain = groups.iter().all(|g| !g.is_empty() && g.chars().all(|c| c.is_ascii_digit()));
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3));
    (plain && grouped).then(|| groups.concat())
}

/// As a reader in the Netherlands expects it: `€ 30.000`, with cents only where there are any.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = (self.0 / 100).unsigned_abs().to_string();
        let cents = (self.0 % 100).unsigned_abs();
        f.write_str(if self.0 < 0 { "−€\u{a0}" } else { "€\u{a0}" })?;
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        if cents == 0 { Ok(()) } else { write!(f, ",{cents:02}") }
    }
}

/// As a percentage: `25 %`, `0,5 %`.
impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        write!(f, "{whole}")?;
        if rest != 0 {
            let digits = format!("{rest:04}");
            write!(f, ",{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("\u{a0}%")
    }
}

impl Add for Cents {
    type Output = Cents;
    fn add(self, other: Cents) -> Cents {
        Cents(self.0.saturating_add(other.0))
    }
}

impl Sub for Cents {
    type Output = Cents;
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0.saturating_sub(other.0))
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(amounts: I) -> Cents {
        amounts.fold(Cents::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for typed in [
            "30000",
            "30.000",
            "30.000,00",
            "€ 30 000",
            "€30.000",
            "30.000,-",
            " 30\u{a0}000 ",
            "30000,00",
            "30 000 €",
        ] {
            assert_eq!(Cents::parse(typed), Ok(Cents(3_000_000)), "{typed}");
        }
        assert_eq!(Cents::parse("0"), Ok(Cents::ZERO));
        assert_eq!(Cents::parse("1.234.567,89"), Ok(Cents(123_456_789)));
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for typed in [
            ".000",
            "1.2.3",
            "30.00",
            "30,000",
            "30,5",
            "3.0000",
            "30.000.00",
            "30 00",
            "1.000 000",
            "30,",
            "0.5",
        ] {
            assert_eq!(Cents::parse(typed), Err(AmountProblem::Ambiguous), "{typed}");
        }
        for typed in ["", "€", "dertig", "1e3", "3O0", "12,ab", "0x10", ",50"] {
            assert_eq!(Cents::parse(typed), Err(AmountProblem::NotAnAmount), "{typed}");
        }
        for typed in ["-5", "− 5", "€ -5"] {
            assert_eq!(Cents::parse(typed), Err(AmountProblem::Negative), "{typed}");
        }
        assert_eq!(Cents::parse("10.000.000.000"), Ok(Cents::MOST));
        for typed in ["1000000000000000000", "99999999999999999999999", "10.000.000.000,01"] {
            assert_eq!(Cents::parse(typed), Err(AmountProblem::TooLarge), "{typed}");
        }
    }

    #[test]
    fn a_half_cent_rounds_up() {
        assert_eq!(Cents(2).share(Ppm(250_000)), Cents(1));
        assert_eq!(Cents(1).share(Ppm(250_000)), Cents(0));
        assert_eq!(Cents(50).share(Ppm(10_000)), Cents(1));
        assert_eq!(Cents(49).share(Ppm(10_000)), Cents(0));
    }

    #[test]
    fn amounts_and_shares_read_naturally() {
        assert_eq!(Cents(3_000_000).to_string(), "€\u{a0}30.000");
        assert_eq!(Cents(123_456_789).to_string(), "€\u{a0}1.234.567,89");
        assert_eq!(Cents(-5).to_string(), "−€\u{a0}0,05");
        assert_eq!(Ppm(250_000).to_string(), "25\u{a0}%");
        assert_eq!(Ppm(5_000).to_string(), "0,5\u{a0}%");
    }
}
