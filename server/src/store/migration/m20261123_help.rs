//! Requests for help with what happened to them, and the helpers who take them on.
//!
//! Days are ISO texts, moments are seconds since 1970, several words stand in one text with spaces between. Everything that
//! tells who she is or what happened to her is in `sealed`; the rest is needed to find who fits.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, blob_null, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_help"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [request(), request_event(), request_declined(), helper()] {
            manager.create_table(table).await?;
        }
        let indexes: [(&str, &str, &[&str]); 6] = [
            // What a helper who does these kinds in these languages sees, in the order of the list.
            ("request_list", "request", &["state", "kind", "language", "urgent", "made_at"]),
            ("request_helper", "request", &["helper_id", "state"]),
            ("request_claim_due", "request", &["state", "claim_due_on"]),
            ("request_contact_due", "request", &["state", "contact_due_on"]),
            ("request_closed", "request", &["state", "closed_at"]),
            ("request_event_request", "request_event", &["request_id"]),
        ];
        super::make_indexes(manager, &indexes).await
    }
}

/// What she asks. `finder` is a hash of her code, which isn't kept; `reference` is what she calls it by.
fn request() -> TableCreateStatement {
    Table::create()
        .table("request")
        .col(text("id").primary_key())
        .col(ColumnDef::new("finder").blob().not_null().unique_key())
        .col(text("reference").unique_key())
        .col(text("state"))
        .col(text("kind"))
        .col(text("about"))
        .col(big_integer("urgent"))
        .col(text("language"))
        .col(text("region"))
        // The helper that she chose, as `staff` knows them.
        .col(text_null("chosen"))
        .col(text_null("gender"))
        .col(big_integer("same_background"))
        .col(text("no_ties"))
        // Empty once it was erased.
        .col(blob_null("sealed"))
        .col(big_integer("made_at"))
        .col(text("claim_due_on"))
        .col(text_null("helper_id"))
        .col(big_integer_null("claimed_at"))
        .col(text_null("contact_due_on"))
        .col(big_integer_null("contacted_at"))
        .col(big_integer_null("closed_at"))
        .col(text_null("outcome"))
        // Her two answers at the end: from 1 (no) to 3 (yes).
        .col(big_integer_null("was_fair"))
        .col(big_integer_null("can_go_on"))
        .col(big_integer_null("erased_at"))
        .to_owned()
}

/// What happened to a request: shown to her, and to who has it.
fn request_event() -> TableCreateStatement {
    Table::create()
        .table("request_event")
        .col(big_pk_auto("id"))
        .col(text("request_id"))
        .col(big_integer("at"))
        .col(text("kind"))
        // Who did it; nobody: she herself, or the portal.
        .col(text_null("staff_id"))
        // A helper's note.
        .col(blob_null("sealed"))
        .foreign_key(ForeignKey::create().from("request_event", "request_id").to("request", "id"))
        .to_owned()
}

/// Helpers that she doesn't want, or who gave it back: they don't see it again.
fn request_declined() -> TableCreateStatement {
    Table::create()
        .table("request_declined")
        .col(text("request_id"))
        .col(text("staff_id"))
        .primary_key(Index::create().col("request_id").col("staff_id"))
        .foreign_key(ForeignKey::create().from("request_declined", "request_id").to("request", "id"))
        .to_owned()
}

/// What a helper tells of themselves, beside what `staff` knows.
fn helper() -> TableCreateStatement {
    Table::create()
        .table("helper")
        .col(text("staff_id").primary_key())
        // A name or an alias.
        .col(text("name"))
        .col(text("kinds"))
        .col(text("languages"))
        .col(text("regions"))
        .col(text_null("gender"))
        .col(text("ties"))
        .col(text("about_me"))
        // 1: parents may see this and choose.
        .col(big_integer("published"))
        // How many requests at once.
        .col(big_integer("most_requests"))
        // No new requests through this day.
        .col(text_null("paused_until"))
        .to_owned()
}
