//! Columns in which sealed records stand, so that all of them can be sealed anew.

use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};

use super::{Store, StoreError};
use crate::audit::{Act, Actor, Entry, Kind};
use crate::seal::{KEY_ID_BYTES, Keys};

/// Records that are renewed in one change.
const RECORDS_AT_ONCE: usize = 500;

/// Where a capability keeps something sealed.
#[derive(Debug)]
pub struct SealedColumn {
    pub table: &'static str,
    pub column: &'static str,
    /// The primary key.
    pub key: &'static [KeyColumn],
    /// What a record was sealed about, from its key.
    pub about: fn(&[String]) -> String,
}

#[derive(Clone, Copy, Debug)]
pub enum KeyColumn {
    Text(&'static str),
    Number(&'static str),
}

/// What became of the records of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Now under the newest key.
    pub renewed: usize,
    /// None of the keys opens them.
    pub unopened: usize,
}

/// A record under an older key.
struct Record {
    key: Vec<Value>,
    sealed: Vec<u8>,
    about: String,
}

impl Store {
    /// Seals with the newest key what lies under an older one. Stopped halfway it goes on the next time, and who changes or
    /// deletes a record meanwhile comes first.
    ///
    /// # Errors
    /// The database doesn't answer; what was renewed so far is kept.
    pub async fn reseal(&self, column: &SealedColumn, keys: &Keys, at: i64) -> Result<Resealed, StoreError> {
        let mut done = Resealed::default();
        let mut after = None;
        loop {
            let page = self.under_older_keys(column, keys, after).await?;
            let change = self.write().await?;
            let before = done.renewed;
            for record in &page {
                match keys.reseal(&record.about, &record.sealed) {
                    Ok(renewed) => done.renewed += renew(&change, column, record, renewed).await?,
                    Err(_) => done.unopened += 1,
                }
            }
            if done.renewed > before {
                let entry = Entry::new(Actor::Operator, Act::KeysRotated, Kind::Table.of(column.table));
                change.commit(at, &[entry]).await?;
            }
            match page.into_iter().next_back() {
                Some(last) => after = Some(last.key),
                None => return Ok(done),
            }
        }
    }

    /// The first ones behind that key.
    async fn under_older_keys(
        &self,
        column: &SealedColumn,
        keys: &Keys,
        after: Option<Vec<Value>>,
    ) -> Result<Vec<Record>, StoreError> {
        let names = column.key.iter().map(KeyColumn::name);
        let ids: [Expr; 3] = [Expr::col(column.column), Expr::value(1_i32), Expr::value(KEY_ID_BYTES as i32)];
        let mut question = Query::select();
        question
            .columns(names.clone().chain([column.column]))
            .from(column.table)
            .and_where(Expr::expr(Func::cust("substr").args(ids)).ne(keys.newest_id().to_vec()))
            .limit(RECORDS_AT_ONCE as u64);
        for name in names.clone() {
            question.order_by(name, Order::Asc);
        }
        if let Some(after) = after {
            let after = Expr::tuple(after.into_iter().map(Expr::value));
            question.and_where(Expr::tuple(names.map(Expr::col)).gt(after));
        }
        let rows = self.db().query_all(&question).await?;
        Ok(rows.iter().map(|row| record(row, column)).collect::<Result<_, DbErr>>()?)
    }
}

impl KeyColumn {
    const fn name(&self) -> &'static str {
        match self {
            KeyColumn::Text(name) | KeyColumn::Number(name) => name,
        }
    }
}

fn record(row: &QueryResult, column: &SealedColumn) -> Result<Record, DbErr> {
    let (mut key, mut words) = (Vec::new(), Vec::new());
    for part in column.key {
        match part {
            KeyColumn::Text(name) => {
                let text: String = row.try_get_by(*name)?;
                words.push(text.clone());
                key.push(text.into());
            }
            KeyColumn::Number(name) => {
                let number: i64 = row.try_get_by(*name)?;
                words.push(number.to_string());
                key.push(number.into());
            }
        }
    }
    Ok(Record { key, sealed: row.try_get_by(column.column)?, about: (column.about)(&words) })
}

/// 1; or 0: it was changed or deleted meanwhile.
async fn renew(
    change: &impl ConnectionTrait,
    column: &SealedColumn,
    record: &Record,
    renewed: Vec<u8>,
) -> Result<usize, DbErr> {
    let mut update = Query::update();
    update
        .table(column.table)
        .value(column.column, renewed)
        .and_where(Expr::col(column.column).eq(record.sealed.as_slice().to_vec()));
    for (part, value) in column.key.iter().zip(&record.key) {
        update.and_where(Expr::col(part.name()).eq(value.clone()));
    }
    Ok(usize::from(change.execute(&update).await?.rows_affected() == 1))
}
