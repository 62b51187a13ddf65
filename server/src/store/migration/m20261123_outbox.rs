//! The outbox: mails that are to be sent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_outbox"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outbox = Table::create()
            .table("outbox")
            .col(text("id").primary_key())
            .col(text("kind"))
            // A sealed address, until the mail was sent.
            .col(ColumnDef::new("recipient").blob().null().take())
            .col(big_integer("made_at"))
            .col(big_integer("tries"))
            // When anybody may take it; who takes it moves that ahead.
            .col(big_integer("due_at"))
            .col(big_integer_null("sent_at"))
            .col(big_integer_null("failed_at"))
            .to_owned();
        manager.create_table(outbox).await?;
        let due = Index::create().name("outbox_due_at").table("outbox").col("due_at").to_owned();
        manager.create_index(due).await
    }
}
