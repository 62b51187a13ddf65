//! Organisations in the database.

use sea_orm::sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::account::{Organisation, Represented};
use crate::audit::{Act, Actor, Entry, Kind};
use crate::store::{Store, StoreError};

impl Store {
    /// `false`: one that is told in the same way is there already.
    pub(in crate::account) async fn keep_organisation(
        &self,
        it: &Organisation,
        by: &Actor,
        at: i64,
    ) -> Result<bool, StoreError> {
        let change = self.write().await?;
        let kept = change.execute(&insert_organisation(it, at)).await?.rows_affected() > 0;
        if kept {
            change.commit(at, &[changed(by, &it.id)]).await?;
        }
        Ok(kept)
    }

    pub(in crate::account) async fn set_what_organisation_sees(
        &self,
        id: &str,
        [kinds, regions]: [&str; 2],
        by: &Actor,
        at: i64,
    ) -> Result<bool, StoreError> {
        let update = Query::update()
            .table("organisation")
            .value("kinds", kinds)
            .value("regions", regions)
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        let change = self.write().await?;
        let is_there = change.execute(&update).await?.rows_affected() > 0;
        if is_there {
            change.commit(at, &[changed(by, id)]).await?;
        }
        Ok(is_there)
    }

    /// The oldest first.
    pub(in crate::account) async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        let question = Query::select()
            .columns(["id", "name", "external_issuer", "external_id_type", "external_id", "kinds", "regions"])
            .from("organisation")
            .order_by("made_at", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        let rows = self.db().query_all(&question).await?;
        Ok(rows.iter().map(organisation).collect::<Result<_, _>>()?)
    }
}

fn changed(by: &Actor, id: &str) -> Entry {
    Entry::new(by.clone(), Act::OrganisationChanged, Kind::Organisation.of(id))
}

/// Unless one is there that is told in the same way.
pub(super) fn insert_organisation(it: &Organisation, at: i64) -> InsertStatement {
    let Represented { issuer, id_type, id } = &it.represented;
    let columns =
        ["id", "name", "external_issuer", "external_id_type", "external_id", "kinds", "regions", "made_at"];
    let told = ["external_issuer", "external_id_type", "external_id"];
    let texts = [&it.id, &it.name, issuer, id_type, id, &it.kinds, &it.regions];
    Query::insert()
        .into_table("organisation")
        .columns(columns)
        .values_panic(texts.map(|text| text.as_str().into()).into_iter().chain([at.into()]))
        .on_conflict(OnConflict::columns(told).do_nothing().to_owned())
        .to_owned()
}

fn organisation(row: &QueryResult) -> Result<Organisation, DbErr> {
    Ok(Organisation {
        id: row.try_get_by("id")?,
        name: row.try_get_by("name")?,
        represented: Represented {
            issuer: row.try_get_by("external_issuer")?,
            id_type: row.try_get_by("external_id_type")?,
            id: row.try_get_by("external_id")?,
        },
        kinds: row.try_get_by("kinds")?,
        regions: row.try_get_by("regions")?,
    })
}
