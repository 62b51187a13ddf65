//! Requests for help: made and followed by a parent. What helpers do with them is in `desk`.

mod news;
mod reference;
mod request;
pub mod store;

pub(crate) use news::news;
pub use reference::Reference;
pub(crate) use request::place;
pub use request::{MOST_REQUESTS, Making, Opened, RequestError, Requests, forget};
pub(crate) use store::PERSONAL;
