//! Dossiers: what a parent lets us keep of her case, sealed under a code that only she has.

mod dossier;
mod store;

pub(crate) use store::VERSIONS;

pub use dossier::{DossierError, Dossiers, MOST_DOSSIERS, Opened, Saved, Version, forget};
