//! Says what is being done, how far it is, and how long each step took.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// What happens to the steps after one that failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OnFailure {
    /// Nothing more is done: the person at the screen wants to know now.
    Stop,
    /// Steps that don't need the failed one still run, and a table ends the run.
    GoOn,
}

/// The steps of one command, counted.
pub struct Progress {
    total: usize,
    on_failure: OnFailure,
    finished: Vec<Finished>,
}

struct Finished {
    what: String,
    took: Duration,
    outcome: Outcome,
}

enum Outcome {
    Done,
    Failed(anyhow::Error),
    Skipped,
}

impl Progress {
    pub fn new(total: usize, on_failure: OnFailure) -> Self {
        Self { total, on_failure, finished: Vec::new() }
    }

    /// Does one step; `None` when it failed or was not reached.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        self.step_with(what, Some(()), |()| work())
    }

    /// Does one step that needs what an earlier one made; skips it when that one failed.
    pub fn step_with<I, T>(
        &mut self,
        what: &str,
        input: Option<I>,
        work: impl FnOnce(I) -> Result<T>,
    ) -> Option<T> {
        if self.on_failure == OnFailure::Stop && self.failure().is_some() {
            return None;
        }
        let place = format!("[{}/{}]", self.finished.len() + 1, self.total);
        let Some(input) = input else {
            println!("{place} skipped, because an earlier step failed: {what}");
            self.finished.push(Finished {
                what: what.to_owned(),
                took: Duration::ZERO,
                outcome: Outcome::Skipped,
            });
            return None;
        };

        println!("{place} {what} …");
        let start = Instant::now();
        let result = work(input);
        let took = start.elapsed();
        let (value, outcome) = match result {
            Ok(value) => {
                println!("{place} done in {}", seconds(took));
                (Some(value), Outcome::Done)
            }
            Err(error) => {
                println!("{place} failed after {}", seconds(took));
                // Where the run stops, `finish` hands the error to `main`, which prints it.
                if self.on_failure == OnFailure::GoOn {
                    println!("{place} {error:#}");
                }
                (None, Outcome::Failed(error))
            }
        };
        self.finished.push(Finished { what: what.to_owned(), took, outcome });
        value
    }

    /// Ends the run: an error when any step failed.
    pub fn finish(mut self) -> Result<()> {
        if self.on_failure == OnFailure::GoOn {
            self.print_table();
            return match self.failures().count() {
                0 => Ok(()),
                1 => Err(anyhow!("1 step failed; see the table above")),
                count => Err(anyhow!("{count} steps failed; see the table above")),
            };
        }
        self.finished.drain(..).find_map(|step| step.outcome.into_failure()).map_or(Ok(()), Err)
    }

    fn failures(&self) -> impl Iterator<Item = (&Finished, &anyhow::Error)> {
        self.finished.iter().filter_map(|step| match &step.outcome {
            Outcome::Failed(error) => Some((step, error)),
            Outcome::Done | Outcome::Skipped => None,
        })
    }

    fn failure(&self) -> Option<&anyhow::Error> {
        self.failures().next().map(|(_, error)| error)
    }

    fn print_table(&self) {
        let width = self.finished.iter().map(|step| step.what.chars().count()).max().unwrap_or(0);
        println!();
        for step in &self.finished {
            let outcome = match &step.outcome {
                Outcome::Done => "ok",
                Outcome::Failed(_) => "FAILED",
                Outcome::Skipped => "skipped",
            };
            println!("{:width$}  {:>8}  {outcome}", step.what, seconds(step.took));
        }
        let total = self.finished.iter().map(|step| step.took).sum();
        println!("{:width$}  {:>8}", "together", seconds(total));
        for (step, error) in self.failures() {
            println!("\nfailed: {}\n  {error:#}", step.what);
        }
        println!();
    }
}

impl Outcome {
    fn into_failure(self) -> Option<anyhow::Error> {
        match self {
            Outcome::Failed(error) => Some(error),
            Outcome::Done | Outcome::Skipped => None,
        }
    }
}

/// A remark under the step that is running.
pub fn note(text: &str) {
    println!("      {text}");
}

/// A number as Dutch readers write it: 1.000.000.
pub fn amount(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    shown
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(amount), ["0", "999", "1.000", "1.234.567"]);
    }

    #[test]
    fn nothing_runs_after_a_failure_that_stops() {
        let mut progress = Progress::new(2, OnFailure::Stop);
        assert!(progress.step("first", || -> Result<()> { Err(anyhow!("broken")) }).is_none());
        assert!(progress.step("second", || Ok(())).is_none());
        assert_eq!(progress.finish().unwrap_err().to_string(), "broken");
    }

    #[test]
    fn only_what_needs_the_failed_step_is_skipped() {
        let mut progress = Progress::new(3, OnFailure::GoOn);
        let first = progress.step("first", || -> Result<u8> { Err(anyhow!("broken")) });
        assert_eq!(progress.step_with("needs the first", first, |first| Ok(first + 1)), None);
        assert_eq!(progress.step("stands alone", || Ok(7)), Some(7));
        assert_eq!(progress.finish().unwrap_err().to_string(), "1 step failed; see the table above");
    }
}
