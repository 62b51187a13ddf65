//! What offices tell, in the database.

mod batch;
mod case;
mod link;
mod token;

pub use case::{Cases, OfficeChange};
pub(super) use link::{use_link, used_for};
