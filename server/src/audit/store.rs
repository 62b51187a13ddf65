//! The audit log in the database.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult};

use super::{Act, Actor, Broken, Done, Entry, Hash, Head, Line, Subject, Walk};
use crate::store::{PATIENCE, Store, StoreError};

const TABLE: &str = "audit";
const WORDS: [&str; 5] = ["actor", "actor_id", "act", "subject", "subject_id"];
/// One line follows the other, whichever process writes it.
const CHAIN_LOCK: i64 = 0x4865_7273_7465_6c73;
/// Lines that are written or read at once.
const LINES_AT_ONCE: usize = 1_000;

/// Writes lines behind the last one. It takes the chain's lock, so it comes last in its transaction: others wait until that
/// ends.
pub(crate) async fn append(
    change: &DatabaseTransaction,
    at: i64,
    entries: &[Entry],
) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    if change.get_database_backend() == DbBackend::Postgres {
        // Who hangs with the chain in hand makes others fail, rather than hang too.
        let lock = format!(
            "SET LOCAL lock_timeout = '{}s'; SELECT pg_advisory_xact_lock({CHAIN_LOCK})",
            PATIENCE.as_secs()
        );
        change.execute_unprepared(&lock).await?;
    }
    // In a statement of its own: one that waits for the lock would see the head as it was before.
    let mut head = head(change).await?;
    for entries in entries.chunks(LINES_AT_ONCE) {
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["seq", "at", "hash"].into_iter().chain(WORDS));
        for entry in entries {
            let line = Line::new(head.seq + 1, at, entry);
            head = Head { seq: line.seq, hash: line.hash(&head.hash) };
            let own: [Expr; 3] = [line.seq.into(), at.into(), head.hash.0.to_vec().into()];
            insert.values_panic(own.into_iter().chain(line.words.map(Expr::from)));
        }
        change.execute(&insert).await?;
    }
    Ok(())
}

async fn head(db: &impl ConnectionTrait) -> Result<Head, DbErr> {
    let last =
        Query::select().columns(["seq", "hash"]).from(TABLE).order_by("seq", Order::Desc).limit(1).to_owned();
    let Some(row) = db.query_one(&last).await? else { return Ok(Head::default()) };
    Ok(Head { seq: row.try_get_by("seq")?, hash: hash(&row)? })
}

impl Store {
    /// All that was done with a record, in that order.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn audit_of(&self, subject: &Subject) -> Result<Vec<Done>, StoreError> {
        let question = Query::select()
            .columns(["at", "actor", "actor_id", "act"])
            .from(TABLE)
            .and_where(Expr::col("subject").eq(subject.kind.id()))
            .and_where(Expr::col("subject_id").eq(subject.id.as_str()))
            .order_by("seq", Order::Asc)
            .to_owned();
        let rows = self.db().query_all(&question).await?;
        Ok(rows.iter().filter_map(|row| done(row).transpose()).collect::<Result<_, DbErr>>()?)
    }

    /// Walks the whole chain, a page of lines at a time. Inside: the first line that doesn't fit.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn verify_audit(&self, expected: Option<Head>) -> Result<Result<Head, Broken>, StoreError> {
        let mut walk = Walk::expecting(expected);
        let mut after = i64::MIN;
        loop {
            let page = Query::select()
                .columns(["seq", "at", "hash"].into_iter().chain(WORDS))
                .from(TABLE)
                .and_where(Expr::col("seq").gt(after))
                .order_by("seq", Order::Asc)
                .limit(LINES_AT_ONCE as u64)
                .to_owned();
            let rows = self.db().query_all(&page).await?;
            for row in &rows {
                let line = line(row)?;
                after = line.seq;
                if let Err(broken) = walk.step(&line, hash(row)?) {
                    return Ok(Err(broken));
                }
            }
            if rows.len() < LINES_AT_ONCE {
                return Ok(walk.end());
            }
        }
    }
}

fn done(row: &QueryResult) -> Result<Option<Done>, DbErr> {
    let (actor, act): (String, String) = (row.try_get_by("actor")?, row.try_get_by("act")?);
    let at = row.try_get_by("at")?;
    let actor = Actor::read(&actor, row.try_get_by("actor_id")?);
    Ok(actor.zip(Act::parse(&act)).map(|(actor, act)| Done { at, actor, act }))
}

fn line(row: &QueryResult) -> Result<Line, DbErr> {
    let mut words = [const { String::new() }; 5];
    for (word, column) in words.iter_mut().zip(WORDS) {
        *word = row.try_get_by(column)?;
    }
    Ok(Line { seq: row.try_get_by("seq")?, at: row.try_get_by("at")?, words })
}

/// What hasn't the length of a hash fits nowhere.
fn hash(row: &QueryResult) -> Result<Hash, DbErr> {
    let bytes: Vec<u8> = row.try_get_by("hash")?;
    Ok(Hash(bytes.try_into().unwrap_or([0xff; 32])))
}
