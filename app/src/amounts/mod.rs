//! Amounts and comparison: /bedragen and /vergelijken, with the receipt.

#[cfg(feature = "ssr")]
mod cards;
#[cfg(any(feature = "ssr", feature = "hydrate-comparison"))]
mod comparison;
pub mod computed;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(any(feature = "ssr", feature = "hydrate-comparison"))]
mod filled_in;
pub mod form;
#[cfg(any(feature = "ssr", feature = "hydrate-amounts"))]
mod island;
pub mod lines;
pub mod notes;
#[cfg(feature = "ssr")]
mod page;
#[cfg(any(feature = "ssr", feature = "hydrate-receipt"))]
mod receipt;
pub mod results;

pub use computed::Computed;
#[cfg(feature = "ssr")]
pub use page::{compared, comparison, document};
#[cfg(any(feature = "ssr", feature = "hydrate-receipt"))]
pub use receipt::{ReceiptMessage, file_name, receipt_of};
pub use results::former_partner_words;
#[cfg(feature = "ssr")]
pub(crate) use {
    filled_in::filled_in,
    notes::notes,
    page::line_terms,
    results::{beside, range_bars, route_result},
};
