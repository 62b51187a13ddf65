//! Sign-ins that are under way, in the database, and whom they let in.

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::staff;
use crate::account::{Represented, Staff};
use crate::audit::{Act, Actor, Entry, Kind};
use crate::code::Finder;
use crate::store::{Store, StoreError};

/// An account that someone may be let in to.
pub struct Known {
    pub staff: Staff,
    /// How a provider tells the organisation that she works for.
    pub represented: Option<Represented>,
    pub is_blocked: bool,
}

impl Store {
    /// Someone goes to her provider; `invitation` goes along.
    pub(in crate::account) async fn keep_sign_in(
        &self,
        finder: Finder,
        invitation: Option<Finder>,
        until: i64,
    ) -> Result<(), StoreError> {
        let insert = Query::insert()
            .into_table("sign_in")
            .columns(["finder", "invitation", "valid_until"])
            .values_panic([
                finder.0.to_vec().into(),
                invitation.map(|invitation| invitation.0.to_vec()).into(),
                until.into(),
            ])
            .to_owned();
        self.db().execute(&insert).await?;
        Ok(())
    }

    /// She came back, this once; with the invitation that went along. `None`: she never went, came before, or came too late.
    pub(in crate::account) async fn take_sign_in(
        &self,
        finder: Finder,
        at: i64,
    ) -> Result<Option<Option<Finder>>, StoreError> {
        let take = Query::delete()
            .from_table("sign_in")
            .and_where(Expr::col("finder").eq(finder.0.to_vec()))
            .and_where(Expr::col("valid_until").gte(at))
            .returning_col("invitation")
            .to_owned();
        let Some(row) = self.db().query_one(&take).await? else { return Ok(None) };
        let invitation: Option<Vec<u8>> = row.try_get_by("invitation")?;
        Ok(Some(invitation.and_then(|finder| finder.try_into().ok()).map(Finder)))
    }

    /// Those that weren't finished in time, and invitations that nobody can use any more.
    pub(in crate::account) async fn forget_sign_ins(&self, at: i64) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for table in ["sign_in", "invitation"] {
            let forget =
                Query::delete().from_table(table).and_where(Expr::col("valid_until").lt(at)).to_owned();
            forgotten += self.db().execute(&forget).await?.rows_affected();
        }
        Ok(forgotten)
    }

    /// Whom a provider means.
    pub(in crate::account) async fn known(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<Known>, StoreError> {
        let question = known()
            .and_where(Expr::col(("staff", "issuer")).eq(issuer))
            .and_where(Expr::col(("staff", "subject")).eq(subject))
            .to_owned();
        self.one_known(&question).await
    }

    /// Whom an invitation that still can be used is for.
    pub(in crate::account) async fn invited(
        &self,
        finder: Finder,
        at: i64,
    ) -> Result<Option<Known>, StoreError> {
        let question = known()
            .inner_join("invitation", Expr::col(("invitation", "staff_id")).equals(("staff", "id")))
            .and_where(Expr::col(("invitation", "finder")).eq(finder.0.to_vec()))
            .and_where(Expr::col(("invitation", "used_at")).is_null())
            .and_where(Expr::col(("invitation", "valid_until")).gte(at))
            .and_where(Expr::col(("staff", "issuer")).is_null())
            .to_owned();
        self.one_known(&question).await
    }

    /// Uses up an invitation, and binds its account to who came with it; `false`: somebody was first.
    pub(in crate::account) async fn accept(
        &self,
        invitation: Finder,
        [issuer, subject]: [&str; 2],
        at: i64,
    ) -> Result<bool, StoreError> {
        let use_up = Query::update()
            .table("invitation")
            .value("used_at", at)
            .and_where(Expr::col("finder").eq(invitation.0.to_vec()))
            .and_where(Expr::col("used_at").is_null())
            .and_where(Expr::col("valid_until").gte(at))
            .returning_col("staff_id")
            .to_owned();
        let change = self.write().await?;
        let Some(row) = change.query_one(&use_up).await? else { return Ok(false) };
        let staff_id: String = row.try_get_by("staff_id")?;
        let bind = Query::update()
            .table("staff")
            .value("issuer", issuer)
            .value("subject", subject)
            .and_where(Expr::col("id").eq(staff_id.as_str()))
            .and_where(Expr::col("issuer").is_null())
            .and_where(Expr::col("blocked_at").is_null())
            .to_owned();
        let bound = change.execute(&bind).await?.rows_affected() > 0;
        let staff = Actor::Staff(staff_id.clone());
        // An invitation that binds nobody is used up all the same.
        change.commit(at, &[Entry::new(staff, Act::StaffChanged, Kind::Staff.of(staff_id))]).await?;
        Ok(bound)
    }

    async fn one_known(&self, question: &SelectStatement) -> Result<Option<Known>, StoreError> {
        let Some(row) = self.db().query_one(question).await? else { return Ok(None) };
        let issuer: Option<String> = row.try_get_by("external_issuer")?;
        let represented = match issuer {
            Some(issuer) => Some(Represented {
                issuer,
                id_type: row.try_get_by("external_id_type")?,
                id: row.try_get_by("external_id")?,
            }),
            None => None,
        };
        let blocked_at: Option<i64> = row.try_get_by("blocked_at")?;
        Ok(Some(Known { staff: staff::read(&row)?, represented, is_blocked: blocked_at.is_some() }))
    }
}

fn known() -> SelectStatement {
    staff::staff()
        .column(("staff", "blocked_at"))
        .columns([
            ("organisation", "external_issuer"),
            ("organisation", "external_id_type"),
            ("organisation", "external_id"),
        ])
        .to_owned()
}
