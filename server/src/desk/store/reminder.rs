//! Who was reminded of what, in the database.

use domain::Date;
use domain::help::State;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};

use crate::audit::{Act, Actor, Entry, Kind};
use crate::clock::Now;
use crate::mail::{self, Address, MailError};
use crate::seal::Keys;
use crate::store::{Store, StoreError};

impl Store {
    /// Helper and request of every first contact that is due on this day or was before, and wasn't reminded of on it.
    pub(in crate::desk) async fn due_through(
        &self,
        today: Date,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let reminded = Query::select()
            .column("request_id")
            .from("reminder")
            .and_where(Expr::col(("reminder", "request_id")).equals(("request", "id")))
            .and_where(Expr::col(("reminder", "on_day")).eq(today.to_string()))
            .to_owned();
        let question = Query::select()
            .columns(["helper_id", "id"])
            .from("request")
            .and_where(Expr::col("state").eq(State::Matched.id()))
            .and_where(Expr::col("contact_due_on").lte(today.to_string()))
            .and_where(Expr::col("helper_id").is_not_null())
            .and_where(Expr::not_exists(reminded))
            .order_by("id", Order::Asc)
            .to_owned();
        let mut due = Vec::new();
        for row in self.db().query_all(&question).await? {
            due.push((row.try_get_by("helper_id")?, row.try_get_by("id")?));
        }
        Ok(due)
    }

    /// Marks these requests as reminded of today, and puts the message in the outbox; `false`: another process did.
    pub(in crate::desk) async fn remind(
        &self,
        requests: &[String],
        message: Option<(&Keys, &Address)>,
        now: Now,
    ) -> Result<bool, MailError> {
        let today = now.on.to_string();
        let mut mark = Query::insert();
        mark.into_table("reminder").columns(["request_id", "on_day"]);
        for request in requests {
            mark.values_panic([request.as_str().into(), today.as_str().into()]);
        }
        mark.on_conflict(OnConflict::columns(["request_id", "on_day"]).do_nothing().to_owned());
        let change = self.write().await?;
        if change.execute(&mark).await.map_err(StoreError::from)?.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some((keys, to)) = message {
            mail::put(&change, keys, to, mail::Kind::Reminder, now.at).await?;
        }
        let reminded = |id: &String| Entry::new(Actor::Server, Act::RequestReminded, Kind::Request.of(id));
        change.commit(now.at, &requests.iter().map(reminded).collect::<Vec<Entry>>()).await?;
        Ok(true)
    }

    pub(in crate::desk) async fn forget_reminders(&self, before: Date) -> Result<u64, StoreError> {
        let forget = Query::delete()
            .from_table("reminder")
            .and_where(Expr::col("on_day").lt(before.to_string()))
            .to_owned();
        Ok(self.db().execute(&forget).await?.rows_affected())
    }
}
