//! The fields of the form: a row per letter.

use domain::timeline::{EventKind, Step};
use maud::{Markup, html};

use super::form::{LETTERS, Told};
use crate::content::timeline as text;
use crate::entries::{ACTION, Entries, ROW_AT, ROW_NUMBER};
use crate::ui::{Choice, choice, error_slot, more};

/// All letters, the empty one that the phone makes more from, and the button that adds one.
#[must_use]
pub fn fields(typed: &Entries, told: &Told) -> Markup {
    let count = typed.rows(LETTERS);
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (text::LETTERS_HEADING) } }
            p.utrecht-form-field-description { (text::LETTERS_LEAD) }
            div id=(LETTERS) tabindex="-1" { (error_slot(LETTERS, told.problem_at(LETTERS))) }
            input type="hidden" name={ "rows." (LETTERS) } value=(count);
            @for at in 0..count { (letter(typed, told, &at.to_string(), &(at + 1).to_string())) }
            template data-row-of=(LETTERS) { (letter(&Entries::default(), told, ROW_AT, ROW_NUMBER)) }
            div.button-row {
                button class="nl-button nl-button--secondary" type="submit" name=(ACTION) value={ "add." (LETTERS) } { (text::ADD_LETTER) }
            }
        }
    }
}

fn letter(typed: &Entries, told: &Told, at: &str, number: &str) -> Markup {
    let name = |field: &str| format!("{LETTERS}[{at}].{field}");
    let chosen = typed.text(&name("kind"));
    html! {
        fieldset.year data-row-of=(LETTERS) {
            legend { (text::letter_heading(number)) }
            (select(told, &name("kind"), text::KIND_LABEL, text::KIND_HINT, chosen, Step::ALL.map(Some).into_iter().chain([None]).map(|step| {
                let group = step.map_or(text::KINDS_OF_ANY_STEP, |step| text::step::of(step).name);
                (group, kinds_of(step))
            })))
            (date(typed, told, &name("on"), text::ON_LABEL, text::ON_HINT))
            (more(text::MORE_LABEL, Some(&text::letter_heading(number)), html! {
                (outcome(typed, &name("outcome")))
                (select(told, &name("step"), text::STEP_LABEL, text::STEP_HINT, typed.text(&name("step")), [
                    ("", Step::ALL.iter().map(|step| (step.id(), text::step::of(*step).name)).collect()),
                ]))
                (date(typed, told, &name("until"), text::UNTIL_LABEL, text::UNTIL_HINT))
            }))
            button class="nl-button nl-button--subtle" type="submit" name=(ACTION) value={ "remove." (LETTERS) "." (at) } { (text::remove_letter(number)) }
        }
    }
}

/// The kinds that belong to a step, or to any. An office's own codes don't come from letters.
fn kinds_of(step: Option<Step>) -> Vec<(&'static str, &'static str)> {
    EventKind::ALL
        .into_iter()
        .filter(|kind| kind.step() == step && *kind != EventKind::Other)
        .map(|kind| (kind.id(), text::event::of(kind).text))
        .collect()
}

/// One of many, in groups; a group without a name stands by itself.
fn select(
    told: &Told,
    name: &str,
    label: &str,
    hint: &str,
    chosen: &str,
    groups: impl IntoIterator<Item = (&'static str, Vec<(&'static str, &'static str)>)>,
) -> Markup {
    let problem = told.problem_at(name);
    let options = |options: &[(&str, &str)]| {
        html! { @for (value, label) in options { option value=(value) selected[*value == chosen] { (label) } } }
    };
    html! {
        div.field.field--invalid[problem.is_some()] {
            label.utrecht-form-label for=(name) { (label) }
            (error_slot(name, problem))
            select.utrecht-select id=(name) name=(name) aria-invalid=[problem.map(|_| "true")] {
                option value="" { (hint) }
                @for (group, of_group) in groups {
                    @if group.is_empty() { (options(&of_group)) } @else { optgroup label=(group) { (options(&of_group)) } }
                }
            }
        }
    }
}

fn date(typed: &Entries, told: &Told, name: &str, label: &str, hint: &str) -> Markup {
    let problem = told.problem_at(name);
    html! {
        div.field.field--invalid[problem.is_some()] {
            label.utrecht-form-label for=(name) { (label) }
            p.utrecht-form-field-description id={ (name) "-uitleg" } { (hint) }
            (error_slot(name, problem))
            input.utrecht-textbox type="text" inputmode="text" autocomplete="off" id=(name) name=(name) value=(typed.get(name).unwrap_or_default())
                aria-describedby={ (name) "-uitleg " (name) "-fout" } aria-invalid=[problem.map(|_| "true")];
        }
    }
}

fn outcome(typed: &Entries, name: &str) -> Markup {
    let given = typed.text(name);
    let answers = [("yes", text::OUTCOME_YES), ("no", text::OUTCOME_NO), ("unknown", text::OUTCOME_UNKNOWN)];
    html! {
        fieldset class="utrecht-form-fieldset field" id=(name) {
            legend.utrecht-form-label { (text::OUTCOME_LABEL) }
            @for (at, (value, label)) in answers.into_iter().enumerate() {
                (choice(&Choice { name, number: at + 1, value, label, hint: "", checked: value == given, described_by: None }))
            }
        }
    }
}
