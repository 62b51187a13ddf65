//! Reading the page aloud with the phone's own Dutch voice, where there is one. A voice that lives elsewhere is never
//! used: it would send the text away.

use leptos::prelude::*;

use crate::content::shell as text;

#[island]
pub fn ReadAloud() -> impl IntoView {
    let has_voice = RwSignal::new(false);
    let speaking = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| voice::watch(has_voice));
    let toggle = move |_| {
        #[cfg(feature = "hydrate")]
        voice::toggle(speaking);
    };
    view! {
        <div class="read-aloud" hidden=move || !has_voice.get()>
            <button type="button" class="nl-button nl-button--subtle" aria-pressed=move || speaking.get().to_string() on:click=toggle>
                {move || if speaking.get() { text::STOP_READING } else { text::READ_ALOUD }}
            </button>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod voice {
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

    fn speech() -> Option<SpeechSynthesis> {
        web_sys::window()?.speech_synthesis().ok()
    }

    /// The first Dutch voice that lives on the phone itself.
    fn dutch() -> Option<SpeechSynthesisVoice> {
        let voices = speech()?.get_voices();
        voices
            .iter()
            .filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok())
            .find(|voice| voice.local_service() && voice.lang().starts_with("nl"))
    }

    /// Voices may be known only after a while.
    pub fn watch(has_voice: RwSignal<bool>) {
        has_voice.set(dutch().is_some());
        if let Some(speech) = speech() {
            let on_change = Closure::<dyn Fn()>::new(move || has_voice.set(dutch().is_some()));
            let _ =
                speech.add_event_listener_with_callback("voiceschanged", on_change.as_ref().unchecked_ref());
            on_change.forget();
        }
    }

    pub fn toggle(speaking: RwSignal<bool>) {
        let Some(speech) = speech() else { return };
        speech.cancel();
        if speaking.get_untracked() {
            return speaking.set(false);
        }
        let main = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.query_selector("[data-read-aloud], main").ok().flatten());
        let words =
            main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()).map(|main| main.inner_text());
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&words.unwrap_or_default()) else {
            return;
        };
        utterance.set_voice(dutch().as_ref());
        utterance.set_lang("nl-NL");
        let on_end = Closure::<dyn Fn()>::new(move || speaking.set(false));
        utterance.set_onend(Some(on_end.as_ref().unchecked_ref()));
        on_end.forget();
        speech.speak(&utterance);
        speaking.set(true);
    }
}
