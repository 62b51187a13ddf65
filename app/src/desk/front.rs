//! /balie: who is signed in, and until when.

use maud::{Markup, html};

use super::Role;
use super::page::page;
use crate::content::desk as text;
use crate::shell::Document;
use crate::urls::{DESK, EXTEND, SIGN_OUT};

/// Who looks at a page of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Or alias.
    pub name: String,
    pub role: Role,
    /// The name of the organisation that she works for.
    pub organisation: Option<String>,
    /// The hour at which she is signed out when she does nothing.
    pub ends: String,
    /// The hour at which she must sign in again anyway.
    pub ends_at_last: String,
}

/// The first page after signing in, for who doesn't help herself.
#[must_use]
pub fn front(who: &SignedIn) -> Document {
    let body = html! {
        h1.nl-heading.nl-heading--level-1 { (text::welcome(&who.name)) }
        p.nl-paragraph.nl-paragraph--lead { (who.role_in_words()) }
    };
    page(who, text::TITLE, false, body)
}

impl SignedIn {
    pub(super) fn role_in_words(&self) -> String {
        let role = self.role.in_words();
        match &self.organisation {
            Some(organisation) => text::your_role_at(role, organisation),
            None => text::your_role(role),
        }
    }

    /// Until when she is signed in, with a way to stay. It stands on every page of the desk.
    #[must_use]
    pub fn session(&self) -> Markup {
        html! {
            section.session {
                h2.nl-heading.nl-heading--level-2 { (text::session::HEADING) }
                p.nl-paragraph { (text::session::ends(&self.ends)) " " (text::session::last(&self.ends_at_last)) }
                // In another tab, so that nothing typed on this one is lost.
                form method="post" action=(EXTEND) target="_blank" {
                    p.nl-paragraph { (text::session::EXTEND_HINT) }
                    button.nl-button.nl-button--secondary type="submit" { (text::session::EXTEND) }
                }
                form method="post" action=(SIGN_OUT) {
                    button.nl-button.nl-button--subtle type="submit" { (text::session::SIGN_OUT) }
                }
            }
        }
    }
}

/// She stays signed in; the page that she came from still stands in its own tab.
#[must_use]
pub fn extended(who: &SignedIn) -> Document {
    document(
        text::extended::TITLE,
        html! {
            h1.nl-heading.nl-heading--level-1 { (text::extended::TITLE) }
            p.nl-paragraph.nl-paragraph--lead { (text::extended::TEXT) }
            p.nl-paragraph { (text::session::ends(&who.ends)) " " (text::session::last(&who.ends_at_last)) }
        },
    )
}

/// It isn't for her role, or not hers.
#[must_use]
pub fn no_entry() -> Document {
    document(
        text::no_entry::TITLE,
        html! {
            h1.nl-heading.nl-heading--level-1 { (text::no_entry::TITLE) }
            p.nl-paragraph.nl-paragraph--lead { (text::no_entry::TEXT) }
            ul.todo { @for step in text::no_entry::WHAT_TO_DO { li { (step) } } }
            a.nl-button.nl-button--primary href=(DESK) { (text::no_entry::DESK_LINK) }
        },
    )
}

fn document(title: &str, body: Markup) -> Document {
    Document {
        page: None,
        title: title.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: Vec::new(),
        visit: None,
        body,
    }
}
