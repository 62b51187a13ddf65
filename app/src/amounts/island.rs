//! The form of /bedragen on the phone: the same fields and figures, computed while she types, without a request.

use leptos::prelude::*;
use maud::{Markup, html};

use super::computed::Computed;
use super::form::apply_action;
use super::notes::notes;
use super::results::{beside, range_bars, route_results, summary};
use crate::content::amounts as text;
use crate::entries::Entries;
use crate::ui::error_summary;
use crate::urls::Page;
use crate::visit::Visit;

/// The form and what comes out. The server makes the form; the phone fills it, and makes rows from its templates.
#[island]
pub fn Amounts() -> impl IntoView {
    let Visit { on, form } = Visit::current();
    let (form, submitted) = sent(form);
    let typed = RwSignal::new(form.clone());
    // Problems wait until she leaves a field: nobody is corrected in the middle of a number.
    let left = RwSignal::new(if submitted { form } else { Entries::default() });
    let asked = RwSignal::new(submitted);
    let computed = Memo::new(move |_| typed.with(|typed| Computed::of(typed, on)));
    let shown = Memo::new(move |_| left.with(|left| Computed::of(left, on)));
    #[cfg(feature = "ssr")]
    let form_html = form_view(typed, shown, on).into_string();
    // It stands in the page already.
    #[cfg(not(feature = "ssr"))]
    let form_html = String::new();
    #[cfg(feature = "hydrate")]
    let signals = live::Signals { typed, left, asked, computed, shown, on };
    #[cfg(feature = "hydrate")]
    live::start(signals);
    let on_input = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        live::take(&event, signals);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let on_change = move |_| left.set(typed.get_untracked());
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
            <div inner_html=move || computed.with(results).into_string()></div>
        </div>
    }
}

/// What a form that was sent says once its button has done its work, and whether it asks for figures.
#[must_use]
pub fn sent(mut form: Entries) -> (Entries, bool) {
    // Answers of the chooser alone start a fresh form.
    let asks_for_figures = form.iter().any(|(name, _)| !name.starts_with("answer."));
    let rows_changed = apply_action(&mut form);
    (form, asks_for_figures && !rows_changed)
}

/// What was refused, at the top; each problem also stands at its field.
fn problems(shown: &Computed) -> Markup {
    let problems: Vec<(String, &str)> = shown
        .problems
        .iter()
        .map(|invalid| (invalid.path.clone(), super::form::problem_words(&invalid.problem)))
        .collect();
    html! { @if !problems.is_empty() { (error_summary(&problems)) } }
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

#[cfg(feature = "hydrate")]
mod live {
    use domain::calendar::Date;
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

    use super::Computed;
    use crate::amounts::form::{
        ACTION, CHILDREN, DAMAGES, NO_DAMAGE, ROW_AT, ROW_NUMBER, YEARS, with_defaults,
    };
    use crate::content::{amounts as text, shell};
    use crate::entries::Entries;
    use crate::phone;
    use crate::ui::field_error;

    #[derive(Clone, Copy)]
    pub struct Signals {
        pub typed: RwSignal<Entries>,
        pub left: RwSignal<Entries>,
        pub asked: RwSignal<bool>,
        pub computed: Memo<Computed>,
        pub shown: Memo<Computed>,
        pub on: Date,
    }

    /// Takes over what was typed before this ran, or on an earlier page; from then on tells problems at their fields.
    pub fn start(signals: Signals) {
        let Signals { typed, left, shown, computed, on, .. } = signals;
        phone::remember_opened();
        Effect::new(move |_| {
            let before = phone::entries();
            let fresh = with_defaults(&Entries::default(), on);
            let untouched = form().is_none_or(|form| {
                phone::entries_of(&form).iter().all(|(name, value)| value == fresh.text(name))
            });
            if untouched && !before.is_empty() && typed.with_untracked(Entries::is_empty) {
                typed.set(before.clone());
                lay_out(&with_defaults(&before, on));
                left.set(before);
            } else if !untouched {
                typed.set(now(signals));
            }
        });
        Effect::new(move |_| {
            shown.with(|shown| {
                phone::tell_problems(|path| {
                    shown.problem_at(path).map(|problem| field_error(path, problem).into_string())
                })
            });
        });
        // New figures are new elements; what she had opened stays open.
        Effect::new(move |_| {
            computed.track();
            phone::reopen();
        });
    }

    fn form() -> Option<HtmlFormElement> {
        phone::form_in(".amounts")
    }

    /// What stands in the form, with the chooser's answers, which have no field here.
    fn now(signals: Signals) -> Entries {
        let answers = signals.typed.with_untracked(|typed| {
            let answers = typed.iter().filter(|(name, _)| name.starts_with("answer."));
            Entries::from_pairs(answers.map(|(name, value)| (name.to_owned(), value.to_owned())))
        });
        let mut typed = answers;
        typed.merge(&form().map(|form| phone::entries_of(&form)).unwrap_or_default());
        phone::keep_for_this_visit(&typed);
        typed
    }

    pub fn take(event: &web_sys::Event, signals: Signals) {
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
        signals.typed.set(now(signals));
    }

    pub fn submit(event: &SubmitEvent, signals: Signals) {
        event.prevent_default();
        let pressed = event.submitter();
        let attribute = |name: &str| pressed.as_ref().and_then(|button| button.get_attribute(name));
        let mut sent = now(signals);
        let before = rows(&sent);
        if let Some(action) = attribute("value") {
            sent.set(ACTION, action);
        }
        let (typed, asks_for_figures) = super::sent(sent);
        phone::keep_for_this_visit(&typed);
        signals.typed.set(typed.clone());
        signals.left.set(typed.clone());
        if !asks_for_figures {
            lay_out(&typed);
            return focus_on_rows(before, rows(&typed));
        }
        signals.asked.set(true);
        let has_problems = !Computed::of(&typed, signals.on).problems.is_empty();
        let error = if has_problems { shell::ERROR_PREFIX } else { "" };
        phone::set_title(&format!("{error}{} – {}", text::TITLE, shell::SITE_NAME));
        match attribute("formaction") {
            Some(path) if !has_problems => phone::go_to(&path),
            _ => phone::focus_soon(if has_problems { ".error-summary" } else { "#uitkomst-kop" }.to_owned()),
        }
    }

    const GROUPS: [(&str, &str); 3] = [(YEARS, "year"), (DAMAGES, "kind"), (CHILDREN, "born_on")];

    fn rows(typed: &Entries) -> [usize; 3] {
        GROUPS.map(|(group, _)| typed.rows(group))
    }

    /// Makes the form show these entries: as many rows, and in every field what they say.
    fn lay_out(typed: &Entries) {
        for (group, _) in GROUPS {
            phone::set_rows(group, typed.rows(group), |template, at| {
                template.replace(ROW_AT, &at.to_string()).replace(ROW_NUMBER, &(at + 1).to_string())
            });
        }
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
