//! Amounts and comparison: /bedragen and /vergelijken, with the receipt.

#[cfg(feature = "ssr")]
mod cards;
mod comparison;
mod computed;
mod fields;
pub mod form;
mod island;
mod lines;
mod notes;
#[cfg(feature = "ssr")]
mod page;
mod receipt;
mod results;

pub use computed::Computed;
#[cfg(feature = "ssr")]
pub use page::{comparison, document, is_refused};
pub use receipt::{ReceiptMessage, file_name, receipt_of};
pub use results::former_partner_words;
#[cfg(feature = "ssr")]
pub(crate) use {notes::notes, results::{beside, range_bars, route_results}};
