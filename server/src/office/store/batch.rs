//! Batches in the database.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query, UpdateStatement};
use sea_orm::{ConnectionTrait, IntoActiveModel, SqlErr};

use crate::office::import::{Batch, Begun, Delivery, LEASE, Run, State};
use crate::office::problem::Problems;
use crate::store::{Store, StoreError};

const RUNNING: &str = "running";
pub(super) const DONE: &str = "done";
const REFUSED: &str = "refused";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub office: String,
    pub key: String,
    pub digest: Vec<u8>,
    pub state: String,
    pub events: i64,
    pub ready: i64,
    pub problem_count: i64,
    /// The first of them, as JSON.
    pub problems: String,
    pub received_at: i64,
    pub leased_until: i64,
    /// How often the work was begun: who begins again puts aside who was at it.
    pub run: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Store {
    /// Keeps the delivery; or takes over one that was interrupted; or tells what became of it.
    pub(in crate::office) async fn begin_batch(
        &self,
        delivery: Delivery<'_>,
        at: i64,
        leased_until: i64,
    ) -> Result<Begun, StoreError> {
        let batch = received(delivery, at, leased_until);
        let run = Run { batch: batch.id.clone(), office: batch.office.clone(), number: batch.run };
        match Entity::insert(batch.into_active_model()).exec_without_returning(self.db()).await {
            Ok(_) => return Ok(Begun::Ours(run)),
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {}
            Err(error) => return Err(error.into()),
        }
        let same =
            Entity::find().filter(Column::Office.eq(delivery.office)).filter(Column::Key.eq(delivery.key));
        let Some(before) = same.one(self.db()).await? else { return Ok(Begun::OtherContent) };
        if before.digest != delivery.digest {
            return Ok(Begun::OtherContent);
        }
        if state(&before, at) == State::Interrupted && self.take_over(&before, leased_until).await? {
            return Ok(Begun::Ours(Run { batch: before.id, office: before.office, number: before.run + 1 }));
        }
        Ok(Begun::Before(batch_of(before, at)))
    }

    /// Of two at once, one gets it.
    async fn take_over(&self, before: &Model, leased_until: i64) -> Result<bool, StoreError> {
        let run = Run { batch: before.id.clone(), office: before.office.clone(), number: before.run };
        let take = ours(&run)
            .values([
                ("run", (before.run + 1).into()),
                ("ready", 0_i64.into()),
                ("leased_until", leased_until.into()),
            ])
            .to_owned();
        Ok(self.db().execute(&take).await?.rows_affected() == 1)
    }

    pub(in crate::office) async fn batch(
        &self,
        office: &str,
        id: &str,
        at: i64,
    ) -> Result<Option<Batch>, StoreError> {
        let found =
            Entity::find_by_id(id.to_owned()).filter(Column::Office.eq(office)).one(self.db()).await?;
        Ok(found.map(|model| batch_of(model, at)))
    }

    pub(in crate::office) async fn progress(
        &self,
        run: &Run,
        ready: usize,
        leased_until: i64,
    ) -> Result<(), StoreError> {
        let ready = i64::try_from(ready).unwrap_or(i64::MAX);
        let progress =
            ours(run).values([("ready", ready.into()), ("leased_until", leased_until.into())]).to_owned();
        self.db().execute(&progress).await?;
        Ok(())
    }

    pub(in crate::office) async fn refuse_batch(
        &self,
        run: &Run,
        problems: &Problems,
    ) -> Result<(), StoreError> {
        let first = serde_json::to_string(&problems.first).map_err(|error| DbErr::Json(error.to_string()))?;
        let refuse = ours(run)
            .values([
                ("state", REFUSED.into()),
                ("problem_count", problems.count.into()),
                ("problems", first.into()),
            ])
            .to_owned();
        self.db().execute(&refuse).await?;
        Ok(())
    }

    /// From now on anybody may take it over.
    pub(in crate::office) async fn give_up(&self, run: &Run) -> Result<(), StoreError> {
        self.db().execute(&ours(run).value("leased_until", 0_i64).to_owned()).await?;
        Ok(())
    }

    pub(in crate::office) async fn forget_batches(&self, before: i64) -> Result<u64, StoreError> {
        let deleted = Entity::delete_many().filter(Column::ReceivedAt.lt(before)).exec(self.db()).await?;
        Ok(deleted.rows_affected)
    }
}

/// Changes a batch as long as nobody else took it over.
pub(super) fn ours(run: &Run) -> UpdateStatement {
    Query::update()
        .table("batch")
        .and_where(Expr::col("id").eq(run.batch.as_str()))
        .and_where(Expr::col("run").eq(run.number))
        .and_where(Expr::col("state").eq(RUNNING))
        .to_owned()
}

fn received(delivery: Delivery<'_>, at: i64, leased_until: i64) -> Model {
    Model {
        id: Uuid::now_v7().simple().to_string(),
        office: delivery.office.to_owned(),
        key: delivery.key.to_owned(),
        digest: delivery.digest.to_vec(),
        state: RUNNING.to_owned(),
        events: i64::try_from(delivery.events).unwrap_or(i64::MAX),
        ready: 0,
        problem_count: 0,
        problems: "[]".to_owned(),
        received_at: at,
        leased_until,
        run: 1,
    }
}

fn batch_of(model: Model, at: i64) -> Batch {
    Batch {
        state: state(&model, at),
        // What a later version wrote about them is left out rather than hiding the rest.
        problems: serde_json::from_str(&model.problems).unwrap_or_default(),
        id: model.id,
        events: model.events,
        ready: model.ready,
        problem_count: model.problem_count,
    }
}

fn state(model: &Model, at: i64) -> State {
    match model.state.as_str() {
        DONE => State::Done,
        REFUSED => State::Refused,
        // One that ends far later than any can was begun before the clock was put back.
        _ if !(at..=at + 10 * LEASE).contains(&model.leased_until) => State::Interrupted,
        _ => State::Running,
    }
}
