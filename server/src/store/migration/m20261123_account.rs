//! Who works here: organisations, staff, invitations, sessions, and sign-ins that are under way.
//!
//! Moments are seconds since 1970. What opens something is kept as a hash.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_account"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [organisation(), staff(), invitation(), session(), sign_in()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in
            [("session_staff_id", "session", "staff_id"), ("invitation_staff_id", "invitation", "staff_id")]
        {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

/// `external_…`: what providers call it, in the claim `represents`. `kinds` and `regions`: what its people may see.
fn organisation() -> TableCreateStatement {
    Table::create()
        .table("organisation")
        .col(text("id").primary_key())
        .col(text("name"))
        .col(text("external_issuer"))
        .col(text("external_id_type"))
        .col(text("external_id"))
        .col(text("kinds"))
        .col(text("regions"))
        .col(big_integer("made_at"))
        .index(
            Index::create()
                .unique()
                .name("organisation_external")
                .col("external_issuer")
                .col("external_id_type")
                .col("external_id"),
        )
        .to_owned()
}

/// `issuer` and `subject`: what her provider calls her, once she signed in.
fn staff() -> TableCreateStatement {
    Table::create()
        .table("staff")
        .col(text("id").primary_key())
        .col(text("name"))
        .col(text("role"))
        .col(text_null("organisation_id"))
        .col(text_null("issuer"))
        .col(text_null("subject"))
        .col(big_integer("invited_at"))
        .col(big_integer_null("signed_in_at"))
        .col(big_integer_null("blocked_at"))
        .index(Index::create().unique().name("staff_subject").col("issuer").col("subject"))
        .foreign_key(ForeignKey::create().from("staff", "organisation_id").to("organisation", "id"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    Table::create()
        .table("invitation")
        .col(finder())
        .col(text("staff_id"))
        .col(big_integer("valid_until"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut to_staff("invitation"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(finder())
        .col(text("staff_id"))
        .col(big_integer("begun_at"))
        .col(big_integer("used_at"))
        .foreign_key(&mut to_staff("session"))
        .to_owned()
}

/// Someone went to her provider and didn't come back yet.
fn sign_in() -> TableCreateStatement {
    Table::create()
        .table("sign_in")
        .col(finder())
        .col(ColumnDef::new("invitation").blob().null().take())
        .col(big_integer("valid_until"))
        .to_owned()
}

fn to_staff(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "staff_id")
        .to("staff", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

/// A hash of what opens it.
fn finder() -> ColumnDef {
    ColumnDef::new("finder").blob().not_null().primary_key().take()
}
