//! Dossiers and their versions; cases of offices, their events, batches, link codes and tokens; limits.
//!
//! Days are ISO texts, moments are seconds since 1970. What isn't told is an empty text where it belongs to a key.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_timeline"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [dossier(), dossier_version(), office_case(), event(), batch(), link(), token()] {
            manager.create_table(table).await?;
        }
        manager.create_table(attempt()).await?;
        for (name, table, column) in [
            ("dossier_used_on", "dossier", "used_on"),
            ("attempt_until", "attempt", "until"),
            ("link_case_id", "link", "case_id"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// What a parent lets us keep. `finder` is a hash of her code, which isn't kept.
fn dossier() -> TableCreateStatement {
    Table::create()
        .table("dossier")
        .col(text("id").primary_key())
        .col(finder().unique_key())
        .col(big_integer("version"))
        .col(big_integer_null("case_id"))
        .col(text("made_on"))
        .col(text("used_on"))
        .to_owned()
}

fn dossier_version() -> TableCreateStatement {
    Table::create()
        .table("dossier_version")
        .col(text("dossier_id"))
        .col(big_integer("version"))
        .col(blob("sealed"))
        .col(big_integer("saved_at"))
        .primary_key(Index::create().col("dossier_id").col("version"))
        .foreign_key(
            ForeignKey::create()
                .from("dossier_version", "dossier_id")
                .to("dossier", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

/// A case as an office knows it.
fn office_case() -> TableCreateStatement {
    Table::create()
        .table("office_case")
        .col(big_pk_auto("id"))
        .col(text("office"))
        .col(text("number"))
        .index(Index::create().unique().name("office_case_number").col("office").col("number"))
        .to_owned()
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("event")
        .col(big_integer("case_id"))
        .col(text("happened_on"))
        .col(text("kind"))
        .col(text("step"))
        .col(text("outcome"))
        .col(text("until"))
        .col(text("way"))
        .col(text("code"))
        .col(text("batch_id"))
        .primary_key(
            Index::create()
                .col("case_id")
                .col("happened_on")
                .col("kind")
                .col("step")
                .col("outcome")
                .col("until")
                .col("way")
                .col("code"),
        )
        .foreign_key(ForeignKey::create().from("event", "case_id").to("office_case", "id"))
        .to_owned()
}

/// A delivery of an office: what it sent is counted at once, or not at all.
fn batch() -> TableCreateStatement {
    Table::create()
        .table("batch")
        .col(text("id").primary_key())
        .col(text("office"))
        .col(text("key"))
        .col(blob("digest"))
        .col(text("state"))
        .col(big_integer("events"))
        .col(big_integer("ready"))
        .col(big_integer("problem_count"))
        .col(text("problems"))
        .col(big_integer("received_at"))
        .col(big_integer("leased_until"))
        .col(big_integer("run"))
        .index(Index::create().unique().name("batch_key").col("office").col("key"))
        .to_owned()
}

/// A one-time code from a letter that ties a dossier to a case.
fn link() -> TableCreateStatement {
    Table::create()
        .table("link")
        .col(finder().primary_key())
        .col(big_integer("case_id"))
        .col(text("ends_on"))
        .col(text_null("used_on"))
        .foreign_key(ForeignKey::create().from("link", "case_id").to("office_case", "id"))
        .to_owned()
}

/// What an office shows to be let in. Only a hash is kept.
fn token() -> TableCreateStatement {
    Table::create()
        .table("token")
        .col(text("id").primary_key())
        .col(text("office"))
        .col(text("scopes"))
        .col(finder().unique_key())
        .col(big_integer("made_at"))
        .col(big_integer_null("revoked_at"))
        .to_owned()
}

/// How often something failed lately, so that limits hold across processes.
fn attempt() -> TableCreateStatement {
    Table::create()
        .table("attempt")
        .col(text("action"))
        .col(blob("who"))
        .col(big_integer("until"))
        .col(big_integer("times"))
        .primary_key(Index::create().col("action").col("who").col("until"))
        .to_owned()
}

/// What a code or a token is found by.
fn finder() -> ColumnDef {
    blob("finder")
}

fn blob(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}
