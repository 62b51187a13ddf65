//! Invented families, computed by the same rules: /voorbeelden.

use domain::amounts::Situation;
use domain::calendar::Date;
use maud::{Markup, html};

use crate::amounts::form::Field;
use crate::amounts::{Computed, beside, notes, range_bars, route_results};
use crate::content::amounts as amounts_text;
use crate::content::{examples as text, pick};
use crate::shell::Document;
use crate::ui::more;
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    let families = domain::examples::FAMILIES.iter().filter_map(|(id, json)| {
        let situation = Situation::from_json(json).ok()?;
        let texts = text::families::ALL.iter().find(|(known, _)| known == id).map(|(_, texts)| *texts)?;
        Some((*id, texts, situation))
    });
    let families: Vec<_> = families.collect();
    Document {
        page: Some(Page::Examples),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: text::TERMS.to_vec(),
        visit: None,
        body: html! {
            h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
            p class="nl-paragraph nl-paragraph--lead" { (text::LEAD) }
            p.nl-paragraph { (text::WARNING) " " (text::SAME_RULES) }
            nav.chips aria-label=(text::FAMILIES_LABEL) { @for (id, texts, _) in &families { a href={ "#" (id) } { (texts.name) } } }
            @for (id, texts, situation) in families { (family(id, texts, situation)) }
            div.button-row {
                a class="nl-button nl-button--primary" href=(Page::Chooser.path()) { (text::CHOOSER_LINK) }
                a class="nl-button nl-button--secondary" href=(Page::Amounts.path()) { (text::AMOUNTS_LINK) }
            }
        },
    }
}

fn family(id: &str, texts: &text::families::Texts, situation: Situation) -> Markup {
    let filled_in = html! { dl.facts { @for (term, said) in said(&situation) { div.fact { dt { (term) } dd { (said) } } } } };
    let computed = Computed::of_situation(situation);
    html! {
        section.example id=(id) aria-labelledby={ (id) "-kop" } {
            h2 class="nl-heading nl-heading--level-2" id={ (id) "-kop" } { (texts.name) }
            p.nl-paragraph { (texts.story) }
            p.nl-paragraph { strong { (text::WHAT_IT_SHOWS_HEADING) ": " } (texts.what_it_shows) }
            (more(text::SITUATION_HEADING, Some(texts.name), filled_in))
            @if computed.situation.recognised {
                (range_bars(&computed))
                (route_results(&computed))
            }
            (beside(&computed))
            (notes(&computed))
        }
    }
}

/// What was filled in for a family, in the words of the form.
fn said(situation: &Situation) -> Vec<(String, String)> {
    let label = |field: Field| amounts_text::field::of(field).label.to_owned();

    let day = |day: Option<Date>| day.map(Date::in_dutch);
    let mut said = Vec::new();
    let mut add = |term: String, value: Option<String>| said.extend(value.map(|value| (term, value)));
    add(
        label(Field::Recognised),
        Some(if situation.recognised { amounts_text::YES } else { amounts_text::NO }.to_owned()),
    );
    add(label(Field::Received), situation.received.map(|amount| amount.to_string()));
    for year in situation.years.iter().flatten() {
        let of_year = |field: Field| format!("{}: {}", year.year, label(field));
        let ground =
            year.ground.map(|ground| pick(amounts_text::choices::GROUND.texts, ground.id()).to_owned());
        add(of_year(Field::Ground), ground);
        add(of_year(Field::Reclaimed), year.reclaimed.map(|amount| amount.to_string()));
        add(
            of_year(Field::InterestAndCostsPaid),
            year.interest_and_costs_paid.map(|amount| amount.to_string()),
        );
        add(of_year(Field::MissedInterest), year.missed_interest.map(|amount| amount.to_string()));
        add(
            of_year(Field::Outstanding),
            (year.outstanding > domain::Cents::ZERO).then(|| year.outstanding.to_string()),
        );
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
