//! What each of the four routes could pay for one situation, and how every line of it is computed.

mod answer;
mod assessment;
mod availability;
mod children;
mod damage;
mod floor;
mod former_partner;
mod hardship;
mod integral;
mod intent;
mod receipt;
mod situation;
mod years;

pub use crate::invalid::{Invalid, Problem};
pub use answer::answer_line;
pub use assessment::{
    Assessment, ChildAnswer, FormerPartnerAnswer, Line, Note, Origin, Route, RouteAssessment, assess,
};
pub use receipt::{Change, Receipt, Replay, UsedParameter, Why};
pub use situation::{
    Child, Damage, DamageKind, FormerPartner, FormerPartnerAnswers, Ground, Situation, Year,
};
