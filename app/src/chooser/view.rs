//! What a step of the chooser looks like, on the server and on the phone alike.

use domain::amounts::assess;
use domain::calendar::Date;
use domain::chooser::{Node, OutcomeId, QuestionId};
use domain::parameters::former_partner;
use leptos::prelude::*;

use super::step::{ACTION, AT, BACK, NEXT, Step, answers_in, field};
use crate::amounts::former_partner_words;
use crate::content::{chooser as text, pick};
use crate::entries::Entries;
use crate::ui::{Choice, ErrorSummary, FieldError, More, Words, icon, source_of};
use crate::urls::Page;

/// The title of a step, for the page and for the browser's tab.
#[must_use]
pub fn title(step: &Step) -> &'static str {
    match step.at {
        Node::Question(question) => text::question::of(question).title,
        Node::Outcome(outcome) => text::outcome::of(outcome).title,
    }
}

/// One question or outcome, as a form that works without scripts. `typed` is what stands in forms elsewhere: it goes along.
#[must_use]
pub fn view(step: &Step, typed: &Entries, on: Date) -> AnyView {
    match step.at {
        Node::Question(question) => question_view(step, question, typed).into_any(),
        Node::Outcome(outcome) => outcome_view(step, outcome, typed, on).into_any(),
    }
}

