//! The chooser: /keuzehulp. One question a page; the same steps on the server and on the phone.

#[cfg(any(feature = "ssr", feature = "hydrate-chooser"))]
mod island;
#[cfg(feature = "ssr")]
mod page;
mod step;
#[cfg(feature = "ssr")]
mod tree;
pub mod view;

#[cfg(feature = "ssr")]
pub use page::document;
pub use step::{Step, answers_in};
