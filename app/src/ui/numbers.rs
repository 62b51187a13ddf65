//! Numbers to call, as large targets, in a `<ul class="numbers">`.

use domain::parameter::{Certainty, Parameter, Value};
use maud::{Markup, html};

use crate::content::person as text;

/// A number of the rules' dated data; where it isn't known, that is said.
#[must_use]
pub fn known_number(label: &str, contact: &Parameter<&'static str>) -> Markup {
    let Some(dated) = contact.entry.values.last() else { return html! {} };
    let note = if dated.certainty == Certainty::Derived { text::NOT_CERTAIN } else { "" };
    match dated.value {
        Some(Value::Text(number)) => call(label, number, note),
        _ => html! { li { span { (label) } " " small { (text::NUMBER_UNKNOWN) } } },
    }
}

/// A number that a phone dials when it is pressed; `note` may be empty.
#[must_use]
pub fn call(label: &str, number: &str, note: &str) -> Markup {
    let dial: String = number.chars().filter(char::is_ascii_digit).collect();
    html! {
        li {
            span { (label) }
            " "
            a.nl-link href={ "tel:" (dial) } { (number) }
            @if !note.is_empty() { small { (note) } }
        }
    }
}
