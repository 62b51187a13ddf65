//! The words, with one meaning each: /woorden.

use domain::glossary::{ALL, Term};
use maud::{Markup, html};

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
        visit: None,
        body: body(),
    }
}

fn body() -> Markup {
    let mut letters: Vec<String> = ALL.iter().map(|term| first_letter(term)).collect();
    letters.dedup();
    html! {
        h1.nl-heading.nl-heading--level-1 { (text::TITLE) }
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        nav.chips aria-label=(text::LETTERS_LABEL) {
            @for letter in &letters { a href={ "#letter-" (letter) } { (letter) } }
        }
        @for letter in &letters {
            h2.nl-heading.nl-heading--level-2 id={ "letter-" (letter) } { (letter) }
            dl.glossary {
                @for term in ALL.iter().filter(|term| first_letter(term) == *letter) { (word(term)) }
            }
        }
        p.nl-paragraph { (text::MISSING) }
    }
}

fn first_letter(term: &Term) -> String {
    term.term.chars().next().map_or_else(String::new, |letter| letter.to_uppercase().to_string())
}

fn word(term: &Term) -> Markup {
    let sources: Vec<&str> = term.sources.iter().map(|source| source.title).collect();
    html! {
        div id=(term.id) {
            dt { (term.term) @if let Some(short) = term.short { " (" (short) ")" } }
            dd { (term.meaning) }
            @if !term.also.is_empty() { dd { (text::ALSO_LABEL) ": " (term.also.join(", ")) "." } }
            dd.source { (text::SOURCE_LABEL) ": " (sources.join("; ")) }
        }
    }
}
