//! A route's figure, large, with how sure it is, and "zo is dit gerekend" right under it.

use domain::amounts::{Line, Route, RouteAssessment};
use domain::calendar::periods_between;
use domain::parameter::{Certainty, Entry};
use domain::parameters::{floor, ib, ogs};
use domain::range::Range;
use leptos::prelude::*;

use super::computed::Computed;
use crate::content::{amounts as text, fill, shell};
use crate::ui::in_words;

/// The figure of one route.
#[component]
pub fn RouteFigure(route: Route, #[prop(into)] computed: Signal<Computed>) -> impl IntoView {
    let of_route = move |show: fn(&RouteAssessment) -> String| {
        computed.with(|computed| computed.route(route).map(show).unwrap_or_default())
    };
    let has_lines = move || computed.with(|computed| computed.route(route).is_some_and(|route| !route.lines.is_empty()));
    let lines = move || computed.with(|computed| computed.route(route).map(|assessed| lines(assessed, computed)));
    view! {
        <div class="figure" data-route=route.id()>
            <output class="figure-amount">{move || of_route(amount)}</output>
            " "
            <span class="figure-certainty">{move || of_route(certainty)}</span>
            <p class="figure-still">{move || of_route(still_to_receive)}</p>
            <details class="figure-how" hidden=move || !has_lines()>
                <summary>{text::HOW} <span class="visually-hidden">": "{crate::content::routes::route::of(route).name}</span></summary>
                {lines}
            </details>
        </div>
    }
}

/// `€ 30.000`, `€ 30.000 tot € 41.000`, or `vanaf € 30.000` while an upper end can't be said.
#[must_use]
pub fn amount(route: &RouteAssessment) -> String {
    match route.total {
        None => text::UNKNOWN_VALUE.to_owned(),
        Some(total) if !route.complete => text::from_up(total.low),
        Some(total) => between(total),
    }
}

fn between(range: Range) -> String {
    if range.is_exact() { range.low.to_string() } else { text::between(range.low, range.high) }
}

/// How sure the figure is, in words; the fixed amount also says itself in words.
fn certainty(route: &RouteAssessment) -> String {
    match route.total {
        None => String::new(),
        Some(_) if !route.complete => text::ROUGH.to_owned(),
        Some(total) if route.route == Route::FinishAfter30k => format!("{}. {}", text::in_words(in_words(total.low)), text::ESTIMATE),
        Some(_) => text::ESTIMATE.to_owned(),
    }
}

fn still_to_receive(route: &RouteAssessment) -> String {
    match (route.total, route.still_to_receive) {
        (None, _) => String::new(),
        (_, None) => text::STILL_UNKNOWN.to_owned(),
        (_, Some(still)) if !route.complete => format!("{}: {}", text::STILL_TO_RECEIVE, text::from_up(still.low)),
        (_, Some(still)) => format!("{}: {}", text::STILL_TO_RECEIVE, between(still)),
    }
}

fn lines(route: &RouteAssessment, computed: &Computed) -> impl IntoView + use<> {
    let total = route.total.map(|total| if route.complete { between(total) } else { text::from_up(total.low) });
    let items = route.lines.iter().map(|line| line_view(line, route, computed)).collect_view();
    view! {
        <ol class="lines">{items}</ol>
        <p class="line-total">
            <span class="line-name">{text::TOTAL}</span>
            " "
            <span class="line-amount">{total}</span>
        </p>
    }
}

fn line_view(line: &Line, route: &RouteAssessment, computed: &Computed) -> impl IntoView + use<> {
    let name = match line.year {
        Some(year) => format!("{}{}", name_of(line.id), text::by_year(year)),
        None => name_of(line.id).to_owned(),
    };
    let words = words(line, route, computed);
    let unsure = (line.certainty == Certainty::Derived).then_some(text::certainty::DERIVED.text);
    let sources = line.parameters.iter().filter_map(|entry| source(entry, computed)).collect_view();
    view! {
        <li class="line" data-origin=origin_id(line)>
            <span class="line-name">{name}</span>
            " "
            <span class="line-amount">{ends(line)}</span>
            " "
            <span class="line-origin">{text::origin::of(line.origin).text}</span>
            {(!words.is_empty()).then(|| view! { <p class="line-words">{words}</p> })}
            {unsure.map(|unsure| view! { <p class="line-words">{unsure}</p> })}
            {sources}
        </li>
    }
}

