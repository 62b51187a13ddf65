//! A sheet to prepare the personal conversation: /tijdlijn/gesprek. Typed on the phone or written by hand on paper.

mod island;
#[cfg(feature = "ssr")]
mod page;
mod questions;
#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
pub use page::document;
