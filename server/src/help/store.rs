//! Requests and helpers in the database.

pub mod entity;
