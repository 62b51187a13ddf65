//! Accounts in the database.

mod organisation;
mod session;
mod sign_in;
mod staff;

pub(super) use sign_in::Known;
