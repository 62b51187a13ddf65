//! What a coordinator sees: what lies too long, how much each helper carries, figures. Numbers, never stories.

use app::desk::{Answers, Load, Month};
use domain::Date;
use domain::help::{Kind, Language, Region};

use super::store::{LateRow, LoadRow};
use super::{Desk, Result};
use crate::clock::{Clock, Now};

/// Months in the figures, this one included.
const MONTHS: u32 = 12;
/// From so many answers on, nobody's own can be told from them.
const FEWEST_ANSWERS: i64 = 10;
/// What counts as lately.
const DAYS_LATELY: i64 = 30;

/// How the desk is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// All that nobody has.
    pub waiting: i64,
    /// All that a helper has.
    pub running: i64,
    /// Unclaimed past its day, the longest waiting first.
    pub unclaimed: Vec<Late>,
    /// Picked up, and past the day for the first contact.
    pub uncontacted: Vec<Late>,
    pub load: Vec<Load>,
    /// The oldest first.
    pub months: Vec<Month>,
    /// `None`: too few.
    pub answers: Option<Answers>,
}

/// A request that lies too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    pub id: String,
    pub kind: Kind,
    pub language: Language,
    pub region: Region,
    pub is_urgent: bool,
    /// Days since she asked.
    pub waiting_days: i32,
    /// The day that was promised.
    pub due_on: Date,
    /// Id and name of who has it.
    pub whose: Option<(String, String)>,
}

impl Desk {
    /// # Errors
    /// The database doesn't answer.
    pub async fn overview(&self, clock: &Clock) -> Result<Overview> {
        let Now { at, on } = clock.now();
        let (waiting, running) = self.store.open_requests().await?;
        let late = |row: LateRow| late(row, clock, on);
        let unclaimed = self.store.unclaimed_before(on).await?.into_iter().filter_map(late).collect();
        let uncontacted = self.store.uncontacted_before(on).await?.into_iter().filter_map(late).collect();
        let loads = self.store.loads(at - DAYS_LATELY * 24 * 60 * 60).await?;
        let mut months = Vec::new();
        for first_on in first_days(on) {
            let next = first_on.plus_months(1).unwrap_or(first_on);
            let (from, until) = (clock.begins_at(first_on), clock.begins_at(next));
            let [made, claimed, closed] = self.store.counts_between(from, until).await?;
            let seconds = self.store.median_to_contact(from, until).await?;
            let days_to_contact = seconds.map(|seconds| (seconds + 12 * 60 * 60) / (24 * 60 * 60));
            months.push(Month { first_on, made, claimed, closed, days_to_contact });
        }
        let [was_fair, can_go_on] = self.store.answers().await?;
        let enough = |answers: [i64; 3]| answers.iter().sum::<i64>() >= FEWEST_ANSWERS;
        let answers = (enough(was_fair) && enough(can_go_on)).then_some(Answers { was_fair, can_go_on });
        Ok(Overview {
            waiting,
            running,
            unclaimed,
            uncontacted,
            load: loads.into_iter().filter(|row| !row.is_blocked || row.running > 0).map(load).collect(),
            months,
            answers,
        })
    }
}

/// The first day of each of the last months, the oldest first.
fn first_days(on: Date) -> Vec<Date> {
    let count = i32::from(on.year()) * 12 + i32::from(on.month()) - 1;
    let of = |number: i32| {
        let (year, month) =
            (i16::try_from(number.div_euclid(12)).ok()?, i8::try_from(number.rem_euclid(12) + 1).ok()?);
        Date::new(year, month, 1)
    };
    (0..MONTHS.cast_signed()).rev().filter_map(|back| of(count - back)).collect()
}

fn late(row: LateRow, clock: &Clock, today: Date) -> Option<Late> {
    Some(Late {
        kind: Kind::parse(&row.kind)?,
        language: Language::parse(&row.language)?,
        region: Region::parse(&row.region)?,
        is_urgent: row.urgent != 0,
        waiting_days: clock.day(row.made_at).days_until(today),
        due_on: Date::parse_iso(&row.due_on)?,
        whose: row.helper_id.map(|id| (id, row.name.unwrap_or_default())),
        id: row.id,
    })
}

fn load(row: LoadRow) -> Load {
    Load {
        id: row.id,
        name: row.name,
        running: row.running,
        most_requests: row.most_requests,
        paused_until: row.paused_until.as_deref().and_then(Date::parse_iso),
        closed_lately: row.closed,
        is_blocked: row.is_blocked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_this_one() {
        let days = first_days(Date::constant(2026, 2, 28));
        assert_eq!(days.len(), 12);
        assert_eq!(days[0], Date::constant(2025, 3, 1));
        assert_eq!(
            days[9..],
            [(2025, 12), (2026, 1), (2026, 2)].map(|(year, month)| Date::constant(year, month, 1))
        );
    }
}
