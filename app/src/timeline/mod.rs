//! Where a case is: /tijdlijn. Dates of letters → steps, whose turn it is, until when, and the one thing to do now.

#[cfg(feature = "ssr")]
pub mod dossier;
#[cfg(feature = "ssr")]
mod fields;
pub mod form;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod island;
#[cfg(feature = "ssr")]
mod page;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline"))]
mod scanned;
pub mod view;

#[cfg(feature = "ssr")]
pub use page::document;
