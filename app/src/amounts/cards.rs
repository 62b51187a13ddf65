//! A card per route, with the same eight lines, so that they can be compared one by one.

use domain::amounts::Route;
use domain::calendar::Date;
use domain::parameter::{Availability, Entry, Value};
use domain::parameters::{observed, settlement, terms};
use maud::{Markup, html};

use super::comparison::figure;
use super::computed::Computed;
use crate::content::amounts::comparison as text;
use crate::content::{Rich, amounts, routes};
use crate::ui::{self, figures, icon, more, notice, route_mark, sources, value_in_words, values};
use crate::urls::Page;

/// The card of one route. Only the amount is live; all else is the same for everyone.
#[must_use]
pub fn card(route: Route, computed: Option<&Computed>, on: Date) -> Markup {
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
                    div data-figure-of=(route.id()) { (figure(route, computed)) }
                    p { (words.how_sure) }
                    (seen_amounts(route, on))
                }))
                (fact(text::TIME, html! {
                    (time(route, on))
                    // Where the law gives time, hers can be counted.
                    @if matches!(route, Route::IntegralAssessment | Route::DamageCommission) {
                        p { a.nl-link href=(Page::Timeline.path()) { (text::TO_TIMELINE) } }
                    }
                }))
                (fact(text::MUST_DO, list(words.must_do)))
                (fact(text::WHO_HELPS, list(words.who_helps)))
                (fact(text::GIVE_UP, html! {
                    @if route == Route::Settlement { (warning()) }
                    p { (ui::words(words.give_up)) }
                }))
                (fact(text::GO_BACK_UNTIL, html! { p { (words.go_back_until) } (objection(route, on)) }))
                (fact(text::WHAT_AFTER, html! { p { (ui::words(words.what_after)) } }))
                (fact(&text::availability(on.in_dutch()), html! {
                    p { (ui::words(availability)) }
                    @if route == Route::Settlement {
                        (values(&[settlement::APPLY_UNTIL.entry], on))
                        (sources(&[route.availability().entry, settlement::APPLY_UNTIL.entry], on))
                    } @else {
                        (sources(&[route.availability().entry], on))
                    }
                }))
            }
            p.source { (words.source) }
        }
    }
}

/// A settlement ends objection and appeal: said before the choice, not after it (seed 001).
fn warning() -> Markup {
    use routes::settlement::warning as text;
    notice("late", text::TITLE, html! { p { (ui::words(text::TEXT)) } p.source { (text::SOURCE) } })
}

/// The two equal ways to a settlement.
fn ways() -> Markup {
    use routes::settlement::ways as text;
    let content = html! {
        p { (text::LEAD) }
        p { strong { (ui::words(text::SGH_NAME)) } ": " (ui::words(text::SGH_TEXT)) }
        p { strong { (ui::words(text::MIJNHERSTEL_NAME)) } ": " (text::MIJNHERSTEL_TEXT) }
        p { (text::AMOUNTS_UNKNOWN) }
        p.source { (text::SOURCE) }
    };
    more(text::TITLE, None, content)
}

fn fact(term: &str, content: Markup) -> Markup {
    html! { div.fact { dt { (term) } dd { (content) } } }
}

fn list(items: &[Rich]) -> Markup {
    html! { ul { @for item in items { li { (ui::words(*item)) } } } }
}

/// What the law gives and what happened, always both, each with its source. Never one date.
fn time(route: Route, on: Date) -> Markup {
    let (statutory, extension, seen): (&[&Entry], Option<&Entry>, &Entry) = match route {
        Route::FinishAfter30k => (&[terms::FIRST_TEST.entry], None, observed::FIRST_TEST_DONE_ON.entry),
        Route::IntegralAssessment => (
            &[terms::INTEGRAL_ASSESSMENT.entry],
            Some(terms::INTEGRAL_ASSESSMENT_EXTENSION.entry),
            observed::INTEGRAL_ASSESSMENT_DONE_SHARE.entry,
        ),
        Route::Settlement => {
            (&[terms::SGH.entry, terms::MIJNHERSTEL.entry], None, observed::SGH_MONTHS.entry)
        }
        Route::DamageCommission => {
            (&[terms::DAMAGE.entry], Some(terms::DAMAGE_EXTENSION.entry), observed::DAMAGE_MONTHS.entry)
        }
    };
    let length = statutory.iter().find_map(|entry| value_in_words(entry, on));
    let longer = extension.and_then(|entry| value_in_words(entry, on));
    let all: Vec<&Entry> = statutory.iter().copied().chain(extension).chain([seen]).collect();
    html! {
        p { (ui::words(routes::route::of(route).statutory_time_intro)) }
        p {
            strong { (text::STATUTORY) } ": " (length.unwrap_or_else(|| text::STATUTORY_NONE.to_owned()))
            @if let Some(longer) = longer { ", " (text::extension(longer)) }
        }
        p { strong { (text::OBSERVED) } ": " (was_seen(seen, on).unwrap_or_else(|| text::OBSERVED_NONE.to_owned())) }
        (sources(&all, on))
    }
}

/// What happened: a length of time, or how far things were by a date.
fn was_seen(entry: &Entry, on: Date) -> Option<String> {
    let dated = entry.at(on)?;
    match dated.value? {
        Value::Ppm(share) => Some(text::observed_share(share, dated.from.in_dutch())),
        Value::Date(day) => Some(text::observed_done(day.in_dutch())),
        _ => value_in_words(entry, on),
    }
}

/// What others got, as far as it is known: never a rule.
fn seen_amounts(route: Route, on: Date) -> Markup {
    use domain::parameters::damage;
    let (kinds, entries): (Option<Rich>, &[&Entry]) = match route {
        Route::FinishAfter30k => return html! {},
        Route::IntegralAssessment => (None, &[observed::AVERAGE_AMOUNT.entry]),
        Route::Settlement | Route::DamageCommission => (
            Some(text::OTHERS_KINDS),
            &[
                damage::OBSERVED_REQUESTS_2021.entry,
                damage::OBSERVED_WITH_EXTRA_2021.entry,
                damage::OBSERVED_WITHOUT_EXTRA_2021.entry,
                damage::OBSERVED_ASKED_2021.entry,
                damage::OBSERVED_GRANTED_2021.entry,
                damage::OBSERVED_MATERIAL_SHARE_2021.entry,
                damage::OBSERVED_EMOTIONAL_PARENT_2021.entry,
                damage::OBSERVED_EMOTIONAL_PARTNER_2021.entry,
                damage::OBSERVED_EMOTIONAL_CHILD_2021.entry,
            ],
        ),
    };
    more(
        text::OTHERS_GOT,
        Some(routes::name::of(route).long),
        html! {
            p { (text::OTHERS_NO_RULE) @if let Some(kinds) = kinds { " " (ui::words(kinds)) } }
            (figures(entries, on))
        },
    )
}

/// The terms of an objection, where a decision leaves it open.
fn objection(route: Route, on: Date) -> Markup {
    if !matches!(route, Route::IntegralAssessment | Route::DamageCommission) {
        return html! {};
    }
    let entries = [
        terms::OBJECTION_LODGING.entry,
        terms::OBJECTION_LODGING_LENIENCE.entry,
        terms::OBJECTION_DECISION.entry,
        terms::OBJECTION_DECISION_EXTENSION.entry,
        observed::OBJECTION_WEEKS.entry,
    ];
    more(text::OBJECTION_TERMS, Some(routes::name::of(route).long), figures(&entries, on))
}
