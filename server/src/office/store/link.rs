//! Link codes in the database.

use std::collections::HashMap;

use domain::Date;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::audit::{Act, Actor, Entry, Kind};
use crate::code::Finder;
use crate::store::{Change, Store, StoreError};

impl Store {
    /// The ids of these cases of an office, as far as there are any.
    pub(in crate::office) async fn case_ids(
        &self,
        office: &str,
        numbers: &[String],
    ) -> Result<HashMap<String, i64>, StoreError> {
        let question = Query::select()
            .columns(["number", "id"])
            .from("office_case")
            .and_where(Expr::col("office").eq(office))
            .and_where(Expr::col("number").is_in(numbers))
            .to_owned();
        let mut ids = HashMap::new();
        for row in self.db().query_all(&question).await? {
            ids.insert(row.try_get_by("number")?, row.try_get_by("id")?);
        }
        Ok(ids)
    }

    /// Keeps new codes; older ones of the same cases that weren't used open nothing any more.
    pub(in crate::office) async fn make_links(
        &self,
        office: &str,
        links: &[(i64, Finder)],
        ends_on: Date,
        at: i64,
    ) -> Result<(), StoreError> {
        let forget = Query::delete()
            .from_table("link")
            .and_where(Expr::col("case_id").is_in(links.iter().map(|(case, _)| *case)))
            .and_where(Expr::col("used_on").is_null())
            .to_owned();
        let mut insert = Query::insert();
        insert.into_table("link").columns(["finder", "case_id", "ends_on"]);
        for (case, finder) in links {
            insert.values_panic([finder.0.to_vec().into(), (*case).into(), ends_on.to_string().into()]);
        }
        let change = self.write().await?;
        change.execute(&forget).await?;
        change.execute(&insert).await?;
        let by = Actor::Office(office.to_owned());
        let made = |(case, _): &_| Entry::new(by.clone(), Act::LinkMade, Kind::Case.of(case));
        change.commit(at, &links.iter().map(made).collect::<Vec<Entry>>()).await
    }

    /// Codes past their last day, used or not.
    pub(in crate::office) async fn forget_links(&self, before: Date) -> Result<u64, StoreError> {
        let delete = Query::delete()
            .from_table("link")
            .and_where(Expr::col("ends_on").lt(before.to_string()))
            .to_owned();
        Ok(self.db().execute(&delete).await?.rows_affected())
    }
}

/// Marks a link code as used, if it still can be; of two at once, one gets it.
pub(in crate::office) async fn use_link(
    change: &Change,
    finder: Finder,
    on: Date,
) -> Result<Option<i64>, StoreError> {
    let today = on.to_string();
    let use_up = Query::update()
        .table("link")
        .value("used_on", today.clone())
        .and_where(Expr::col("finder").eq(finder.0.to_vec()))
        .and_where(Expr::col("used_on").is_null())
        .and_where(Expr::col("ends_on").gte(today))
        .returning_col("case_id")
        .to_owned();
    // No line in the audit log: it would tell for ever whose case a dossier was tied to. The dossier has one.
    let used = change.query_one(&use_up).await?;
    Ok(used.map(|row| row.try_get_by("case_id")).transpose()?)
}

pub(in crate::office) async fn used_for(change: &Change, finder: Finder) -> Result<Option<i64>, StoreError> {
    let question = Query::select()
        .column("case_id")
        .from("link")
        .and_where(Expr::col("finder").eq(finder.0.to_vec()))
        .and_where(Expr::col("used_on").is_not_null())
        .to_owned();
    let row = change.query_one(&question).await?;
    Ok(row.map(|row| row.try_get_by("case_id")).transpose()?)
}
