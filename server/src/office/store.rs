//! What offices tell, in the database.

mod batch;
mod case;
mod link;
mod token;

pub use case::{Cases, OfficeChange};
