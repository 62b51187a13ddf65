//! /inloggen: for who works here, at the provider of her own organisation.

use maud::{Markup, html};

use super::Role;
use crate::content::sign_in as text;
use crate::shell::Document;
use crate::ui::{TextField, error_summary, notice, text_field};
use crate::urls::{Page, SIGN_IN_DEMO};

/// Name of the field for the code of an invitation.
pub const INVITATION: &str = "invitation";

/// What the page can offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    Available,
    /// No provider is configured.
    NotAvailable {
        demo: bool,
    },
    /// The provider doesn't answer.
    Unreachable,
}

/// Why someone isn't let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// What came back can't be trusted, or belongs to another browser, or came too late.
    Untrusted,
    /// The provider told so itself.
    Stopped,
    UnknownInvitation,
    /// Minutes until it may be tried again.
    TooOften(i64),
    NotInvited,
    Blocked,
    /// The way in which she showed who she is isn't sure enough.
    NotSureEnough,
    /// It isn't told for whom she works.
    NoOrganisation,
    /// She works for another organisation than the one that invited her.
    ForeignOrganisation,
}

impl Refused {
    /// Whether it is about the field for the code.
    const fn is_about_the_code(self) -> bool {
        matches!(self, Refused::UnknownInvitation | Refused::TooOften(_) | Refused::NotInvited)
    }

    fn words(self) -> String {
        match self {
            Refused::Untrusted => text::refused::AGAIN.to_owned(),
            Refused::Stopped => text::refused::STOPPED.to_owned(),
            Refused::UnknownInvitation => text::refused::UNKNOWN_INVITATION.to_owned(),
            Refused::TooOften(minutes) => text::refused::too_often(minutes),
            Refused::NotInvited => text::refused::NOT_INVITED.to_owned(),
            Refused::Blocked => text::refused::BLOCKED.to_owned(),
            Refused::NotSureEnough => text::refused::NOT_SURE_ENOUGH.to_owned(),
            Refused::NoOrganisation => text::refused::NO_ORGANISATION.to_owned(),
            Refused::ForeignOrganisation => text::refused::FOREIGN_ORGANISATION.to_owned(),
        }
    }
}

/// Where who works here signs in.
#[must_use]
pub fn sign_in(offered: SignIn, refused: Option<Refused>) -> Document {
    page(offered, refused, html! {})
}

/// She asked for something that only who is signed in may see. `has_sent`: what she sent wasn't taken.
#[must_use]
pub fn sign_in_first(offered: SignIn, has_sent: bool) -> Document {
    let ended = html! { @if has_sent { p { (text::ENDED) } } };
    page(offered, None, notice("waiting", text::FIRST, ended))
}

fn page(offered: SignIn, refused: Option<Refused>, before: Markup) -> Document {
    let problem = refused.map(Refused::words);
    let about_code = refused.is_some_and(Refused::is_about_the_code);
    let at_code = problem.as_deref().filter(|_| about_code && offered == SignIn::Available);
    let body = html! {
        @match (&problem, at_code) {
            (_, Some(problem)) => (error_summary(&[(INVITATION.to_owned(), problem)])),
            (Some(problem), None) => (notice("late", text::refused::HEADING, html! { p { (problem) } })),
            (None, None) => {}
        }
        (before)
        h1.nl-heading.nl-heading--level-1 { (text::TITLE) }
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        p.nl-paragraph { a.nl-link href="/" { (text::PARENT_LINK) } }
        @match offered {
            SignIn::Available => (form(at_code)),
            SignIn::NotAvailable { demo } => (notice("waiting", text::not_available::TITLE, html! {
                p { @if demo { (text::not_available::DEMO) } @else { (text::not_available::TEXT) } }
            })),
            SignIn::Unreachable => (notice("late", text::unreachable::TITLE, html! { p { (text::unreachable::TEXT) } })),
        }
    };
    document(text::TITLE, problem.is_some(), body)
}

fn form(problem: Option<&str>) -> Markup {
    let code = TextField {
        name: INVITATION,
        label: text::invitation::LABEL,
        hint: text::invitation::HINT,
        typed: "",
        problem,
        autocomplete: "off",
    };
    html! {
        form.form method="post" action=(Page::SignIn.path()) novalidate autocomplete="off" {
            p.nl-paragraph { (text::HOW) }
            h2.nl-heading.nl-heading--level-2 { (text::invitation::HEADING) }
            p.nl-paragraph { (text::invitation::TEXT) }
            (text_field(&code))
            button.nl-button.nl-button--primary type="submit" { (text::BUTTON) }
        }
    }
}

/// A link of the demo that is still good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLink {
    pub code: String,
    pub name: String,
    pub role: Role,
}

/// What a link of the demo opens: one button. `None`: it was used, or there is no such link.
#[must_use]
pub fn demo_link(link: Option<&DemoLink>) -> Document {
    let title = if link.is_some() { text::demo::TITLE } else { text::demo::GONE_TITLE };
    let body = html! {
        h1.nl-heading.nl-heading--level-1 { (title) }
        @match link {
            Some(link) => {
                p.nl-paragraph.nl-paragraph--lead { (text::demo::text(&link.name, link.role.in_words())) }
                p.nl-paragraph { (text::demo::ONCE) }
                form.form method="post" action={ (SIGN_IN_DEMO) "/" (link.code) } {
                    button.nl-button.nl-button--primary type="submit" { (text::demo::button(&link.name)) }
                }
            }
            None => p.nl-paragraph.nl-paragraph--lead { (text::demo::GONE_TEXT) },
        }
    };
    document(title, link.is_none(), body)
}

fn document(title: &str, has_error: bool, body: Markup) -> Document {
    Document {
        page: Some(Page::SignIn),
        title: title.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: Vec::new(),
        visit: None,
        body,
    }
}
