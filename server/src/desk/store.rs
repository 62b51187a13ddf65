//! The desk in the database.

mod colleague;
mod helper;
mod list;
mod overview;
mod reminder;
mod request;

use super::colleague::need_of;
use super::profile::mail_of;
use super::request::note_at;
use crate::store::{KeyColumn, SealedColumn};

pub use list::{Near, Search, Stretch};
pub use overview::{LateRow, LoadRow};
pub use request::EventRow;

/// Where helpers want their reminders.
pub(crate) const HELPER_MAILS: SealedColumn = SealedColumn {
    table: "helper_mail",
    column: "sealed",
    key: &[KeyColumn::Text("staff_id")],
    about: |key| mail_of(&key.concat()),
};

/// What helpers ask each other.
pub(crate) const NEEDS: SealedColumn = SealedColumn {
    table: "need",
    column: "sealed",
    key: &[KeyColumn::Text("id")],
    about: |key| need_of(&key.concat()),
};

/// What helpers noted. No two of a request are of one moment.
pub(crate) const NOTES: SealedColumn = SealedColumn {
    table: "request_event",
    column: "sealed",
    key: &[KeyColumn::Text("request_id"), KeyColumn::Number("at")],
    about: |key| match key {
        [id, at] => note_at(id, at),
        _ => String::new(),
    },
};