/// The floor's ends may stand the other way round; people read the lower amount first.
fn ends(line: &Line) -> String {
    let Range { low, high } = line.amount;
    between(Range { low: low.min(high), high: low.max(high) })
}

fn origin_id(line: &Line) -> &'static str {
    use domain::amounts::Origin;
    match line.origin {
        Origin::YouSaid => "you_said",
        Origin::Rule => "rule",
        Origin::Calculated => "calculated",
    }
}

/// The Dutch name of a line; its id never reaches the page.
#[must_use]
pub fn name_of(id: &str) -> &'static str {
    texts_of(id).map_or(text::TOTAL, |texts| texts.name)
}

fn texts_of(id: &str) -> Option<&'static text::line::Texts> {
    let key = id.replace('.', "_");
    text::line::ALL.iter().find(|(known, _)| *known == key).map(|(_, texts)| *texts)
}

/// How the line was computed, with its own numbers.
fn words(line: &Line, route: &RouteAssessment, computed: &Computed) -> String {
    let Some(texts) = texts_of(line.id) else { return String::new() };
    let situation = &computed.situation;
    let on = situation.on;
    let start_of = |year: Option<i16>| route.lines.iter().find(|other| other.id == "ib.start_amount" && other.year == year).map(|line| line.amount);
    let starts: Range = route.lines.iter().filter(|line| line.id == "ib.start_amount").map(|line| line.amount).sum();
    let filled: &[(&str, Option<String>)] = &match line.id {
        "ib.material_damage" => vec![
            ("share", ib::MATERIAL_DAMAGE_SHARE.at(on).map(|share| share.to_string())),
            ("of", start_of(line.year).map(between)),
        ],
        "ib.immaterial_damage" => {
            let until = situation.decision_on.unwrap_or(on);
            let periods = situation.first_correction_on.zip(ib::HALF_YEAR.at(on)).map(|(from, months)| periods_between(from, until, months));
            vec![
                ("rate", ib::IMMATERIAL_DAMAGE_PER_HALF_YEAR.at(on).map(|rate| rate.to_string())),
                ("full", periods.map(|periods| periods.full.to_string())),
                ("started", periods.map(|periods| periods.started.to_string())),
                ("cap", Some(between(starts))),
            ]
        }
        "ib.supplement" => {
            let parts = route.lines.iter().filter(|other| other.id.starts_with("ib.") && other.id != line.id);
            vec![
                ("share", ib::SUPPLEMENT_SHARE.at(on).map(|share| share.to_string())),
                ("of", Some(between(parts.map(|line| line.amount).sum()))),
            ]
        }
        "ogs.allowance" => {
            let of_year = situation.years.iter().flatten().filter(|year| Some(year.year) == line.year);
            vec![
                ("share", ogs::ALLOWANCE_SHARE.at(on).map(|share| share.to_string())),
                ("of", Some(of_year.filter_map(|year| year.reclaimed).sum::<domain::Cents>().to_string())),
            ]
        }
        "floor" => vec![("amount", floor::AMOUNT.at(on).map(|amount| amount.to_string()))],
        _ => Vec::new(),
    };
    filled.iter().fold(texts.words.to_owned(), |words, (name, value)| fill(&words, name, value.as_deref().unwrap_or(text::UNKNOWN_VALUE)))
}

/// Where a parameter stands, when that was checked, and what a reader should know of it.
fn source(entry: &'static Entry, computed: &Computed) -> Option<impl IntoView + use<>> {
    let dated = entry.at(computed.situation.on)?;
    let unknown = (dated.certainty == Certainty::Unknown).then(|| format!("{}: {}. ", entry.name, text::UNKNOWN_VALUE));
    let titles = dated.sources.iter().map(|source| match source.href {
        Some(href) => view! { <a class="nl-link" href=href rel="noreferrer">{source.title}</a> " " }.into_any(),
        None => view! { {source.title} " " }.into_any(),
    });
    Some(view! {
        <p class="source">
            {unknown} {shell::SOURCE_LABEL} ": " {titles.collect_view()} "– " {shell::checked_on(dated.checked_on.in_dutch())} ". " {dated.note}
        </p>
    })
}
