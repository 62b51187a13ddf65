//! What waits, found by the indexes `request_near` and `request_list`: each stretch of them is read from its oldest on, and
//! no further than a list is long.

use domain::help::{About, Gender, Helper, Kind, Language, Preferences, Region, Request, State, Tie};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::desk::{MOST_SHOWN, Sight};
use crate::store::{Store, StoreError};

/// Questions that are asked in one go; databases take no endless ones.
const STRETCHES_AT_ONCE: usize = 100;
/// A helper for more regions than this finds them on the way through all.
const FEW_REGIONS: usize = 3;

/// Of a request, what may be seen before it is picked up.
pub(super) const SEEN: [&str; 11] = [
    "id",
    "kind",
    "about",
    "urgent",
    "language",
    "region",
    "chosen",
    "gender",
    "same_background",
    "no_ties",
    "made_at",
];

/// For whom is looked.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    pub helper: &'a Helper,
    pub sight: &'a Sight,
}

/// A part of what waits that an index holds in order.
#[derive(Clone, Debug)]
pub struct Stretch {
    pub kind: Kind,
    pub language: Language,
    /// `None`: wherever she lives.
    pub near: Option<Near>,
    pub is_urgent: bool,
}

/// Where a helper works.
#[derive(Clone, Debug)]
pub enum Near {
    One(Region),
    Many(Vec<Region>),
}

impl Near {
    /// Each by itself while they are few.
    #[must_use]
    pub fn of(regions: impl Iterator<Item = Region>) -> Vec<Near> {
        let regions: Vec<Region> = regions.collect();
        if regions.len() > FEW_REGIONS {
            vec![Near::Many(regions)]
        } else {
            regions.into_iter().map(Near::One).collect()
        }
    }
}

impl Store {
    /// What was asked of this helper and of no other.
    pub(in crate::desk) async fn waiting_for(
        &self,
        search: &Search<'_>,
    ) -> Result<Vec<(String, i64, Request)>, StoreError> {
        let chosen = fitting(search)
            .and_where(Expr::col("chosen").eq(search.helper.id.as_str()))
            .and_where(Expr::col("kind").is_in(search.sight.kinds.iter().map(|kind| kind.id())))
            .order_by("urgent", Order::Desc)
            .order_by("made_at", Order::Asc)
            .to_owned();
        rows(&self.db().query_all(&chosen).await?)
    }

    /// The oldest of some stretches together.
    pub(in crate::desk) async fn waiting(
        &self,
        search: &Search<'_>,
        stretches: &[Stretch],
    ) -> Result<Vec<(String, i64, Request)>, StoreError> {
        let mut found = Vec::new();
        for stretches in stretches.chunks(STRETCHES_AT_ONCE) {
            let mut questions = stretches.iter().map(|stretch| oldest(search, stretch));
            let Some(mut question) = questions.next() else { break };
            question.unions(questions.map(|question| (UnionType::All, question)));
            let question = Query::select()
                .columns(SEEN)
                .from_subquery(question, "stretches")
                .order_by("made_at", Order::Asc)
                .limit(MOST_SHOWN as u64)
                .to_owned();
            found.extend(rows(&self.db().query_all(&question).await?)?);
        }
        Ok(found)
    }
}

/// A question of its own around it: in a union, only that may have an end.
fn oldest(search: &Search<'_>, stretch: &Stretch) -> SelectStatement {
    let mut inner = fitting(search);
    inner
        .and_where(Expr::col("kind").eq(stretch.kind.id()))
        .and_where(Expr::col("language").eq(stretch.language.id()))
        .and_where(Expr::col("urgent").eq(i64::from(stretch.is_urgent)))
        .order_by("made_at", Order::Asc);
    match &stretch.near {
        None => {}
        Some(Near::One(region)) => {
            inner.and_where(Expr::col("region").eq(region.id()));
        }
        Some(Near::Many(regions)) => {
            // Behind a function, or SQLite would read all of each region to put them in order.
            let ids = regions.iter().map(|region| region.id());
            inner.and_where(Expr::expr(Func::lower(Expr::col("region"))).is_in(ids));
        }
    }
    Query::select().columns(SEEN).from_subquery(inner, "oldest").to_owned()
}

/// What waits, and isn't kept from this helper by what she asked, by having been declined, or by the organisation.
fn fitting(search: &Search<'_>) -> SelectStatement {
    let Search { helper, sight } = search;
    let declined = Query::select()
        .column("request_id")
        .from("request_declined")
        .and_where(Expr::col(("request_declined", "request_id")).equals(("request", "id")))
        .and_where(Expr::col(("request_declined", "staff_id")).eq(helper.id.as_str()))
        .to_owned();
    let chosen = Expr::col("chosen");
    let gender = Expr::col("gender");
    let mut question = Query::select()
        .columns(SEEN)
        .from("request")
        .and_where(Expr::col("state").eq(State::Received.id()))
        .and_where(chosen.clone().is_null().or(chosen.eq(helper.id.as_str())))
        .and_where(match helper.gender {
            Some(own) => gender.clone().is_null().or(gender.eq(own.id())),
            None => gender.is_null(),
        })
        .and_where(Expr::not_exists(declined))
        .limit(MOST_SHOWN as u64)
        .to_owned();
    for tie in &helper.ties {
        question.and_where(Expr::col("no_ties").not_like(format!("%{}%", tie.id())));
    }
    if sight.regions.len() < Region::ALL.len() {
        let ids = sight.regions.iter().map(|region| region.id());
        question.and_where(Expr::expr(Func::lower(Expr::col("region"))).is_in(ids));
    }
    question
}

fn rows(rows: &[QueryResult]) -> Result<Vec<(String, i64, Request)>, StoreError> {
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(request) = seen(row)? {
            read.push((row.try_get_by("id")?, row.try_get_by("made_at")?, request));
        }
    }
    Ok(read)
}

/// `None`: it holds a word that this version doesn't know.
pub(super) fn seen(row: &QueryResult) -> Result<Option<Request>, DbErr> {
    let word = |column: &str| row.try_get_by::<String, _>(column);
    let maybe = |column: &str| row.try_get_by::<Option<String>, _>(column);
    let flag = |column: &str| Ok::<_, DbErr>(row.try_get_by::<i64, _>(column)? != 0);
    let known =
        (Kind::parse(&word("kind")?), Language::parse(&word("language")?), Region::parse(&word("region")?));
    let (Some(kind), Some(language), Some(region)) = known else { return Ok(None) };
    Ok(Some(Request {
        kind,
        about: word("about")?.split_whitespace().filter_map(About::parse).collect(),
        is_urgent: flag("urgent")?,
        language,
        region,
        chosen: maybe("chosen")?,
        preferences: Preferences {
            gender: maybe("gender")?.as_deref().and_then(Gender::parse),
            same_background: flag("same_background")?,
            no_ties: Tie::list(&word("no_ties")?),
        },
    }))
}
