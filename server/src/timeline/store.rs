//! Dossiers and their versions in the database.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QueryResult, QuerySelect, SqlErr,
};

use super::dossier::place;
use crate::audit::{Act, Actor, Entry, Kind};
use crate::clock::Now;
use crate::code::{Code, Finder};
use crate::office;
use crate::store::{self, Counted, KeyColumn, SealedColumn, Store, StoreError};

/// A dossier without what is in it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dossier")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub finder: Vec<u8>,
    /// The newest.
    pub version: i64,
    /// The office's case that it is linked to.
    pub case_id: Option<i64>,
    pub made_on: String,
    /// The last day on which it was opened.
    pub used_on: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a dossier held at some moment, sealed.
pub mod version {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "dossier_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dossier_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub sealed: Vec<u8>,
        pub saved_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What dossiers held. Her own seal, inside, stays as it is.
pub(crate) const VERSIONS: SealedColumn = SealedColumn {
    table: "dossier_version",
    column: "sealed",
    key: &[KeyColumn::Text("dossier_id"), KeyColumn::Number("version")],
    about: |key| match key {
        [id, version] => place(id, version),
        _ => String::new(),
    },
};

/// What became of a change.
pub enum Change {
    /// It is the newest version now.
    Kept,
    /// Somebody saved a newer one meanwhile; nothing was changed.
    Stale,
    /// It was deleted meanwhile.
    Gone,
}

impl Store {
    /// Makes a dossier with its first version; `false`: there is one with that code already.
    pub(super) async fn make_dossier(
        &self,
        dossier: Model,
        sealed: Vec<u8>,
        counted: Counted<'_>,
        at: i64,
    ) -> Result<bool, StoreError> {
        let first = version::ActiveModel {
            dossier_id: Set(dossier.id.clone()),
            version: Set(dossier.version),
            sealed: Set(sealed),
            saved_at: Set(at),
        };
        let made = by_her(Act::DossierMade, &dossier.id);
        let change = self.write().await?;
        match Entity::insert(dossier.into_active_model()).exec_without_returning(&change).await {
            Ok(_) => {}
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        version::Entity::insert(first).exec_without_returning(&change).await?;
        counted.limit.count(&change, counted.who, at).await?;
        change.commit(at, &[made]).await?;
        Ok(true)
    }

    pub(super) async fn find_dossier(&self, finder: Finder) -> Result<Option<Model>, StoreError> {
        Ok(Entity::find().filter(Column::Finder.eq(finder.0.to_vec())).one(self.db()).await?)
    }

    pub(super) async fn dossier_version(
        &self,
        id: &str,
        version: i64,
    ) -> Result<Option<version::Model>, StoreError> {
        Ok(version::Entity::find_by_id((id.to_owned(), version)).one(self.db()).await?)
    }

    /// Number and moment of every version, the newest first.
    pub(super) async fn dossier_versions(&self, id: &str) -> Result<Vec<(i64, i64)>, StoreError> {
        let versions = version::Entity::find()
            .select_only()
            .columns([version::Column::Version, version::Column::SavedAt])
            .filter(version::Column::DossierId.eq(id))
            .order_by_desc(version::Column::Version)
            .into_tuple();
        Ok(versions.all(self.db()).await?)
    }

    /// Adds a version after `base`, if that is still the newest.
    pub(super) async fn save_dossier(
        &self,
        id: &str,
        base: i64,
        sealed: Vec<u8>,
        at: i64,
    ) -> Result<Change, StoreError> {
        let change = self.write().await?;
        // The row is locked by this, so that of two at once one comes second.
        let raised = Entity::update_many()
            .col_expr(Column::Version, Expr::value(base + 1))
            .filter(Column::Id.eq(id))
            .filter(Column::Version.eq(base))
            .exec(&change)
            .await?;
        if raised.rows_affected == 0 {
            let is_there = Entity::find_by_id(id.to_owned()).one(&change).await?.is_some();
            return Ok(if is_there { Change::Stale } else { Change::Gone });
        }
        let next = version::ActiveModel {
            dossier_id: Set(id.to_owned()),
            version: Set(base + 1),
            sealed: Set(sealed),
            saved_at: Set(at),
        };
        version::Entity::insert(next).exec_without_returning(&change).await?;
        change.commit(at, &[by_her(Act::DossierSaved, id)]).await?;
        Ok(Change::Kept)
    }

    /// Of two at once, one counts.
    pub(super) async fn dossier_used(&self, id: &str, now: Now) -> Result<(), StoreError> {
        let today = now.on.to_string();
        let change = self.write().await?;
        let used = Entity::update_many()
            .col_expr(Column::UsedOn, Expr::value(today.as_str()))
            .filter(Column::Id.eq(id))
            .filter(Column::UsedOn.ne(today))
            .exec(&change)
            .await?;
        if used.rows_affected == 1 {
            change.commit(now.at, &[by_her(Act::DossierOpened, id)]).await?;
        }
        Ok(())
    }

    /// Ties it to the case of a link code, which is used up with that.
    pub(super) async fn link_dossier(
        &self,
        id: &str,
        code: &Code,
        now: Now,
    ) -> Result<Option<i64>, StoreError> {
        let change = self.write().await?;
        let Some(case_id) = office::use_link(&change, code, now.on).await? else {
            // Sent twice: it was used for this very dossier.
            let used_for = office::used_for(&change, code).await?;
            let found = Entity::find_by_id(id.to_owned()).one(&change).await?;
            drop(change);
            self.settle().await?;
            return Ok(found.and_then(|found| found.case_id).filter(|case_id| used_for == Some(*case_id)));
        };
        if !tie(&change, id, Some(case_id)).await? {
            return Ok(None);
        }
        change.commit(now.at, &[by_her(Act::DossierLinked, id)]).await?;
        Ok(Some(case_id))
    }

    pub(super) async fn unlink_dossier(&self, id: &str, at: i64) -> Result<(), StoreError> {
        let change = self.write().await?;
        if tie(&change, id, None).await? {
            change.commit(at, &[by_her(Act::DossierUnlinked, id)]).await?;
        }
        Ok(())
    }

    /// With all its versions.
    pub(super) async fn delete_dossier(&self, id: &str, at: i64) -> Result<(), StoreError> {
        let change = self.write().await?;
        if Entity::delete_by_id(id.to_owned()).exec(&change).await?.rows_affected == 1 {
            change.commit(at, &[by_her(Act::DossierDeleted, id)]).await?;
        }
        Ok(())
    }

    /// All that weren't opened since that day, that day itself left out; gives how many.
    pub(super) async fn delete_dossiers_unused_since(&self, day: &str, at: i64) -> Result<usize, StoreError> {
        let delete = Query::delete()
            .from_table(Entity)
            .and_where(Column::UsedOn.lt(day))
            .returning_col(Column::Id)
            .to_owned();
        let change = self.write().await?;
        let rows = change.query_all(&delete).await?;
        let deleted = |row: &QueryResult| {
            let id: String = row.try_get_by("id")?;
            Ok(Entry::new(Actor::Server, Act::DossierDeleted, Kind::Dossier.of(id)))
        };
        let entries = rows.iter().map(deleted).collect::<Result<Vec<Entry>, DbErr>>()?;
        change.commit(at, &entries).await?;
        Ok(entries.len())
    }
}

/// `false`: it was deleted meanwhile.
async fn tie(change: &store::Change, id: &str, case_id: Option<i64>) -> Result<bool, StoreError> {
    let tie = Entity::update_many().col_expr(Column::CaseId, Expr::value(case_id)).filter(Column::Id.eq(id));
    Ok(tie.exec(change).await?.rows_affected == 1)
}

fn by_her(act: Act, id: &str) -> Entry {
    Entry::new(Actor::Person, act, Kind::Dossier.of(id))
}
