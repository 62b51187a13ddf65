//! Asking for help: /hulpvraag, one question a page, and /hulpvraag/volgen. Neither needs a script.

mod answers;
mod bring;
mod export;
mod fields;
pub mod follow;
pub mod form;
mod page;
mod place;
mod step;

pub use answers::personal;
pub use bring::bring;
pub use export::export;
pub use fields::{Profile, about_name};
pub use page::{Made, begin, made, question, too_many, trouble};
pub use place::{Place, SEND};
pub use step::Step;
