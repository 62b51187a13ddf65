//! Helpers in the database.

use std::collections::HashMap;

use domain::Date;
use domain::help::{Gender, Helper, Kind, Language, Region, Tie};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryOrder, QueryResult};

use crate::audit::{self, Act, Actor, Entry};
use crate::desk::{Profile, Sight};
use crate::help::store::entity::helper::{Column, Entity, Model};
use crate::store::{Store, StoreError};

impl Store {
    pub(in crate::desk) async fn helper(&self, staff: &str) -> Result<Option<Profile>, StoreError> {
        Ok(Entity::find_by_id(staff.to_owned()).one(self.db()).await?.map(profile))
    }

    /// What a helper's organisation may see. `None`: the account was ended.
    pub(in crate::desk) async fn sight(&self, staff: &str) -> Result<Option<Sight>, StoreError> {
        sight(self.db(), staff).await
    }

    /// Everyone whose account wasn't ended, by name, with what they may see.
    pub(in crate::desk) async fn helpers(&self) -> Result<Vec<(Profile, Sight)>, StoreError> {
        let rows = Entity::find().order_by_asc(Column::Name).all(self.db()).await?;
        let question = accounts();
        let mut sights = HashMap::new();
        for row in self.db().query_all(&question).await? {
            let id: String = row.try_get_by("id")?;
            sights.insert(id, read_sight(&row)?);
        }
        let of = |profile: Profile| {
            let sight = sights.remove(&profile.helper.id).unwrap_or_else(|| Some(Sight::read("", "")))?;
            Some((profile, sight))
        };
        Ok(rows.into_iter().map(profile).filter_map(of).collect())
    }

    pub(in crate::desk) async fn helper_mail(&self, staff: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let question = Query::select()
            .column("sealed")
            .from("helper_mail")
            .and_where(Expr::col("staff_id").eq(staff))
            .to_owned();
        let row = self.db().query_one(&question).await?;
        Ok(row.map(|row| row.try_get_by("sealed")).transpose()?)
    }

    /// In the place of what stood there; without an address, none is kept.
    pub(in crate::desk) async fn save_helper(
        &self,
        profile: &Profile,
        sealed_mail: Option<Vec<u8>>,
        at: i64,
    ) -> Result<(), StoreError> {
        let staff = profile.helper.id.as_str();
        let change = self.write().await?;
        Entity::insert(model(profile).into_active_model())
            .on_conflict(
                OnConflict::column(Column::StaffId)
                    .update_columns([
                        Column::Name,
                        Column::Kinds,
                        Column::Languages,
                        Column::Regions,
                        Column::Gender,
                        Column::Ties,
                        Column::AboutMe,
                        Column::Published,
                        Column::MostRequests,
                        Column::PausedUntil,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&change)
            .await?;
        let forget =
            Query::delete().from_table("helper_mail").and_where(Expr::col("staff_id").eq(staff)).to_owned();
        change.execute(&forget).await?;
        if let Some(sealed) = sealed_mail {
            let keep = Query::insert()
                .into_table("helper_mail")
                .columns(["staff_id", "sealed"])
                .values_panic([staff.into(), sealed.into()])
                .to_owned();
            change.execute(&keep).await?;
        }
        let by = Actor::Staff(staff.to_owned());
        change.commit(at, &[Entry::new(by, Act::StaffChanged, audit::Kind::Staff.of(staff))]).await
    }
}

pub(super) async fn sight(db: &impl ConnectionTrait, staff: &str) -> Result<Option<Sight>, StoreError> {
    let question = accounts().and_where(Expr::col(("staff", "id")).eq(staff)).to_owned();
    match db.query_one(&question).await? {
        Some(row) => Ok(read_sight(&row)?),
        None => Ok(Some(Sight::read("", ""))),
    }
}

fn accounts() -> SelectStatement {
    Query::select()
        .columns([("staff", "id"), ("staff", "blocked_at")])
        .columns([("organisation", "kinds"), ("organisation", "regions")])
        .from("staff")
        .left_join("organisation", Expr::col(("organisation", "id")).equals(("staff", "organisation_id")))
        .to_owned()
}

fn read_sight(row: &QueryResult) -> Result<Option<Sight>, DbErr> {
    let blocked_at: Option<i64> = row.try_get_by("blocked_at")?;
    let kinds: Option<String> = row.try_get_by("kinds")?;
    let regions: Option<String> = row.try_get_by("regions")?;
    let sight = Sight::read(&kinds.unwrap_or_default(), &regions.unwrap_or_default());
    Ok(blocked_at.is_none().then_some(sight))
}

pub(super) fn profile(row: Model) -> Profile {
    let Model { staff_id, name, kinds, languages, regions, gender, ties, about_me, .. } = row;
    Profile {
        helper: Helper {
            id: staff_id,
            kinds: Kind::list(&kinds),
            languages: Language::list(&languages),
            regions: Region::list(&regions),
            gender: gender.as_deref().and_then(Gender::parse),
            ties: Tie::list(&ties),
        },
        name,
        about_me,
        is_published: row.published != 0,
        most_requests: row.most_requests,
        paused_until: row.paused_until.as_deref().and_then(Date::parse_iso),
        mail: None,
    }
}

fn model(profile: &Profile) -> Model {
    let Helper { id, kinds, languages, regions, gender, ties } = &profile.helper;
    Model {
        staff_id: id.clone(),
        name: profile.name.clone(),
        kinds: words(kinds, |kind| kind.id()),
        languages: words(languages, |language| language.id()),
        regions: words(regions, |region| region.id()),
        gender: gender.map(|gender| gender.id().to_owned()),
        ties: words(ties, |tie| tie.id()),
        about_me: profile.about_me.clone(),
        published: i64::from(profile.is_published),
        most_requests: profile.most_requests,
        paused_until: profile.paused_until.map(|day| day.to_string()),
    }
}

fn words<T: Copy>(chosen: &[T], word: impl Fn(T) -> &'static str) -> String {
    chosen.iter().copied().map(word).collect::<Vec<_>>().join(" ")
}
