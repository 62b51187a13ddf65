//! From rows to events that count: all of a delivery in one change of the database, or nothing.

use std::cmp::Ordering;

use domain::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::Offices;
use super::batch::Row;
use super::check::check;
use super::problem::{LineProblem, Problems};
use super::store::{Cases, OfficeChange};
use crate::audit::Actor;
use crate::clock::{Clock, Now};
use crate::store::StoreError;

/// Rows that are looked at together. A case is never spread over two such parts.
const ROWS_AT_ONCE: usize = 1_000;
/// Who is at work on a batch shows it more often than this, in seconds.
pub(super) const LEASE: i64 = 60;
/// How long the office can ask what became of a batch, and its key stays taken.
pub(super) const SECONDS_KEPT: i64 = 90 * 24 * 60 * 60;

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"id": "019ab0a1c2d37e4f8a9b0c1d2e3f4a5b", "state": "running", "events": 48210, "ready": 12000,
                          "problem_count": 0, "problems": []}))]
pub struct Batch {
    pub id: String,
    pub state: State,
    /// How many events were sent.
    pub events: i64,
    /// How many of them were looked at so far.
    pub ready: i64,
    /// How many problems there are in all.
    pub problem_count: i64,
    /// The first 1.000 of them, in the order of the lines.
    #[schema(max_items = 1_000)]
    pub problems: Vec<LineProblem>,
}

/// Where a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is being looked at; nothing of it counts yet.
    Running,
    /// All of it counts.
    Done,
    /// Something in it is wrong; nothing of it counts.
    Refused,
    /// The server stopped while it was at work; nothing of it counts. Send the same once more.
    Interrupted,
}

/// The right to work on a batch, until somebody else takes it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub batch: String,
    pub office: String,
    /// How often the work was begun.
    pub number: i64,
}

/// What a delivery under a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// To be worked on, by who asked.
    Ours(Run),
    /// It came before.
    Before(Batch),
    /// Something else came before under the same key.
    OtherContent,
}

/// A delivery as it is made known.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    pub office: &'a str,
    /// The office's own name for it.
    pub key: &'a str,
    /// Of what was sent.
    pub digest: [u8; 32],
    pub events: usize,
}

impl Offices {
    /// Makes a delivery known. Of several at once with the same key one may work on it.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn begin(&self, delivery: Delivery<'_>, now: Now) -> Result<Begun, StoreError> {
        let begun = self.store.begin_batch(delivery, now.at, now.at + LEASE).await?;
        if matches!(&begun, Begun::Before(batch) if batch.state == State::Done) {
            self.store.settle().await?;
        }
        Ok(begun)
    }

    /// What became of a batch of that office.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn batch(&self, office: &str, id: &str, now: Now) -> Result<Option<Batch>, StoreError> {
        let batch = self.store.batch(office, id, now.at).await?;
        if batch.as_ref().is_some_and(|batch| batch.state == State::Done) {
            self.store.settle().await?;
        }
        Ok(batch)
    }

    /// Does the work; what became of it stands in the batch.
    ///
    /// # Errors
    /// The database doesn't answer; then nothing was written.
    pub async fn run(&self, run: &Run, rows: Vec<Row>, clock: &Clock) -> Result<(), StoreError> {
        let worked = self.work(run, rows, clock).await;
        if worked.is_err() {
            // Who asks is told at once that it was interrupted; if that fails too, the lease ends by itself.
            let _ = self.store.give_up(run).await;
        }
        worked
    }

    async fn work(&self, run: &Run, mut rows: Vec<Row>, clock: &Clock) -> Result<(), StoreError> {
        let on = clock.today();
        rows.sort_by(by_case);
        let mut found = self.look_through(run, &rows, on, clock).await?;
        if found.is_empty() {
            // Nobody else writes for this office from here on, so it is looked at once more.
            let change = self.store.change_of(&run.office).await?;
            found = tell(&change, &run.batch, &rows, on).await?;
            // Who took the work over did it already, or will.
            if found.is_empty() && change.finish(run).await? {
                let by = Actor::Office(run.office.clone());
                change.commit(by, &run.batch, clock.now().at).await?;
            }
        }
        if !found.is_empty() {
            self.store.refuse_batch(run, &found.into()).await?;
        }
        Ok(())
    }

    /// The same work at once, for who holds the rows already: the simulator. What is wrong is given back; then nothing
    /// was written.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn import(&self, office: &str, mut rows: Vec<Row>, now: Now) -> Result<Problems, StoreError> {
        rows.sort_by(by_case);
        let batch = uuid::Uuid::now_v7().simple().to_string();
        let change = self.store.change_of(office).await?;
        let found = tell(&change, &batch, &rows, now.on).await?;
        if found.is_empty() {
            change.commit(Actor::Operator, &batch, now.at).await?;
        }
        Ok(found.into())
    }

    /// Before anything is written, and showing how far it is: most of what is wrong is found here.
    async fn look_through(
        &self,
        run: &Run,
        rows: &[Row],
        on: Date,
        clock: &Clock,
    ) -> Result<Vec<LineProblem>, StoreError> {
        let mut found = Vec::new();
        let mut ready = 0;
        for part in parts(rows) {
            let known = self.store.cases(&run.office, part).await?;
            found.extend(problems(part, &known, on));
            ready += part.len();
            self.store.progress(run, ready, clock.now().at + LEASE).await?;
        }
        Ok(found)
    }
}

