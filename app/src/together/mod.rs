//! Guiding together (/samen): she shows a page to someone who helps her, and decides on all that changes.
//!
//! Not an island: her chair stands beside whatever page she is on, and reads it as it stands there. [`reading`] makes of
//! it what may be told, [`meeting`] brings that to the other chair, sealed by [`seal`].

#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "hydrate-together")]
mod banner;
#[cfg(feature = "hydrate-together")]
mod browser;
#[cfg(feature = "hydrate-together")]
mod door;
#[cfg(feature = "hydrate-together")]
mod helper;
#[cfg(feature = "hydrate-together")]
mod kept;
#[cfg(feature = "hydrate-together")]
mod line;
#[cfg(feature = "hydrate-together")]
mod log;
#[cfg(feature = "hydrate-together")]
mod meeting;
#[cfg(feature = "hydrate-together")]
mod other_tabs;
#[cfg(feature = "hydrate-together")]
mod parent;
#[cfg(feature = "hydrate-together")]
mod reading;
#[cfg(feature = "hydrate-together")]
mod seal;
#[cfg(feature = "hydrate-together")]
mod start;
#[cfg(feature = "hydrate-together")]
mod words;

#[cfg(feature = "ssr")]
pub use page::{join, start};

/// Where the phone puts what it makes, on the pages of this folder.
const PLACE: &str = "samen";

/// Takes the chair that this tab has, on any page; called by the boot script.
#[cfg(feature = "hydrate-together")]
pub fn begin() {
    wasm_bindgen_futures::spawn_local(async {
        match web_sys::window().and_then(|window| window.location().pathname().ok()).as_deref() {
            Some(path) if path == crate::urls::Page::Together.path() => start::begin(),
            Some(path) if path == crate::urls::Page::JoinTogether.path() => helper::begin(),
            _ => parent::begin().await,
        }
    });
}
