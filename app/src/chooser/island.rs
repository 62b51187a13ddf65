//! The chooser on the phone: the same steps, without a request.

use leptos::prelude::*;

use super::step::Step;
use super::view::{start_from, view};
use crate::visit::Visit;

/// The chooser, live.
#[island]
pub fn Chooser() -> impl IntoView {
    let Visit { on, form, .. } = Visit::current();
    let first = if form.is_empty() { start_from(&form) } else { Step::after(&form) };
    let step = RwSignal::new(first);
    let typed = RwSignal::new(form);
    #[cfg(feature = "hydrate")]
    live::start(step, typed);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        live::submit(&event, step, typed);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let html = move || step.with(|step| typed.with_untracked(|typed| view(step, typed, on).into_string()));
    // The forms inside come and go; what they send bubbles up to here.
    view! { <div class="chooser" on:submit=on_submit inner_html=html></div> }
}

#[cfg(feature = "hydrate")]
mod live {
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlElement, HtmlFormElement, PopStateEvent, SubmitEvent};

    use super::super::step::{ACTION, Step, answers_in};
    use super::super::view::title;
    use crate::content::{chooser as text, shell};
    use crate::entries::Entries;
    use crate::phone::{self, Part};

    /// Picks up what was answered before in this tab, and makes the browser's back button go back a question.
    pub fn start(step: RwSignal<Step>, typed: RwSignal<Entries>) {
        let Some(window) = web_sys::window() else { return };
        let Ok(history) = window.history() else { return };
        let before = phone::entries(Part::Situation);
        if !before.is_empty() && typed.with_untracked(Entries::is_empty) {
            // After a reload she is where she was.
            let was_at = history.state().ok().and_then(|state| state.as_string());
            Effect::new(move |_| {
                let first = Step::first(answers_in(&before));
                step.set(was_at.as_deref().map_or(first.clone(), |id| first.at_id(id)));
                typed.set(before.clone());
            });
        } else {
            let _ = history.replace_state(&JsValue::from_str(step.with_untracked(Step::id)), "");
        }
        let on_back = Closure::<dyn Fn(PopStateEvent)>::new(move |event: PopStateEvent| {
            // A link within the page makes an entry without a state: she stays where she is.
            if let Some(id) = event.state().as_string() {
                show(step, step.get_untracked().at_id(&id));
            }
        });
        let _ = window.add_event_listener_with_callback("popstate", on_back.as_ref().unchecked_ref());
        on_back.forget();
    }

    /// Takes a step without sending anything.
    pub fn submit(event: &SubmitEvent, step: RwSignal<Step>, typed: RwSignal<Entries>) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        event.prevent_default();
        if form.has_attribute("data-go") {
            return phone::go_to(&form.get_attribute("action").unwrap_or_default());
        }
        let mut sent = phone::entries_of(&form);
        let pressed = event.submitter().and_then(|button| button.dyn_into::<HtmlElement>().ok());
        if let Some(action) = pressed.and_then(|button| button.get_attribute("value")) {
            sent.set(ACTION, action);
        }
        let next = Step::after(&sent);
        let moved = next.id() != step.with_untracked(Step::id);
        let answers = next.entries();
        typed.update(|typed| {
            let old: Vec<String> = typed
                .iter()
                .map(|(name, _)| name.to_owned())
                .filter(|name| name.starts_with("answer."))
                .collect();
            old.iter().for_each(|name| typed.remove(name));
            typed.merge(&answers);
        });
        typed.with_untracked(|typed| phone::keep_for_this_visit(Part::Situation, typed));
        if moved && let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.push_state(&JsValue::from_str(next.id()), "");
        }
        show(step, next);
    }

    fn show(step: RwSignal<Step>, next: Step) {
        let error = if next.without_answer { shell::ERROR_PREFIX } else { "" };
        phone::set_title(&format!("{error}{} – {} – {}", title(&next), text::TITLE, shell::SITE_NAME));
        let has_error = next.without_answer;
        step.set(next);
        phone::focus_soon(if has_error { ".error-summary" } else { ".chooser h1" }.to_owned());
    }
}
