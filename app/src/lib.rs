//! The pages and islands of Herstelroute.
//!
//! Every page is rendered whole by the server ([`shell::render`]) and works without scripts. Islands make a page live
//! on the phone; they call the same functions of [`domain`] and show the same views.

// Views are types; those of a whole page nest deeply.
#![recursion_limit = "512"]

pub mod amounts;
pub mod chooser;
pub mod content;
pub mod entries;
#[cfg(any(feature = "ssr", feature = "hydrate-tools"))]
pub mod keep;
#[cfg(any(feature = "hydrate-amounts", feature = "hydrate-timeline", feature = "hydrate-paper"))]
mod live;
pub mod phone;
#[cfg(any(feature = "ssr", feature = "hydrate-tools"))]
pub mod read_aloud;
#[cfg(any(feature = "ssr", feature = "hydrate-timeline", feature = "hydrate-paper"))]
pub mod timeline;
#[cfg(any(feature = "ssr", feature = "hydrate-together"))]
pub mod together;
pub mod ui;
pub mod urls;
pub mod visit;

// Only the server renders whole pages.
#[cfg(feature = "ssr")]
pub mod about;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod examples;
#[cfg(feature = "ssr")]
pub mod figures;
#[cfg(feature = "ssr")]
pub mod glossary;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod onward;
#[cfg(feature = "ssr")]
mod prose;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod trouble;

/// Called by the boot script before it hands the islands over.
#[cfg(all(feature = "hydrate", not(feature = "hydrate-together")))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

/// Called by the boot script, beside a page's own bundle.
#[cfg(feature = "hydrate-together")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn beside() {
    together::begin();
}
