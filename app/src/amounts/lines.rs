//! A route's figure, large, with how sure it is, and "zo is dit gerekend" right under it.

use domain::amounts::{Line, Route, RouteAssessment};
use domain::calendar::periods_between;
use domain::parameter::Certainty;
use domain::parameters::{floor, ib, ogs};
use domain::range::Range;
use maud::{Markup, html};

use super::computed::Computed;
use crate::content::{amounts as text, fill, routes};
use crate::ui::{in_words, source_of, word};

/// The figure of one route.
#[must_use]
pub fn route_figure(route: Route, computed: &Computed) -> Markup {
    let Some(assessed) = computed.route(route) else { return html! {} };
    html! {
        div.figure data-route=(route.id()) {
            output.figure-amount { (amount(assessed)) }
            " "
            span.figure-certainty { (certainty(assessed)) }
            p.figure-still { (still_to_receive(assessed)) }
            @if !assessed.lines.is_empty() {
                details.figure-how data-keep={ "how-" (route.id()) } {
                    summary { (text::HOW) span.visually-hidden { ": " (routes::name::of(route).long) } }
                    (lines(assessed, computed))
                }
            }
        }
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
        Some(total) if route.route == Route::FinishAfter30k => {
            format!("{} – {}", text::in_words(in_words(total.low)).trim(), text::ESTIMATE)
        }
        Some(_) => text::ESTIMATE.to_owned(),
    }
}

fn still_to_receive(route: &RouteAssessment) -> String {
    match (route.total, route.still_to_receive) {
        (None, _) => String::new(),
        (_, None) => text::STILL_UNKNOWN.to_owned(),
        (_, Some(still)) if !route.complete => {
            format!("{}: {}", text::STILL_TO_RECEIVE, text::from_up(still.low))
        }
        (_, Some(still)) => format!("{}: {}", text::STILL_TO_RECEIVE, between(still)),
    }
}

fn lines(route: &RouteAssessment, computed: &Computed) -> Markup {
    html! {
        ol.lines { @for line in &route.lines { (line_item(line, route, computed)) } }
        p.line-total {
            span.line-name { (text::TOTAL) }
            " "
            span.line-amount { (amount(route)) }
        }
    }
}

fn line_item(line: &Line, route: &RouteAssessment, computed: &Computed) -> Markup {
    let words = explanation(line, route, computed);
    html! {
        li.line data-origin=(line.origin.id()) {
            span.line-name { (name_with_note(line.id)) @if let Some(year) = line.year { (text::by_year(year)) } }
            " "
            span.line-amount { (ends(line)) }
            " "
            span.line-origin { (text::origin::of(line.origin).text) }
            @if !words.is_empty() { p.line-words { (words) } }
            @if line.certainty == Certainty::Derived { p.line-words { (text::certainty::DERIVED.text) } }
            @for entry in &line.parameters { (source_of(entry, computed.situation.on)) }
        }
    }
}

/// The floor's ends may stand the other way round; people read the lower amount first.
fn ends(line: &Line) -> String {
    let Range { low, high } = line.amount;
    between(Range { low: low.min(high), high: low.max(high) })
}

/// The Dutch name of a line; its id never reaches the page.
#[must_use]
pub fn name_of(id: &str) -> &'static str {
    texts_of(id).map_or(text::TOTAL, |texts| texts.name)
}

/// The same; where it is a word of the glossary, it opens its note.
fn name_with_note(id: &str) -> Markup {
    let term = texts_of(id).map_or("", |texts| texts.term);
    html! { @if term.is_empty() { (name_of(id)) } @else { (word(term, name_of(id))) } }
}

fn texts_of(id: &str) -> Option<&'static text::line::Texts> {
    let key = id.replace('.', "_");
    text::line::ALL.iter().find(|(known, _)| *known == key).map(|(_, texts)| *texts)
}

/// How the line was computed, with its own numbers.
fn explanation(line: &Line, route: &RouteAssessment, computed: &Computed) -> String {
    let Some(texts) = texts_of(line.id) else { return String::new() };
    let situation = &computed.situation;
    let on = situation.on;
    let start_of = |year: Option<i16>| {
        route
            .lines
            .iter()
            .find(|other| other.id == "ib.start_amount" && other.year == year)
            .map(|line| line.amount)
    };
    let starts: Range =
        route.lines.iter().filter(|line| line.id == "ib.start_amount").map(|line| line.amount).sum();
    let filled: &[(&str, Option<String>)] = &match line.id {
        "ib.material_damage" => vec![
            ("share", ib::MATERIAL_DAMAGE_SHARE.at(on).map(|share| share.to_string())),
            ("of", start_of(line.year).map(between)),
        ],
        "ib.immaterial_damage" => {
            let until = situation.decision_on.unwrap_or(on);
            let periods = situation
                .first_correction_on
                .zip(ib::HALF_YEAR.at(on))
                .map(|(from, months)| periods_between(from, until, months));
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
    filled.iter().fold(texts.words.to_owned(), |words, (name, value)| {
        fill(&words, name, value.as_deref().unwrap_or(text::UNKNOWN_VALUE))
    })
}
