//! The desk in the database.

mod colleague;
mod helper;
mod list;
mod overview;
mod reminder;
mod request;

pub use list::{Near, Search, Stretch};
pub use overview::{LateRow, LoadRow};
pub use request::{EventRow, ToHelper};
