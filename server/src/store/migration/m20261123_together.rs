//! Meetings of a parent and a helper, as long as they last, and what is on its way from one server to another.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, blob, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_together"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [meeting(), meeting_frame()] {
            manager.create_table(table).await?;
        }
        let indexes: [(&str, &str, &[&str]); 3] = [
            ("meeting_ends_at", "meeting", &["ends_at"]),
            ("meeting_frame_process", "meeting_frame", &["process", "id"]),
            ("meeting_frame_meeting", "meeting_frame", &["meeting_id"]),
        ];
        super::make_indexes(manager, &indexes).await
    }
}

/// Of names and tickets it holds hashes. Of each chair: in which server someone sits in it, and by which connection.
fn meeting() -> TableCreateStatement {
    Table::create()
        .table("meeting")
        .col(text("id").primary_key())
        .col(blob("name_hash").unique_key())
        .col(blob("parent_ticket").unique_key())
        .col(ColumnDef::new("helper_ticket").blob().null().unique_key().take())
        // Whoever was signed in when she joined.
        .col(text_null("helper_staff_id"))
        .col(text_null("parent_process"))
        .col(text_null("helper_process"))
        .col(text_null("parent_seat"))
        .col(text_null("helper_seat"))
        .col(big_integer("code_until"))
        .col(big_integer("ends_at"))
        .to_owned()
}

/// Handed over in the order of its ids, and gone then. A frame is sealed by the browser that sent it.
fn meeting_frame() -> TableCreateStatement {
    Table::create()
        .table("meeting_frame")
        .col(big_pk_auto("id"))
        .col(text("process"))
        .col(text("meeting_id"))
        .col(text("chair"))
        .col(text("what"))
        .col(blob("body"))
        .col(big_integer("at"))
        .to_owned()
}
