//! The form of /bedragen on the phone: the same fields and figures, computed while she types, without a request.

use leptos::prelude::*;
use maud::{Markup, html};

use super::computed::Computed;
use super::fields::{Form, fields};
use super::form::apply_action;
use super::notes::notes;
use super::results::{beside, range_bars, route_results, summary};
use crate::content::amounts as text;
use crate::entries::Entries;
use crate::ui::error_summary;
use crate::urls::Page;
use crate::visit::Visit;

/// The form and what comes out.
#[island]
pub fn Amounts() -> impl IntoView {
    let Visit { on, form } = Visit::current();
    let was_sent = asks_for_figures(&form);
    let (form, rows_changed) = after(form);
    // A form that was sent shows its problems at once.
    let submitted = was_sent && !rows_changed;
    let typed = RwSignal::new(form.clone());
    // Fields are made again only when rows come or go; typing leaves them alone, so nothing typed is ever lost.
    let laid_out = RwSignal::new(form.clone());
    // Problems wait until she leaves a field: nobody is corrected in the middle of a number.
    let left = RwSignal::new(if submitted { form } else { Entries::default() });
    let asked = RwSignal::new(submitted);
    let computed = Memo::new(move |_| typed.with(|typed| Computed::of(typed, on)));
    let shown = Memo::new(move |_| left.with(|left| Computed::of(left, on)));
    #[cfg(feature = "hydrate")]
    live::start(live::Signals { typed, laid_out, left, asked, computed, shown, on });
    let on_input = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        live::take(&event, typed);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let on_change = move |_| left.set(typed.get_untracked());
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        live::submit(&event, live::Signals { typed, laid_out, left, asked, computed, shown, on });
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! {
        <div class="amounts" on:input=on_input on:change=on_change on:submit=on_submit>
            <div inner_html=move || if asked.get() { shown.with(problems).into_string() } else { String::new() }></div>
            <div inner_html=move || laid_out.with(|typed| form_view(Form { typed, shown: &shown.get_untracked() })).into_string()></div>
            <p class="visually-hidden" role="status">{move || left.with(|_| computed.with_untracked(summary))}</p>
            <div inner_html=move || computed.with(results).into_string()></div>
        </div>
    }
}

/// What was refused, at the top; each problem also stands at its field.
fn problems(shown: &Computed) -> Markup {
    let problems: Vec<(String, &str)> =
        shown.problems.iter().map(|invalid| (invalid.path.clone(), super::form::problem_words(&invalid.problem))).collect();
    html! { @if !problems.is_empty() { (error_summary(&problems)) } }
}

fn form_view(form: Form<'_>) -> Markup {
    html! {
        form.form method="post" action=(Page::Amounts.path()) novalidate {
            // Enter calculates; without this the browser would press the first button it finds, and that one removes a year.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (text::CALCULATE) }
            (fields(form))
            div.button-row {
                button class="nl-button nl-button--primary" type="submit" { (text::CALCULATE) }
                button class="nl-button nl-button--secondary" type="submit" formaction=(Page::Comparison.path()) { (text::TO_COMPARISON) }
            }
        }
    }
}

fn results(computed: &Computed) -> Markup {
    html! {
        section.results id="uitkomst" aria-labelledby="uitkomst-kop" {
            h2 class="nl-heading nl-heading--level-2" id="uitkomst-kop" tabindex="-1" { (text::RESULTS_HEADING) }
            @if computed.situation.recognised {
                p.nl-paragraph { (text::RESULTS_LEAD) }
                (range_bars(computed))
                (route_results(computed))
            } @else {
                p.nl-paragraph {
                    (text::NOT_RECOGNISED) " " a.nl-link href=(Page::Chooser.path()) { (text::NOT_RECOGNISED_LINK) }
                }
            }
            (beside(computed))
            @if computed.situation.recognised { (notes(computed)) }
        }
    }
}

/// Answers of the chooser alone start a fresh form.
#[must_use]
pub fn asks_for_figures(form: &Entries) -> bool {
    form.iter().any(|(name, _)| !name.starts_with("answer."))
}

/// Takes over what a form says and does what its button asks; `true` where rows came or went.
#[must_use]
pub fn after(mut form: Entries) -> (Entries, bool) {
    let changed = apply_action(&mut form);
    (form, changed)
}

