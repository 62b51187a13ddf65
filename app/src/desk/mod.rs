//! The desk, where who works here signs in and helps: /balie and /inloggen.

// Only the server renders it; its texts are told by role everywhere.
#[cfg(feature = "ssr")]
mod aids;
#[cfg(feature = "ssr")]
mod availability;
#[cfg(feature = "ssr")]
mod colleague;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod front;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod log;
#[cfg(feature = "ssr")]
mod overview;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod people;
#[cfg(feature = "ssr")]
mod request;
mod role;
#[cfg(feature = "ssr")]
mod sign_in;

use domain::Date;

#[cfg(feature = "ssr")]
pub use aids::aids;
#[cfg(feature = "ssr")]
pub use availability::{Availability, availability};
#[cfg(feature = "ssr")]
pub use colleague::{NEED, Need, REACH, TEXT, action as need_action, colleague};
#[cfg(feature = "ssr")]
pub use fields::Problem;
#[cfg(feature = "ssr")]
pub use front::{SignedIn, extended, front, no_entry};
#[cfg(feature = "ssr")]
pub use list::{List, Own, REQUEST, Waiting, list};
#[cfg(feature = "ssr")]
pub use log::{BEFORE, Line, log};
#[cfg(feature = "ssr")]
pub use overview::{Answers, Late, Load, Month, OWNER, Overview, overview};
#[cfg(feature = "ssr")]
pub use page::Said;
#[cfg(feature = "ssr")]
pub use people::{NAME, ORGANISATION, Organisation, Person, ROLE, STAFF, invited, sees};
#[cfg(feature = "ssr")]
pub use request::{Logged, NOTE, OUTCOME, Opened, TO, WAY, action, gone, request};
pub use role::Role;
#[cfg(feature = "ssr")]
pub use sign_in::{DemoLink, INVITATION, Refused, SignIn, demo_link, sign_in, sign_in_first};

/// How a first contact stands to its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// They are in touch.
    Done,
    By(Date),
    Today,
    Late(Date),
}
