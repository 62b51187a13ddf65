//! The desk, where who works here signs in and helps: /balie and /inloggen.

mod front;
mod role;
mod sign_in;

pub use front::{SignedIn, extended, front, no_entry};
pub use role::Role;
pub use sign_in::{DemoLink, INVITATION, Refused, SignIn, demo_link, sign_in, sign_in_first};
