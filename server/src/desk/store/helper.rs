//! Helpers in the database.

use domain::Date;
use domain::help::{Gender, Helper, Kind, Language, Region, Tie};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::audit::{self, Act, Actor, Entry};
use crate::desk::Profile;
use crate::help::store::entity::helper::{Column, Entity, Model};
use crate::store::{Store, StoreError};

impl Store {
    pub(in crate::desk) async fn helper(&self, staff: &str) -> Result<Option<Profile>, StoreError> {
        Ok(Entity::find_by_id(staff.to_owned()).one(self.db()).await?.map(profile))
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
