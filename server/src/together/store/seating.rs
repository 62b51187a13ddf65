//! Sitting down: while it lasts nobody else sits down there, joins or ends the meeting.

use domain::together::Chair;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::columns;
use super::frame::insert_arrival;
use super::meeting::Place;
use crate::store::{Passing, Store, StoreError};
use crate::together::name::{ProcessId, SeatId};
use crate::together::post::Arrival;

/// Someone sits down; so at [`Seating::commit`].
pub(in crate::together) struct Seating {
    passing: Passing,
    pub ends_at: i64,
    pub has_helper: bool,
    /// Of a helper who was signed in when she joined.
    pub staff_id: Option<String>,
}

impl Store {
    /// Takes the chair for this process; whoever sits there over another one is told. `None`: the meeting is over.
    pub(in crate::together) async fn begin_seating(
        &self,
        Place { meeting, chair, .. }: Place,
        seat: SeatId,
        here: &ProcessId,
        at: i64,
    ) -> Result<Option<Seating>, StoreError> {
        let place = columns(chair);
        let helper = columns(Chair::Helper);
        let question = Query::select()
            .columns([place.process, place.seat, "helper_staff_id", "ends_at"])
            .expr_as(Expr::col(helper.ticket).is_not_null(), "has_helper")
            .from("meeting")
            .and_where(Expr::col("id").eq(meeting.text()))
            .and_where(Expr::col("ends_at").gt(at))
            .lock_exclusive()
            .to_owned();
        let take = Query::update()
            .table("meeting")
            .value(place.process, here.text())
            .value(place.seat, seat.text())
            .and_where(Expr::col("id").eq(meeting.text()))
            .to_owned();
        let passing = self.write_passing().await?;
        let Some(row) = passing.db().query_one(&question).await? else { return Ok(None) };
        passing.db().execute(&take).await?;
        let process: Option<String> = row.try_get_by(place.process)?;
        let earlier: Option<String> = row.try_get_by(place.seat)?;
        let elsewhere = process.filter(|process| process != here.text());
        if let Some((process, earlier)) = elsewhere.zip(earlier.as_deref().and_then(SeatId::read)) {
            let arrival = Arrival::Elsewhere(earlier);
            passing.db().execute(&insert_arrival(&process, meeting, chair, arrival, at)).await?;
        }
        Ok(Some(Seating {
            ends_at: row.try_get_by("ends_at")?,
            has_helper: row.try_get_by("has_helper")?,
            staff_id: row.try_get_by("helper_staff_id")?,
            passing,
        }))
    }
}

impl Seating {
    pub(in crate::together) async fn commit(self) -> Result<(), StoreError> {
        self.passing.commit().await
    }
}
