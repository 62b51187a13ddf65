//! A card per route, with the same eight lines, so that they can be compared one by one.

use domain::amounts::Route;
use domain::calendar::Date;
use domain::parameter::{Entry, Unit, Value};
use domain::parameters::{observed, terms};
use leptos::prelude::*;

use super::comparison::RouteAmount;
use crate::content::amounts::comparison as text;
use crate::content::{amounts, routes};
use crate::entries::Entries;
use crate::ui::{Words, icon, route_mark, source_of};

/// The card of one route. Only the amount is live; all else is the same for everyone.
#[must_use]
pub fn card(route: Route, typed: &Entries, on: Date) -> impl IntoView + use<> {
    let words = routes::route::of(route);
    let state = route.availability_on(on);
    let availability = match state.id() {
        "open" => words.availability_open,
        "running_only" => words.availability_running_only,
        "closed" => words.availability_closed,
        _ => words.availability_check,
    };
    let full_choice = (route == Route::FinishAfter30k).then(|| view! { <p>{routes::finish_after_30k::FULL_CHOICE}</p> });
    view! {
        <article class="route-card" data-route=route.id() id=format!("kaart-{}", route.id())>
            <h2 class="nl-heading nl-heading--level-2">{route_mark(route)} <span>{words.name}</span></h2>
            <p class="state" data-state=state.id()>{icon(&format!("state-{}", state.id()))} " " {amounts::availability::of(state).text}</p>
            <p><Words text=words.what_it_is /></p>
            {full_choice}
            {(route == Route::Settlement).then(ways)}
            <dl class="facts">
                {fact(text::AMOUNT, view! {
                    <RouteAmount route=route.id().to_owned() form=typed.clone() on=on />
                    <p>{words.how_sure}</p>
                }.into_any())}
                {fact(text::TIME, time(route, on).into_any())}
                {fact(text::MUST_DO, list(words.must_do).into_any())}
                {fact(text::WHO_HELPS, list(words.who_helps).into_any())}
                {fact(text::GIVE_UP, view! { {(route == Route::Settlement).then(warning)} <p>{words.give_up}</p> }.into_any())}
                {fact(text::GO_BACK_UNTIL, view! { <p>{words.go_back_until}</p> }.into_any())}
                {fact(text::WHAT_AFTER, view! { <p>{words.what_after}</p> }.into_any())}
                {fact(&text::availability(on.in_dutch()), view! {
                    <p>{availability}</p>
                    {source_of(route.availability().entry, on)}
                }.into_any())}
            </dl>
            <p class="source">{words.source}</p>
        </article>
    }
}

/// A settlement ends objection and appeal: said before the choice, not after it (seed 001).
fn warning() -> impl IntoView {
    use routes::settlement::warning as text;
    view! {
        <div class="notice notice--late">
            {icon("icon-late")}
            <div>
                <p><strong>{text::TITLE}</strong></p>
                <p>{text::TEXT}</p>
                <p class="source">{text::SOURCE}</p>
            </div>
        </div>
    }
}

/// The two equal ways to a settlement.
fn ways() -> impl IntoView {
    use routes::settlement::ways as text;
    view! {
        <details class="more">
            <summary>{text::TITLE}</summary>
            <p>{text::LEAD}</p>
            <p><strong>{text::SGH_NAME}</strong> ": " {text::SGH_TEXT}</p>
            <p><strong>{text::MIJNHERSTEL_NAME}</strong> ": " {text::MIJNHERSTEL_TEXT}</p>
            <p>{text::AMOUNTS_UNKNOWN}</p>
            <p class="source">{text::SOURCE}</p>
        </details>
    }
}

fn fact(term: &str, content: AnyView) -> impl IntoView + use<> {
    view! { <div class="fact"><dt>{term.to_owned()}</dt><dd>{content}</dd></div> }
}

fn list(items: &'static [&'static str]) -> impl IntoView {
    view! { <ul>{items.iter().map(|item| view! { <li>{*item}</li> }).collect_view()}</ul> }
}

/// What the law gives and what happened, always both, each with its source. Never one date.
fn time(route: Route, on: Date) -> impl IntoView {
    let (statutory, extension, seen): (&'static Entry, Option<&'static Entry>, &'static Entry) = match route {
        Route::FinishAfter30k => (terms::FIRST_TEST.entry, None, observed::FIRST_TEST_DONE_ON.entry),
        Route::IntegralAssessment => (
            terms::INTEGRAL_ASSESSMENT.entry,
            Some(terms::INTEGRAL_ASSESSMENT_EXTENSION.entry),
            observed::INTEGRAL_ASSESSMENT_DONE_SHARE.entry,
        ),
        Route::Settlement => (terms::SGH.entry, None, observed::SGH_MONTHS.entry),
        Route::DamageCommission => (terms::DAMAGE.entry, Some(terms::DAMAGE_EXTENSION.entry), observed::DAMAGE_MONTHS.entry),
    };
    let length = lasts(statutory, on).unwrap_or_else(|| text::STATUTORY_NONE.to_owned());
    let extension = extension.and_then(|entry| lasts(entry, on)).map(|length| format!(" ({})", text::extension(length)));
    let seen_words = lasts(seen, on).unwrap_or_else(|| text::OBSERVED_NONE.to_owned());
    view! {
        <p>{routes::route::of(route).statutory_time_intro}</p>
        <p><strong>{text::STATUTORY}</strong> ": " {length} {extension}</p>
        {source_of(statutory, on)}
        <p><strong>{text::OBSERVED}</strong> ": " {seen_words}</p>
        {source_of(seen, on)}
    }
}

/// A length of time in words, or what was seen by a date.
fn lasts(entry: &'static Entry, on: Date) -> Option<String> {
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
