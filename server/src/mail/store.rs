//! The outbox in the database.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, UpdateStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::delivery::LONGEST_PAUSE;
use super::{Kind, place};
use crate::store::{KeyColumn, SealedColumn, Store, StoreError};

const TABLE: &str = "outbox";

/// Whom mails go to.
pub(crate) const RECIPIENTS: SealedColumn = SealedColumn {
    table: TABLE,
    column: "recipient",
    key: &[KeyColumn::Text("id")],
    about: |key| place(&key.concat()),
};

/// A mail that was taken, to be sent.
#[derive(Debug)]
pub struct Due {
    pub id: String,
    pub kind: String,
    /// Sealed.
    pub recipient: Vec<u8>,
    pub made_at: i64,
    /// How often it was taken, this time included.
    pub tries: i64,
}

pub(super) async fn put(
    change: &impl ConnectionTrait,
    id: &str,
    kind: Kind,
    recipient: Vec<u8>,
    at: i64,
) -> Result<(), StoreError> {
    let insert = Query::insert()
        .into_table(TABLE)
        .columns(["id", "kind", "recipient", "made_at", "tries", "due_at"])
        .values_panic([id.into(), kind.id().into(), recipient.into(), at.into(), 0_i64.into(), at.into()])
        .to_owned();
    change.execute(&insert).await?;
    Ok(())
}

impl Store {
    /// Takes mails that are due; until the lease ends nobody else gets them, and then they are due again.
    pub(super) async fn take_mails(
        &self,
        at: i64,
        leased_until: i64,
        most: u64,
    ) -> Result<Vec<Due>, StoreError> {
        // What waits for longer than any mail does was put there before the clock was put back.
        let late = Expr::col("due_at").gt(at + 2 * LONGEST_PAUSE);
        let is_due = Condition::all()
            .add(Expr::col("sent_at").is_null())
            .add(Expr::col("failed_at").is_null())
            .add(Expr::col("due_at").lte(at).or(late));
        let first = Query::select()
            .column("id")
            .from(TABLE)
            .cond_where(is_due.clone())
            .order_by("due_at", Order::Asc)
            .limit(most)
            .to_owned();
        // Asked once more outside: of two processes that found the same one, the second sees that it was taken.
        let take = Query::update()
            .table(TABLE)
            .value("due_at", leased_until)
            .value("tries", Expr::col("tries").add(1))
            .and_where(Expr::col("id").in_subquery(first))
            .cond_where(is_due)
            .returning(Query::returning().columns(["id", "kind", "recipient", "made_at", "tries"]))
            .to_owned();
        let rows = self.db().query_all(&take).await?;
        Ok(rows.iter().map(due).collect::<Result<_, _>>()?)
    }

    /// Its recipient is forgotten at once.
    pub(super) async fn mail_sent(&self, due: &Due, at: i64) -> Result<(), StoreError> {
        self.end(ended(due).value("sent_at", at)).await
    }

    /// It isn't tried again.
    pub(super) async fn mail_failed(&self, due: &Due, at: i64) -> Result<(), StoreError> {
        self.end(ended(due).value("failed_at", at).and_where(Expr::col("tries").eq(due.tries))).await
    }

    /// It is tried again, if nobody else took it meanwhile.
    pub(super) async fn mail_waits(&self, due: &Due, until: i64) -> Result<(), StoreError> {
        let wait = Query::update()
            .table(TABLE)
            .value("due_at", until)
            .and_where(Expr::col("id").eq(due.id.as_str()))
            .and_where(Expr::col("tries").eq(due.tries))
            .to_owned();
        self.end(&wait).await
    }

    async fn end(&self, update: &UpdateStatement) -> Result<(), StoreError> {
        self.db().execute(update).await?;
        Ok(())
    }

    /// How many are to be sent, now or later.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn mails_waiting(&self) -> Result<i64, StoreError> {
        let question = Query::select()
            .expr_as(Expr::col("id").count(), "mails")
            .from(TABLE)
            .and_where(Expr::col("sent_at").is_null())
            .and_where(Expr::col("failed_at").is_null())
            .to_owned();
        let row = self.db().query_one(&question).await?;
        Ok(row.map_or(Ok(0), |row| row.try_get_by("mails"))?)
    }

    pub(super) async fn forget_mails(&self, before: i64) -> Result<u64, StoreError> {
        let delete = Query::delete().from_table(TABLE).and_where(Expr::col("made_at").lt(before)).to_owned();
        Ok(self.db().execute(&delete).await?.rows_affected())
    }
}

fn ended(due: &Due) -> UpdateStatement {
    Query::update()
        .table(TABLE)
        .value("recipient", None::<Vec<u8>>)
        .and_where(Expr::col("id").eq(due.id.as_str()))
        .and_where(Expr::col("sent_at").is_null())
        .to_owned()
}

fn due(row: &QueryResult) -> Result<Due, DbErr> {
    Ok(Due {
        id: row.try_get_by("id")?,
        kind: row.try_get_by("kind")?,
        recipient: row.try_get_by("recipient")?,
        made_at: row.try_get_by("made_at")?,
        tries: row.try_get_by("tries")?,
    })
}