/// Writes what is right; gives what is wrong, and then the change must not be kept.
async fn tell(
    change: &OfficeChange,
    batch: &str,
    rows: &[Row],
    on: Date,
) -> Result<Vec<LineProblem>, StoreError> {
    let mut found = Vec::new();
    for part in parts(rows) {
        let known = change.cases(part).await?;
        found.extend(problems(part, &known, on));
        if found.is_empty() {
            change.tell(batch, part, &known).await?;
        }
    }
    Ok(found)
}

fn problems(part: &[Row], known: &Cases, on: Date) -> Vec<LineProblem> {
    let cases = part.chunk_by(|one, other| one.case == other.case);
    let told =
        |rows: &[Row]| rows.first().and_then(|row| known.get(&row.case)).map(|case| case.events.clone());
    cases.flat_map(|rows| check(on, &told(rows).unwrap_or_default(), rows)).collect()
}

fn by_case(one: &Row, other: &Row) -> Ordering {
    (&one.case, one.line).cmp(&(&other.case, other.line))
}

/// Rows in parts of about that many, without parting a case.
fn parts(mut rows: &[Row]) -> impl Iterator<Item = &[Row]> {
    std::iter::from_fn(move || {
        let last = rows.get(ROWS_AT_ONCE.min(rows.len()).checked_sub(1)?)?;
        let end = rows.partition_point(|row| row.case <= last.case);
        let (part, rest) = rows.split_at(end);
        rows = rest;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use domain::timeline::EventKind;

    use super::*;
    use crate::office::batch::{Format, read};

    #[test]
    fn parts_hold_whole_cases_and_all_rows() {
        let mut csv = "case,on,kind\n".to_owned();
        for line in 0..3_500 {
            let (case, day) = (line % 700, line / 700 + 1);
            csv += &format!("V-{case},2024-01-{day:02},{}\n", EventKind::InformationAsked.id());
        }
        let mut rows = read(Format::Csv, csv.as_bytes()).expect("rows");
        rows.sort_by(by_case);
        let parted: Vec<&[Row]> = parts(&rows).collect();
        assert_eq!(parted.concat(), rows);
        assert!(parted.iter().all(|part| (1..ROWS_AT_ONCE + 5).contains(&part.len())));
        for pair in parted.windows(2) {
            assert_ne!(pair[0].last().map(|row| &row.case), pair[1].first().map(|row| &row.case));
        }
        assert_eq!(parts(&[]).count(), 0);
    }
}
