//! What is live on /vergelijken: the overview, and the amount on each card.

use domain::amounts::Route;
use domain::calendar::Date;
use leptos::prelude::*;

use super::computed::Computed;
use super::lines::RouteFigure;
use super::notes::Notes;
use super::results::{Beside, RangeBars};
use crate::chooser::answers_in;
use crate::content::amounts::{self, comparison as text};
use crate::content::{chooser, routes};
use crate::entries::Entries;
use crate::urls::Page;

/// What was typed: in the form that was sent, or in this tab before.
fn typed_signal(form: Entries) -> RwSignal<Entries> {
    let typed = RwSignal::new(form);
    Effect::new(move |_| {
        if typed.with_untracked(Entries::is_empty) {
            let before = crate::phone::entries();
            if !before.is_empty() {
                typed.set(before);
            }
        }
    });
    typed
}

/// All four at a glance, what fits what she said, what is paid beside it, what is still missing.
#[island]
pub fn Overview(form: Entries, on: Date) -> impl IntoView {
    let typed = typed_signal(form);
    let computed = Memo::new(move |_| typed.with(|typed| Computed::of(typed, on)));
    let is_empty = move || typed.with(Entries::is_empty);
    view! {
        <div class="overview">
            <div hidden=move || !is_empty()>
                <p class="nl-paragraph">{text::WITHOUT_SITUATION}</p>
                <div class="button-row">
                    <a class="nl-button nl-button--primary" href=Page::Chooser.path()>{text::TO_CHOOSER}</a>
                    <a class="nl-button nl-button--secondary" href=Page::Amounts.path()>{chooser::TO_AMOUNTS}</a>
                </div>
            </div>
            {move || (!is_empty()).then(|| {
                let not_recognised = computed.with(|computed| !computed.situation.recognised);
                if not_recognised {
                    view! {
                        <p class="nl-paragraph">
                            {amounts::NOT_RECOGNISED} " " <a class="nl-link" href=Page::Chooser.path()>{amounts::NOT_RECOGNISED_LINK}</a>
                        </p>
                    }
                    .into_any()
                } else {
                    view! {
                        <p class="nl-paragraph">{text::WITH_SITUATION}</p>
                        <RangeBars computed=computed />
                        {fits(&typed.get())}
                        <Beside computed=computed />
                        <Notes computed=computed />
                    }
                    .into_any()
                }
            })}
            {move || (!is_empty()).then(|| change(&typed.get()))}
        </div>
    }
}

/// Back to the form, with everything typed.
fn change(typed: &Entries) -> impl IntoView + use<> {
    let fields: Vec<(String, String)> = typed.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        {
            event.prevent_default();
            crate::phone::go_to(Page::Amounts.path());
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! {
        <form method="post" action=Page::Amounts.path() on:submit=on_submit>
            {fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            <button class="nl-button nl-button--secondary" type="submit">{text::CHANGE_SITUATION}</button>
        </form>
    }
}

/// Routes that her answers speak for, with why. It never decides.
fn fits(typed: &Entries) -> Option<impl IntoView + use<>> {
    let fits = answers_in(typed).fits();
    (!fits.is_empty()).then(|| {
        let rows = fits.into_iter().map(|(route, reasons)| {
            let reasons = reasons.into_iter().filter_map(|(question, answer)| {
                let key = format!("{}__{answer}", question.id());
                chooser::reason::ALL.iter().find(|(known, _)| *known == key).map(|(_, texts)| *texts)
            });
            view! {
                <li>
                    <a class="nl-link" href=format!("#kaart-{}", route.id())>{routes::route::of(route).name}</a>
                    {reasons.map(|reason| view! { <p>{reason.text} " " <span class="source">{reason.source}</span></p> }).collect_view()}
                </li>
            }
        });
        view! {
            <section class="fits">
                <h2 class="nl-heading nl-heading--level-2">{text::FITS_HEADING}</h2>
                <ul>{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// The amount on a route's card.
#[island]
pub fn RouteAmount(route: String, form: Entries, on: Date) -> impl IntoView {
    let route = Route::ALL.into_iter().find(|known| known.id() == route).unwrap_or(Route::FinishAfter30k);
    let typed = typed_signal(form);
    let computed = Memo::new(move |_| typed.with(|typed| Computed::of(typed, on)));
    let is_empty = move || typed.with(Entries::is_empty);
    view! {
        <div>
            <p hidden=move || !is_empty()>{text::WITHOUT_SITUATION}</p>
            <div hidden=is_empty><RouteFigure route=route computed=computed /></div>
        </div>
    }
}
