//! The words, with one meaning each: /woorden.

use domain::glossary::{ALL, Term};
use leptos::prelude::*;

use crate::content::glossary as text;
use crate::shell::Document;
use crate::urls::Page;

#[must_use]
pub fn document() -> Document {
    Document {
        page: Some(Page::Glossary),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION,
        has_error: false,
        terms: Vec::new(),
        body: body().into_any(),
    }
}

fn body() -> impl IntoView {
    let mut letters: Vec<String> = ALL.iter().map(|term| first_letter(term)).collect();
    letters.dedup();
    let words = letters.clone().into_iter().map(|letter| {
        let words = ALL.iter().filter(|term| first_letter(term) == letter).map(|term| word(term)).collect_view();
        view! {
            <h2 class="nl-heading nl-heading--level-2" id=format!("letter-{letter}")>{letter.clone()}</h2>
            <dl class="glossary">{words}</dl>
        }
    });
    view! {
        <h1 class="nl-heading nl-heading--level-1">{text::TITLE}</h1>
        <p class="nl-paragraph nl-paragraph--lead">{text::LEAD}</p>
        <nav class="chips" aria-label=text::LETTERS_LABEL>
            {letters.iter().map(|letter| view! { <a href=format!("#letter-{letter}")>{letter.clone()}</a> }).collect_view()}
        </nav>
        {words.collect_view()}
        <p class="nl-paragraph">{text::MISSING}</p>
    }
}

fn first_letter(term: &Term) -> String {
    term.term.chars().next().map_or_else(String::new, |letter| letter.to_uppercase().to_string())
}

fn word(term: &'static Term) -> impl IntoView {
    let also = (!term.also.is_empty()).then(|| view! { <dd>{format!("{}: {}.", text::ALSO_LABEL, term.also.join(", "))}</dd> });
    let name = match term.short {
        Some(short) => format!("{} ({short})", term.term),
        None => term.term.to_owned(),
    };
    let sources: Vec<&str> = term.sources.iter().map(|source| source.title).collect();
    view! {
        <div id=term.id>
            <dt>{name}</dt>
            <dd>{term.meaning}</dd>
            {also}
            <dd class="source">{format!("{}: {}", text::SOURCE_LABEL, sources.join("; "))}</dd>
        </div>
    }
}
