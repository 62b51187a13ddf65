//! `cargo xtask pages`: Every page, looked at in every way.

use anyhow::Result;

use crate::proof::{Effort, Figures};

pub fn run(effort: Effort) -> Result<()> {
    Figures::of("pages", effort)?;
    Ok(())
}
