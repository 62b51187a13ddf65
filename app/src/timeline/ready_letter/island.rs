//! The letter on the phone: made while she types, printed or saved there, and sent nowhere.

use leptos::prelude::*;
use maud::Markup;

use super::form::{Made, prefilled, problem_words, sent};
#[cfg(feature = "ssr")]
use super::view::parts;
use super::view::summary;
#[cfg(feature = "ssr")]
use crate::content::ready_letter as text;
use crate::entries::Entries;
use crate::ui;
use crate::visit::Visit;

/// The form and the letter. The server makes both; the phone fills them in.
#[island]
pub fn ReadyLetter() -> impl IntoView {
    let Visit { on, form, .. } = Visit::current();
    let (form, submitted) = sent(form);
    let form = if submitted { form } else { prefilled(&form, on) };
    let typed = RwSignal::new(form.clone());
    // Problems wait until she leaves a field, and what is still empty until she asks for the letter.
    let left = RwSignal::new(if submitted { form } else { Entries::default() });
    let asked = RwSignal::new(submitted);
    let made = Memo::new(move |_| typed.with(|typed| Made::of(typed, on)));
    let shown = Memo::new(move |_| left.with(|left| judged(left, asked.get(), Made::of(left, on))));
    #[cfg(feature = "ssr")]
    let (first_html, second_html) = {
        let form = form_view(typed, made, shown).into_string();
        let result = ui::results(text::RESULT, made.with_untracked(parts)).into_string();
        // Whoever asked for the letter without scripts sees it at once; what is wrong is put right first.
        let is_answer = submitted && made.with_untracked(|made| made.problems.is_empty());
        if is_answer { (result, form) } else { (form, result) }
    };
    // Both stand in the page already.
    #[cfg(not(feature = "ssr"))]
    let (first_html, second_html) = (String::new(), String::new());
    #[cfg(feature = "hydrate")]
    let signals = live::Signals { typed, left, asked, result: made, shown, on };
    #[cfg(feature = "hydrate")]
    let mut take = live::start(signals);
    let on_input = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        take(event);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let on_change = move |_: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        live::settle(signals);
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        live::submit(&event, signals);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let on_click = move |event: leptos::ev::MouseEvent| {
        #[cfg(feature = "hydrate")]
        live::press(&event, signals);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! {
        <div class="ready-letter" on:input=on_input on:change=on_change on:submit=on_submit on:click=on_click>
            <div inner_html=move || if asked.get() { shown.with(problems).into_string() } else { String::new() }></div>
            <div inner_html=first_html></div>
            <p class="visually-hidden" role="status">{move || left.with(|_| made.with_untracked(summary))}</p>
            <div inner_html=second_html></div>
        </div>
    }
}

/// Before she asks for the letter, nothing is wrong with a field that is still empty.
fn judged(left: &Entries, asked: bool, mut made: Made) -> Made {
    made.problems.retain(|invalid| asked || !left.text(&invalid.path).is_empty());
    made
}

/// What was refused, at the top; each problem also stands at its field.
fn problems(shown: &Made) -> Markup {
    ui::problems(&shown.problems, problem_words)
}

#[cfg(feature = "ssr")]
fn form_view(typed: RwSignal<Entries>, made: Memo<Made>, shown: Memo<Made>) -> Markup {
    let kind = made.with_untracked(|made| made.kind);
    let shown = Made { kind, ..shown.get_untracked() };
    typed.with_untracked(|typed| super::page::form(typed, &shown))
}

#[cfg(feature = "hydrate")]
mod live {
    use domain::calendar::Date;
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{Element, HtmlFormElement, MouseEvent, SubmitEvent};

    use super::super::fields::fields;
    use super::super::form::{DAYS, LETTER, Made, STEP, own, prefilled};
    use super::super::view::parts;
    use crate::entries::Entries;
    use crate::live;
    use crate::phone::{self, Part};

    pub type Signals = live::Signals<Made>;

    /// Takes over what was typed before this ran, and what her letters say. Gives back what an input does.
    pub fn start(signals: Signals) -> impl FnMut(leptos::ev::Event) {
        live::show(signals.result, parts);
        live::tell_problems(signals.shown, Made::problem_at);
        Effect::new(move |_| take_over(signals));
        let mut after_a_pause = debounce(live::PAUSE, move |()| signals.typed.set(now()));
        move |event| {
            let control = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            match control.and_then(|control| control.get_attribute("name")).as_deref() {
                Some(LETTER) => choose(signals, &[STEP], true),
                Some(STEP) => choose(signals, &[], false),
                _ => {
                    keep();
                    after_a_pause(());
                }
            }
        }
    }

    fn take_over(signals: Signals) {
        let mut typed = phone::entries(Part::Case);
        typed.merge(&phone::entries(Part::Letter));
        for (name, value) in in_form().iter().filter(|(_, value)| !value.is_empty()) {
            typed.set(name, value);
        }
        if typed.is_empty() {
            return;
        }
        let typed = prefilled(&typed, signals.on);
        phone::keep_for_this_visit(Part::Letter, &own(&typed));
        lay_out(&typed, signals.on);
        signals.typed.set(typed);
    }

    /// Another letter, or another step: what depended on the old one goes, and what her letters say of the new one comes.
    fn choose(signals: Signals, also: &[&str], is_another_letter: bool) {
        let mut typed = now();
        DAYS.iter().chain(also).for_each(|field| typed.remove(field));
        let typed = prefilled(&typed, signals.on);
        if is_another_letter {
            signals.asked.set(false);
            lay_out(&typed, signals.on);
        } else if let Some(form) = form() {
            phone::fill_in(&form, &typed);
        }
        keep();
        signals.typed.set(typed);
    }

    /// Makes the form show the fields of the chosen letter, with what these entries say of them.
    fn lay_out(typed: &Entries, on: Date) {
        let shown = Made { problems: Vec::new(), ..Made::of(typed, on) };
        phone::fill("[data-fields]", &fields(typed, &shown).into_string());
        if let Some(form) = form() {
            phone::fill_in(&form, typed);
        }
    }

    fn form() -> Option<HtmlFormElement> {
        phone::form_in(".ready-letter")
    }

    fn in_form() -> Entries {
        form().map(|form| phone::entries_of(&form)).unwrap_or_default()
    }

    /// What stands in the form, with the letters of her case.
    fn now() -> Entries {
        let mut typed = phone::entries(Part::Case);
        typed.merge(&in_form());
        typed
    }

    /// Only at the event itself: a moment later she may have wiped it all.
    fn keep() {
        phone::keep_for_this_visit(Part::Letter, &own(&in_form()));
    }

    /// She left a field: what stands in it counts, and may be judged.
    pub fn settle(signals: Signals) {
        keep();
        signals.settle(now);
    }

    pub fn submit(event: &SubmitEvent, signals: Signals) {
        event.prevent_default();
        keep();
        let typed = now();
        let has_problems = !Made::of(&typed, signals.on).problems.is_empty();
        signals.ask(typed, has_problems);
        live::focus_on_result(has_problems);
    }

    /// Prints the letter, or saves it as a file.
    pub fn press(event: &MouseEvent, signals: Signals) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("[data-do]").ok().flatten());
        match button.and_then(|button| button.get_attribute("data-do")).as_deref() {
            Some("print") => phone::print(),
            Some("save") => signals.result.with_untracked(|made| {
                if let Some(letter) = made.letter() {
                    phone::save_as_file(&letter.file_name(), "text/plain;charset=utf-8", &letter.to_text());
                }
            }),
            _ => {}
        }
    }
}
