//! Asking for help: /hulpvraag, one question a page, and /hulpvraag/volgen. Neither needs a script.

// Only the server renders it; its texts are told by question everywhere.
#[cfg(feature = "ssr")]
mod answers;
#[cfg(feature = "ssr")]
mod bring;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
pub mod follow;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod place;
mod step;

#[cfg(feature = "ssr")]
pub use answers::personal;
#[cfg(feature = "ssr")]
pub use bring::bring;
#[cfg(feature = "ssr")]
pub use export::export;
#[cfg(feature = "ssr")]
pub use fields::{Profile, about_name};
#[cfg(feature = "ssr")]
pub use page::{Made, begin, made, question, too_many, trouble};
#[cfg(feature = "ssr")]
pub use place::{Place, SEND};
pub use step::Step;
