//! Invented families, computed by the same rules: /voorbeelden.

use domain::amounts::{Route, Situation};
use domain::calendar::Date;
use leptos::prelude::*;

use crate::amounts::form::Field;
use crate::amounts::{Beside, Computed, Notes, RangeBars, RouteFigure};
use crate::content::amounts as amounts_text;
use crate::content::{examples as text, pick, routes};
use crate::shell::Document;
use crate::ui::route_mark;
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    let families = domain::examples::FAMILIES.iter().filter_map(|(id, json)| {
        let situation = Situation::from_json(json).ok()?;
        let texts = text::families::ALL.iter().find(|(known, _)| known == id).map(|(_, texts)| *texts)?;
        Some((*id, texts, situation))
    });
    let families: Vec<_> = families.collect();
    let links = families.iter().map(|(id, texts, _)| view! { <a href=format!("#{id}")>{texts.name}</a> }).collect_view();
    let all = families.into_iter().map(|(id, texts, situation)| family(id, texts, situation)).collect_view();
    Document {
        page: Some(Page::Examples),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: text::TERMS.to_vec(),
        body: view! {
            <h1 class="nl-heading nl-heading--level-1">{text::TITLE}</h1>
            <p class="nl-paragraph nl-paragraph--lead">{text::LEAD}</p>
            <p class="nl-paragraph">{text::WARNING} " " {text::SAME_RULES}</p>
            <nav class="chips" aria-label=text::FAMILIES_LABEL>{links}</nav>
            {all}
            <div class="button-row">
                <a class="nl-button nl-button--primary" href=Page::Chooser.path()>{text::CHOOSER_LINK}</a>
                <a class="nl-button nl-button--secondary" href=Page::Amounts.path()>{text::AMOUNTS_LINK}</a>
            </div>
        }
        .into_any(),
    }
}

fn family(id: &'static str, texts: &'static text::families::Texts, situation: Situation) -> impl IntoView {
    let filled_in = said(&situation).into_iter().map(|(term, said)| view! { <div class="fact"><dt>{term}</dt><dd>{said}</dd></div> }).collect_view();
    let computed = Signal::stored(Computed::of_situation(situation));
    let routes = Route::ALL.map(|route| {
        view! {
            <article class="route-result" data-route=route.id()>
                <h3 class="nl-heading nl-heading--level-3">{route_mark(route)} " " {routes::route::of(route).name}</h3>
                <RouteFigure route=route computed=computed />
            </article>
        }
    });
    view! {
        <section class="example" id=id aria-labelledby=format!("{id}-kop")>
            <h2 class="nl-heading nl-heading--level-2" id=format!("{id}-kop")>{texts.name}</h2>
            <p class="nl-paragraph">{texts.story}</p>
            <p class="nl-paragraph"><strong>{text::WHAT_IT_SHOWS_HEADING} ": "</strong> {texts.what_it_shows}</p>
            <details class="more">
                <summary>{text::SITUATION_HEADING} <span class="visually-hidden">": "{texts.name}</span></summary>
                <dl class="facts">{filled_in}</dl>
            </details>
            <RangeBars computed=computed />
            {routes.into_iter().collect_view()}
            <Beside computed=computed />
            <Notes computed=computed />
        </section>
    }
}

/// What was filled in for a family, in the words of the form.
fn said(situation: &Situation) -> Vec<(String, String)> {
    let label = |field: Field| amounts_text::field::of(field).label.to_owned();

    let day = |day: Option<Date>| day.map(Date::in_dutch);
    let mut said = Vec::new();
    let mut add = |term: String, value: Option<String>| said.extend(value.map(|value| (term, value)));
    add(label(Field::Recognised), Some(if situation.recognised { amounts_text::YES } else { amounts_text::NO }.to_owned()));
    add(label(Field::Received), situation.received.map(|amount| amount.to_string()));
    for year in situation.years.iter().flatten() {
        let of_year = |field: Field| format!("{}: {}", year.year, label(field));
        let ground = year.ground.map(|ground| pick(amounts_text::choices::GROUND.texts, ground.id()).to_owned());
        add(of_year(Field::Ground), ground);
        add(of_year(Field::Reclaimed), year.reclaimed.map(|amount| amount.to_string()));
        add(of_year(Field::InterestAndCostsPaid), year.interest_and_costs_paid.map(|amount| amount.to_string()));
        add(of_year(Field::MissedInterest), year.missed_interest.map(|amount| amount.to_string()));
        add(of_year(Field::Outstanding), (year.outstanding > domain::Cents::ZERO).then(|| year.outstanding.to_string()));
    }
    add(label(Field::FirstCorrectionOn), day(situation.first_correction_on));
    add(label(Field::DecisionOn), day(situation.decision_on));
    add(label(Field::LegalHelp), situation.legal_help.map(|amount| amount.to_string()));
    for damage in situation.damages.iter().flatten() {
        let range = damage.low.zip(damage.high).map(|(low, high)| amounts_text::between(low, high));
        add(pick(amounts_text::choices::DAMAGE_KIND.texts, damage.kind.id()).to_owned(), range);
    }
    for (at, child) in situation.children.iter().enumerate() {
        add(amounts_text::child_heading(at + 1), day(Some(child.born_on)));
    }
    said
}
