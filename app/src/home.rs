//! The first page: recognition first, then one thing to do.

use domain::amounts::Route;
use maud::{Markup, html};

use crate::content::{home as text, routes};
use crate::shell::Document;
use crate::ui::{route_mark, words};
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    Document {
        page: Some(Page::Home),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: text::TERMS.to_vec(),
        visit: None,
        body: body(),
    }
}

fn body() -> Markup {
    let more = [
        (
            Page::Amounts,
            text::what_you_can_do::amounts::TITLE,
            text::what_you_can_do::amounts::TEXT,
            text::what_you_can_do::amounts::LINK,
        ),
        (
            Page::Timeline,
            text::what_you_can_do::timeline::TITLE,
            text::what_you_can_do::timeline::TEXT,
            text::what_you_can_do::timeline::LINK,
        ),
        (
            Page::Help,
            text::what_you_can_do::help::TITLE,
            text::what_you_can_do::help::TEXT,
            text::what_you_can_do::help::LINK,
        ),
        (
            Page::Examples,
            text::what_you_can_do::examples::TITLE,
            text::what_you_can_do::examples::TEXT,
            text::what_you_can_do::examples::LINK,
        ),
        (
            Page::Onward,
            text::what_you_can_do::onward::TITLE,
            text::what_you_can_do::onward::TEXT,
            text::what_you_can_do::onward::LINK,
        ),
    ];
    html! {
        p.recognition { (text::RECOGNITION) }
        h1.nl-heading.nl-heading--level-1 { (text::TITLE) }
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        div.button-row {
            a.nl-button.nl-button--primary href=(Page::Chooser.path()) { (text::START_BUTTON) }
        }
        p.nl-paragraph { (text::START_HELP) }
        p.nl-paragraph { (text::PRIVACY_LINE) " " a.nl-link href=(Page::Privacy.path()) { (text::PRIVACY_LINK) } "." }
        h2.nl-heading.nl-heading--level-2 { (text::ROUTES_HEADING) }
        p.nl-paragraph { (text::ROUTES_LEAD) }
        ul.route-list { @for route in Route::ALL { (route_item(route)) } }
        h2.nl-heading.nl-heading--level-2 { (text::WHAT_YOU_CAN_DO_HEADING) }
        ul.examples {
            @for (page, title, what, link) in more {
                li {
                    h3.nl-heading.nl-heading--level-3 { (title) }
                    p.nl-paragraph { (what) }
                    a.nl-link href=(page.path()) { (link) }
                }
            }
        }
        p.nl-paragraph { (words(text::NOT_RECOGNISED_LINE)) " " a.nl-link href=(Page::Onward.path()) { (text::NOT_RECOGNISED_LINK) } "." }
        p.nl-paragraph { (text::CLOSING) }
    }
}

fn route_item(route: Route) -> Markup {
    html! {
        li data-route=(route.id()) {
            h3.nl-heading.nl-heading--level-3 { (route_mark(route)) span { (routes::name::of(route).long) } }
            p.nl-paragraph { (words(text::routes::of(route).one_line)) }
        }
    }
}
