//! What would make the figures more precise, and what to know about them.

use domain::amounts::Note;
use maud::{Markup, html};

use super::computed::Computed;
use crate::content::{amounts as text, fill};

#[must_use]
pub fn notes(computed: &Computed) -> Markup {
    let missing =
        computed.assessment.missing.iter().filter_map(|path| missing_words(path, computed)).collect();
    let notes = computed.assessment.notes.iter().filter_map(note_words).collect();
    html! {
        (list(text::MISSING_HEADING, missing))
        (list(text::NOTES_HEADING, notes))
    }
}

fn list(heading: &str, mut items: Vec<String>) -> Markup {
    items.dedup();
    html! {
        @if !items.is_empty() {
            section.notes {
                h3 class="nl-heading nl-heading--level-3" { (heading) }
                ul { @for item in items { li { (item) } } }
            }
        }
    }
}

/// What a missing input is, in words; its path never reaches the page.
fn missing_words(path: &str, computed: &Computed) -> Option<String> {
    let (group, rest) = path.split_once('[').map_or((path, None), |(group, rest)| (group, Some(rest)));
    let row: Option<usize> = rest.and_then(|rest| rest.split_once(']')).and_then(|(row, _)| row.parse().ok());
    let field = path.rsplit('.').next().unwrap_or_default();
    let key = match (group, row) {
        ("damages", Some(_)) => format!("damage_{field}"),
        (_, Some(_)) => field.to_owned(),
        _ => group.split('.').next().unwrap_or_default().to_owned(),
    };
    let about = match (group, row) {
        ("years", Some(row)) => computed.situation.years.as_ref()?.get(row)?.year.to_string(),
        _ => String::new(),
    };
    let texts = text::missing::ALL.iter().find(|(known, _)| *known == key)?.1;
    Some(fill(texts.text, "about", &about))
}

fn note_words(note: &Note) -> Option<String> {
    let code = note.to_string();
    let (key, about) = code.split_once(':').unwrap_or((&code, ""));
    let texts = text::note::ALL.iter().find(|(known, _)| *known == key)?.1;
    let about = match note {
        Note::ParameterUnknown(entry) => entry.name,
        _ => about,
    };
    Some(fill(texts.text, "about", about))
}
