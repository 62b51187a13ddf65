//! The audit log in the database.

use data_encoding::HEXLOWER;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult};

use super::{Act, Actor, Broken, Done, Entry, Hash, Head, Line, Recorded, Subject, Walk};
use crate::store::{MARK, PATIENCE, Store, StoreError};

const TABLE: &str = "audit";
const WORDS: [&str; 5] = ["actor", "actor_id", "act", "subject", "subject_id"];
/// One line follows the other, whichever process writes it.
const CHAIN_LOCK: i64 = 0x4865_7273_7465_6c73;
/// Lines that are written or read at once.
const LINES_AT_ONCE: usize = 1_000;
/// Nearly every change has one or two.
const FEW_LINES: usize = 4;

/// Writes lines behind the last one. It takes the chain's lock, so it comes last in its transaction, and in PostgreSQL may
/// end that: only [`Change::commit`](crate::store::Change::commit) calls it.
pub(crate) async fn append(
    change: &DatabaseTransaction,
    at: i64,
    entries: &[Entry],
) -> Result<(), StoreError> {
    match change.get_database_backend() {
        _ if entries.is_empty() => Ok(()),
        DbBackend::Postgres if entries.len() <= FEW_LINES => {
            Ok(append_few_and_commit(change, at, entries).await?)
        }
        _ => Ok(append_many(change, at, entries).await?),
    }
}

async fn append_many(change: &DatabaseTransaction, at: i64, entries: &[Entry]) -> Result<(), DbErr> {
    if change.get_database_backend() == DbBackend::Postgres {
        change.execute_unprepared(&take_chain()).await?;
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

/// The same for PostgreSQL, which writes for many at once: it gets everything in one message, so that nobody waits for the
/// way to a server and back while one holds the chain. Nor for the disk: the change lets go of the chain before it is
/// written there, and the transaction that is left, the caller's to end, holds nothing but a mark behind it in PostgreSQL's
/// own log. Its end waits until all up to there is on the disk, for many at once.
async fn append_few_and_commit(
    change: &DatabaseTransaction,
    at: i64,
    entries: &[Entry],
) -> Result<(), DbErr> {
    let mut message = format!("SET LOCAL synchronous_commit = off; {}", take_chain());
    for entry in entries {
        let line = Line::new(0, at, entry);
        // As bytes: nothing in them can end the text.
        let words =
            line.words.each_ref().map(|word| format!("convert_from({}, 'UTF8')", bytes(word.as_bytes())));
        message += &format!(
            "; WITH head AS (SELECT seq, hash FROM {TABLE} ORDER BY seq DESC LIMIT 1), \
                    line AS (SELECT coalesce((SELECT seq FROM head), 0) + 1 AS seq, \
                                    coalesce((SELECT hash FROM head), {none}) AS before) \
             INSERT INTO {TABLE} (seq, at, hash, {columns}) \
             SELECT seq, {at}, sha256(before || int8send(seq) || {told}), {words} FROM line",
            none = bytes(&Hash::default().0),
            columns = WORDS.join(", "),
            told = bytes(&line.told()),
            words = words.join(", "),
        );
    }
    message += "; COMMIT AND CHAIN; ";
    message += MARK;
    change.execute_unprepared(&message).await?;
    Ok(())
}

/// Who hangs with the chain in hand makes others fail, rather than hang too.
fn take_chain() -> String {
    let patience = PATIENCE.as_secs();
    format!("SET LOCAL lock_timeout = '{patience}s'; SELECT pg_advisory_xact_lock({CHAIN_LOCK})")
}

/// Bytes as PostgreSQL reads them.
fn bytes(bytes: &[u8]) -> String {
    format!("'\\x{}'::bytea", HEXLOWER.encode(bytes))
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

    /// The newest lines, or those before one, with the head of the whole chain.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn audit_before(
        &self,
        before: Option<i64>,
        most: u64,
    ) -> Result<(Head, Vec<Recorded>), StoreError> {
        let question = Query::select()
            .columns(["seq", "at", "actor", "actor_id", "act", "subject", "subject_id"])
            .from(TABLE)
            .and_where(Expr::col("seq").lt(before.unwrap_or(i64::MAX)))
            .order_by("seq", Order::Desc)
            .limit(most)
            .to_owned();
        let rows = self.db().query_all(&question).await?;
        let rows = rows.iter().map(recorded).collect::<Result<_, DbErr>>()?;
        Ok((head(self.db()).await?, rows))
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

fn recorded(row: &QueryResult) -> Result<Recorded, DbErr> {
    let word = |column: &str| row.try_get_by::<String, _>(column);
    let named = |kind: &str, id: &str| {
        let (kind, id) = (word(kind)?, word(id)?);
        Ok::<_, DbErr>(if id.is_empty() { kind } else { format!("{kind} {id}") })
    };
    Ok(Recorded {
        seq: row.try_get_by("seq")?,
        at: row.try_get_by("at")?,
        actor: named("actor", "actor_id")?,
        act: word("act")?,
        subject: named("subject", "subject_id")?,
    })
}
