//! "Waarom vragen we dit?" and its kin: more for who wants it, closed at first, without scripts.

use leptos::prelude::*;

#[component]
pub fn More(summary: &'static str, children: Children) -> impl IntoView {
    view! {
        <details class="more">
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
