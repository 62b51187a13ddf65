//! What helpers ask each other, in the database.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query};

use crate::audit::{Act, Actor, Entry, Kind};
use crate::clock::Now;
use crate::desk::Taken;
use crate::store::{Store, StoreError};

const TABLE: &str = "need";

/// An ask, still sealed.
pub struct NeedRow {
    pub id: String,
    pub staff: String,
    pub name: String,
    pub sealed: Vec<u8>,
    pub asked_at: i64,
    pub taken_by: Option<String>,
    pub taker: Option<String>,
}

impl Store {
    pub(in crate::desk) async fn ask_need(
        &self,
        id: &str,
        staff: &str,
        sealed: Vec<u8>,
        now: Now,
    ) -> Result<(), StoreError> {
        let keep = Query::insert()
            .into_table(TABLE)
            .columns(["id", "staff_id", "sealed", "asked_at"])
            .values_panic([id.into(), staff.into(), sealed.into(), now.at.into()])
            .to_owned();
        let change = self.write().await?;
        change.execute(&keep).await?;
        change.commit(now.at, &[by(Actor::Staff(staff.to_owned()), Act::NeedAsked, id)]).await
    }

    /// Those that nobody took up, and those of this helper, from a moment on.
    pub(in crate::desk) async fn needs(&self, staff: &str, since: i64) -> Result<Vec<NeedRow>, StoreError> {
        let own = Expr::col((TABLE, "staff_id")).eq(staff).or(Expr::col((TABLE, "taken_by")).eq(staff));
        let question = Query::select()
            .columns([
                (TABLE, "id"),
                (TABLE, "staff_id"),
                (TABLE, "sealed"),
                (TABLE, "asked_at"),
                (TABLE, "taken_by"),
            ])
            .expr_as(Expr::col(("asker", "name")), "asker_name")
            .expr_as(Expr::col(("taker", "name")), "taker_name")
            .from(TABLE)
            .join_as(
                JoinType::LeftJoin,
                "helper",
                "asker",
                Expr::col(("asker", "staff_id")).equals((TABLE, "staff_id")),
            )
            .join_as(
                JoinType::LeftJoin,
                "helper",
                "taker",
                Expr::col(("taker", "staff_id")).equals((TABLE, "taken_by")),
            )
            .and_where(Expr::col((TABLE, "asked_at")).gte(since))
            .and_where(Expr::col((TABLE, "taken_by")).is_null().or(own))
            .order_by((TABLE, "asked_at"), Order::Asc)
            .order_by((TABLE, "id"), Order::Asc)
            .to_owned();
        let mut needs = Vec::new();
        for row in self.db().query_all(&question).await? {
            let name: Option<String> = row.try_get_by("asker_name")?;
            needs.push(NeedRow {
                id: row.try_get_by("id")?,
                staff: row.try_get_by("staff_id")?,
                name: name.unwrap_or_default(),
                sealed: row.try_get_by("sealed")?,
                asked_at: row.try_get_by("asked_at")?,
                taken_by: row.try_get_by("taken_by")?,
                taker: row.try_get_by("taker_name")?,
            });
        }
        Ok(needs)
    }

    pub(in crate::desk) async fn take_need(
        &self,
        id: &str,
        staff: &str,
        now: Now,
    ) -> Result<Taken, StoreError> {
        let take = Query::update()
            .table(TABLE)
            .value("taken_by", staff)
            .value("taken_at", now.at)
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("staff_id").ne(staff))
            .and_where(Expr::col("taken_by").is_null().or(Expr::col("taken_by").eq(staff)))
            .to_owned();
        let change = self.write().await?;
        if change.execute(&take).await?.rows_affected() == 0 {
            return Ok(Taken::Gone);
        }
        change.commit(now.at, &[by(Actor::Staff(staff.to_owned()), Act::NeedTaken, id)]).await?;
        Ok(Taken::Taken)
    }

    pub(in crate::desk) async fn close_need(
        &self,
        id: &str,
        staff: &str,
        now: Now,
    ) -> Result<(), StoreError> {
        let close = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("staff_id").eq(staff))
            .to_owned();
        let change = self.write().await?;
        if change.execute(&close).await?.rows_affected() == 1 {
            change.commit(now.at, &[by(Actor::Staff(staff.to_owned()), Act::NeedClosed, id)]).await?;
        }
        Ok(())
    }

    /// Those from before a moment; gives how many.
    pub(in crate::desk) async fn forget_needs(&self, before: i64, at: i64) -> Result<u64, StoreError> {
        let forget = Query::delete()
            .from_table(TABLE)
            .and_where(Expr::col("asked_at").lt(before))
            .returning_col("id")
            .to_owned();
        let change = self.write().await?;
        let mut entries = Vec::new();
        for row in change.query_all(&forget).await? {
            let id: String = row.try_get_by("id")?;
            entries.push(by(Actor::Server, Act::NeedClosed, &id));
        }
        change.commit(at, &entries).await?;
        Ok(entries.len() as u64)
    }
}

fn by(actor: Actor, act: Act, id: &str) -> Entry {
    Entry::new(actor, act, Kind::Need.of(id))
}
