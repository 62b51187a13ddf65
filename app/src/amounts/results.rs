//! The four routes in one picture, and what is paid beside the parent's own amount.

use domain::amounts::{ChildAnswer, FormerPartnerAnswer, Route, RouteAssessment};
use domain::money::Cents;
use domain::parameters::children::AMOUNT_BY_AGE_ENTRY;
use domain::parameters::floor;
use domain::parameters::former_partner::AMOUNT_ENTRY as FORMER_PARTNER_AMOUNT;
use maud::{Markup, html};

use super::computed::Computed;
use super::lines::{amount, route_figure};
use crate::content::{amounts as text, routes};
use crate::ui::{route_mark, source_of};

/// A bar per route on one scale: full up to its low end, light from there to its high end; the amounts stand beside it in words.
#[must_use]
pub fn range_bars(computed: &Computed) -> Markup {
    let floor = floor::AMOUNT.at(computed.situation.on);
    let most =
        computed.assessment.routes.iter().filter_map(|route| route.total).map(|total| total.high).max();
    let Some((floor, most)) = floor.zip(most) else { return html! {} };
    let scale = Scale { most: most.max(floor) };
    html! {
        div.range-bars role="group" aria-label=(text::BARS_LABEL) {
            @for route in &computed.assessment.routes { (bar(route, scale, floor)) }
        }
        p.nl-paragraph { (text::bars_floor(floor)) }
    }
}

/// The drawing's width.
const FULL: i64 = 1_000;

#[derive(Clone, Copy)]
struct Scale {
    most: Cents,
}

impl Scale {
    /// A share of the drawing's width in whole numbers, so that no float touches money.
    fn at(self, amount: Cents) -> i64 {
        let share = i128::from(amount.0) * i128::from(FULL) / i128::from(self.most.0.max(1));
        i64::try_from(share).unwrap_or(0)
    }
}

fn bar(route: &RouteAssessment, scale: Scale, floor: Cents) -> Markup {
    let Some(total) = route.total else { return html! {} };
    let low = scale.at(total.low);
    // Without an upper end it may be anything beyond the low one.
    let high = if route.complete { scale.at(total.high) } else { FULL };
    let at_floor = scale.at(floor);
    let id = route.route.id();
    html! {
        div.range-row data-route=(id) {
            p.range-name { (route_mark(route.route)) " " (routes::name::of(route.route).long) }
            svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                g.range-bar data-route=(id) {
                    rect.range-track x="0" y="10" width=(FULL) height="80" {}
                    rect.range-fill x="0" y="10" width=(low) height="80" {}
                    rect.range-more x=(low) y="10" width=(high - low) height="80" {}
                    line.range-floor x1=(at_floor) x2=(at_floor) y1="0" y2="100" {}
                }
            }
            p.range-text { (amount(route)) }
        }
    }
}

/// The figure of a route under its name.
#[must_use]
pub fn route_result(route: Route, computed: &Computed) -> Markup {
    html! {
        article.route-result data-route=(route.id()) {
            h3 class="nl-heading nl-heading--level-3" { (route_mark(route)) " " (routes::name::of(route).long) }
            (route_figure(route, computed))
        }
    }
}

/// One sentence for a screen reader when the figures change.
#[must_use]
pub fn summary(computed: &Computed) -> String {
    let of = |route: Route| {
        let assessed = computed.route(route)?;
        assessed.total.map(|_| format!("{}: {}", routes::name::of(route).short, amount(assessed)))
    };
    text::live_status(Route::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join(", "))
}

/// The children's and the former partner's schemes: apart from the parent's own amount.
#[must_use]
pub fn beside(computed: &Computed) -> Markup {
    let on = computed.situation.on;
    html! {
        @if !computed.assessment.children.is_empty() {
            section {
                h3 class="nl-heading nl-heading--level-3" { (text::CHILDREN_RESULT_HEADING) }
                ul { @for child in &computed.assessment.children { li { (child_words(child)) } } }
                p.nl-paragraph { @if computed.situation.recognised { (text::CHILD_OWN_MONEY) } @else { (text::CHILD_NOT_RECOGNISED) } }
                (source_of(&AMOUNT_BY_AGE_ENTRY, on))
            }
        }
        @if let Some(answer) = &computed.assessment.former_partner {
            section {
                h3 class="nl-heading nl-heading--level-3" { (text::FORMER_PARTNER_HEADING) }
                p.nl-paragraph { (former_partner_words(answer)) }
                (source_of(&FORMER_PARTNER_AMOUNT, on))
            }
        }
    }
}

fn child_words(child: &ChildAnswer) -> String {
    match child.amount.zip(child.age_on_reference_date) {
        Some((amount, age)) => text::child_amount(child.born_on.in_dutch(), amount, age),
        None => text::child_not_eligible(child.born_on.in_dutch()),
    }
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
