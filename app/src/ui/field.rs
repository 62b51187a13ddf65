//! Pieces of a form.

use leptos::prelude::*;

use super::icon;
use crate::content::shell;

/// One of several answers, as a big row.
#[component]
pub fn Choice(
    name: String,
    value: &'static str,
    label: &'static str,
    #[prop(default = "")] hint: &'static str,
    checked: bool,
    /// Id of the element that says what is wrong.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
) -> impl IntoView {
    let id = format!("{name}={value}");
    view! {
        <label class="choice" for=id.clone()>
            <input type="radio" class="utrecht-radio-button" id=id.clone() name=name value=value checked=checked aria-describedby=described_by />
            <span class="choice-text">{label} {(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}</span>
        </label>
    }
}

/// What is wrong with a field, right above it, with an icon and the word "Fout".
#[component]
pub fn FieldError(id: String, problem: String) -> impl IntoView {
    view! {
        <p class="field-error" id=id>
            {icon("icon-error")}
            <span>{shell::ERROR_PREFIX} {problem}</span>
        </p>
    }
}

/// All that is wrong, at the top of the form, each with a link to its field.
#[component]
pub fn ErrorSummary(
    /// Id of the field, and what is wrong with it.
    problems: Vec<(String, String)>,
) -> impl IntoView {
    let items = problems
        .into_iter()
        .map(|(field, problem)| view! { <li><a href=format!("#{field}")>{problem}</a></li> })
        .collect_view();
    view! {
        <div class="error-summary" role="alert" tabindex="-1" autofocus=true>
            <h2>{shell::ERROR_SUMMARY_TITLE}</h2>
            <p>{shell::ERROR_SUMMARY_LEAD}</p>
            <ul>{items}</ul>
        </div>
    }
}
