//! Cases of offices, their events and link codes in the database.

use domain::Date;
use domain::timeline::{Event, EventKind, Outcome, Step, Way};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::code::Finder;
use crate::store::{Store, StoreError};

/// The columns of an event, in the order of their key.
pub const EVENT_COLUMNS: [&str; 7] = ["happened_on", "kind", "step", "outcome", "until", "way", "code"];

impl Store {
    /// Marks a link code as used, if it still can be; of two at once, one gets it.
    pub(super) async fn use_link(&self, finder: Finder, on: Date) -> Result<Option<i64>, StoreError> {
        let today = on.to_string();
        let use_up = Query::update()
            .table("link")
            .value("used_on", today.clone())
            .and_where(Expr::col("finder").eq(finder.0.to_vec()))
            .and_where(Expr::col("used_on").is_null())
            .and_where(Expr::col("ends_on").gte(today))
            .returning_col("case_id")
            .to_owned();
        let used = self.db().query_one(&use_up).await?;
        Ok(used.map(|row| row.try_get_by("case_id")).transpose()?)
    }

    pub(super) async fn events_of(&self, case_id: i64) -> Result<Vec<Event>, StoreError> {
        let mut question = Query::select();
        question.columns(EVENT_COLUMNS).from("event").and_where(Expr::col("case_id").eq(case_id));
        let rows = self.db().query_all(&question).await?;
        let mut events = rows.iter().map(event).collect::<Result<Vec<Event>, DbErr>>()?;
        events.sort_unstable();
        Ok(events)
    }
}

/// Reads the columns of [`EVENT_COLUMNS`]. What a later version wrote and this one doesn't know is kept as something unknown.
fn event(row: &QueryResult) -> Result<Event, DbErr> {
    let text = |column: &str| row.try_get_by::<String, _>(column);
    let code = text("code")?;
    let kind = EventKind::parse(&text("kind")?).unwrap_or(EventKind::Other);
    let on =
        Date::parse_iso(&text("happened_on")?).ok_or_else(|| DbErr::Type("an event without a day".into()))?;
    Ok(Event {
        on,
        kind,
        step: Step::parse(&text("step")?),
        outcome: Outcome::parse(&text("outcome")?),
        until: Date::parse_iso(&text("until")?),
        way: Way::parse(&text("way")?),
        code: Some(code).filter(|code| !code.is_empty()),
    })
}
