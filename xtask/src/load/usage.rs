//! What servers take of the machine.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::server::Running;

/// In which Linux counts a process's time.
const TICKS_A_SECOND: f64 = 100.0;

pub struct Usage {
    ticks: u64,
    at: Instant,
}

impl Usage {
    pub fn of(servers: &[&Running]) -> Result<Usage> {
        let ticks = servers.iter().map(|server| ticks(server)).sum::<Result<u64>>()?;
        Ok(Usage { ticks, at: Instant::now() })
    }

    /// How busy they were since, in hundredths of a core.
    pub fn percent_since(&self, servers: &[&Running]) -> Result<f64> {
        let now = Usage::of(servers)?;
        Ok((now.ticks - self.ticks) as f64 / TICKS_A_SECOND / (now.at - self.at).as_secs_f64() * 100.0)
    }
}

/// Of all of them together.
pub fn megabytes(servers: &[&Running]) -> Result<f64> {
    let bytes = servers.iter().map(|server| server.memory_bytes()).sum::<Result<u64>>()?;
    Ok(bytes as f64 / 1_000_000.0)
}

fn ticks(server: &Running) -> Result<u64> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.pid()))?;
    // The name of the program may hold anything, and ends with the last bracket.
    let (_, after) = stat.rsplit_once(')').context("no name in its status")?;
    let ticks = after.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Ok(ticks.sum::<Result<u64, _>>()?)
}
