//! What happened, to be read back by both and printed by her.

use domain::together::{Chair, Ending, Happening, Log, Outcome};
use maud::{Markup, html};

use super::browser::hour;
use super::words;
use crate::content::together::log as text;

/// The list, oldest first. `reader`: whose chair it is shown in.
pub fn log(log: &Log, reader: Chair) -> Markup {
    let name = log.iter().rev().find_map(|(_, happening)| match happening {
        Happening::Joined { name, .. } => Some(name.as_str()),
        _ => None,
    });
    let name = name.unwrap_or_default();
    let parent = if reader == Chair::Parent { text::YOU } else { text::PARENT };
    let helper = if reader == Chair::Helper { text::YOU } else { name };
    html! {
        h2 class="nl-heading nl-heading--level-2" { (text::HEADING) }
        p.nl-paragraph { @if reader == Chair::Parent { (text::LEAD) } @else { (text::LEAD_HELPER) } }
        ol.together-log {
            @for (at, happening) in log.iter() {
                li { span.together-hour { (hour(*at)) } " " (in_words(happening, parent, helper, reader)) }
            }
        }
        @if reader == Chair::Parent {
            div.button-row {
                button class="nl-button nl-button--secondary" type="button" data-together="print" { (text::PRINT) }
            }
        }
    }
}

fn in_words(happening: &Happening, parent: &str, helper: &str, reader: Chair) -> String {
    match happening {
        Happening::Started => text::STARTED.to_owned(),
        Happening::Joined { name, role: None } => text::joined(name),
        Happening::Joined { name, role: Some(role) } => text::joined_verified(name, role),
        Happening::Confirmed => text::confirmed(parent),
        Happening::Opened { title } => text::opened(parent, title),
        Happening::Uncovered { label } => text::uncovered(parent, label),
        Happening::Covered { label } => text::covered(parent, label),
        Happening::UncoveredAll => text::uncovered_all(parent),
        Happening::CoveredAll => text::covered_all(parent),
        Happening::Pointed { label } => text::pointed(helper, label),
        Happening::Noted { text: note } => text::noted(helper, note),
        Happening::Proposed { label, words } => text::proposed(helper, label, words),
        Happening::Settled { label, words, outcome } => match outcome {
            Outcome::Accepted => text::accepted(parent, label, words),
            Outcome::Changed => text::changed(parent, label),
            Outcome::Declined => text::declined(parent, label, words),
        },
        Happening::Away if reader == Chair::Helper => text::away(text::PARENT),
        Happening::Back if reader == Chair::Helper => text::came_back(text::PARENT),
        Happening::Away => text::away(helper),
        Happening::Back => text::came_back(helper),
        Happening::Ended { ending } => match Ending::parse(ending) {
            Some(ending) if reader == Chair::Parent => words::ending(ending).to_owned(),
            Some(ending) => words::ending_for_helper(ending).to_owned(),
            None => String::new(),
        },
    }
}
