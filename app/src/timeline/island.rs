//! The form of /tijdlijn on the phone: the line of steps made while she types, without a request.

use domain::figures::Spread;
use leptos::prelude::*;
use maud::Markup;
#[cfg(feature = "ssr")]
use maud::html;

#[cfg(feature = "ssr")]
use super::form::{ASK, FORM_ID, OFFICE, SAVE, TICKET, VERSION};
use super::form::{LETTERS, Told, problem_words};
#[cfg(feature = "ssr")]
use super::view::parts;
use super::view::summary;
#[cfg(feature = "ssr")]
use crate::content::{dossier, timeline as text};
#[cfg(feature = "ssr")]
use crate::entries::ACTION;
use crate::entries::Entries;
use crate::ui;
#[cfg(feature = "ssr")]
use crate::urls::Page;
use crate::visit::Visit;

/// The letters and what comes out. The server makes it all; the phone fills it in, and makes rows from the template.
#[island]
pub fn Letters() -> impl IntoView {
    let Visit { on, form, observed } = Visit::current();
    let estimated = Spread::decode(&observed);
    let (form, submitted) = sent(form);
    let typed = RwSignal::new(form.clone());
    // Problems wait until she leaves a field: nobody is corrected in the middle of a date.
    let left = RwSignal::new(if submitted { form } else { Entries::default() });
    let asked = RwSignal::new(submitted);
    let told = Memo::new(move |_| typed.with(|typed| Told::of(typed, on, &estimated)));
    // Only what is wrong with it is read: that doesn't depend on others.
    let shown = Memo::new(move |_| left.with(|left| Told::of(left, on, &[])));
    #[cfg(feature = "ssr")]
    let (first_html, second_html) = {
        let (form, result) = (
            form_view(typed, shown).into_string(),
            ui::results(text::RESULT_HEADING, told.with_untracked(parts)).into_string(),
        );
        // Whoever asked for the line without scripts sees it at once; what is wrong is put right first.
        let is_answer = submitted && told.with_untracked(|told| told.problems.is_empty());
        if is_answer { (result, form) } else { (form, result) }
    };
    // Both stand in the page already.
    #[cfg(not(feature = "ssr"))]
    let (first_html, second_html) = (String::new(), String::new());
    #[cfg(feature = "hydrate")]
    let signals = live::Signals { typed, left, asked, result: told, shown, on };
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
    view! {
        <div class="letters" on:input=on_input on:change=on_change on:submit=on_submit>
            <div inner_html=move || if asked.get() { shown.with(problems).into_string() } else { String::new() }></div>
            <div inner_html=first_html></div>
            <p class="visually-hidden" role="status">{move || left.with(|_| told.with_untracked(summary))}</p>
            <div inner_html=second_html></div>
        </div>
    }
}

/// What a form that was sent says once its button has done its work, and whether it asks for the line of steps.
#[must_use]
pub fn sent(mut form: Entries) -> (Entries, bool) {
    let is_sent = form.iter().next().is_some();
    let rows_changed = form.apply_action(&[LETTERS]);
    (form, is_sent && !rows_changed)
}

/// What was refused, at the top; each problem also stands at its field.
fn problems(shown: &Told) -> Markup {
    ui::problems(&shown.problems, problem_words)
}

#[cfg(feature = "ssr")]
fn form_view(typed: RwSignal<Entries>, shown: Memo<Told>) -> Markup {
    let typed = typed.with_untracked(super::form::with_defaults);
    let is_dossier = typed.get(TICKET).is_some();
    let page = if is_dossier { Page::Dossier } else { Page::Timeline };
    html! {
        form.form id=(FORM_ID) method="post" action=(page.path()) novalidate {
            // Enter shows the line; without this the browser would press the first button it finds, and that one removes a letter.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (text::SHOW) }
            (ui::hidden(typed.iter().filter(|(name, _)| goes_along(name))))
            (super::fields::fields(&typed, &shown.get_untracked()))
            div.button-row {
                button class="nl-button nl-button--primary" type="submit" { (text::SHOW) }
                @if is_dossier {
                    button class="nl-button nl-button--secondary" type="submit" name=(ACTION) value=(SAVE) { (dossier::opened::SAVE) }
                } @else {
                    button class="nl-button nl-button--secondary" type="submit" name=(ACTION) value=(ASK) formaction=(Page::Dossier.path()) { (dossier::KEEP_HERE) }
                }
            }
        }
    }
}

/// Of an opened dossier: which one it is, and what its office tells.
#[cfg(feature = "ssr")]
fn goes_along(name: &str) -> bool {
    name == TICKET || name == VERSION || name.starts_with(OFFICE)
}

#[cfg(feature = "hydrate")]
mod live {
    use leptos::prelude::*;
    use web_sys::{HtmlFormElement, SubmitEvent};

