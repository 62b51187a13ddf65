//! /balie/hulpmiddelen: what helps in a conversation with a parent.

use maud::html;

use super::SignedIn;
use super::page::{heading, page, subheading};
use crate::content::desk::aids as text;
use crate::shell::Document;
use crate::urls::Page;

#[must_use]
pub fn aids(who: &SignedIn) -> Document {
    let links = [
        (Page::Chooser, text::TO_CHOOSER),
        (Page::Comparison, text::TO_COMPARISON),
        (Page::Glossary, text::TO_WORDS),
    ];
    let body = html! {
        (heading(text::TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        @for (id, theme) in text::theme::ALL {
            section id=(id) {
                (subheading(theme.title))
                ul.todo { @for step in theme.steps { li { (step) } } }
            }
        }
        ul.todo { @for (page, words) in links { li { a.nl-link href=(page.path()) { (words) } } } }
        p.source { (text::SOURCE) }
    };
    page(who, text::TITLE, false, body)
}
