//! Cases and their events in the database.

use std::collections::HashMap;

use domain::Date;
use domain::timeline::{Event, EventKind, Outcome, Step, Way};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::audit::{Act, Actor, Entry, Kind};
use crate::code;
use crate::office::batch::Row;
use crate::office::import::Run;
use crate::store::{Change, Store, StoreError};

/// All events of a case as one text: a row per case comes sooner than a row per event. Neither sign between stands in a word,
/// a day or a code.
const TOLD: &str = "string_agg(\"happened_on\" || '\u{1f}' || \"kind\" || '\u{1f}' || \"step\" || '\u{1f}' || \"outcome\" || '\u{1f}' \
     || \"until\" || '\u{1f}' || \"way\" || '\u{1f}' || \"code\", '\u{1e}')";
const BETWEEN_FIELDS: char = '\u{1f}';
const BETWEEN_EVENTS: char = '\u{1e}';

/// Columns of an event that its key is made of, after its case.
const COLUMNS: [&str; 7] = ["happened_on", "kind", "step", "outcome", "until", "way", "code"];

/// A case with what was told of it.
#[derive(Debug)]
pub struct Known {
    pub id: i64,
    pub events: Vec<Event>,
}

/// Cases by the office's number.
pub type Cases = HashMap<String, Known>;

/// A change of what one office told. No other process changes it meanwhile.
pub struct OfficeChange {
    office: String,
    change: Change,
}

impl Store {
    pub(in crate::office) async fn events_of(&self, case_id: i64) -> Result<Vec<Event>, StoreError> {
        let cases = self.events_between(case_id - 1, case_id).await?;
        Ok(cases.into_iter().next().unwrap_or_default())
    }

    pub(in crate::office) async fn has_cases_of(&self, office: &str) -> Result<bool, StoreError> {
        let question = Query::select()
            .column("id")
            .from("office_case")
            .and_where(Expr::col("office").eq(office))
            .limit(1)
            .to_owned();
        Ok(self.db().query_one(&question).await?.is_some())
    }

    /// The events of each case whose id lies between these, the second one included.
    pub(in crate::office) async fn events_between(
        &self,
        after: i64,
        last: i64,
    ) -> Result<Vec<Vec<Event>>, StoreError> {
        let question = Query::select()
            .expr_as(Expr::cust(TOLD), "told")
            .from("event")
            .and_where(Expr::col("case_id").gt(after))
            .and_where(Expr::col("case_id").lte(last))
            .group_by_col("case_id")
            .to_owned();
        let rows = self.db().query_all(&question).await?;
        Ok(rows.iter().map(events).collect::<Result<_, DbErr>>()?)
    }

    /// The highest id of a case; 0 without cases.
    pub(in crate::office) async fn last_case(&self) -> Result<i64, StoreError> {
        let question = Query::select().expr_as(Expr::col("id").max(), "last").from("office_case").to_owned();
        let last: Option<i64> =
            self.db().query_one(&question).await?.map(|row| row.try_get_by("last")).transpose()?.flatten();
        Ok(last.unwrap_or(0))
    }

    /// The cases that these rows are about, as far as there are any.
    pub(in crate::office) async fn cases(&self, office: &str, rows: &[Row]) -> Result<Cases, StoreError> {
        Ok(cases(self.db(), office, rows).await?)
    }

    pub(in crate::office) async fn change_of(&self, office: &str) -> Result<OfficeChange, StoreError> {
        let [a, b, c, d, e, f, g, h, ..] = code::hash(office.as_bytes(), b"office lock");
        let change = self.write_alone(i64::from_be_bytes([a, b, c, d, e, f, g, h])).await?;
        Ok(OfficeChange { office: office.to_owned(), change })
    }
}

impl OfficeChange {
    pub async fn cases(&self, rows: &[Row]) -> Result<Cases, StoreError> {
        Ok(cases(&self.change, &self.office, rows).await?)
    }

    /// Writes rows that were found right beside what is known.
    pub async fn tell(&self, batch: &str, rows: &[Row], known: &Cases) -> Result<(), StoreError> {
        let mut ids: HashMap<&str, i64> =
            known.iter().map(|(number, case)| (number.as_str(), case.id)).collect();
        let made = self.make_cases(rows, known).await?;
        ids.extend(made.iter().map(|(number, id)| (number.as_str(), *id)));
        let mut added = Vec::new();
        for row in rows {
            let Some(&case) = ids.get(row.case.as_str()) else { continue };
            if row.withdrawn {
                self.withdraw(case, &row.event).await?;
            } else {
                added.push((case, &row.event));
            }
        }
        self.add(batch, &added).await
    }

    /// Ends the batch with all of this, if it is still ours.
    pub async fn finish(&self, run: &Run) -> Result<bool, StoreError> {
        let finish = super::batch::ours(run).value("state", super::batch::DONE).to_owned();
        Ok(self.change.execute(&finish).await?.rows_affected() == 1)
    }

