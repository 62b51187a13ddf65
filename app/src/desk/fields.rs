//! Fields of the desk's forms, with what was typed and what is wrong.

use maud::{Markup, html};

use crate::entries::Entries;
use crate::help::form::{is_checked, of};
use crate::ui::{Choice, TextField, checkbox, choice, error_slot, error_summary, text_area, text_field};

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: &'static str,
    pub words: String,
}

/// A form with what was typed in it.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    pub typed: &'a Entries,
    pub problems: &'a [Problem],
}

impl<'a> Form<'a> {
    fn problem(self, field: &str) -> Option<&'a str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.words.as_str())
    }

    /// All that is wrong, first.
    pub fn summary(self) -> Markup {
        let problems: Vec<(String, &str)> =
            self.problems.iter().map(|problem| (problem.field.to_owned(), problem.words.as_str())).collect();
        html! { @if !problems.is_empty() { (error_summary(&problems)) } }
    }

    fn as_typed(self, name: &'a str, label: &'a str, hint: &'a str) -> TextField<'a> {
        let typed = self.typed.get(name).unwrap_or_default();
        TextField { name, label, hint, typed, problem: self.problem(name), autocomplete: "off" }
    }

    pub fn input(self, name: &'a str, label: &'a str, hint: &'a str) -> Markup {
        text_field(&self.as_typed(name, label, hint))
    }

    pub fn area(self, name: &'a str, label: &'a str, hint: &'a str) -> Markup {
        text_area(&self.as_typed(name, label, hint), 4)
    }

    pub fn checkbox(self, name: &str, label: &str) -> Markup {
        checkbox(name, label, "", is_checked(self.typed, name))
    }

    /// Several of these.
    pub fn checkboxes<'b>(
        self,
        group: &str,
        legend: &str,
        hint: &str,
        options: impl IntoIterator<Item = (&'b str, &'b str)>,
    ) -> Markup {
        html! {
            fieldset.utrecht-form-fieldset id=(group) tabindex="-1" {
                legend.utrecht-form-fieldset__legend { (legend) }
                @if !hint.is_empty() { p.utrecht-form-field-description { (hint) } }
                (error_slot(group, self.problem(group)))
                @for (id, label) in options { (self.checkbox(&of(group, id), label)) }
            }
        }
    }

    /// One of these.
    pub fn radios<'b>(
        self,
        name: &str,
        legend: &str,
        hint: &str,
        options: impl IntoIterator<Item = (&'b str, &'b str)>,
    ) -> Markup {
        let error = format!("{name}-fout");
        let problem = self.problem(name);
        html! {
            fieldset.utrecht-form-fieldset id=(name) tabindex="-1" {
                legend.utrecht-form-fieldset__legend { (legend) }
                @if !hint.is_empty() { p.utrecht-form-field-description { (hint) } }
                (error_slot(name, problem))
                @for (at, (value, label)) in options.into_iter().enumerate() {
                    (choice(&Choice {
                        name,
                        number: at + 1,
                        value,
                        label,
                        hint: "",
                        checked: self.typed.text(name) == value,
                        described_by: problem.map(|_| error.as_str()),
                    }))
                }
            }
        }
    }
}

pub(super) fn button(words: &str, kind: &str) -> Markup {
    html! { button class={ "nl-button nl-button--" (kind) } type="submit" { (words) } }
}
