//! The form of /bedragen on the phone: the same fields and figures, computed while she types, without a request.

use domain::calendar::Date;
use leptos::prelude::*;

use super::computed::Computed;
use super::fields::{Form, fields};
use super::form::apply_action;
use super::lines::RouteFigure;
use super::notes::Notes;
use super::results::{Beside, RangeBars, summary};
use crate::content::{amounts as text, routes};
use crate::entries::Entries;
use crate::ui::{ErrorSummary, route_mark};
use crate::urls::Page;

/// The form and what comes out. `form` is what was sent without scripts, or nothing; `submitted` says that problems are to
/// be shown at once.
#[island]
pub fn Amounts(form: Entries, on: Date, submitted: bool) -> impl IntoView {
    let typed = RwSignal::new(form.clone());
    // Fields are made again only when rows come or go; typing leaves them alone, so nothing typed is ever lost.
    let laid_out = RwSignal::new(form.clone());
    // Problems wait until she leaves a field: nobody is corrected in the middle of a number.
    let left = RwSignal::new(if submitted { form } else { Entries::default() });
    let computed = Memo::new(move |_| typed.with(|typed| Computed::of(typed, on)));
    let shown = Memo::new(move |_| left.with(|left| Computed::of(left, on)));
    let asked = RwSignal::new(submitted);
    #[cfg(feature = "hydrate")]
    live::start(typed, laid_out, left);

    let on_input = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        live::take(&event, typed);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let on_change = move |_| left.set(typed.get_untracked());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        live::submit(&event, typed, laid_out, left, asked, on);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let problems = move || {
        let found = shown.with(|shown| shown.problems.iter().map(|invalid| (invalid.path.clone(), super::form::problem_words(&invalid.problem).to_owned())).collect::<Vec<_>>());
        (asked.get() && !found.is_empty()).then(|| view! { <ErrorSummary problems=found /> })
    };
    view! {
        <div class="amounts">
            {problems}
            <form class="form" method="post" action=Page::Amounts.path() novalidate=true on:input=on_input on:change=on_change on:submit=on_submit>
                // Pressing Enter calculates; without this the browser would press the first button it finds.
                <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{text::CALCULATE}</button>
                {move || laid_out.with(|typed| kept_answers(typed))}
                {move || laid_out.with(|typed| fields(&Form { typed: typed.clone(), shown: shown.into() }))}
                <div class="button-row">
                    <button class="nl-button nl-button--primary" type="submit">{text::CALCULATE}</button>
                    <button class="nl-button nl-button--secondary" type="submit" formaction=Page::Comparison.path()>{text::TO_COMPARISON}</button>
                </div>
            </form>
            <section class="results" id="uitkomst" aria-labelledby="uitkomst-kop">
                <h2 class="nl-heading nl-heading--level-2" id="uitkomst-kop" tabindex="-1">{text::RESULTS_HEADING}</h2>
                <p class="nl-paragraph">{text::RESULTS_LEAD}</p>
                <p class="visually-hidden" role="status">{move || left.with(|_| computed.with_untracked(summary))}</p>
                <RangeBars computed=computed />
                {domain::amounts::Route::ALL
                    .map(|route| {
                        view! {
                            <article class="route-result" data-route=route.id()>
                                <h3 class="nl-heading nl-heading--level-3">{route_mark(route)} " " {routes::route::of(route).name}</h3>
                                <RouteFigure route=route computed=computed />
                            </article>
                        }
                    })
                    .collect_view()}
                <Beside computed=computed />
                <Notes computed=computed />
            </section>
        </div>
    }
}

