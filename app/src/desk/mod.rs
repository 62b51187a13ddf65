//! The desk, where who works here signs in and helps: /balie and /inloggen.

mod aids;
mod availability;
mod colleague;
mod fields;
mod front;
mod list;
mod log;
mod overview;
mod page;
mod people;
mod request;
mod role;
mod sign_in;

use domain::Date;

pub use aids::aids;
pub use availability::{Availability, availability};
pub use colleague::{NEED, Need, REACH, TEXT, action as need_action, colleague};
pub use fields::Problem;
pub use front::{SignedIn, extended, front, no_entry};
pub use list::{List, Own, REQUEST, Waiting, list};
pub use log::{BEFORE, Line, log};
pub use overview::{Answers, Late, Load, Month, OWNER, Overview, overview};
pub use page::Said;
pub use people::{NAME, ORGANISATION, Organisation, Person, ROLE, STAFF, invited, sees};
pub use request::{Logged, NOTE, OUTCOME, Opened, TO, WAY, action, gone, request};
pub use role::Role;
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
