//! The audit log. Its rows are only ever added.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let audit = Table::create()
            .table("audit")
            .col(big_integer("seq").primary_key())
            .col(big_integer("at"))
            .col(text("actor"))
            .col(text("actor_id"))
            .col(text("act"))
            .col(text("subject"))
            .col(text("subject_id"))
            .col(ColumnDef::new("hash").blob().not_null().take())
            .to_owned();
        manager.create_table(audit).await?;
        // Who looked at a record is asked by the person it is about.
        let of_a_subject =
            Index::create().name("audit_subject").table("audit").col("subject").col("subject_id").to_owned();
        manager.create_index(of_a_subject).await
    }
}
