//! The rules of Herstelroute: what each route to recovery could pay, which questions lead there, which words mean what.
//!
//! Pure: no clock, no I/O, no randomness, no floats for money. The same situation on the same date gives the same
//! assessment, bit for bit, natively and in WebAssembly. The law itself is data in `rules/`; a build script turns it
//! into constants ([`parameters`], [`glossary`], [`chooser`]).

pub mod amounts;
pub mod calendar;
pub mod chooser;
pub mod code;
pub mod figures;
pub mod glossary;
pub mod help;
mod invalid;
mod json;
pub mod line;
pub mod money;
mod order;
pub mod parameter;
pub mod range;
pub mod rules;
pub mod timeline;
pub mod together;
mod word;

pub use calendar::Date;
pub use money::{Cents, Ppm};
pub use range::Range;

/// Invented families for `/voorbeelden`, from `rules/families.toml`.
pub mod examples {
    include!(concat!(env!("OUT_DIR"), "/families.rs"));
}

/// Every parameter of `rules/<scheme>/<parameter>.toml` as a typed constant, `parameters::<scheme>::<PARAMETER>`.
pub mod parameters {
    include!(concat!(env!("OUT_DIR"), "/parameters.rs"));
}