#[cfg(feature = "hydrate")]
mod live {
    use domain::calendar::Date;
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

    use super::Computed;
    use crate::amounts::form::{ACTION, NO_DAMAGE};
    use crate::entries::Entries;
    use crate::phone;
    use crate::ui::field_error;

    #[derive(Clone, Copy)]
    pub struct Signals {
        pub typed: RwSignal<Entries>,
        pub laid_out: RwSignal<Entries>,
        pub left: RwSignal<Entries>,
        pub asked: RwSignal<bool>,
        pub computed: Memo<Computed>,
        pub shown: Memo<Computed>,
        pub on: Date,
    }

    /// Takes over what was typed before this ran, or on an earlier page; from then on tells problems at their fields.
    pub fn start(signals: Signals) {
        let Signals { typed, laid_out, left, shown, computed, .. } = signals;
        phone::remember_opened();
        Effect::new(move |_| {
            let here = phone::form_in(".amounts").map(|form| phone::entries_of(&form)).unwrap_or_default();
            let fresh = typed.with_untracked(Entries::is_empty) && !was_touched(&here);
            let before = phone::entries();
            if fresh && !before.is_empty() {
                typed.set(before.clone());
                laid_out.set(before.clone());
                left.set(before);
            } else {
                typed.update(|typed| typed.merge(&here));
            }
        });
        Effect::new(move |_| shown.with(|shown| phone::tell_problems(|path| shown.problem_at(path).map(|problem| field_error(path, problem).into_string()))));
        // New figures are new elements; what she had opened stays open.
        Effect::new(move |_| {
            computed.track();
            phone::reopen();
        });
    }

    /// Something stands in a field that a fresh form leaves empty.
    fn was_touched(here: &Entries) -> bool {
        here.iter().any(|(name, value)| !value.is_empty() && !name.starts_with("rows.") && name != "recognised" && name != "former_partner")
    }

    pub fn take(event: &web_sys::Event, typed: RwSignal<Entries>) {
        let Some(control) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
        // Whoever fills in damage has damage.
        if control.get_attribute("name").is_some_and(|name| name.starts_with("damages["))
            && let Some(tick) = phone::element(NO_DAMAGE).and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok())
        {
            tick.set_checked(false);
        }
        if let Some(form) = phone::form_in(".amounts") {
            let here = phone::entries_of(&form);
            phone::keep_for_this_visit(&here);
            typed.set(here);
        }
    }

    pub fn submit(event: &SubmitEvent, signals: Signals) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        event.prevent_default();
        let pressed = event.submitter();
        let attribute = |name: &str| pressed.as_ref().and_then(|button| button.get_attribute(name));
        let mut sent = phone::entries_of(&form);
        if let Some(action) = attribute("value") {
            sent.set(ACTION, action);
        }
        let (now, rows_changed) = super::after(sent);
        phone::keep_for_this_visit(&now);
        signals.typed.set(now.clone());
        signals.left.set(now.clone());
        if rows_changed {
            let before = signals.laid_out.with_untracked(rows);
            let after = rows(&now);
            signals.laid_out.set(now);
            return focus_on_rows(before, after);
        }
        signals.asked.set(true);
        let has_problems = !Computed::of(&now, signals.on).problems.is_empty();
        match attribute("formaction") {
            Some(path) if !has_problems => phone::go_to(&path),
            _ => phone::focus_soon(if has_problems { ".error-summary" } else { "#uitkomst-kop" }.to_owned()),
        }
    }

    const GROUPS: [(&str, &str); 3] = [("years", "year"), ("damages", "kind"), ("children", "born_on")];

    fn rows(typed: &Entries) -> [usize; 3] {
        GROUPS.map(|(group, _)| typed.rows(group))
    }

    /// A new row gets the focus in its first field; when one is gone, the button that adds one does.
    fn focus_on_rows(before: [usize; 3], after: [usize; 3]) {
        for (at, (group, field)) in GROUPS.into_iter().enumerate() {
            if after[at] > before[at] {
                phone::focus_soon(format!("[id='{group}[{}].{field}']", after[at] - 1));
            } else if after[at] < before[at] {
                phone::focus_soon(format!("[value='add.{group}']"));
            }
        }
    }
}
