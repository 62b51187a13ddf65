//! The floor: at least the amount of the *Catshuisregeling*. If the outcome is lower, nothing is reclaimed.

use super::assessment::{Line, Origin, Working};
use crate::money::Cents;
use crate::parameters::floor;
use crate::range::Range;

/// The whole amount, for who finishes after the first test.
pub(super) fn alone(working: &mut Working<'_>) -> Option<Line> {
    let amount = working.value(&floor::AMOUNT)?;
    Some(Line::new("floor", Origin::Rule, "floor/amount", Range::exactly(amount)).by(&floor::AMOUNT_ENTRY))
}

/// What lifts a sum to the floor, at each end; nothing where the sum reaches it at both.
pub(super) fn above(lines: &[Line], working: &mut Working<'_>) -> Option<Line> {
    let amount = working.value(&floor::AMOUNT)?;
    let sum: Range = lines.iter().map(|line| line.amount).sum();
    let lift = sum.map(|reached| amount.less(reached));
    // What is reached at the low end is never more than at the high end.
    let needed = lift.low > Cents::ZERO;
    let line = Line::new("floor", Origin::Calculated, "max(0, floor/amount - sum)", lift);
    let line = line.by(&floor::AMOUNT_ENTRY).using(&Line::ids(lines));
    needed.then(|| if lift.is_exact() { line } else { line.derived() })
}
