//! Sessions in the database.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::staff;
use crate::account::Session;
use crate::audit::{Act, Actor, Entry, Kind};
use crate::code::Finder;
use crate::store::{Store, StoreError};

impl Store {
    /// Begins one, ends the earlier one of that browser, and notes when the account was last used.
    pub(in crate::account) async fn begin_session(
        &self,
        finder: Finder,
        staff_id: &str,
        earlier: Option<Finder>,
        at: i64,
    ) -> Result<(), StoreError> {
        let insert = Query::insert()
            .into_table("session")
            .columns(["finder", "staff_id", "begun_at", "used_at"])
            .values_panic([finder.0.to_vec().into(), staff_id.into(), at.into(), at.into()])
            .to_owned();
        let note = Query::update()
            .table("staff")
            .value("signed_in_at", at)
            .and_where(Expr::col("id").eq(staff_id))
            .to_owned();
        let change = self.write().await?;
        if let Some(Finder(earlier)) = earlier {
            let end = Query::delete()
                .from_table("session")
                .and_where(Expr::col("finder").eq(earlier.to_vec()))
                .to_owned();
            change.execute(&end).await?;
        }
        change.execute(&insert).await?;
        change.execute(&note).await?;
        let staff = Actor::Staff(staff_id.to_owned());
        change.commit(at, &[Entry::new(staff, Act::StaffSignedIn, Kind::Staff.of(staff_id))]).await
    }

    /// With whose it is; none of an account that was ended.
    pub(in crate::account) async fn find_session(
        &self,
        finder: Finder,
    ) -> Result<Option<Session>, StoreError> {
        let question = staff::staff()
            .column(("session", "begun_at"))
            .column(("session", "used_at"))
            .inner_join("session", Expr::col(("session", "staff_id")).equals(("staff", "id")))
            .and_where(Expr::col(("session", "finder")).eq(finder.0.to_vec()))
            .and_where(Expr::col(("staff", "blocked_at")).is_null())
            .to_owned();
        let Some(row) = self.db().query_one(&question).await? else { return Ok(None) };
        Ok(Some(Session {
            staff: staff::read(&row)?,
            begun_at: row.try_get_by("begun_at")?,
            used_at: row.try_get_by("used_at")?,
        }))
    }

    pub(in crate::account) async fn session_used(&self, finder: Finder, at: i64) -> Result<(), StoreError> {
        let used = Query::update()
            .table("session")
            .value("used_at", at)
            .and_where(Expr::col("finder").eq(finder.0.to_vec()))
            .to_owned();
        self.db().execute(&used).await?;
        Ok(())
    }

    pub(in crate::account) async fn end_session(&self, finder: Finder, at: i64) -> Result<(), StoreError> {
        let end = Query::delete()
            .from_table("session")
            .and_where(Expr::col("finder").eq(finder.0.to_vec()))
            .returning_col("staff_id")
            .to_owned();
        let change = self.write().await?;
        let Some(row) = change.query_one(&end).await? else { return Ok(()) };
        let staff_id: String = row.try_get_by("staff_id")?;
        let staff = Actor::Staff(staff_id.clone());
        change.commit(at, &[Entry::new(staff, Act::StaffSignedOut, Kind::Staff.of(staff_id))]).await
    }

    /// Those not used, or begun, since then.
    pub(in crate::account) async fn forget_sessions(&self, used: i64, begun: i64) -> Result<u64, StoreError> {
        let over = Expr::col("used_at").lte(used).or(Expr::col("begun_at").lte(begun));
        let forget = Query::delete().from_table("session").and_where(over).to_owned();
        Ok(self.db().execute(&forget).await?.rows_affected())
    }
}
