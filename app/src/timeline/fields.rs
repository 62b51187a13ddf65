//! The fields of the form: a row per letter.

use domain::timeline::{EventKind, Outcome, Step, Way};
use maud::{Markup, PreEscaped, html};

use super::form::{LETTERS, Told, answer};
use crate::content::timeline as text;
use crate::entries::{ACTION, Entries, ROW_AT, ROW_NUMBER};
use crate::ui::{self, Choice, Options, Select, TextField, choice, error_slot, more, select, text_field};

/// All letters, the empty one that the phone makes more from, and the button that adds one.
#[must_use]
pub fn fields(typed: &Entries, told: &Told) -> Markup {
    let count = typed.rows(LETTERS);
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (text::LETTERS_HEADING) } }
            p.utrecht-form-field-description { (text::LETTERS_LEAD) }
            (where_the_date_stands())
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

/// Once above the rows: the date stands at the same place on every letter.
fn where_the_date_stands() -> Markup {
    more(
        text::WHERE_LABEL,
        None,
        html! {
            p { (text::WHERE) }
            svg.letter viewBox="0 0 320 250" role="img" aria-label=(text::DRAWING) { (PreEscaped(ui::LETTER_DATE)) }
            p { (text::DRAWING_NOTE) }
        },
    )
}

fn letter(typed: &Entries, told: &Told, at: &str, number: &str) -> Markup {
    let name = |field: &str| format!("{LETTERS}[{at}].{field}");
    html! {
        fieldset.year data-row-of=(LETTERS) {
            legend { (text::letter_heading(number)) }
            (list(typed, told, &name("kind"), text::KIND_LABEL, text::KIND_HINT, Step::ALL.map(Some).into_iter().chain([None]).map(|step| {
                let group = step.map_or(text::KINDS_OF_ANY_STEP, |step| text::step::of(step).name);
                (group, kinds_of(step))
            })))
            (date(typed, told, &name("on"), text::ON_LABEL, text::ON_HINT))
            (more(text::MORE_LABEL, Some(&text::letter_heading(number)), html! {
                (choices(typed, &name("outcome"), text::OUTCOME_LABEL, &[
                    (answer(Outcome::Granted), text::OUTCOME_YES), (answer(Outcome::Refused), text::OUTCOME_NO), ("unknown", text::OUTCOME_UNKNOWN),
                ]))
                (list(typed, told, &name("step"), text::STEP_LABEL, text::STEP_HINT, [
                    ("", Step::ALL.iter().map(|step| (step.id(), text::step::of(*step).name)).collect()),
                ]))
                (date(typed, told, &name("until"), text::UNTIL_LABEL, text::UNTIL_HINT))
                (choices(typed, &name("way"), text::WAY_LABEL, &[
                    (Way::Sgh.id(), text::way::of(Way::Sgh).name),
                    (Way::MijnHerstel.id(), text::way::of(Way::MijnHerstel).name),
                    ("unknown", text::WAY_UNKNOWN),
                ]))
            }))
            button class="nl-button nl-button--subtle" type="submit" name=(ACTION) value={ "remove." (LETTERS) "." (at) } { (text::remove_letter(number)) }
        }
    }
}

/// The kinds that belong to a step, or to any. An office's own codes don't come from letters.
fn kinds_of(step: Option<Step>) -> Options<'static> {
    EventKind::ALL
        .into_iter()
        .filter(|kind| kind.step() == step && *kind != EventKind::Other)
        .map(|kind| (kind.id(), text::event::of(kind).text))
        .collect()
}

fn list(
    typed: &Entries,
    told: &Told,
    name: &str,
    label: &str,
    hint: &str,
    groups: impl IntoIterator<Item = (&'static str, Options<'static>)>,
) -> Markup {
    let it = Select { name, label, hint, chosen: typed.text(name), problem: told.problem_at(name) };
    select(&it, groups)
}

fn date(typed: &Entries, told: &Told, name: &str, label: &str, hint: &str) -> Markup {
    let typed = typed.get(name).unwrap_or_default();
    text_field(&TextField { name, label, hint, typed, problem: told.problem_at(name), autocomplete: "off" })
}

fn choices(typed: &Entries, name: &str, label: &str, answers: &[(&str, &str)]) -> Markup {
    let given = typed.text(name);
    html! {
        fieldset class="utrecht-form-fieldset field" id=(name) {
            legend.utrecht-form-label { (label) }
            @for (at, (value, label)) in answers.iter().enumerate() {
                (choice(&Choice { name, number: at + 1, value, label, hint: "", checked: *value == given, described_by: None }))
            }
        }
    }
}
