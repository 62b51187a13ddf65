//! How long steps really take, estimated from cases: those that still run count as still running, and aren't dropped.

mod caseload;
mod curve;
mod share;
mod spread;

pub use caseload::{Caseload, Estimate, FEWEST_CASES};
pub use curve::{Curve, Durations, Point};
pub use share::Share;
pub use spread::{NINE_OF_TEN, ONE_OF_TWO, Spread};
