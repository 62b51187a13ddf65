//! Tokens in the database.

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::audit::{Act, Actor, Entry, Kind};
use crate::code::Finder;
use crate::office::token::Token;
use crate::store::{Store, StoreError};

impl Store {
    pub(in crate::office) async fn keep_token(
        &self,
        token: &Token,
        finder: Finder,
    ) -> Result<(), StoreError> {
        let insert = Query::insert()
            .into_table("token")
            .columns(["id", "office", "scopes", "finder", "made_at"])
            .values_panic([
                token.id.as_str().into(),
                token.office.as_str().into(),
                token.scopes.as_str().into(),
                finder.0.to_vec().into(),
                token.made_at.into(),
            ])
            .to_owned();
        let change = self.write().await?;
        change.execute(&insert).await?;
        change.commit(token.made_at, &[by_operator(Act::TokenMade, &token.id)]).await
    }

    /// One that still opens something: looking for one that doesn't takes as long as for one that never was.
    pub(in crate::office) async fn find_token(&self, finder: Finder) -> Result<Option<Token>, StoreError> {
        let question = tokens()
            .and_where(Expr::col("finder").eq(finder.0.to_vec()))
            .and_where(Expr::col("revoked_at").is_null())
            .to_owned();
        Ok(self.db().query_one(&question).await?.as_ref().map(token).transpose()?)
    }

    /// The oldest first.
    pub(in crate::office) async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows = self.db().query_all(tokens().order_by("id", Order::Asc)).await?;
        Ok(rows.iter().map(token).collect::<Result<_, _>>()?)
    }

    /// `false`: there is none that still opens something.
    pub(in crate::office) async fn revoke_token(&self, id: &str, at: i64) -> Result<bool, StoreError> {
        let revoke = Query::update()
            .table("token")
            .value("revoked_at", at)
            .and_where(Expr::col("id").eq(id))
            .and_where(Expr::col("revoked_at").is_null())
            .to_owned();
        let change = self.write().await?;
        let is_revoked = change.execute(&revoke).await?.rows_affected() > 0;
        if is_revoked {
            change.commit(at, &[by_operator(Act::TokenRevoked, id)]).await?;
        }
        Ok(is_revoked)
    }
}

fn by_operator(act: Act, id: &str) -> Entry {
    Entry::new(Actor::Operator, act, Kind::Token.of(id))
}

fn tokens() -> SelectStatement {
    Query::select().columns(["id", "office", "scopes", "made_at", "revoked_at"]).from("token").to_owned()
}

fn token(row: &QueryResult) -> Result<Token, DbErr> {
    Ok(Token {
        id: row.try_get_by("id")?,
        office: row.try_get_by("office")?,
        scopes: row.try_get_by("scopes")?,
        made_at: row.try_get_by("made_at")?,
        revoked_at: row.try_get_by("revoked_at")?,
    })
}
