//! A dossier's code that was scanned: it stands behind the sign that browsers never send, and comes into its field.

use leptos::prelude::*;

use super::form::CODE;

/// Fills the code in, and takes it out of the address, so that the browser doesn't remember it.
#[island]
pub fn Scanned() -> impl IntoView {
    Effect::new(|_| {
        #[cfg(feature = "hydrate")]
        if let Some(code) = crate::phone::take_fragment(is_a_code) {
            crate::phone::type_in(CODE, &code);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (CODE, is_a_code);
    view! { <span hidden=true></span> }
}

/// Longer than any name of a place on the page, and nothing but signs of a code.
fn is_a_code(fragment: &str) -> bool {
    fragment.len() >= 20 && fragment.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
}
