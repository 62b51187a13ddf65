//! The pages around the islands: /bedragen and /vergelijken.

use domain::amounts::Route;
use domain::calendar::Date;
use leptos::prelude::*;

use super::cards::card;
use super::comparison::Overview;
use super::computed::Computed;
use super::island::{Amounts, after};
use super::receipt::{Message, ReceiptMessage, ReceiptTools};
use crate::content::amounts::{self as text, comparison};
use crate::content::routes;
use crate::entries::Entries;
use crate::keep::Keep;
use crate::read_aloud::ReadAloud;
use crate::shell::Document;
use crate::ui::{self, route_mark};
use crate::urls::Page;

/// Whether the form asks for figures, and something in it can't be read.
#[must_use]
pub fn is_refused(form: &Entries, on: Date) -> bool {
    let (form, rows_changed) = after(form.clone());
    asks_for_figures(&form) && !rows_changed && !Computed::of(&form, on).problems.is_empty()
}

/// Answers of the chooser alone start a fresh form.
fn asks_for_figures(form: &Entries) -> bool {
    form.iter().any(|(name, _)| !name.starts_with("answer."))
}

/// The form, with what was sent.
#[must_use]
pub fn document(form: Entries, on: Date) -> Document {
    let has_error = is_refused(&form, on);
    let (form, rows_changed) = after(form);
    let submitted = asks_for_figures(&form) && !rows_changed;
    Document {
        page: Some(Page::Amounts),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: text::TERMS.to_vec(),
        body: view! {
            <h1 class="nl-heading nl-heading--level-1">{text::TITLE}</h1>
            <p class="nl-paragraph nl-paragraph--lead">{text::LEAD}</p>
            <p class="nl-paragraph">{text::PRIVACY_LINE}</p>
            <noscript><p class="nl-paragraph">{text::PRIVACY_NO_SCRIPTS}</p></noscript>
            <div class="toolbar"><Keep /> <ReadAloud /></div>
            <div inner_html=ui::LETTERS></div>
            <Amounts form=form on=on submitted=submitted />
        }
        .into_any(),
    }
}

/// The comparison for what was filled in, or without amounts. `message` tells what became of a receipt that was opened.
#[must_use]
pub fn comparison(form: Entries, on: Date, message: Option<ReceiptMessage>) -> Document {
    let has_error = message.as_ref().is_some_and(ReceiptMessage::is_error);
    let links = Route::ALL.map(|route| {
        view! { <li><a data-route=route.id() href=format!("#kaart-{}", route.id())>{route_mark(route)} " " {routes::route::of(route).short_name}</a></li> }
    });
    Document {
        page: Some(Page::Comparison),
        title: comparison::TITLE.to_owned(),
        description: comparison::DESCRIPTION,
        has_error,
        terms: routes::TERMS.to_vec(),
        body: view! {
            <h1 class="nl-heading nl-heading--level-1">{comparison::TITLE}</h1>
            <p class="nl-paragraph nl-paragraph--lead">{comparison::LEAD}</p>
            <p class="nl-paragraph">{comparison::CHOICE_IS_YOURS}</p>
            {message.map(|message| view! { <Message message=message /> })}
            <Overview form=form.clone() on=on />
            <div class="toolbar"><Keep /> <ReadAloud /></div>
            <nav class="route-nav" aria-label=comparison::TITLE><ul>{links.into_iter().collect_view()}</ul></nav>
            <div class="routes">{Route::ALL.map(|route| card(route, &form, on)).collect_view()}</div>
            <ReceiptTools form=form on=on />
        }
        .into_any(),
    }
}
