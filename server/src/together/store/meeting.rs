//! Beginning, joining and ending.

use domain::together::{Chair, Ending, Notice};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::columns;
use super::frame::insert_arrival;
use crate::code::Finder;
use crate::store::{Store, StoreError};
use crate::together::name::{MeetingId, ProcessId, SeatId};
use crate::together::post::Arrival;
use crate::together::{Begun, Joining};

/// A frame that nobody fetched in so many seconds: its process is gone.
const STALE_AFTER: i64 = 60;

/// A meeting that someone just joined.
pub(in crate::together) struct Joined {
    pub meeting: MeetingId,
    /// The parent sits in this very process.
    pub parent_is_here: bool,
}

/// What a ticket is for.
pub(in crate::together) struct Place {
    pub meeting: MeetingId,
    pub chair: Chair,
    /// Whoever sits there, in whichever process.
    pub seat: Option<SeatId>,
}

impl Store {
    /// Keeps a new meeting. `false`: there is one under that name.
    pub(in crate::together) async fn begin_meeting(&self, it: Begun) -> Result<bool, StoreError> {
        let insert = Query::insert()
            .into_table("meeting")
            .columns(["id", "name_hash", "parent_ticket", "code_until", "ends_at"])
            .values_panic([
                MeetingId::new().text().into(),
                it.name.0.to_vec().into(),
                it.ticket.0.to_vec().into(),
                it.code_until.into(),
                it.ends_at.into(),
            ])
            .on_conflict(OnConflict::column("name_hash").do_nothing().to_owned())
            .to_owned();
        Ok(self.db().execute(&insert).await?.rows_affected() > 0)
    }

    /// Uses up the code: of many at once, one joins. The parent is told where she sits, unless that is in this process.
    pub(in crate::together) async fn join_meeting(
        &self,
        it: Joining<'_>,
        here: &ProcessId,
    ) -> Result<Option<Joined>, StoreError> {
        let parent = columns(Chair::Parent);
        let use_up = Query::update()
            .table("meeting")
            .value("helper_ticket", it.ticket.0.to_vec())
            .value("helper_staff_id", it.staff_id.map(str::to_owned))
            .and_where(Expr::col("name_hash").eq(it.name.0.to_vec()))
            .and_where(Expr::col("helper_ticket").is_null())
            .and_where(Expr::col("code_until").gt(it.at))
            .and_where(Expr::col("ends_at").gt(it.at))
            .returning(Query::returning().columns(["id", parent.process]))
            .to_owned();
        let passing = self.write_passing().await?;
        let Some(row) = passing.db().query_one(&use_up).await? else { return Ok(None) };
        let meeting = read_id(&row)?;
        let process: Option<String> = row.try_get_by(parent.process)?;
        let parent_is_here = process.as_deref() == Some(here.text());
        if let Some(process) = process.filter(|_| !parent_is_here) {
            let arrival = Arrival::Notice(it.notice);
            let tell = insert_arrival(&process, meeting, Chair::Parent, arrival, it.at);
            passing.db().execute(&tell).await?;
        }
        passing.commit().await?;
        Ok(Some(Joined { meeting, parent_is_here }))
    }

    /// Deletes all that is kept of a meeting, and tells who sits in other processes why. `false`: that was done before.
    pub(in crate::together) async fn end_meeting(
        &self,
        id: MeetingId,
        ending: Ending,
        here: &ProcessId,
        at: i64,
    ) -> Result<bool, StoreError> {
        let end = Query::delete()
            .from_table("meeting")
            .and_where(Expr::col("id").eq(id.text()))
            .returning(Query::returning().columns(Chair::ALL.iter().map(|chair| columns(*chair).process)))
            .to_owned();
        // What another process has in hand is gone by itself: waiting for that, each could wait for the other.
        let frames = Query::select()
            .column("id")
            .from("meeting_frame")
            .and_where(Expr::col("meeting_id").eq(id.text()))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .to_owned();
        let lose = Query::delete()
            .from_table("meeting_frame")
            .and_where(Expr::col("id").in_subquery(frames))
            .to_owned();
        let passing = self.write_passing().await?;
        let Some(row) = passing.db().query_one(&end).await? else { return Ok(false) };
        passing.db().execute(&lose).await?;
        for chair in Chair::ALL.iter().copied() {
            let process: Option<String> = row.try_get_by(columns(chair).process)?;
            if let Some(process) = process.filter(|process| process != here.text()) {
                let arrival = Arrival::Notice(Notice::Ended(ending));
                passing.db().execute(&insert_arrival(&process, id, chair, arrival, at)).await?;
            }
        }
        passing.commit().await?;
        Ok(true)
    }

    /// The meeting and the chair of a ticket, and who sits there.
    pub(in crate::together) async fn find_chair(
        &self,
        ticket: Finder,
        at: i64,
    ) -> Result<Option<Place>, StoreError> {
        let (parent, helper) = (columns(Chair::Parent), columns(Chair::Helper));
        let is_parents = Expr::col(parent.ticket).eq(ticket.0.to_vec());
        let question = Query::select()
            .columns(["id", parent.seat, helper.seat])
            .expr_as(is_parents.clone(), "is_parents")
            .from("meeting")
            .and_where(is_parents.or(Expr::col(helper.ticket).eq(ticket.0.to_vec())))
            .and_where(Expr::col("ends_at").gt(at))
            .to_owned();
        let Some(row) = self.db().query_one(&question).await? else { return Ok(None) };
        let chair = if row.try_get_by("is_parents")? { Chair::Parent } else { Chair::Helper };
        let seat: Option<String> = row.try_get_by(columns(chair).seat)?;
        Ok(Some(Place { meeting: read_id(&row)?, chair, seat: seat.as_deref().and_then(SeatId::read) }))
    }

    /// Those that lasted as long as they may.
    pub(in crate::together) async fn overdue_meetings(&self, at: i64) -> Result<Vec<MeetingId>, StoreError> {
        let question =
            Query::select().column("id").from("meeting").and_where(Expr::col("ends_at").lte(at)).to_owned();
        let rows = self.db().query_all(&question).await?;
        Ok(rows.iter().map(read_id).collect::<Result<_, _>>()?)
    }

    /// What lies there for processes that don't fetch it.
    pub(in crate::together) async fn forget_arrivals(&self, at: i64) -> Result<u64, StoreError> {
        let forget = Query::delete()
            .from_table("meeting_frame")
            .and_where(Expr::col("at").lte(at - STALE_AFTER))
            .to_owned();
        Ok(self.db().execute(&forget).await?.rows_affected())
    }
}

fn read_id(row: &QueryResult) -> Result<MeetingId, DbErr> {
    let id: String = row.try_get_by("id")?;
    MeetingId::read(&id).ok_or_else(|| DbErr::Custom("no id of a meeting".to_owned()))
}