/// Answers of the chooser go along, so that they still count after a form post.
fn kept_answers(typed: &Entries) -> impl IntoView + use<> {
    let answers: Vec<(String, String)> = typed.iter().filter(|(name, _)| name.starts_with("answer.")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    answers.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// Takes over what a form says and does what its button asks; `true` where rows came or went.
#[must_use]
pub fn after(mut form: Entries) -> (Entries, bool) {
    let changed = apply_action(&mut form);
    (form, changed)
}

#[cfg(feature = "hydrate")]
mod live {
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

    use domain::calendar::Date;

    use super::super::form::{ACTION, has_problem};
    use crate::entries::Entries;
    use crate::phone;

    /// Takes over what was typed before this ran, or what was typed on an earlier page.
    pub fn start(typed: RwSignal<Entries>, laid_out: RwSignal<Entries>, left: RwSignal<Entries>) {
        Effect::new(move |_| {
            let here = form().map(|form| phone::entries_of(&form)).unwrap_or_default();
            let fresh = typed.with_untracked(Entries::is_empty) && !was_touched(&here);
            let before = phone::entries();
            if fresh && !before.is_empty() {
                typed.set(before.clone());
                laid_out.set(before.clone());
                left.set(before);
            } else {
                typed.update(|typed| typed.merge(&here));
                phone::keep_for_this_visit(&typed.get_untracked());
            }
        });
    }

    /// Something stands in a field that a fresh form leaves empty.
    fn was_touched(here: &Entries) -> bool {
        here.iter().any(|(name, value)| !value.is_empty() && !name.starts_with("rows.") && name != "recognised" && name != "former_partner")
    }

    fn form() -> Option<HtmlFormElement> {
        let found = web_sys::window()?.document()?.query_selector(".amounts form").ok()??;
        found.dyn_into().ok()
    }

    pub fn take(event: &web_sys::Event, typed: RwSignal<Entries>) {
        let control = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let form = control.and_then(|control| control.closest("form").ok().flatten()).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            let here = phone::entries_of(&form);
            phone::keep_for_this_visit(&here);
            typed.set(here);
        }
        // Whoever fills in damage has damage.
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            && input.name().starts_with("damages[")
        {
            uncheck_no_damage();
        }
    }

    fn uncheck_no_damage() {
        let found = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(super::super::form::NO_DAMAGE));
        if let Some(tick) = found.and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok()) {
            tick.set_checked(false);
        }
    }

    pub fn submit(event: &SubmitEvent, typed: RwSignal<Entries>, laid_out: RwSignal<Entries>, left: RwSignal<Entries>, asked: RwSignal<bool>, on: Date) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        event.prevent_default();
        let pressed = event.submitter().and_then(|button| button.dyn_into::<HtmlElement>().ok());
        let mut sent = phone::entries_of(&form);
        let elsewhere = pressed.as_ref().and_then(|button| button.get_attribute("formaction"));
        if let Some(action) = pressed.and_then(|button| button.get_attribute("value")) {
            sent.set(ACTION, action);
        }
        let (now, rows_changed) = super::after(sent);
        phone::keep_for_this_visit(&now);
        typed.set(now.clone());
        left.set(now.clone());
        if rows_changed {
            let before = laid_out.with_untracked(rows);
            let after = rows(&now);
            laid_out.set(now);
            return focus_on_rows(before, after);
        }
        asked.set(true);
        let has_problems = has_problem(&now, on);
        if let (Some(path), false) = (elsewhere, has_problems) {
            return phone::go_to(&path);
        }
        focus_later(if has_problems { ".error-summary".to_owned() } else { "#uitkomst-kop".to_owned() });
    }

    fn rows(typed: &Entries) -> [usize; 3] {
        ["years", "damages", "children"].map(|group| typed.rows(group))
    }

    /// A new row gets the focus in its first field, so that she can go on at once.
    fn focus_on_rows(before: [usize; 3], after: [usize; 3]) {
        let fields = ["years[{}].year", "damages[{}].kind", "children[{}].born_on"];
        let groups = ["deel-years", "deel-damages", "deel-children"];
        for at in 0..after.len() {
            if after[at] > before[at] {
                return focus_later(format!("[id='{}']", fields[at].replace("{}", &(after[at] - 1).to_string())));
            }
            if after[at] < before[at] {
                return focus_later(format!("#{} .button-row button", groups[at]));
            }
        }
    }

    fn focus_later(selector: String) {
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            phone::focus_on(&selector);
        });
    }
}
