//! Pages for when something isn't there or went wrong: they say what to do, and where a person is.

use maud::html;

use crate::content::{not_found, not_now, refused, server_error};
use crate::shell::Document;

#[must_use]
pub fn not_found() -> Document {
    document(not_found::TITLE, not_found::TEXT, not_found::WHAT_TO_DO, not_found::HOME_LINK)
}

/// What was sent can't be taken.
#[must_use]
pub fn refused() -> Document {
    document(refused::TITLE, refused::TEXT, refused::WHAT_TO_DO, refused::HOME_LINK)
}

#[must_use]
pub fn server_error() -> Document {
    document(server_error::TITLE, server_error::TEXT, server_error::WHAT_TO_DO, server_error::HOME_LINK)
}

/// Nobody can be answered at this moment.
#[must_use]
pub fn not_now() -> Document {
    document(not_now::TITLE, not_now::TEXT, not_now::WHAT_TO_DO, not_now::HOME_LINK)
}

fn document(
    title: &'static str,
    words: &'static str,
    what_to_do: &'static [&'static str],
    home: &'static str,
) -> Document {
    Document {
        page: None,
        title: title.to_owned(),
        description: words,
        has_error: false,
        terms: Vec::new(),
        visit: None,
        body: html! {
            h1.nl-heading.nl-heading--level-1 { (title) }
            p.nl-paragraph.nl-paragraph--lead { (words) }
            ul.todo { @for step in what_to_do { li { (step) } } }
            a.nl-button.nl-button--primary href="/" { (home) }
        },
    }
}
