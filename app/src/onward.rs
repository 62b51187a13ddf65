//! Help beside money: /verder.

use crate::content::onward as text;
use crate::prose::Prose;
use crate::shell::Document;
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    Prose {
        page: Page::Onward,
        title: text::TITLE,
        description: text::DESCRIPTION,
        lead: text::LEAD,
        body: text::BODY,
        terms: text::TERMS,
    }
    .into()
}
