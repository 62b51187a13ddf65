//! Many who ask, each at a moment of her own, whether or not those before her were answered.

use std::net::SocketAddr;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use super::client::Line;
use super::mix::{Mix, is_right};
use super::times::Times;

pub struct Storm {
    pub a_second: u32,
    pub lasts: Duration,
    pub lines: u32,
    pub from: From,
}

/// From when on waiting counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Her own moment, so for a free line too.
    Due,
    /// That she asks: there are so many that no line is ever free.
    Asked,
}

/// What came of it.
#[derive(Default)]
pub struct Weather {
    /// Those who got what they asked for; the others failed.
    pub answered: Times,
    /// Those who were told to come back, from when they asked.
    pub away: Times,
    pub took: Duration,
}

impl Storm {
    /// One line after the other goes to each of the servers. Who didn't come to asking before it is over, doesn't ask.
    pub fn over(&self, servers: &[SocketAddr], mix: &Mix) -> Weather {
        let mut weather = Weather::default();
        let begun = Instant::now();
        scope(|scope| {
            let lines = (0..self.lines).map(|number| {
                let address = servers[number as usize % servers.len()];
                scope.spawn(move || self.along(number, Line::to(address), mix, begun))
            });
            for line in lines.collect::<Vec<_>>() {
                if let Ok(seen) = line.join() {
                    weather.answered.absorb(seen.answered);
                    weather.away.absorb(seen.away);
                }
            }
        });
        weather.took = begun.elapsed();
        weather
    }

    fn along(&self, first: u32, mut line: Line, mix: &Mix, begun: Instant) -> Weather {
        let seen = Weather::default();
        let every = Duration::from_secs(1) / self.a_second;
        let mut due = begun + every * first;
        while due < begun + self.lasts && begun.elapsed() < self.lasts {
            let request = mix.next();
            // Late because of herself, not of the server: her sleep may last longer than she meant.
            let early = due.checked_duration_since(Instant::now());
            if let Some(early) = early {
                sleep(early);
            }
            let asked = Instant::now();
            let since = if early.is_some() || self.from == From::Asked { asked } else { due };
            match line.ask(&request) {
                Ok(answer) if is_right(&answer) => seen.answered.add(since, Ok(())),
                Ok(answer) if answer.status == 503 && answer.header("retry-after").is_some() => {
                    seen.away.add(asked, Ok(()));
                }
                Ok(answer) => seen.answered.add(since, Err(anyhow!("{}", answer.head))),
                Err(error) => seen.answered.add(since, Err(error)),
            }
            due += every * self.lines;
        }
        seen
    }
}

impl Weather {
    pub fn a_second(&self) -> f64 {
        self.answered.count() as f64 / self.took.as_secs_f64()
    }

    /// Fails unless everyone got what she asked for.
    pub fn all_well(&self) -> Result<()> {
        self.answered.all_well()?;
        anyhow::ensure!(self.away.count() == 0, "{} were told to come back", self.away.count());
        Ok(())
    }
}
