//! Invented families, computed by the same rules: /voorbeelden.

use domain::amounts::{Route, Situation};
use maud::{Markup, html};

use crate::amounts::{Computed, beside, filled_in, line_terms, notes, range_bars, route_result};
use crate::content::examples as text;
use crate::shell::Document;
use crate::ui::{more, words};
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
        terms: text::TERMS.iter().copied().chain(line_terms()).collect(),
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
    let computed = Computed::of_situation(situation);
    html! {
        section.example id=(id) aria-labelledby={ (id) "-kop" } {
            h2 class="nl-heading nl-heading--level-2" id={ (id) "-kop" } { (texts.name) }
            p.nl-paragraph { (words(texts.story)) }
            p.nl-paragraph { strong { (text::WHAT_IT_SHOWS_HEADING) ": " } (words(texts.what_it_shows)) }
            (more(text::SITUATION_HEADING, Some(texts.name), filled_in(&computed.situation)))
            @if computed.situation.recognised {
                (range_bars(&computed))
                @for route in Route::ALL { (route_result(route, &computed)) }
            }
            (beside(&computed))
            (notes(&computed))
        }
    }
}
