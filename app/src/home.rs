//! The first page: recognition first, then one thing to do.

use domain::amounts::Route;
use leptos::prelude::*;

use crate::content::home as text;
use crate::shell::Document;
use crate::ui::route_mark;
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    Document {
        page: Some(Page::Home),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: text::TERMS.to_vec(),
        body: body().into_any(),
    }
}

fn body() -> impl IntoView {
    let routes = Route::ALL.map(|route| {
        let (name, one_line) = match route {
            Route::FinishAfter30k => (text::routes::finish_after_30k::NAME, text::routes::finish_after_30k::ONE_LINE),
            Route::IntegralAssessment => (text::routes::integral_assessment::NAME, text::routes::integral_assessment::ONE_LINE),
            Route::Settlement => (text::routes::settlement::NAME, text::routes::settlement::ONE_LINE),
            Route::DamageCommission => (text::routes::damage_commission::NAME, text::routes::damage_commission::ONE_LINE),
        };
        view! {
            <li data-route=route.id()>
                <h3 class="nl-heading nl-heading--level-3">{route_mark(route)} <span>{name}</span></h3>
                <p class="nl-paragraph">{one_line}</p>
            </li>
        }
    });
    let more = [
        (Page::Amounts, text::what_you_can_do::amounts::TITLE, text::what_you_can_do::amounts::TEXT, text::what_you_can_do::amounts::LINK),
        (Page::Examples, text::what_you_can_do::examples::TITLE, text::what_you_can_do::examples::TEXT, text::what_you_can_do::examples::LINK),
        (Page::Onward, text::what_you_can_do::onward::TITLE, text::what_you_can_do::onward::TEXT, text::what_you_can_do::onward::LINK),
    ]
    .map(|(page, title, words, link)| {
        view! {
            <li>
                <h3 class="nl-heading nl-heading--level-3">{title}</h3>
                <p class="nl-paragraph">{words}</p>
                <a class="nl-link" href=page.path()>{link}</a>
            </li>
        }
    });
    view! {
        <p class="recognition">{text::RECOGNITION}</p>
        <h1 class="nl-heading nl-heading--level-1">{text::TITLE}</h1>
        <p class="nl-paragraph nl-paragraph--lead">{text::LEAD}</p>
        <div class="button-row">
            <a class="nl-button nl-button--primary" href=Page::Chooser.path()>{text::START_BUTTON}</a>
        </div>
        <p class="nl-paragraph">{text::START_HELP}</p>
        <p class="nl-paragraph">{text::PRIVACY_LINE} " " <a class="nl-link" href=Page::Privacy.path()>{text::PRIVACY_LINK}</a> "."</p>
        <h2 class="nl-heading nl-heading--level-2">{text::ROUTES_HEADING}</h2>
        <p class="nl-paragraph">{text::ROUTES_LEAD}</p>
        <ul class="route-list">{routes.into_iter().collect_view()}</ul>
        <h2 class="nl-heading nl-heading--level-2">{text::WHAT_YOU_CAN_DO_HEADING}</h2>
        <ul class="examples">{more.into_iter().collect_view()}</ul>
        <p class="nl-paragraph">
            {text::NOT_RECOGNISED_LINE} " " <a class="nl-link" href=Page::Onward.path()>{text::NOT_RECOGNISED_LINK}</a> "."
        </p>
        <p class="nl-paragraph">{text::CLOSING}</p>
    }
}
