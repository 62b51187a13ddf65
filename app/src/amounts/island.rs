//! The form of /bedragen on the phone: the same fields and figures, computed while she types, without a request.

use domain::amounts::Route;
use leptos::prelude::*;
use maud::{Markup, html};

use super::computed::Computed;
use super::form::GROUPS;
use super::notes::notes;
use super::results::{beside, range_bars, route_result, summary};
use crate::content::amounts as text;
use crate::entries::Entries;
use crate::ui;
use crate::urls::Page;
use crate::visit::Visit;

/// The form and what comes out. The server makes the form; the phone fills it, and makes rows from its templates.
#[island]
pub fn Amounts() -> impl IntoView {
    let Visit { on, form, .. } = Visit::current();
    let (form, submitted) = sent(form);
    let typed = RwSignal::new(form.clone());
    // Problems wait until she leaves a field: nobody is corrected in the middle of a number.
    let left = RwSignal::new(if submitted { form } else { Entries::default() });
    let asked = RwSignal::new(submitted);
    let computed = Memo::new(move |_| typed.with(|typed| Computed::of(typed, on)));
    let shown = Memo::new(move |_| left.with(|left| Computed::of(left, on)));
    #[cfg(feature = "ssr")]
    let (form_html, results_html) = (
        form_view(typed, shown, on).into_string(),
        ui::results(text::RESULTS_HEADING, computed.with_untracked(parts)).into_string(),
    );
    // Both stand in the page already.
    #[cfg(not(feature = "ssr"))]
    let (form_html, results_html) = (String::new(), String::new());
    #[cfg(feature = "hydrate")]
    let signals = live::Signals { typed, left, asked, result: computed, shown, on };
    #[cfg(feature = "hydrate")]
    live::start(signals);
    #[cfg(feature = "hydrate")]
    let mut take = live::taker(signals);
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
        <div class="amounts" on:input=on_input on:change=on_change on:submit=on_submit>
            <div inner_html=move || if asked.get() { shown.with(problems).into_string() } else { String::new() }></div>
            <div inner_html=form_html></div>
            <p class="visually-hidden" role="status">{move || left.with(|_| computed.with_untracked(summary))}</p>
            <div inner_html=results_html></div>
        </div>
    }
}

/// What a form that was sent says once its button has done its work, and whether it asks for figures.
#[must_use]
pub fn sent(mut form: Entries) -> (Entries, bool) {
    // Answers of the chooser alone start a fresh form.
    let asks_for_figures = form.iter().any(|(name, _)| !name.starts_with("answer."));
    let rows_changed = form.apply_action(&GROUPS);
    (form, asks_for_figures && !rows_changed)
}

/// What was refused, at the top; each problem also stands at its field.
fn problems(shown: &Computed) -> Markup {
    ui::problems(&shown.problems, super::form::problem_words)
}

#[cfg(feature = "ssr")]
fn form_view(typed: RwSignal<Entries>, shown: Memo<Computed>, on: domain::Date) -> Markup {
    let typed = typed.with_untracked(|typed| super::form::with_defaults(typed, on));
    let form = super::fields::Form { typed: &typed, shown: &shown.get_untracked() };
    html! {
        form.form method="post" action=(Page::Amounts.path()) novalidate {
            // Enter calculates; without this the browser would press the first button it finds, and that one removes a year.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { (text::CALCULATE) }
            (super::fields::fields(form))
            div.button-row {
                button class="nl-button nl-button--primary" type="submit" { (text::CALCULATE) }
                button class="nl-button nl-button--secondary" type="submit" formaction=(Page::Comparison.path()) { (text::TO_COMPARISON) }
            }
        }
    }
}

/// What comes out, in parts: the phone makes only those anew that say something else now.
fn parts(computed: &Computed) -> Vec<String> {
    let recognised = computed.situation.recognised;
    let overview = html! {
        @if recognised {
            p.nl-paragraph { (text::RESULTS_LEAD) }
            (range_bars(computed))
        } @else {
            p.nl-paragraph {
                (text::NOT_RECOGNISED) " " a.nl-link href=(Page::Chooser.path()) { (text::NOT_RECOGNISED_LINK) }
            }
        }
    };
    let routes = Route::ALL.map(|route| html! { @if recognised { (route_result(route, computed)) } });
    let beside = beside(computed);
    let notes = html! { @if recognised { (notes(computed)) } };
    [overview].into_iter().chain(routes).chain([beside, notes]).map(Markup::into_string).collect()
}

#[cfg(feature = "hydrate")]
mod live {
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

