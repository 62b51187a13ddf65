//! What the server says on /samen and /samen/mee: how it works, and what to do where scripts are off. The rest is made on
//! the phones themselves, for the server can't know it.

use domain::together::Badge;
use maud::{Markup, PreEscaped, html};

use super::{PLACE, words};
use crate::content::together as text;
use crate::shell::Document;
use crate::ui;
use crate::urls::Page;

/// Her page: begin, and how it works.
#[must_use]
pub fn start() -> Document {
    document(
        Page::Together,
        text::TITLE,
        text::DESCRIPTION,
        html! {
            p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
            noscript { p.nl-paragraph { (text::paper::NO_SCRIPTS) } }
            div id=(PLACE) {}
            section #samen-uitleg {
                h2 class="nl-heading nl-heading--level-2" { (text::how::HEADING) }
                ol.todo { @for step in text::how::STEPS { li { (step) } } }
                p.nl-paragraph { (text::how::SEALED) }
                p.nl-paragraph { (text::how::LIMITS) }
                p.nl-paragraph { a.nl-link href=(Page::JoinTogether.path()) { (text::start::JOIN_LINK) } }
                h2 class="nl-heading nl-heading--level-2" { (text::paper::HEADING) }
                ol.todo { @for step in text::paper::STEPS { li { (step) } } }
                p.nl-paragraph { a.nl-link href=(Page::Comparison.path()) { (text::paper::TO_COMPARISON) } }
            }
        },
    )
}

/// The helper's page. `badge`: who is signed in on this phone.
#[must_use]
pub fn join(badge: Option<&Badge>) -> Document {
    document(
        Page::JoinTogether,
        text::join::TITLE,
        text::join::DESCRIPTION,
        html! {
            (PreEscaped(ui::COVERED))
            noscript { p.nl-paragraph { (text::join::NO_SCRIPTS) } }
            section #samen-uitleg {
                p class="nl-paragraph nl-paragraph--lead" { (text::join::LEAD) }
                (who(badge))
            }
            div id=(PLACE) data-name=[badge.map(|badge| &badge.name)] {}
        },
    )
}

fn who(badge: Option<&Badge>) -> Markup {
    html! {
        p.nl-paragraph {
            @match badge {
                Some(Badge { name, organisation: Some(organisation), role }) => {
                    (text::join::signed_in_organisation(name, words::role(role), organisation))
                }
                Some(Badge { name, organisation: None, role }) => (text::join::signed_in(name, words::role(role))),
                None => {
                    (text::join::NOT_SIGNED_IN) " "
                    a.nl-link href=(Page::SignIn.path()) { (text::join::SIGN_IN_LINK) }
                }
            }
        }
    }
}

fn document(page: Page, title: &str, description: &'static str, content: Markup) -> Document {
    Document {
        page: Some(page),
        title: title.to_owned(),
        description,
        has_error: false,
        terms: Vec::new(),
        visit: None,
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (title) }
            (content)
        },
    }
}
