//! "Opslaan op deze telefoon", only when she asks for it, "wis alles", and printing.

use leptos::prelude::*;

use crate::content::amounts::keep as text;
use crate::content::shell;

/// The buttons do nothing without scripts, so the server leaves them out of sight until they work.
#[island]
pub fn Keep() -> impl IntoView {
    let ready = RwSignal::new(false);
    let said = RwSignal::new("");
    let kept = RwSignal::new(false);
    Effect::new(move |_| {
        ready.set(true);
        kept.set(crate::phone::is_kept());
    });
    let save = move |_| {
        #[cfg(feature = "hydrate")]
        if crate::phone::keep_on_this_phone() {
            said.set(text::SAVED);
        }
    };
    let wipe = move |_| {
        #[cfg(feature = "hydrate")]
        {
            crate::phone::wipe();
            crate::phone::reload();
        }
    };
    let load = move |_| {
        #[cfg(feature = "hydrate")]
        {
            crate::phone::go_on_with_kept();
            crate::phone::reload();
        }
    };
    let print = move |_| {
        #[cfg(feature = "hydrate")]
        crate::phone::print();
    };
    view! {
        <div class="keep" hidden=move || !ready.get()>
            <p hidden=move || !kept.get()>
                {text::SAVED_BEFORE} " "
                <button type="button" class="nl-button nl-button--secondary" on:click=load>{text::LOAD}</button>
            </p>
            <button type="button" class="nl-button nl-button--subtle" on:click=save>{text::SAVE}</button>
            <button type="button" class="nl-button nl-button--subtle" on:click=wipe>{text::WIPE}</button>
            <button type="button" class="nl-button nl-button--subtle" on:click=print>{shell::PRINT}</button>
            <p role="status">{move || said.get()}</p>
        </div>
    }
}