    use super::super::calendar;
    use super::super::form::{ASK, LETTERS, SAVE, TICKET, Told, WISH, with_defaults};
    use super::super::view::parts;
    use crate::entries::{ACTION, Entries};
    use crate::live;
    use crate::phone::{self, Part};
    use crate::urls::CALENDAR_SAVE;

    pub type Signals = live::Signals<Told>;

    /// Takes over what was typed before this ran, or on an earlier page. Gives back what an input does: it is kept at
    /// once, and the line follows once she pauses, so that the keys never wait.
    pub fn start(signals: Signals) -> impl FnMut(leptos::ev::Event) {
        let Signals { typed, left, shown, result, .. } = signals;
        live::show(result, parts);
        live::tell_problems(shown, Told::problem_at);
        Effect::new(move |_| {
            // What stands in a dossier is the server's to keep.
            if is_dossier() {
                return typed.set(now());
            }
            let before = phone::entries(Part::Case);
            let fresh = with_defaults(&Entries::default());
            let untouched = live::is_untouched(form().as_ref(), &fresh);
            if untouched && !before.is_empty() && typed.with_untracked(Entries::is_empty) {
                typed.set(before.clone());
                lay_out(&with_defaults(&before));
                left.set(before);
            } else if !untouched {
                keep();
                typed.set(now());
            }
        });
        let mut after_a_pause = debounce(live::PAUSE, move |()| typed.set(now()));
        move |_| {
            keep();
            after_a_pause(());
        }
    }

    fn form() -> Option<HtmlFormElement> {
        phone::form_in(".letters")
    }

    /// What stands in the form.
    fn now() -> Entries {
        form().map(|form| phone::entries_of(&form)).unwrap_or_default()
    }

    /// Only at the event itself: a moment later she may have wiped it all.
    fn keep() {
        keep_these(&now());
    }

    /// A dossier is kept by the server, when she asks for it.
    fn is_dossier() -> bool {
        now().get(TICKET).is_some()
    }

    fn keep_these(typed: &Entries) {
        if typed.get(TICKET).is_none() {
            phone::keep_for_this_visit(Part::Case, typed);
        }
    }

    /// She left a field, or changed the rows: what stands in the form counts, and may be judged.
    pub fn settle(signals: Signals) {
        // She may be on her way to another page.
        keep();
        signals.settle(now);
    }

    pub fn submit(event: &SubmitEvent, signals: Signals) {
        let pressed = event.submitter();
        let attribute = |name: &str| pressed.as_ref().and_then(|button| button.get_attribute(name));
        let value = attribute("value").unwrap_or_default();
        let path = attribute("formaction");
        let makes_calendar = path.as_deref() == Some(CALENDAR_SAVE);
        if asks_the_server(&value) || (is_dossier() && path.is_some() && !makes_calendar) {
            return keep();
        }
        event.prevent_default();
        match path {
            Some(_) if makes_calendar => save_calendar(signals),
            Some(path) => go_on_with_a_letter(&path, value),
            None => live::soon(move || show_or_change_rows(value, signals)),
        }
    }

    /// What is kept by the server goes there.
    fn asks_the_server(action: &str) -> bool {
        [ASK, SAVE].contains(&action)
    }

    /// The file is made here, and goes nowhere.
    fn save_calendar(signals: Signals) {
        signals.result.with_untracked(|told| {
            if let Some(file) = calendar::calendar_file(told) {
                phone::save_as_file(&calendar::file_name(signals.on), "text/calendar", &file);
            }
        });
    }

    /// Which letter she wants goes along on the phone, never in the address.
    fn go_on_with_a_letter(path: &str, wish: String) {
        keep();
        let mut letter = phone::entries(Part::Letter);
        letter.set(WISH, wish);
        phone::keep_for_this_visit(Part::Letter, &letter);
        phone::go_to(path);
    }

    fn show_or_change_rows(action: String, signals: Signals) {
        let mut sent = now();
        let before = sent.rows(LETTERS);
        sent.set(ACTION, action);
        let (typed, asks_for_the_line) = super::sent(sent);
        keep_these(&typed);
        if !asks_for_the_line {
            lay_out(&typed);
            let after = typed.rows(LETTERS);
            phone::focus_soon(if after > before {
                format!("[id='{LETTERS}[{}].kind']", after - 1)
            } else {
                format!("[value='add.{LETTERS}']")
            });
            return settle(signals);
        }
        let has_problems = !Told::of(&typed, signals.on, &[]).problems.is_empty();
        signals.ask(typed, has_problems);
        live::focus_on_result(has_problems);
    }

    /// Makes the form show these entries: as many rows, and in every field what they say.
    fn lay_out(typed: &Entries) {
        phone::set_rows(LETTERS, typed.rows(LETTERS));
        if let Some(form) = form() {
            phone::fill_in(&form, typed);
        }
    }
}
