//! The four routes in one picture, and what is paid beside the parent's own amount.

use domain::amounts::{FormerPartnerAnswer, Route, RouteAssessment};
use domain::money::Cents;
use domain::parameters::children::AMOUNT_BY_AGE_ENTRY;
use domain::parameters::floor;
use domain::parameters::former_partner::AMOUNT_ENTRY as FORMER_PARTNER_AMOUNT;
use leptos::prelude::*;

use super::computed::Computed;
use super::lines::amount;
use crate::content::{amounts as text, routes};
use crate::ui::{route_mark, source_of};

/// A bar per route on one scale, from its low to its high end; the amounts stand beside it in words.
#[component]
pub fn RangeBars(#[prop(into)] computed: Signal<Computed>) -> impl IntoView {
    view! { {move || computed.with(bars)} }
}

fn bars(computed: &Computed) -> Option<impl IntoView + use<>> {
    let floor = floor::AMOUNT.at(computed.situation.on)?;
    let most = computed.assessment.routes.iter().filter_map(|route| route.total).map(|total| total.high).max()?;
    let scale = Scale { most: most.max(floor) };
    let rows = computed.assessment.routes.iter().map(|route| bar(route, scale, floor)).collect_view();
    Some(view! {
        <div class="range-bars" role="group" aria-label=text::BARS_LABEL>{rows}</div>
        <p class="nl-paragraph">{text::bars_floor(floor)}</p>
    })
}

#[derive(Clone, Copy)]
struct Scale {
    most: Cents,
}

impl Scale {
    /// Thousandths of the drawing's width, so that no float touches money.
    fn at(self, amount: Cents) -> i64 {
        let share = i128::from(amount.0) * 1_000 / i128::from(self.most.0.max(1));
        i64::try_from(share).unwrap_or(0)
    }
}

fn bar(route: &RouteAssessment, scale: Scale, floor: Cents) -> Option<impl IntoView + use<>> {
    let total = route.total?;
    // A route with one amount fills the bar up to it; a range starts at its low end.
    let from = if total.is_exact() { 0 } else { scale.at(total.low) };
    let to = scale.at(total.high);
    let at_floor = scale.at(floor);
    let id = route.route;
    Some(view! {
        <div class="range-row" data-route=id.id()>
            <p class="range-name">{route_mark(id)} " " {routes::route::of(id).name}</p>
            <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <g class="range-bar" data-route=id.id()>
                    <rect class="range-track" x="0" y="10" width="1000" height="80"></rect>
                    <rect class="range-fill" class:range-open=!route.complete x=from y="10" width=(to - from).max(8) height="80"></rect>
                    <line class="range-floor" x1=at_floor x2=at_floor y1="0" y2="100"></line>
                </g>
            </svg>
            <p class="range-text">{amount(route)}</p>
        </div>
    })
}

/// One sentence for a screen reader when the figures change.
#[must_use]
pub fn summary(computed: &Computed) -> String {
    let of = |route: Route| {
        let assessed = computed.route(route)?;
        assessed.total.map(|_| format!("{}: {}", routes::route::of(route).short_name, amount(assessed)))
    };
    text::live_status(Route::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join(", "))
}

/// The children's and the former partner's schemes: apart from the parent's own amount.
#[component]
pub fn Beside(#[prop(into)] computed: Signal<Computed>) -> impl IntoView {
    view! { {move || computed.with(|computed| (children(computed), former_partner(computed)))} }
}

fn children(computed: &Computed) -> Option<impl IntoView + use<>> {
    let rows: Vec<String> = computed
        .assessment
        .children
        .iter()
        .map(|child| match child.amount.zip(child.age_on_reference_date) {
            Some((amount, age)) => text::child_amount(child.born_on.in_dutch(), amount, age),
            None => text::child_not_eligible(child.born_on.in_dutch()),
        })
        .collect();
    let whose = if computed.situation.recognised { text::CHILD_OWN_MONEY } else { text::CHILD_NOT_RECOGNISED };
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h3 class="nl-heading nl-heading--level-3">{text::CHILDREN_RESULT_HEADING}</h3>
                <ul>{rows.into_iter().map(|row| view! { <li>{row}</li> }).collect_view()}</ul>
                <p class="nl-paragraph">{whose}</p>
                {source_of(&AMOUNT_BY_AGE_ENTRY, computed.situation.on)}
            </section>
        }
    })
}

/// What the decision tree says of a former partner, in words.
#[must_use]
pub fn former_partner_words(answer: &FormerPartnerAnswer) -> String {
    match (answer.eligible, answer.amount) {
        (Some(true), Some(amount)) => text::former_partner_yes(amount),
        (Some(false), _) => text::FORMER_PARTNER_NO.to_owned(),
        _ => text::FORMER_PARTNER_UNKNOWN.to_owned(),
    }
}

fn former_partner(computed: &Computed) -> Option<impl IntoView + use<>> {
    let answer = computed.assessment.former_partner.as_ref()?;
    Some(view! {
        <section>
            <h3 class="nl-heading nl-heading--level-3">{text::FORMER_PARTNER_HEADING}</h3>
            <p class="nl-paragraph">{former_partner_words(answer)}</p>
            {source_of(&FORMER_PARTNER_AMOUNT, computed.situation.on)}
        </section>
    })
}
