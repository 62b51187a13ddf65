//! Where a case is: events → steps, whose turn it is, until when, how late, and what she can do now.

mod answer;
mod clock;
mod event;
mod observed;
mod pass;
mod penalty;
mod stay;
mod step;
mod term;
mod todo;

pub use answer::{State, StepAnswer, Timeline, timeline, timeline_with};
pub use clock::ChessClock;
pub use event::{Case, Event, EventKind, Outcome, Turn, Way};
pub use observed::Observed;
pub use penalty::Penalty;
pub use stay::{Stay, stays};
pub use step::Step;
pub use todo::{Note, Right, Task};
