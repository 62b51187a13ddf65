//! The fields of a letter: only those that it needs.

use domain::timeline::Step;
use maud::{Markup, html};

use super::form::{
    DECISION_ON, END_ON, Kind, MAKE, Made, NAME, NEXT, REFERENCE, REQUESTED_ON, STEP, STREET, TOWN,
};
use crate::content::{ready_letter as text, timeline};
use crate::entries::{ACTION, Entries};
use crate::ui::{Select, TextField, select, text_field, words};
use crate::urls::Page;

/// What the chosen letter needs, and the button that makes it; without a choice the one that goes on.
#[must_use]
pub fn fields(typed: &Entries, shown: &Made) -> Markup {
    let Some(kind) = shown.kind else { return button(NEXT, text::NEXT) };
    html! {
        @if let Some((_, texts)) = text::letter::ALL.iter().find(|(id, _)| *id == kind.id()) {
            p.nl-paragraph { (words(texts.what)) }
        }
        @if !kind.steps().is_empty() { (about(kind, typed, shown)) }
        (sender(typed, shown))
        (button(MAKE, text::MAKE))
    }
}

fn button(value: &str, label: &str) -> Markup {
    html! { div.button-row { button class="nl-button nl-button--primary" type="submit" name=(ACTION) value=(value) { (label) } } }
}

/// Which step it is about, and its days.
fn about(kind: Kind, typed: &Entries, shown: &Made) -> Markup {
    let options = |step: &Step| (step.id(), timeline::step::of(*step).name);
    let step = Select {
        name: STEP,
        label: if kind == Kind::Objection { text::STEP_DECIDED } else { text::STEP_LATE },
        hint: text::STEP_HINT,
        chosen: typed.text(STEP),
        problem: shown.problem_at(STEP),
    };
    let field = |name, label, hint| field(typed, shown, name, label, hint, "off");
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (text::ABOUT) } }
            p.utrecht-form-field-description { (words(text::ABOUT_LEAD)) }
            (select(&step, [("", kind.steps().iter().map(options).collect())]))
            @if kind == Kind::Objection {
                (field(DECISION_ON, text::DECISION_ON, text::DECISION_ON_HINT))
            } @else {
                (field(REQUESTED_ON, text::REQUESTED_ON, text::REQUESTED_ON_HINT))
                (field(END_ON, text::END_ON, text::END_ON_HINT))
                p { a.nl-link href=(Page::Timeline.path()) { (text::TO_TIMELINE) } }
            }
        }
    }
}

fn sender(typed: &Entries, shown: &Made) -> Markup {
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (text::SENDER) } }
            p.utrecht-form-field-description { (text::SENDER_LEAD) }
            (field(typed, shown, NAME, text::NAME, "", "name"))
            (field(typed, shown, STREET, text::STREET, "", "street-address"))
            (field(typed, shown, TOWN, text::TOWN, "", "off"))
            (field(typed, shown, REFERENCE, text::REFERENCE, text::REFERENCE_HINT, "off"))
        }
    }
}

fn field(typed: &Entries, shown: &Made, name: &str, label: &str, hint: &str, autocomplete: &str) -> Markup {
    let said = typed.get(name).unwrap_or_default();
    text_field(&TextField { name, label, hint, typed: said, problem: shown.problem_at(name), autocomplete })
}
