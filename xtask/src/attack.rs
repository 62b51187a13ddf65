//! `cargo xtask attack`: What someone with bad intentions would try.

use anyhow::Result;

use crate::proof::{Effort, Figures};

pub fn run(effort: Effort) -> Result<()> {
    Figures::of("attack", effort)?;
    Ok(())
}
