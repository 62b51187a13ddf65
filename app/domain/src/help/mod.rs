//! Asking for help: an independent expert or a peer; who fits whom, what may follow what, and until when.

mod course;
mod fit;
mod request;
mod term;

pub use course::{Act, Event, Outcome, State};
pub use fit::{Fit, Helper, fit};
pub use request::{About, Gender, Kind, Language, Moment, Preferences, Reach, Region, Request, Tie, Wish};
pub use term::{claim_due_on, contact_due_on};
