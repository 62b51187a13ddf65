//! What this is, what it does with what you type, and for whom it works: /over, /privacy, /toegankelijkheid.

use domain::rules::{SHA256, VERSION};
use maud::{Markup, html};

use crate::content::{about, accessibility, privacy};
use crate::prose::Prose;
use crate::shell::{Document, Site};
use crate::ui::version_in_words;
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

/// Who runs this very site, and with which rules it computes: the end of /over.
#[must_use]
pub fn this_site(site: &Site) -> Markup {
    html! {
        section.prose {
            h2 { (about::OPERATOR_HEADING) }
            p { (about::operator_text(&site.operator)) @if site.demo { " " (about::OPERATOR_DEMO) } }
            h2 { (about::RULES_HEADING) }
            p { (about::rules_version(version_in_words(VERSION))) }
            p.source { (about::rules_fingerprint(SHA256)) }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Assets, Helpline, render};

    #[test]
    fn it_says_who_runs_it_and_with_which_rules() {
        let helpline = Helpline { phone: "0800-1234".to_owned(), hours: None };
        let site =
            Site { operator: "Stichting Thuis".to_owned(), helpline, demo: false, assets: Assets::default() };
        let page = render(&site, false, about).html;
        assert!(page.contains(&about::operator_text("Stichting Thuis")));
        assert!(page.contains(&about::rules_version(version_in_words(VERSION))));
        assert!(page.contains(SHA256));
        assert!(!page.contains(about::OPERATOR_DEMO));
    }
}
