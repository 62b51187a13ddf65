//! All Dutch text, from `content/nl/`. A key that is missing there doesn't compile.

pub use generated::*;

// One way of writing every type, whether it stands in a constant or in a struct.
#[allow(clippy::redundant_static_lifetimes)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/content.rs"));
}

/// A text with glossary words in it, which the page explains in place.
#[derive(Clone, Copy, Debug)]
pub struct Rich(pub &'static [Piece]);

#[derive(Clone, Copy, Debug)]
pub enum Piece {
    Text(&'static str),
    /// Id of the glossary word, the form in which it stands here, and the comma or full stop that stays with it.
    Term(&'static str, &'static str, &'static str),
}

/// Fills the one `{name}` in a text that is picked at run time.
#[must_use]
pub fn fill(text: &str, name: &str, value: &str) -> String {
    text.replace(&format!("{{{name}}}"), value)
}

/// The text that goes with an id; the id itself never reaches the page.
#[must_use]
pub fn pick(pairs: &[(&'static str, &'static str)], id: &str) -> &'static str {
    pairs.iter().find(|(key, _)| *key == id).map_or("", |(_, text)| text)
}
