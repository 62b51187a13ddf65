//! `cargo xtask faults`: What goes wrong under a server, brought about.

use anyhow::Result;

use crate::proof::{Effort, Figures};

pub fn run(effort: Effort) -> Result<()> {
    Figures::of("faults", effort)?;
    Ok(())
}