fn question_view(step: &Step, question: QuestionId, typed: &Entries) -> impl IntoView + use<> {
    let words = text::question::of(question);
    let name = field(question);
    let given = step.answers.get(question).map(|answer| answer.id);
    let error_id = step.without_answer.then(|| format!("{name}-fout"));
    let first = question.answers().first().map_or(String::new(), |answer| format!("{name}={}", answer.id));
    let choices = question.answers().iter().map(|answer| {
        view! {
            <Choice
                name=name.clone()
                value=answer.id
                label=pick(words.answers, answer.id)
                hint=pick(words.hints, answer.id)
                checked=given == Some(answer.id)
                described_by=error_id.clone()
            />
        }
    });
    let done = step.answered().len();
    let left = step.at.questions_left();
    view! {
        {step.without_answer.then(|| view! { <ErrorSummary problems=vec![(first, text::NONE_CHOSEN.to_owned())] /> })}
        <div class="steps">
            <p>{progress(done + 1, left - 1)}</p>
            <progress class="progress" max=done + left value=done aria-hidden="true"></progress>
        </div>
        <form class="form" method="post" action=Page::Chooser.path() novalidate=true>
            <input type="hidden" name=AT value=question.id() />
            {hidden(step, typed, Some(question))}
            <fieldset class="utrecht-form-fieldset">
                <legend class="utrecht-form-fieldset__legend">
                    <h1 class="nl-heading nl-heading--level-1" tabindex="-1">{words.title}</h1>
                </legend>
                <p class="utrecht-form-field-description"><Words text=words.help /></p>
                {error_id.clone().map(|id| view! { <FieldError id=id problem=text::NONE_CHOSEN.to_owned() /> })}
                {choices.collect_view()}
            </fieldset>
            <More summary=text::WHY_LABEL>
                <p>{words.why}</p>
                <p>{words.r#where}</p>
            </More>
            {buttons(done > 0)}
        </form>
        {given_answers(step, typed)}
    }
}

fn progress(at: usize, left: usize) -> String {
    if left == 0 { text::PROGRESS_LAST.to_owned() } else { text::progress(at, left) }
}

fn buttons(can_go_back: bool) -> impl IntoView {
    view! {
        <div class="button-row">
            <button class="nl-button nl-button--primary" type="submit" name=ACTION value=NEXT>{text::NEXT}</button>
            {can_go_back.then(back_button)}
        </div>
    }
}

fn back_button() -> impl IntoView {
    view! { <button class="nl-button nl-button--secondary" type="submit" name=ACTION value=BACK>{text::BACK}</button> }
}

/// Earlier answers and what was typed elsewhere go along with the form.
fn hidden(step: &Step, typed: &Entries, but: Option<QuestionId>) -> impl IntoView + use<> {
    let shown = but.map(field);
    let answers = Entries::from_pairs(
        QuestionId::ALL.iter().filter_map(|question| step.answers.get(*question).map(|answer| (field(*question), answer.id.to_owned()))),
    );
    let others = typed.iter().filter(|(name, _)| !name.starts_with("answer.") && *name != AT && *name != ACTION);
    let all: Vec<(String, String)> = answers
        .iter()
        .chain(others)
        .filter(|(name, _)| shown.as_deref() != Some(*name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    all.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// What she answered so far, each with a way to change it.
fn given_answers(step: &Step, typed: &Entries) -> Option<impl IntoView + use<>> {
    let answered = step.answered();
    let rows = answered.clone().into_iter().map(|(question, answer)| {
        let words = text::question::of(question);
        view! {
            <div>
                <dt>{words.short}</dt>
                <dd>
                    {pick(words.answers, answer)}
                    " "
                    <button class="nl-button nl-button--subtle" type="submit" name=ACTION value=question.id()>
                        {text::CHANGE}
                        <span class="visually-hidden">": "{words.short}</span>
                    </button>
                </dd>
            </div>
        }
    });
    (!answered.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{text::YOUR_ANSWERS}</summary>
                <form method="post" action=Page::Chooser.path()>
                    <input type="hidden" name=AT value=step.id() />
                    {hidden(step, typed, None)}
                    <dl class="answers">{rows.collect_view()}</dl>
                </form>
            </details>
        }
    })
}

fn outcome_view(step: &Step, outcome: OutcomeId, typed: &Entries, on: Date) -> impl IntoView + use<> {
    let words = text::outcome::of(outcome);
    let paragraphs = words.text.iter().map(|paragraph| view! { <p class="nl-paragraph"><Words text=*paragraph /></p> });
    let todo = words.todo.iter().map(|step| view! { <li>{*step}</li> });
    let onward = match outcome {
        OutcomeId::Comparison => to_page(Page::Comparison, text::TO_COMPARISON, step, typed, "primary").into_any(),
        OutcomeId::FormerPartnerOutcome | OutcomeId::ChildOutcome => to_page(Page::Amounts, text::TO_AMOUNTS, step, typed, "primary").into_any(),
        _ => view! { <a class="nl-button nl-button--primary" href=Page::Onward.path()>{words.go_on}</a> }.into_any(),
    };
    let go_on = outcome.continues().map(|_| {
        view! { <button class="nl-button nl-button--secondary" type="submit" name=ACTION value=NEXT>{words.go_on}</button> }
    });
    let urgent = outcome == OutcomeId::PersonNow;
    view! {
        <h1 class="nl-heading nl-heading--level-1" tabindex="-1">{words.title}</h1>
        <p class="nl-paragraph nl-paragraph--lead">{words.lead}</p>
        {urgent.then(|| view! { <p><a class="nl-button nl-button--primary" href="#mens">{text::PERSON_FIRST}</a></p> })}
        {(outcome == OutcomeId::FormerPartnerOutcome).then(|| former_partner_view(step, on))}
        {paragraphs.collect_view()}
        <ul class="todo">{todo.collect_view()}</ul>
        {(!urgent).then_some(onward)}
        <form class="form" method="post" action=Page::Chooser.path()>
            <input type="hidden" name=AT value=outcome.id() />
            {hidden(step, typed, None)}
            <div class="button-row">{go_on} {back_button()}</div>
        </form>
        {given_answers(step, typed)}
    }
}

/// A button that takes her answers along to another page.
fn to_page(page: Page, label: &'static str, step: &Step, typed: &Entries, look: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=page.path() data-go="">
            {hidden(step, typed, None)}
            <button class=format!("nl-button nl-button--{look}") type="submit">{label}</button>
        </form>
    }
}

/// What the decision tree says of a former partner.
fn former_partner_view(step: &Step, on: Date) -> impl IntoView + use<> {
    let answer = assess(&step.answers.situation(on)).former_partner;
    let (state, icon_id) = match answer.as_ref().and_then(|answer| answer.eligible) {
        Some(true) => ("done", "icon-done"),
        _ => ("waiting", "icon-waiting"),
    };
    view! {
        <div class=format!("notice notice--{state}")>
            {icon(icon_id)}
            <div>
                <p><strong>{answer.as_ref().map(former_partner_words)}</strong></p>
                {source_of(former_partner::AMOUNT.entry, on)}
            </div>
        </div>
    }
}

/// The answers that stand in a set of fields, as a step to start from.
#[must_use]
pub fn start_from(typed: &Entries) -> Step {
    Step::first(answers_in(typed))
}
