//! How often something was done or tried in vain lately: limits that hold across processes and restarts.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::{Store, StoreError};

/// How often something may be done, or may fail, for one who tries, in a stretch of time.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub action: &'static str,
    pub most: i64,
    pub seconds: i64,
}

/// What a change counts, with all else that it does.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    pub limit: Limit,
    pub who: &'a [u8],
}

impl Limit {
    /// When the stretch that a moment lies in ends.
    const fn ends_at(&self, at: i64) -> i64 {
        (at.div_euclid(self.seconds) + 1) * self.seconds
    }
}

impl Store {
    /// When it may be tried again; `None`: now.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn barred_until(&self, limit: Limit, who: &[u8], at: i64) -> Result<Option<i64>, StoreError> {
        let until = limit.ends_at(at);
        let question = Query::select()
            .column("times")
            .from("attempt")
            .and_where(Expr::col("action").eq(limit.action))
            .and_where(Expr::col("who").eq(who.to_vec()))
            .and_where(Expr::col("until").eq(until))
            .to_owned();
        let row = self.db().query_one(&question).await?;
        let times: i64 = row.map(|row| row.try_get_by("times")).transpose()?.unwrap_or(0);
        Ok((times >= limit.most).then_some(until))
    }

    /// Counts one more.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn count_try(&self, limit: Limit, who: &[u8], at: i64) -> Result<(), StoreError> {
        limit.count(self.db(), who, at).await
    }

    /// Forgets what lies behind; gives how much that was.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn forget_attempts(&self, before: i64) -> Result<u64, StoreError> {
        let delete =
            Query::delete().from_table("attempt").and_where(Expr::col("until").lt(before)).to_owned();
        Ok(self.db().execute(&delete).await?.rows_affected())
    }
}

impl Limit {
    /// Counts one more.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn count(self, db: &impl ConnectionTrait, who: &[u8], at: i64) -> Result<(), StoreError> {
        let insert = Query::insert()
            .into_table("attempt")
            .columns(["action", "who", "until", "times"])
            .values_panic([self.action.into(), who.to_vec().into(), self.ends_at(at).into(), 1_i64.into()])
            .on_conflict(
                OnConflict::columns(["action", "who", "until"])
                    .value("times", Expr::col(("attempt", "times")).add(1))
                    .to_owned(),
            )
            .to_owned();
        db.execute(&insert).await?;
        Ok(())
    }
}
