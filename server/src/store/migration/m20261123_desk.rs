//! What helpers need beside the requests: where to remind them, what they were reminded of, and what they ask each other.
//! And the indexes that the desk reads requests by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, blob, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_desk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [helper_mail(), reminder(), need()] {
            manager.create_table(table).await?;
        }
        let indexes: [(&str, &str, &[&str]); 5] = [
            // Those near a helper, whatever else waits.
            ("request_near", "request", &["state", "kind", "language", "region", "urgent", "made_at"]),
            ("request_chosen", "request", &["chosen", "state"]),
            // For the figures of a month.
            ("request_made", "request", &["made_at"]),
            ("request_closed_at", "request", &["closed_at"]),
            ("request_event_kind", "request_event", &["kind", "at"]),
        ];
        super::make_indexes(manager, &indexes).await
    }
}

/// Where a helper wants reminders, sealed; without a row, nowhere.
fn helper_mail() -> TableCreateStatement {
    Table::create()
        .table("helper_mail")
        .col(text("staff_id").primary_key())
        .col(blob("sealed"))
        .foreign_key(
            ForeignKey::create()
                .from("helper_mail", "staff_id")
                .to("helper", "staff_id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

/// Of which request a helper was reminded, on which day: once a day.
fn reminder() -> TableCreateStatement {
    Table::create()
        .table("reminder")
        .col(text("request_id"))
        .col(text("on_day"))
        .primary_key(Index::create().col("request_id").col("on_day"))
        .foreign_key(
            ForeignKey::create()
                .from("reminder", "request_id")
                .to("request", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

/// A helper asks a colleague for an ear. What it is about, and how to reach who asks, is in `sealed`.
fn need() -> TableCreateStatement {
    Table::create()
        .table("need")
        .col(text("id").primary_key())
        .col(text("staff_id"))
        .col(blob("sealed"))
        .col(big_integer("asked_at"))
        .col(text_null("taken_by"))
        .col(big_integer_null("taken_at"))
        .to_owned()
}
