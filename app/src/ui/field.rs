//! Pieces of a form.

use domain::amounts::{Invalid, Problem};
use maud::{Markup, html};

use super::icon;
use crate::content::shell;

/// One of several answers, as a big row.
pub struct Choice<'a> {
    pub name: &'a str,
    /// Which of the answers it is, from 1: its id names no answer, so that no address can give one away.
    pub number: usize,
    pub value: &'a str,
    pub label: &'a str,
    /// A second line; empty: none.
    pub hint: &'a str,
    pub checked: bool,
    /// Id of the element that says what is wrong.
    pub described_by: Option<&'a str>,
}

#[must_use]
pub fn choice(it: &Choice<'_>) -> Markup {
    let id = format!("{}-{}", it.name, it.number);
    html! {
        label.choice for=(id) {
            input.utrecht-radio-button type="radio" id=(id) name=(it.name) value=(it.value) checked[it.checked] aria-describedby=[it.described_by];
            span.choice-text { (it.label) @if !it.hint.is_empty() { small { (it.hint) } } }
        }
    }
}

/// A field to type in.
pub struct TextField<'a> {
    /// Its id too.
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    pub typed: &'a str,
    pub problem: Option<&'a str>,
    /// What a browser may fill in by itself: `off`, `name`, …
    pub autocomplete: &'a str,
}

/// What stands around a control: its label, what explains it, and what is wrong. An empty hint: none.
#[must_use]
pub fn field(name: &str, label: &str, hint: &str, problem: Option<&str>, control: Markup) -> Markup {
    html! {
        div.field.field--invalid[problem.is_some()] {
            label.utrecht-form-label for=(name) { (label) }
            @if !hint.is_empty() { p.utrecht-form-field-description id={ (name) "-uitleg" } { (hint) } }
            (error_slot(name, problem))
            (control)
        }
    }
}

/// The ids of what says more about a control.
fn described_by(name: &str, hint: &str) -> String {
    if hint.is_empty() { format!("{name}-fout") } else { format!("{name}-uitleg {name}-fout") }
}

#[must_use]
pub fn text_field(it: &TextField<'_>) -> Markup {
    let control = html! {
        input.utrecht-textbox type="text" inputmode="text" autocomplete=(it.autocomplete) id=(it.name) name=(it.name) value=(it.typed)
            aria-describedby=(described_by(it.name, it.hint)) aria-invalid=[it.problem.map(|_| "true")];
    };
    field(it.name, it.label, it.hint, it.problem, control)
}

/// A field for several lines.
#[must_use]
pub fn text_area(it: &TextField<'_>, rows: usize) -> Markup {
    let control = html! {
        // The first newline in the markup isn't part of the text; hers is.
        textarea.utrecht-textbox id=(it.name) name=(it.name) rows=(rows) autocomplete=(it.autocomplete)
            aria-describedby=(described_by(it.name, it.hint)) aria-invalid=[it.problem.map(|_| "true")] {
            "\n" (it.typed)
        }
    };
    field(it.name, it.label, it.hint, it.problem, control)
}

/// A field for a code or a number that is copied by hand.
#[must_use]
pub fn code_field(name: &str, label: &str, hint: &str, typed: &str, problem: Option<&str>) -> Markup {
    let control = html! {
        input.utrecht-textbox.code-input type="text" id=(name) name=(name) value=(typed) autocomplete="off" autocapitalize="characters" spellcheck="false"
            aria-describedby=(described_by(name, hint)) aria-invalid=[problem.map(|_| "true")];
    };
    field(name, label, hint, problem, control)
}

/// What a checked box sends.
pub const CHECKED: &str = "yes";

/// A box to check, as a big row. An empty hint: none.
#[must_use]
pub fn checkbox(name: &str, label: &str, hint: &str, checked: bool) -> Markup {
    html! {
        label.choice for=(name) {
            input.utrecht-checkbox type="checkbox" id=(name) name=(name) value=(CHECKED) checked[checked];
            span.choice-text { (label) @if !hint.is_empty() { small { (hint) } } }
        }
    }
}

/// One of many, to choose from a list.
pub struct Select<'a> {
    /// Its id too.
    pub name: &'a str,
    pub label: &'a str,
    /// What stands there while nothing is chosen.
    pub hint: &'a str,
    pub chosen: &'a str,
    pub problem: Option<&'a str>,
}

/// Value and words of each.
pub type Options<'a> = Vec<(&'a str, &'a str)>;

/// The list in groups; a group without a name stands by itself.
#[must_use]
pub fn select<'a>(it: &Select<'_>, groups: impl IntoIterator<Item = (&'a str, Options<'a>)>) -> Markup {
    let options = |options: &[(&str, &str)]| {
        html! { @for (value, label) in options { option value=(value) selected[*value == it.chosen] { (label) } } }
    };
    let control = html! {
        select.utrecht-select id=(it.name) name=(it.name) aria-describedby={ (it.name) "-fout" } aria-invalid=[it.problem.map(|_| "true")] {
            option value="" { (it.hint) }
            @for (group, of_group) in groups {
                @if group.is_empty() { (options(&of_group)) } @else { optgroup label=(group) { (options(&of_group)) } }
            }
        }
    };
    field(it.name, it.label, "", it.problem, control)
}

/// The place right above a field where its problem is told, with an icon and the word "Fout"; empty while there is none.
#[must_use]
pub fn error_slot(name: &str, problem: Option<&str>) -> Markup {
    html! {
        div data-problem-of=(name) {
            @if let Some(problem) = problem { (field_error(name, problem)) }
        }
    }
}

/// What is wrong with a field.
#[must_use]
pub fn field_error(name: &str, problem: &str) -> Markup {
    html! {
        p.field-error id={ (name) "-fout" } {
            (icon("icon-error"))
            span { (shell::ERROR_PREFIX) (problem) }
        }
    }
}

/// All that is wrong, at the top of the form, each with a link to its field; nothing where nothing is.
#[must_use]
pub fn problems(found: &[Invalid], words: fn(&Problem) -> &'static str) -> Markup {
    let problems: Vec<(String, &str)> =
        found.iter().map(|invalid| (invalid.path.clone(), words(&invalid.problem))).collect();
    html! { @if !problems.is_empty() { (error_summary(&problems)) } }
}

/// What is wrong with a field, if anything.
#[must_use]
pub fn problem_at(
    found: &[Invalid],
    path: &str,
    words: fn(&Problem) -> &'static str,
) -> Option<&'static str> {
    found.iter().find(|invalid| invalid.path == path).map(|invalid| words(&invalid.problem))
}

/// All that is wrong, at the top of the form, each with a link to its field: id and words.
#[must_use]
pub fn error_summary(problems: &[(String, &str)]) -> Markup {
    html! {
        div.error-summary role="alert" tabindex="-1" autofocus {
            h2 { (shell::ERROR_SUMMARY_TITLE) }
            p { (shell::ERROR_SUMMARY_LEAD) }
            ul { @for (field, problem) in problems { li { a href={ "#" (field) } { (problem) } } } }
        }
    }
}

/// Fields that go along with a form without being shown.
#[must_use]
pub fn hidden<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Markup {
    html! { @for (name, value) in fields { input type="hidden" name=(name) value=(value); } }
}
