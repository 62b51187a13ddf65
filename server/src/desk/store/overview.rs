//! What a coordinator sees, counted in the database.

use std::collections::HashMap;

use domain::Date;
use domain::help::{Event, State};
use sea_orm::sea_query::{Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::request::RUNNING;
use crate::store::{Store, StoreError};

/// More than this at once needs more than a list.
const MOST_LATE: u64 = 100;

/// A request that lies too long.
pub struct LateRow {
    pub id: String,
    pub kind: String,
    pub language: String,
    pub region: String,
    pub urgent: i64,
    pub made_at: i64,
    pub due_on: String,
    pub helper_id: Option<String>,
    pub name: Option<String>,
}

/// A helper with what they carry.
pub struct LoadRow {
    pub id: String,
    pub name: String,
    pub most_requests: i64,
    pub paused_until: Option<String>,
    pub running: i64,
    pub closed: i64,
    pub is_blocked: bool,
}

impl Store {
    /// How many nobody has, and how many a helper has.
    pub(in crate::desk) async fn open_requests(&self) -> Result<(i64, i64), StoreError> {
        let mut waiting = counted("request");
        waiting.and_where(Expr::col("state").eq(State::Received.id()));
        let mut running = counted("request");
        running.and_where(Expr::col("state").is_in(RUNNING));
        Ok((self.count(&waiting).await?, self.count(&running).await?))
    }

    pub(in crate::desk) async fn unclaimed_before(&self, today: Date) -> Result<Vec<LateRow>, StoreError> {
        self.late(State::Received, "claim_due_on", today).await
    }

    pub(in crate::desk) async fn uncontacted_before(&self, today: Date) -> Result<Vec<LateRow>, StoreError> {
        self.late(State::Matched, "contact_due_on", today).await
    }

    /// In a state, past the day in that column: urgent first, then the longest late.
    async fn late(&self, state: State, due: &'static str, today: Date) -> Result<Vec<LateRow>, StoreError> {
        let question = Query::select()
            .columns(["id", "kind", "language", "region", "urgent", "made_at", "helper_id"])
            .expr_as(Expr::col(due), "due_on")
            .expr_as(Expr::col(("helper", "name")), "helper_name")
            .from("request")
            .join(
                JoinType::LeftJoin,
                "helper",
                Expr::col(("helper", "staff_id")).equals(("request", "helper_id")),
            )
            .and_where(Expr::col("state").eq(state.id()))
            .and_where(Expr::col(due).lt(today.to_string()))
            .order_by("urgent", Order::Desc)
            .order_by(due, Order::Asc)
            .order_by("made_at", Order::Asc)
            .limit(MOST_LATE)
            .to_owned();
        let read = |row: &QueryResult| {
            Ok::<LateRow, DbErr>(LateRow {
                id: row.try_get_by("id")?,
                kind: row.try_get_by("kind")?,
                language: row.try_get_by("language")?,
                region: row.try_get_by("region")?,
                urgent: row.try_get_by("urgent")?,
                made_at: row.try_get_by("made_at")?,
                due_on: row.try_get_by("due_on")?,
                helper_id: row.try_get_by("helper_id")?,
                name: row.try_get_by("helper_name")?,
            })
        };
        Ok(self.db().query_all(&question).await?.iter().map(read).collect::<Result<_, DbErr>>()?)
    }

    /// How many running requests each helper has.
    pub(crate) async fn running_of_all(&self) -> Result<HashMap<String, i64>, StoreError> {
        let mut running = per_helper();
        running.and_where(Expr::col("state").is_in(RUNNING));
        self.per_helper(&running).await
    }

    /// Every helper, and what they closed since a moment.
    pub(in crate::desk) async fn loads(&self, since: i64) -> Result<Vec<LoadRow>, StoreError> {
        let running = self.running_of_all().await?;
        let mut closed = per_helper();
        closed
            .and_where(Expr::col("state").eq(State::Closed.id()))
            .and_where(Expr::col("closed_at").gte(since));
        let closed = self.per_helper(&closed).await?;
        let helpers = Query::select()
            .columns(["staff_id", "most_requests", "paused_until"].map(|column| ("helper", column)))
            .expr_as(Expr::col(("helper", "name")), "helper_name")
            .expr_as(Expr::col(("staff", "blocked_at")), "blocked_at")
            .from("helper")
            .left_join("staff", Expr::col(("staff", "id")).equals(("helper", "staff_id")))
            .order_by(("helper", "name"), Order::Asc)
            .to_owned();
        let mut loads = Vec::new();
        for row in self.db().query_all(&helpers).await? {
            let id: String = row.try_get_by("staff_id")?;
            let blocked_at: Option<i64> = row.try_get_by("blocked_at")?;
            loads.push(LoadRow {
                name: row.try_get_by("helper_name")?,
                is_blocked: blocked_at.is_some(),
                most_requests: row.try_get_by("most_requests")?,
                paused_until: row.try_get_by("paused_until")?,
                running: running.get(&id).copied().unwrap_or(0),
                closed: closed.get(&id).copied().unwrap_or(0),
                id,
            });
        }
        Ok(loads)
    }

    /// Made, claimed and closed from one moment until another.
    pub(in crate::desk) async fn counts_between(
        &self,
        from: i64,
        until: i64,
    ) -> Result<[i64; 3], StoreError> {
        let between = |table: &'static str, column: &'static str| {
            let mut question = counted(table);
            question.and_where(Expr::col(column).gte(from)).and_where(Expr::col(column).lt(until));
            question
        };
        let made = between("request", "made_at");
        let closed = between("request", "closed_at");
        let mut claimed = between("request_event", "at");
        claimed.and_where(Expr::col("kind").eq(Event::Claimed.id()));
        Ok([self.count(&made).await?, self.count(&claimed).await?, self.count(&closed).await?])
    }

    /// Of what was made between these moments and had a first contact: the median of the seconds between.
    pub(in crate::desk) async fn median_to_contact(
        &self,
        from: i64,
        until: i64,
    ) -> Result<Option<i64>, StoreError> {
        let contacted = |mut question: SelectStatement| {
            question
                .and_where(Expr::col("made_at").gte(from))
                .and_where(Expr::col("made_at").lt(until))
                .and_where(Expr::col("contacted_at").is_not_null());
            question
        };
        let count = self.count(&contacted(counted("request"))).await?;
        let Ok(middle @ 1..) = u64::try_from(count) else { return Ok(None) };
        let took = || Expr::col("contacted_at").sub(Expr::col("made_at"));
        let mut question = contacted(Query::select().expr_as(took(), "took").from("request").to_owned());
        question.order_by_expr(took(), Order::Asc).offset((middle - 1) / 2).limit(1);
        let row = self.db().query_one(&question).await?;
        Ok(row.map(|row| row.try_get_by("took")).transpose()?)
    }

    /// How many said no, partly and yes: was this fair, and can you go on.
    pub(in crate::desk) async fn answers(&self) -> Result<[[i64; 3]; 2], StoreError> {
        let mut counts = [[0; 3]; 2];
        for (counts, column) in counts.iter_mut().zip(["was_fair", "can_go_on"]) {
            let question = Query::select()
                .expr_as(Expr::col(column), "answer")
                .expr_as(Func::count(Expr::col("id")), "times")
                .from("request")
                .and_where(Expr::col(column).is_not_null())
                .group_by_col(column)
                .to_owned();
            for row in self.db().query_all(&question).await? {
                let answer: i64 = row.try_get_by("answer")?;
                let at = usize::try_from(answer - 1).ok();
                if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                    *count = row.try_get_by("times")?;
                }
            }
        }
        Ok(counts)
    }

    async fn count(&self, question: &SelectStatement) -> Result<i64, StoreError> {
        let row = self.db().query_one(question).await?;
        Ok(row.map(|row| row.try_get_by("times")).transpose()?.unwrap_or(0))
    }

    async fn per_helper(&self, question: &SelectStatement) -> Result<HashMap<String, i64>, StoreError> {
        let mut counts = HashMap::new();
        for row in self.db().query_all(question).await? {
            counts.insert(row.try_get_by("helper_id")?, row.try_get_by("times")?);
        }
        Ok(counts)
    }
}

fn counted(table: &'static str) -> SelectStatement {
    Query::select().expr_as(Func::count(Expr::col("id")), "times").from(table).to_owned()
}

fn per_helper() -> SelectStatement {
    Query::select()
        .column("helper_id")
        .expr_as(Func::count(Expr::col("id")), "times")
        .from("request")
        .and_where(Expr::col("helper_id").is_not_null())
        .group_by_col("helper_id")
        .to_owned()
}
