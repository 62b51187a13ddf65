//! A page of reading matter: a heading, a lead and a long text.

use domain::glossary::Term;
use maud::{PreEscaped, html};

use crate::shell::Document;
use crate::urls::Page;

/// What a page of reading matter says.
pub struct Prose {
    pub page: Page,
    pub title: &'static str,
    pub description: &'static str,
    pub lead: &'static str,
    /// HTML, made from Markdown by the build script.
    pub body: &'static str,
    pub terms: &'static [&'static Term],
}

impl From<Prose> for Document {
    fn from(prose: Prose) -> Document {
        Document {
            page: Some(prose.page),
            title: prose.title.to_owned(),
            description: prose.description,
            has_error: false,
            terms: prose.terms.to_vec(),
            visit: None,
            body: html! {
                h1.nl-heading.nl-heading--level-1 { (prose.title) }
                p.nl-paragraph.nl-paragraph--lead { (prose.lead) }
                div.prose { (PreEscaped(prose.body)) }
            },
        }
    }
}
