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

/// A whole number as it is written here: 2.310.
pub fn number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && !written.ends_with('-') {
            written.push('.');
        }
        written.push(digit);
    }
    written
}

/// With one place behind the comma: 7,3.
pub fn decimal(value: f64) -> String {
    format!("{value:.1}").replace('.', ",")
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let written = [0.4, 999.0, 1_000.0, 2_309.6, 1_234_567.0, -1_000.0, -100.0].map(number);
        assert_eq!(written, ["0", "999", "1.000", "2.310", "1.234.567", "-1.000", "-100"]);
        assert_eq!(decimal(7.25), "7,2");
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
