//! What is live on /vergelijken: the overview, and the amount on each card.

use domain::amounts::Route;
use domain::calendar::Date;
use domain::chooser::QuestionId;
use leptos::prelude::*;
use maud::{Markup, html};

use super::computed::Computed;
use super::filled_in::filled_in;
use super::lines::route_figure;
use super::notes::notes;
use super::results::{beside, range_bars};
use crate::chooser::answers_in;
use crate::content::amounts::{self, comparison as text};
use crate::content::{chooser, routes};
use crate::entries::Entries;
use crate::ui::hidden;
use crate::urls::Page;
use crate::visit::Visit;

/// All four at a glance, what fits what she said, what is paid beside it, what is still missing; and the amount on each card.
#[island]
pub fn Overview() -> impl IntoView {
    let Visit { on, form, .. } = Visit::current();
    let typed = RwSignal::new(form);
    Effect::new(move |_| {
        let before = crate::phone::entries(crate::phone::Part::Situation);
        if typed.with_untracked(Entries::is_empty) && !before.is_empty() {
            typed.set(before);
        }
    });
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let computed = typed.with(|typed| computed(typed, on));
        for route in Route::ALL {
            let html = figure(route, computed.as_ref()).into_string();
            crate::phone::fill(&format!("[data-figure-of='{}']", route.id()), &html);
        }
    });
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        {
            event.prevent_default();
            crate::phone::go_to(Page::Amounts.path());
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! { <div class="overview" on:submit=on_submit inner_html=move || typed.with(|typed| overview(typed, on)).into_string()></div> }
}

/// What was typed, computed; `None` while nothing was.
#[must_use]
pub fn computed(typed: &Entries, on: Date) -> Option<Computed> {
    (!typed.is_empty()).then(|| Computed::of(typed, on))
}

/// The amount on a route's card.
#[must_use]
pub fn figure(route: Route, computed: Option<&Computed>) -> Markup {
    match computed {
        Some(computed) => route_figure(route, computed),
        None => html! { p { (text::WITHOUT_SITUATION) } },
    }
}

fn overview(typed: &Entries, on: Date) -> Markup {
    if typed.is_empty() {
        return html! {
            p.nl-paragraph { (text::WITHOUT_SITUATION) }
            div.button-row {
                a class="nl-button nl-button--primary" href=(Page::Chooser.path()) { (text::TO_CHOOSER) }
                a class="nl-button nl-button--secondary" href=(Page::Amounts.path()) { (chooser::TO_AMOUNTS) }
            }
        };
    }
    let computed = Computed::of(typed, on);
    html! {
        // A sheet that doesn't say what it was computed from can't be checked.
        section.on-paper {
            h2 class="nl-heading nl-heading--level-2" { (text::FILLED_IN) }
            (filled_in(&computed.situation))
        }
        @if computed.situation.recognised {
            p.nl-paragraph { (text::WITH_SITUATION) }
            (range_bars(&computed))
            (fits(typed))
        } @else {
            p.nl-paragraph {
                (amounts::NOT_RECOGNISED) " " a.nl-link href=(Page::Chooser.path()) { (amounts::NOT_RECOGNISED_LINK) }
            }
        }
        (beside(&computed))
        @if computed.situation.recognised { (notes(&computed)) }
        // Back to the form, with everything typed.
        form method="post" action=(Page::Amounts.path()) {
            (hidden(typed.iter()))
            button class="nl-button nl-button--secondary" type="submit" { (text::CHANGE_SITUATION) }
        }
    }
}

/// Routes that her answers speak for, with why. It never decides.
fn fits(typed: &Entries) -> Markup {
    let fits = answers_in(typed).fits();
    let reason = |question: QuestionId, answer: &str| {
        let key = format!("{}__{answer}", question.id());
        chooser::reason::ALL.iter().find(|(known, _)| *known == key).map(|(_, texts)| *texts)
    };
    html! {
        @if !fits.is_empty() {
            section.fits {
                h2 class="nl-heading nl-heading--level-2" { (text::FITS_HEADING) }
                ul {
                    @for (route, reasons) in fits {
                        li {
                            a.nl-link href={ "#kaart-" (route.id()) } { (routes::name::of(route).long) }
                            @for reason in reasons.into_iter().filter_map(|(question, answer)| reason(question, answer)) {
                                p { (reason.text) " " span.source { (reason.source) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
