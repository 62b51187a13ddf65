//! Where a case is: /tijdlijn. Dates of letters → steps, whose turn it is, until when, and the one thing to do now; letters
//! to send, a sheet for the conversation, and a file for her calendar.

#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
pub mod calendar;
#[cfg(any(feature = "ssr", feature = "hydrate-paper"))]
pub mod conversation;
#[cfg(feature = "ssr")]
pub mod dossier;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod duration;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod filled_in;
pub mod form;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod island;
#[cfg(feature = "ssr")]
mod page;
#[cfg(any(feature = "ssr", feature = "hydrate-paper"))]
pub mod ready_letter;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod scanned;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod todo;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
pub mod view;

#[cfg(feature = "ssr")]
pub use page::document;