    pub async fn commit(self, by: Actor, batch: &str, at: i64) -> Result<(), StoreError> {
        self.change.commit(at, &[Entry::new(by, Act::BatchCounted, Kind::Batch.of(batch))]).await
    }

    async fn make_cases(&self, rows: &[Row], known: &Cases) -> Result<Vec<(String, i64)>, StoreError> {
        let mut missing: Vec<&str> =
            rows.iter().map(|row| row.case.as_str()).filter(|number| !known.contains_key(*number)).collect();
        missing.dedup();
        if missing.is_empty() {
            return Ok(Vec::new());
        }
        let mut insert = Query::insert();
        insert.into_table("office_case").columns(["office", "number"]);
        for number in missing {
            insert.values_panic([self.office.as_str().into(), number.into()]);
        }
        insert.returning(Query::returning().columns(["id", "number"]));
        let rows = self.change.query_all(&insert).await?;
        let made = |row: &QueryResult| Ok((row.try_get_by("number")?, row.try_get_by("id")?));
        Ok(rows.iter().map(made).collect::<Result<_, DbErr>>()?)
    }

    async fn add(&self, batch: &str, events: &[(i64, &Event)]) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table("event").columns(["case_id", "batch_id"].into_iter().chain(COLUMNS));
        for (case, event) in events {
            let key = fields(event).map(Expr::from);
            insert.values_panic([(*case).into(), batch.into()].into_iter().chain(key));
        }
        self.change.execute(&insert).await?;
        Ok(())
    }

    async fn withdraw(&self, case: i64, event: &Event) -> Result<(), StoreError> {
        let mut delete = Query::delete();
        delete.from_table("event").and_where(Expr::col("case_id").eq(case));
        for (column, field) in COLUMNS.into_iter().zip(fields(event)) {
            delete.and_where(Expr::col(column).eq(field));
        }
        self.change.execute(&delete).await?;
        Ok(())
    }
}

async fn cases(db: &impl ConnectionTrait, office: &str, rows: &[Row]) -> Result<Cases, DbErr> {
    let mut numbers: Vec<&str> = rows.iter().map(|row| row.case.as_str()).collect();
    numbers.dedup();
    let is_asked = Expr::col(("office_case", "number")).equals(("asked", "column1"));
    let told_of_one = format!("(SELECT {TOLD} FROM \"event\" WHERE \"case_id\" = \"office_case\".\"id\")");
    // A table of what is asked, rather than a long list: each is found by the key.
    let question = Query::select()
        .columns(["id", "number"])
        .expr_as(Expr::cust(told_of_one), "told")
        .from_values(numbers, "asked")
        .inner_join("office_case", is_asked)
        .and_where(Expr::col("office").eq(office))
        .to_owned();
    let rows = db.query_all(&question).await?;
    let known = |row: &QueryResult| {
        Ok((row.try_get_by("number")?, Known { id: row.try_get_by("id")?, events: events(row)? }))
    };
    rows.iter().map(known).collect()
}

/// As they are kept: what isn't told is an empty text.
fn fields(event: &Event) -> [String; 7] {
    [
        event.on.to_string(),
        event.kind.id().to_owned(),
        event.step.map_or("", Step::id).to_owned(),
        event.outcome.map_or("", Outcome::id).to_owned(),
        event.until.map(|until| until.to_string()).unwrap_or_default(),
        event.way.map_or("", Way::id).to_owned(),
        event.code.clone().unwrap_or_default(),
    ]
}

/// What was told of a case, in the order in which it happened.
fn events(row: &QueryResult) -> Result<Vec<Event>, DbErr> {
    let told: Option<String> = row.try_get_by("told")?;
    let told = told.unwrap_or_default();
    let mut events = told
        .split(BETWEEN_EVENTS)
        .filter(|event| !event.is_empty())
        .map(|told| event(told).ok_or_else(|| DbErr::Type("an event that can't be read".into())))
        .collect::<Result<Vec<Event>, DbErr>>()?;
    events.sort_unstable();
    Ok(events)
}

/// Reads what [`fields`] wrote. What a later version wrote and this one doesn't know is kept as something unknown.
fn event(told: &str) -> Option<Event> {
    let mut fields = told.split(BETWEEN_FIELDS);
    let mut next = || fields.next();
    Some(Event {
        on: Date::parse_iso(next()?)?,
        kind: EventKind::parse(next()?).unwrap_or(EventKind::Other),
        step: Step::parse(next()?),
        outcome: Outcome::parse(next()?),
        until: Date::parse_iso(next()?),
        way: Way::parse(next()?),
        code: Some(next()?).filter(|code| !code.is_empty()).map(str::to_owned),
    })
}