    use super::Computed;
    use crate::amounts::form::{CHILDREN, DAMAGES, NO_DAMAGE, YEARS, with_defaults};
    use crate::entries::{ACTION, Entries};
    use crate::live;
    use crate::phone::{self, Part};

    pub type Signals = live::Signals<Computed>;

    /// Takes over what was typed before this ran, or on an earlier page; from then on tells problems at their fields.
    pub fn start(signals: Signals) {
        let Signals { typed, left, shown, result, on, .. } = signals;
        live::show(result, super::parts);
        live::tell_problems(shown, Computed::problem_at);
        Effect::new(move |_| {
            let before = phone::entries(Part::Situation);
            let fresh = with_defaults(&Entries::default(), on);
            let untouched = live::is_untouched(form().as_ref(), &fresh);
            if untouched && !before.is_empty() && typed.with_untracked(Entries::is_empty) {
                typed.set(before.clone());
                let shown = with_defaults(&before, on);
                lay_out_rows(&shown);
                fill_in(&shown);
                left.set(before);
            } else if !untouched {
                keep(signals);
                typed.set(now(signals));
            }
        });
    }

    fn form() -> Option<HtmlFormElement> {
        phone::form_in(".amounts")
    }

    /// What stands in the form, with the chooser's answers, which have no field here.
    fn now(signals: Signals) -> Entries {
        let mut typed = signals.typed.with_untracked(|typed| typed.only(|name| name.starts_with("answer.")));
        typed.merge(&form().map(|form| phone::entries_of(&form)).unwrap_or_default());
        typed
    }

    /// Only at the event itself: a moment later she may have wiped it all.
    fn keep(signals: Signals) {
        phone::keep_for_this_visit(Part::Situation, &now(signals));
    }

    /// What an input does: it is kept at once, and the figures follow once she pauses, so that the keys never wait.
    pub fn taker(signals: Signals) -> impl FnMut(web_sys::Event) {
        let mut after_a_pause = debounce(live::PAUSE, move |()| signals.typed.set(now(signals)));
        move |event| {
            let control = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
            // Whoever fills in damage has damage.
            if control
                .and_then(|control| control.get_attribute("name"))
                .is_some_and(|name| name.starts_with(DAMAGES))
                && let Some(tick) =
                    phone::element(NO_DAMAGE).and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok())
            {
                tick.set_checked(false);
            }
            keep(signals);
            after_a_pause(());
        }
    }

    /// She left a field, or changed the rows: what stands in the form counts, and may be judged.
    pub fn settle(signals: Signals) {
        // She may be on her way to another page.
        keep(signals);
        signals.settle(move || now(signals));
    }

    pub fn submit(event: &SubmitEvent, signals: Signals) {
        event.prevent_default();
        let pressed = event.submitter();
        let attribute = |name: &str| pressed.as_ref().and_then(|button| button.get_attribute(name));
        let (action, path) = (attribute("value"), attribute("formaction"));
        live::soon(move || show_or_change_rows(action, path, signals));
    }

    fn show_or_change_rows(action: Option<String>, path: Option<String>, signals: Signals) {
        let mut sent = now(signals);
        let before = rows(&sent);
        if let Some(action) = action {
            sent.set(ACTION, action);
        }
        let (typed, asks_for_figures) = super::sent(sent);
        phone::keep_for_this_visit(Part::Situation, &typed);
        if !asks_for_figures {
            lay_out_rows(&typed);
            let after = rows(&typed);
            // A new row is empty; where one went, the others moved up.
            if before.iter().sum::<usize>() > after.iter().sum() {
                fill_in(&typed);
            }
            focus_on_rows(before, after);
            return settle(signals);
        }
        let has_problems = !Computed::of(&typed, signals.on).problems.is_empty();
        signals.ask(typed, has_problems);
        match path {
            Some(path) if !has_problems => phone::go_to(&path),
            _ => live::focus_on_result(has_problems),
        }
    }

    const GROUPS: [(&str, &str); 3] = [(YEARS, "year"), (DAMAGES, "kind"), (CHILDREN, "born_on")];

    fn rows(typed: &Entries) -> [usize; 3] {
        GROUPS.map(|(group, _)| typed.rows(group))
    }

    /// Makes the form have as many rows as these entries.
    fn lay_out_rows(typed: &Entries) {
        for (group, _) in GROUPS {
            phone::set_rows(group, typed.rows(group));
        }
    }

    fn fill_in(typed: &Entries) {
        if let Some(form) = form() {
            phone::fill_in(&form, typed);
        }
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
