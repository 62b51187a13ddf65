//! The desk, where who works here signs in and helps: /balie and /inloggen.

// Only the server renders it; its texts are told by role everywhere.
#[cfg(feature = "ssr")]
mod front;
mod role;
#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
pub use front::{SignedIn, extended, front, no_entry};
pub use role::Role;
#[cfg(feature = "ssr")]
pub use sign_in::{DemoLink, INVITATION, Refused, SignIn, demo_link, sign_in, sign_in_first};
