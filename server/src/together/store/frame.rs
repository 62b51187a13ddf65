//! What is on its way from one process to another.

use domain::together::Chair;
use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, Order, Query, SelectStatement, UpdateStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult};

use super::columns;
use crate::store::{Store, StoreError};
use crate::together::name::{MeetingId, ProcessId, SeatId};
use crate::together::post::{Arrival, Outgoing};

/// So much is fetched at once.
const MOST_ROWS: u64 = 256;

const COLUMNS: [&str; 6] = ["process", "meeting_id", "chair", "what", "body", "at"];

/// Something for a chair here; `None`: another version wrote it.
type Fetched = Option<(MeetingId, Chair, Arrival)>;

impl Store {
    /// Brings frames to the processes where their chairs are, and notes which chairs are free here.
    pub(in crate::together) async fn bring(
        &self,
        items: Vec<Outgoing>,
        here: &ProcessId,
        at: i64,
    ) -> Result<(), StoreError> {
        let passing = self.write_passing().await?;
        if passing.db().get_database_backend() == DbBackend::Postgres {
            // A power cut may lose frames, as a bad line does: nobody waits for the disk.
            passing.db().execute_unprepared("SET LOCAL synchronous_commit TO OFF").await?;
        }
        let mut left = Vec::new();
        for item in items {
            match item {
                Outgoing::Frame { meeting, to, frame } => {
                    let where_it_is = where_it_is(meeting, to, Arrival::Frame(frame), here, at);
                    bring_one(passing.db(), where_it_is).await?;
                }
                Outgoing::Left { meeting, chair, seat } => left.push((meeting, chair, seat)),
            }
        }
        // Processes that wait for each other's meetings must do so in one order.
        left.sort_unstable_by_key(|(meeting, ..)| *meeting);
        for (meeting, chair, seat) in left {
            passing.db().execute(&free(meeting, chair, seat)).await?;
        }
        passing.commit().await
    }

    /// Takes what lies there for this process, in the order in which it was brought.
    pub(in crate::together) async fn fetch(&self, here: &ProcessId) -> Result<Vec<Fetched>, StoreError> {
        let question = Query::select()
            .columns(["id", "meeting_id", "chair", "what", "body"])
            .from("meeting_frame")
            .and_where(Expr::col("process").eq(here.text()))
            .order_by("id", Order::Asc)
            .limit(MOST_ROWS)
            .to_owned();
        let rows = self.db().query_all(&question).await?;
        // Looking costs SQLite nothing; deleting would stop its other writers.
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids = rows.iter().map(|row| row.try_get_by("id")).collect::<Result<Vec<i64>, _>>()?;
        // Not all up to the last: PostgreSQL may show a lower one later.
        let take =
            Query::delete().from_table("meeting_frame").and_where(Expr::col("id").is_in(ids)).to_owned();
        let passing = self.write_passing().await?;
        passing.db().execute(&take).await?;
        passing.commit().await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }
}

async fn bring_one(db: &DatabaseTransaction, where_it_is: SelectStatement) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table("meeting_frame").columns(COLUMNS);
    // It has as many columns as there are.
    if insert.select_from(where_it_is).is_ok() {
        db.execute(&insert).await?;
    }
    Ok(())
}

/// A row for the process where someone sits in that chair; none, if nobody does.
fn where_it_is(
    meeting: MeetingId,
    to: Chair,
    arrival: Arrival,
    here: &ProcessId,
    at: i64,
) -> SelectStatement {
    let process = columns(to).process;
    let (word, body) = arrival.words();
    Query::select()
        .columns([process, "id"])
        .expr(Expr::value(to.id()))
        .expr(Expr::value(word))
        .expr(Expr::value(body))
        .expr(Expr::value(at))
        .from("meeting")
        .and_where(Expr::col("id").eq(meeting.text()))
        .and_where(Expr::col(process).is_not_null())
        .and_where(Expr::col(process).ne(here.text()))
        .to_owned()
}

fn free(meeting: MeetingId, chair: Chair, seat: SeatId) -> UpdateStatement {
    let place = columns(chair);
    Query::update()
        .table("meeting")
        .value(place.process, Option::<String>::None)
        .value(place.seat, Option::<String>::None)
        .and_where(Expr::col("id").eq(meeting.text()))
        .and_where(Expr::col(place.seat).eq(seat.text()))
        .to_owned()
}

/// For a process that is known.
pub(super) fn insert_arrival(
    process: &str,
    meeting: MeetingId,
    chair: Chair,
    arrival: Arrival,
    at: i64,
) -> InsertStatement {
    let (word, body) = arrival.words();
    Query::insert()
        .into_table("meeting_frame")
        .columns(COLUMNS)
        .values_panic([
            process.into(),
            meeting.text().into(),
            chair.id().into(),
            word.into(),
            body.into(),
            at.into(),
        ])
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Fetched, DbErr> {
    let (meeting, chair): (String, String) = (row.try_get_by("meeting_id")?, row.try_get_by("chair")?);
    let (word, body): (String, Vec<u8>) = (row.try_get_by("what")?, row.try_get_by("body")?);
    let place = MeetingId::read(&meeting).zip(Chair::parse(&chair));
    Ok(place.zip(Arrival::read(&word, body)).map(|((meeting, chair), arrival)| (meeting, chair, arrival)))
}
