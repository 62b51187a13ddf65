//! What this is, what it does with what you type, and for whom it works: /over, /privacy, /toegankelijkheid.

use crate::content::{about, accessibility, privacy};
use crate::prose::Prose;
use crate::shell::Document;
use crate::urls::Page;

#[must_use]
pub fn about() -> Document {
    Prose {
        page: Page::About,
        title: about::TITLE,
        description: about::DESCRIPTION,
        lead: about::LEAD,
        body: about::BODY,
        terms: about::TERMS,
    }
    .into()
}

#[must_use]
pub fn privacy() -> Document {
    Prose {
        page: Page::Privacy,
        title: privacy::TITLE,
        description: privacy::DESCRIPTION,
        lead: privacy::LEAD,
        body: privacy::BODY,
        terms: privacy::TERMS,
    }
    .into()
}

#[must_use]
pub fn accessibility() -> Document {
    Prose {
        page: Page::Accessibility,
        title: accessibility::TITLE,
        description: accessibility::DESCRIPTION,
        lead: accessibility::LEAD,
        body: accessibility::BODY,
        terms: accessibility::TERMS,
    }
    .into()
}
