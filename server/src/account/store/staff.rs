//! Staff and invitations in the database.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::organisation::insert_organisation;
use crate::account::staff::Invited;
use crate::account::{DemoStaff, Organisation, Role, Staff, StaffMember};
use crate::audit::{Act, Actor, Entry, Kind};
use crate::code::Finder;
use crate::store::{Store, StoreError};

impl Store {
    /// An account that nobody is bound to yet, and the code that binds it.
    pub(in crate::account) async fn invite(
        &self,
        it: Invited<'_>,
        finder: Finder,
        until: i64,
        by: &Actor,
    ) -> Result<(), StoreError> {
        let account = Query::insert()
            .into_table("staff")
            .columns(["id", "name", "role", "organisation_id", "invited_at"])
            .values_panic([
                it.id.into(),
                it.name.into(),
                it.role.id().into(),
                it.organisation_id.map(str::to_owned).into(),
                it.at.into(),
            ])
            .to_owned();
        let invitation = Query::insert()
            .into_table("invitation")
            .columns(["finder", "staff_id", "valid_until"])
            .values_panic([finder.0.to_vec().into(), it.id.into(), until.into()])
            .to_owned();
        let change = self.write().await?;
        change.execute(&account).await?;
        change.execute(&invitation).await?;
        change.commit(it.at, &[Entry::new(by.clone(), Act::StaffInvited, Kind::Staff.of(it.id))]).await
    }

    /// In the order in which they were invited.
    pub(in crate::account) async fn everyone(&self) -> Result<Vec<StaffMember>, StoreError> {
        let question = staff()
            .columns([("staff", "invited_at"), ("staff", "signed_in_at"), ("staff", "blocked_at")])
            .order_by(("staff", "invited_at"), Order::Asc)
            .order_by(("staff", "id"), Order::Asc)
            .to_owned();
        let rows = self.db().query_all(&question).await?;
        let member = |row: &QueryResult| {
            Ok::<_, DbErr>(StaffMember {
                staff: read(row)?,
                invited_at: row.try_get_by("invited_at")?,
                signed_in_at: row.try_get_by("signed_in_at")?,
                blocked_at: row.try_get_by("blocked_at")?,
            })
        };
        Ok(rows.iter().map(member).collect::<Result<_, _>>()?)
    }

    /// None whose account was ended.
    pub(in crate::account) async fn working(&self, id: &str) -> Result<Option<Staff>, StoreError> {
        let question = staff()
            .and_where(Expr::col(("staff", "id")).eq(id))
            .and_where(Expr::col(("staff", "blocked_at")).is_null())
            .to_owned();
        let row = self.db().query_one(&question).await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// Ends an account; its sessions and an unused invitation go with it.
    pub(in crate::account) async fn block(&self, id: &str, by: &Actor, at: i64) -> Result<bool, StoreError> {
        let block = Query::update()
            .table("staff")
            .value("blocked_at", at)
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("blocked_at").is_null())
            .to_owned();
        let change = self.write().await?;
        if change.execute(&block).await?.rows_affected() == 0 {
            drop(change);
            self.settle().await?;
            return Ok(false);
        }
        for table in ["session", "invitation"] {
            let end = Query::delete().from_table(table).and_where(Expr::col("staff_id").eq(id)).to_owned();
            change.execute(&end).await?;
        }
        change.commit(at, &[Entry::new(by.clone(), Act::StaffBlocked, Kind::Staff.of(id))]).await?;
        Ok(true)
    }

    /// Ends all accounts that one provider let in.
    pub(in crate::account) async fn block_all_of(&self, issuer: &str, at: i64) -> Result<(), StoreError> {
        let block = Query::update()
            .table("staff")
            .value("blocked_at", at)
            .and_where(Expr::col("issuer").eq(issuer))
            .and_where(Expr::col("blocked_at").is_null())
            .returning_col("id")
            .to_owned();
        let change = self.write().await?;
        let mut entries = Vec::new();
        for row in change.query_all(&block).await? {
            let id: String = row.try_get_by("id")?;
            entries.push(Entry::new(Actor::Server, Act::StaffBlocked, Kind::Staff.of(id)));
        }
        if entries.is_empty() {
            return Ok(());
        }
        change.commit(at, &entries).await
    }

    /// Makes the invented accounts of a demo, or opens them again.
    pub(in crate::account) async fn keep_demo(
        &self,
        organisation: &Organisation,
        issuer: &str,
        people: &[DemoStaff],
        at: i64,
    ) -> Result<(), StoreError> {
        let mut accounts = Query::insert();
        accounts
            .into_table("staff")
            .columns(["id", "name", "role", "organisation_id", "issuer", "subject", "invited_at"])
            .on_conflict(OnConflict::column("id").value("blocked_at", Option::<i64>::None).to_owned());
        for person in people {
            accounts.values_panic([
                person.id.as_str().into(),
                person.name.as_str().into(),
                person.role.id().into(),
                organisation.id.as_str().into(),
                issuer.into(),
                person.id.as_str().into(),
                at.into(),
            ]);
        }
        let change = self.write().await?;
        change.execute(&insert_organisation(organisation, at)).await?;
        change.execute(&accounts).await?;
        let invited =
            |person: &DemoStaff| Entry::new(Actor::Server, Act::StaffInvited, Kind::Staff.of(&person.id));
        change.commit(at, &people.iter().map(invited).collect::<Vec<_>>()).await
    }
}

/// Someone with her organisation, for [`read`].
pub(super) fn staff() -> SelectStatement {
    Query::select()
        .columns([("staff", "id"), ("staff", "name"), ("staff", "role"), ("staff", "organisation_id")])
        .expr_as(Expr::col(("organisation", "name")), "organisation_name")
        .from("staff")
        .left_join("organisation", Expr::col(("organisation", "id")).equals(("staff", "organisation_id")))
        .to_owned()
}

pub(super) fn read(row: &QueryResult) -> Result<Staff, DbErr> {
    let role: String = row.try_get_by("role")?;
    let organisation_id: Option<String> = row.try_get_by("organisation_id")?;
    let organisation_name: Option<String> = row.try_get_by("organisation_name")?;
    Ok(Staff {
        id: row.try_get_by("id")?,
        name: row.try_get_by("name")?,
        // A word that this version doesn't know gives no rights at all.
        role: Role::of_staff(&role).unwrap_or(Role::Parent),
        organisation: organisation_id.zip(organisation_name),
    })
}
