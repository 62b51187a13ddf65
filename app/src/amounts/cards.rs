//! A card per route, with the same eight lines, so that they can be compared one by one.

use domain::amounts::Route;
use domain::calendar::Date;
use domain::parameter::{Availability, Entry, Unit, Value};
use domain::parameters::{observed, terms};
use maud::{Markup, html};

use super::comparison::figure;
use crate::content::amounts::comparison as text;
use crate::content::{amounts, routes};
use crate::visit::Visit;
use crate::ui::{self, icon, more, notice, route_mark, source_of};

/// The card of one route. Only the amount is live; all else is the same for everyone.
#[must_use]
pub fn card(route: Route, visit: &Visit) -> Markup {
    let on = visit.on;
    let words = routes::route::of(route);
    let state = route.availability_on(on);
    let availability = match state {
        Availability::Open => words.availability_open,
        Availability::RunningOnly => words.availability_running_only,
        Availability::Closed => words.availability_closed,
        Availability::Check => words.availability_check,
    };
    html! {
        article.route-card data-route=(route.id()) id={ "kaart-" (route.id()) } {
            h2 class="nl-heading nl-heading--level-2" { (route_mark(route)) span { (routes::name::of(route).long) } }
            p.state data-state=(state.id()) { (icon(&format!("state-{}", state.id()))) " " (amounts::availability::of(state).text) }
            div {
                p { (ui::words(words.what_it_is)) }
                @match route {
                    Route::FinishAfter30k => { p { (routes::finish_after_30k::FULL_CHOICE) } }
                    Route::Settlement => { (ways()) }
                    _ => {}
                }
            }
            dl.facts {
                (fact(text::AMOUNT, html! {
                    div data-figure-of=(route.id()) { (figure(route, &visit.form, on)) }
                    p { (words.how_sure) }
                }))
                (fact(text::TIME, time(route, on)))
                (fact(text::MUST_DO, list(words.must_do)))
                (fact(text::WHO_HELPS, list(words.who_helps)))
                (fact(text::GIVE_UP, html! {
                    @if route == Route::Settlement { (warning()) }
                    p { (words.give_up) }
                }))
                (fact(text::GO_BACK_UNTIL, html! { p { (words.go_back_until) } }))
                (fact(text::WHAT_AFTER, html! { p { (words.what_after) } }))
                (fact(&text::availability(on.in_dutch()), html! {
                    p { (availability) }
                    (source_of(route.availability().entry, on))
                }))
            }
            p.source { (words.source) }
        }
    }
}

/// A settlement ends objection and appeal: said before the choice, not after it (seed 001).
fn warning() -> Markup {
    use routes::settlement::warning as text;
    notice("late", text::TITLE, html! { p { (text::TEXT) } p.source { (text::SOURCE) } })
}

/// The two equal ways to a settlement.
fn ways() -> Markup {
    use routes::settlement::ways as text;
    let content = html! {
        p { (text::LEAD) }
        p { strong { (text::SGH_NAME) } ": " (text::SGH_TEXT) }
        p { strong { (text::MIJNHERSTEL_NAME) } ": " (text::MIJNHERSTEL_TEXT) }
        p { (text::AMOUNTS_UNKNOWN) }
        p.source { (text::SOURCE) }
    };
    more(text::TITLE, None, content)
}

fn fact(term: &str, content: Markup) -> Markup {
    html! { div.fact { dt { (term) } dd { (content) } } }
}

fn list(items: &[&str]) -> Markup {
    html! { ul { @for item in items { li { (item) } } } }
}

/// What the law gives and what happened, always both, each with its source. Never one date.
fn time(route: Route, on: Date) -> Markup {
    let (statutory, extension, seen): (&Entry, Option<&Entry>, &Entry) = match route {
        Route::FinishAfter30k => (terms::FIRST_TEST.entry, None, observed::FIRST_TEST_DONE_ON.entry),
        Route::IntegralAssessment => (
            terms::INTEGRAL_ASSESSMENT.entry,
            Some(terms::INTEGRAL_ASSESSMENT_EXTENSION.entry),
            observed::INTEGRAL_ASSESSMENT_DONE_SHARE.entry,
        ),
        Route::Settlement => (terms::SGH.entry, None, observed::SGH_MONTHS.entry),
        Route::DamageCommission => (terms::DAMAGE.entry, Some(terms::DAMAGE_EXTENSION.entry), observed::DAMAGE_MONTHS.entry),
    };
    html! {
        p { (routes::route::of(route).statutory_time_intro) }
        p {
            strong { (text::STATUTORY) } ": " (lasts(statutory, on).unwrap_or_else(|| text::STATUTORY_NONE.to_owned()))
            @if let Some(length) = extension.and_then(|entry| lasts(entry, on)) { ", " (text::extension(length)) }
        }
        (source_of(statutory, on))
        p { strong { (text::OBSERVED) } ": " (lasts(seen, on).unwrap_or_else(|| text::OBSERVED_NONE.to_owned())) }
        (source_of(seen, on))
    }
}

/// A length of time in words, or what was seen by a date.
fn lasts(entry: &Entry, on: Date) -> Option<String> {
    let dated = entry.at(on)?;
    Some(match (entry.unit, dated.value?) {
        (Unit::Month, Value::Count(1)) => text::ONE_MONTH.to_owned(),
        (Unit::Month, Value::Count(count)) => text::months(count),
        (Unit::Month, Value::CountBetween(low, high)) => text::months_between(low, high),
        (Unit::Week, Value::Count(1)) => text::ONE_WEEK.to_owned(),
        (Unit::Week, Value::Count(count)) => text::weeks(count),
        (Unit::Day, Value::Count(count)) => text::days(count),
        (Unit::Ppm, Value::Ppm(share)) => text::observed_share(share, dated.from.in_dutch()),
        (_, Value::Date(day)) => text::observed_done(day.in_dutch()),
        _ => return None,
    })
}
