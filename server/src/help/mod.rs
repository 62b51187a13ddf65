//! Requests for help: made and followed by a parent. What helpers do with them is in `desk`.

pub mod store;
