//! The sheet on the phone: kept there, and nowhere else.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::visit::Visit;

/// The server makes the sheet; the phone keeps what is typed, and has it ready for paper.
#[island]
pub fn Conversation() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let sheet_html = super::view::sheet(&Visit::current().form).into_string();
    // It stands in the page already.
    #[cfg(not(feature = "ssr"))]
    let sheet_html = String::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| live::take_over());
    let on_input = move |_: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        live::keep();
    };
    view! { <div class="conversation" on:input=on_input inner_html=sheet_html></div> }
}

#[cfg(feature = "hydrate")]
mod live {
    use wasm_bindgen::prelude::*;
    use web_sys::HtmlTextAreaElement;

    use super::super::questions::questions;
    use crate::entries::Entries;
    use crate::phone::{self, Part};

    /// What was typed before this ran stands; the rest comes from an earlier page.
    pub fn take_over() {
        let before = phone::entries(Part::Conversation);
        for (id, area) in areas() {
            if area.value().is_empty() {
                area.set_value(before.text(id));
            }
        }
        // A look at an empty sheet keeps nothing.
        if !typed().is_empty() {
            keep();
        }
    }

    /// Only at the event itself: a moment later she may have wiped it all.
    pub fn keep() {
        phone::keep_for_this_visit(Part::Conversation, &typed());
        for (id, area) in areas() {
            if let Some(written) = area.previous_element_sibling() {
                debug_assert_eq!(written.get_attribute("data-written").as_deref(), Some(id));
                written.set_text_content(Some(&area.value()));
            }
        }
    }

    fn typed() -> Entries {
        Entries::from_pairs(areas().map(|(id, area)| (id, area.value())))
    }

    fn areas() -> impl Iterator<Item = (&'static str, HtmlTextAreaElement)> {
        questions().filter_map(|(id, _)| Some((id, phone::element(id)?.dyn_into().ok()?)))
    }
}
