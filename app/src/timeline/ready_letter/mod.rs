//! Letters that are ready to send: /tijdlijn/brief. Made on the phone, or answered and forgotten; nothing is sent for her.

mod fields;
pub mod form;
mod island;
pub mod letter;
#[cfg(feature = "ssr")]
mod page;
mod view;

#[cfg(feature = "ssr")]
pub use page::document;
