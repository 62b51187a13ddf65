//! How long it really takes, and how many people it is about: /cijfers.

mod plot;
mod time;

use domain::figures::{Estimate, FEWEST_CASES, Spread};
use domain::parameter::{Entry, Value};
use domain::parameters::{observed, volumes};
use domain::timeline::Step;
use domain::{Date, Ppm};
use maud::{Markup, html};

use crate::content::{figures as text, timeline};
use crate::shell::Document;
use crate::ui::{grouped, more, notice, sources_of, value_in_words, words};
use crate::urls::Page;

/// The page with what was estimated last; with none, only what was published.
#[must_use]
pub fn document(estimates: &[Estimate]) -> Document {
    Document {
        page: Some(Page::Figures),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: text::TERMS.to_vec(),
        visit: None,
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
            (ours(estimates))
            (published(text::PUBLISHED_HEADING, html! { p.nl-paragraph { (text::PUBLISHED) } }, &[
                observed::FIRST_TEST_DONE_ON.entry,
                observed::INTEGRAL_ASSESSMENT_DONE_SHARE.entry,
                observed::OBJECTION_WEEKS.entry,
                observed::DAMAGE_MONTHS.entry,
                observed::SGH_MONTHS.entry,
            ]))
            (published(text::VOLUMES_HEADING, html! {
                p.nl-paragraph { (words(text::VOLUMES)) }
                p.nl-paragraph { (text::VOLUMES_SINCE) }
            }, &[
                volumes::REGISTERED.entry,
                volumes::FIRST_TESTS.entry,
                volumes::RECOGNISED.entry,
                volumes::ASSESSMENTS.entry,
                volumes::DEFINITIVE_SHARE.entry,
                volumes::OBJECTIONS.entry,
                volumes::OBJECTIONS_DECIDED.entry,
                volumes::NOTICES_OF_DEFAULT.entry,
                observed::AVERAGE_AMOUNT.entry,
            ]))
            div.button-row {
                a class="nl-button nl-button--primary" href=(Page::Timeline.path()) { (text::TO_TIMELINE) }
            }
        },
    }
}

/// What was estimated from cases, and what these are.
fn ours(estimates: &[Estimate]) -> Markup {
    let unknown: Vec<Step> = Step::ALL
        .into_iter()
        .filter(|step| estimates.iter().all(|estimate| estimate.spread.step != *step))
        .collect();
    html! {
        h2 class="nl-heading nl-heading--level-2" { (text::OURS_HEADING) }
        @if estimates.is_empty() {
            p.nl-paragraph { (text::none(FEWEST_CASES)) }
        } @else {
            @if estimates.iter().any(|estimate| estimate.spread.invented) {
                (notice("waiting", text::INVENTED_TITLE, html! { p { (text::INVENTED) } }))
            } @else {
                p.nl-paragraph { (text::OURS) }
            }
            p.nl-paragraph { (text::STILL_RUNNING) " " (text::fewest(FEWEST_CASES)) }
            @for estimate in estimates { (one_step(estimate)) }
            @if !unknown.is_empty() {
                div.notes {
                    p.nl-paragraph { (text::UNKNOWN) }
                    ul { @for step in unknown { li { (timeline::step::of(step).name) } } }
                }
            }
            p.source { (text::METHOD) }
        }
    }
}

fn one_step(estimate: &Estimate) -> Markup {
    let name = timeline::step::of(estimate.spread.step).name;
    let said = spread_in_words(&estimate.spread);
    let scale = plot::Scale::of(estimate);
    html! {
        section.estimate id=(estimate.spread.step.id()) aria-labelledby={ (estimate.spread.step.id()) "-kop" } {
            h3 class="nl-heading nl-heading--level-3" id={ (estimate.spread.step.id()) "-kop" } { (name) }
            p.nl-paragraph { (said) }
            (plot::plot(estimate, &scale, &said))
            p { (text::counted(grouped(estimate.spread.cases), grouped(estimate.ended), estimate.spread.as_of.in_dutch())) }
            (more(text::TABLE_LABEL, Some(name), html! {
                ul { @for (time, share) in scale.table(&estimate.curve) { li { (text::after(time, percentage(share))) } } }
            }))
        }
    }
}

/// Where the curve doesn't fall that far, nothing more can be said than that it took longer.
fn spread_in_words(spread: &Spread) -> String {
    let longer = time::no_more_than(spread.longer_than_days.unwrap_or_default());
    match (spread.low_days.map(time::about), spread.high_days.map(time::about)) {
        (None, _) => text::half_longer(longer),
        (Some(low), None) => format!("{} {}", text::half(low), text::most_longer(longer)),
        (Some(low), Some(high)) => format!("{} {}", text::half(low), text::most(high)),
    }
}

/// In whole per cents: more than that nobody knows.
fn percentage(share: Ppm) -> String {
    const ONE: i64 = 10_000;
    match share.0 {
        1..ONE => text::LESS_THAN_ONE.to_owned(),
        ppm => Ppm((ppm + ONE / 2) / ONE * ONE).to_string(),
    }
}

/// What others published, every value with its day, the newest first.
fn published(heading: &str, lead: Markup, entries: &[&'static Entry]) -> Markup {
    let days = entries.iter().flat_map(|entry| entry.values.iter().map(|dated| (*entry, dated.from)));
    html! {
        h2 class="nl-heading nl-heading--level-2" { (heading) }
        (lead)
        dl.published {
            @for entry in entries {
                div {
                    dt { (entry.name) }
                    @for dated in entry.values.iter().rev() { dd { (value_on(entry, dated.from)) } }
                }
            }
        }
        (sources_of(days))
    }
}

fn value_on(entry: &Entry, on: Date) -> String {
    let value = value_in_words(entry, on).unwrap_or_default();
    match entry.at(on).and_then(|dated| dated.value) {
        // A day says by itself of when it is.
        Some(Value::Date(_)) => value,
        _ => text::value_on(value, on.in_dutch()),
    }
}
