//! What a step of the chooser looks like, on the server and on the phone alike.

use domain::amounts::FormerPartnerAnswer;
use domain::calendar::Date;
use domain::chooser::{Node, OutcomeId, QuestionId};
use domain::parameters::{contacts, former_partner, registration};
use maud::{Markup, html};

use super::step::{ACTION, AT, BACK, NEXT, Step, answers_in, field};
use crate::amounts::former_partner_words;
use crate::content::{chooser as text, person, pick};
use crate::entries::Entries;
use crate::ui::{self, Choice, choice, error_summary, field_error, more, source_of, words};
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
pub fn view(step: &Step, typed: &Entries, on: Date) -> Markup {
    match step.at {
        Node::Question(question) => question_view(step, question, typed),
        Node::Outcome(outcome) => outcome_view(step, outcome, typed, on),
    }
}

fn question_view(step: &Step, question: QuestionId, typed: &Entries) -> Markup {
    let texts = text::question::of(question);
    let name = field(question);
    let done = step.answered().len();
    let left = step.at.questions_left();
    html! {
        @if step.without_answer { (nothing_chosen(&name)) }
        div.steps {
            p { (progress(done + 1, left - 1)) }
            progress.progress max=(done + left) value=(done) aria-hidden="true" {}
        }
        form.form method="post" action=(Page::Chooser.path()) novalidate {
            input type="hidden" name=(AT) value=(question.id());
            (hidden(step, typed, Some(question)))
            fieldset.utrecht-form-fieldset {
                legend.utrecht-form-fieldset__legend {
                    h1.nl-heading.nl-heading--level-1 tabindex="-1" { (texts.title) }
                }
                p.utrecht-form-field-description { (words(texts.help)) }
                @if step.without_answer { (field_error(&name, text::NONE_CHOSEN)) }
                (choices(step, question, &name))
            }
            (more(text::WHY_LABEL, None, html! {
                p { (texts.why) }
                p { strong { (text::WHERE_LABEL) } " " (texts.r#where) }
            }))
            (buttons(done > 0))
        }
        @if done == 0 {
            p.nl-paragraph { (text::LEAD) }
            p.nl-paragraph { (text::START_NOTE) }
        }
        (given_answers(step, typed))
    }
}

/// The problem leads to the first answer.
fn nothing_chosen(name: &str) -> Markup {
    let first = format!("{name}-1");
    error_summary(&[(first, text::NONE_CHOSEN)])
}

fn choices(step: &Step, question: QuestionId, name: &str) -> Markup {
    let texts = text::question::of(question);
    let given = step.answers.get(question).map(|answer| answer.id);
    let error_id = step.without_answer.then(|| format!("{name}-fout"));
    html! {
        @for (at, answer) in question.answers().iter().enumerate() {
            (choice(&Choice {
                name,
                number: at + 1,
                value: answer.id,
                label: pick(texts.answers, answer.id),
                hint: pick(texts.hints, answer.id),
                checked: given == Some(answer.id),
                described_by: error_id.as_deref(),
            }))
        }
    }
}

fn progress(at: usize, left: usize) -> String {
    if left == 0 { text::PROGRESS_LAST.to_owned() } else { text::progress(at, left) }
}

fn buttons(can_go_back: bool) -> Markup {
    html! {
        div.button-row {
            button.nl-button.nl-button--primary type="submit" name=(ACTION) value=(NEXT) { (text::NEXT) }
            @if can_go_back { (back_button()) }
        }
    }
}

fn back_button() -> Markup {
    html! { button.nl-button.nl-button--secondary type="submit" name=(ACTION) value=(BACK) { (text::BACK) } }
}

/// Earlier answers and what was typed elsewhere go along with the form.
fn hidden(step: &Step, typed: &Entries, but: Option<QuestionId>) -> Markup {
    let given = QuestionId::ALL.iter().filter(|question| Some(**question) != but);
    let answers: Vec<(String, &str)> = given
        .filter_map(|question| step.answers.get(*question).map(|answer| (field(*question), answer.id)))
        .collect();
    let others =
        typed.iter().filter(|(name, _)| !name.starts_with("answer.") && *name != AT && *name != ACTION);
    ui::hidden(answers.iter().map(|(name, value)| (name.as_str(), *value)).chain(others))
}

/// What she answered so far, each with a way to change it.
fn given_answers(step: &Step, typed: &Entries) -> Markup {
    let answered = step.answered();
    if answered.is_empty() {
        return html! {};
    }
    more(
        text::YOUR_ANSWERS,
        None,
        html! {
            form method="post" action=(Page::Chooser.path()) {
                input type="hidden" name=(AT) value=(step.id());
                (hidden(step, typed, None))
                dl.answers { @for (question, answer) in answered { (given_answer(question, answer)) } }
            }
        },
    )
}

fn given_answer(question: QuestionId, answer: &str) -> Markup {
    let texts = text::question::of(question);
    html! {
        div {
            dt { (texts.short) }
            dd {
                (pick(texts.answers, answer))
                " "
                button.nl-button.nl-button--subtle type="submit" name=(ACTION) value=(question.id()) {
                    (text::CHANGE)
                    span.visually-hidden { ": " (texts.short) }
                }
            }
        }
    }
}

fn outcome_view(step: &Step, outcome: OutcomeId, typed: &Entries, on: Date) -> Markup {
    let texts = text::outcome::of(outcome);
    let urgent = outcome == OutcomeId::PersonNow;
    html! {
        h1.nl-heading.nl-heading--level-1 tabindex="-1" { (texts.title) }
        @if urgent { (numbers()) }
        p.nl-paragraph.nl-paragraph--lead { (texts.lead) }
        @if outcome == OutcomeId::FormerPartnerOutcome { (former_partner_view(step, on)) }
        @if outcome == OutcomeId::RegistrationClosed { (source_of(registration::CLOSED_ON.entry, on)) }
        @for paragraph in texts.text { p.nl-paragraph { (words(*paragraph)) } }
        ul.todo { @for step in texts.todo { li { (step) } } }
        @if !urgent { (onward(step, outcome, typed)) }
        form.form method="post" action=(Page::Chooser.path()) {
            input type="hidden" name=(AT) value=(outcome.id());
            (hidden(step, typed, None))
            div.button-row {
                @if outcome.continues().is_some() {
                    button.nl-button.nl-button--secondary type="submit" name=(ACTION) value=(NEXT) { (texts.go_on) }
                }
                (back_button())
            }
        }
        (given_answers(step, typed))
    }
}

/// Who answers now, before anything else is said.
fn numbers() -> Markup {
    html! {
        ul.numbers {
            (ui::known_number(person::EMERGENCY, &contacts::EMERGENCY))
            (ui::known_number(person::SUICIDE_PREVENTION, &contacts::SUICIDE_PREVENTION))
            (ui::known_number(person::SUICIDE_PREVENTION_FREE, &contacts::SUICIDE_PREVENTION_FREE))
            (ui::known_number(person::SAFE_AT_HOME, &contacts::SAFE_AT_HOME))
        }
        p.nl-paragraph { a.nl-link href="#mens" { (text::MORE_NUMBERS) } }
    }
}

fn onward(step: &Step, outcome: OutcomeId, typed: &Entries) -> Markup {
    match outcome {
        OutcomeId::Comparison => to_page(Page::Comparison, text::TO_COMPARISON, step, typed),
        OutcomeId::FormerPartnerOutcome | OutcomeId::ChildOutcome => {
            to_page(Page::Amounts, text::TO_AMOUNTS, step, typed)
        }
        _ => {
            html! { a.nl-button.nl-button--primary href=(Page::Onward.path()) { (text::outcome::of(outcome).go_on) } }
        }
    }
}

/// A button that takes her answers along to another page.
fn to_page(page: Page, label: &str, step: &Step, typed: &Entries) -> Markup {
    html! {
        form method="post" action=(page.path()) data-go="" {
            (hidden(step, typed, None))
            button.nl-button.nl-button--primary type="submit" { (label) }
        }
    }
}

/// What the decision tree says of a former partner.
fn former_partner_view(step: &Step, on: Date) -> Markup {
    let Some(answer) = FormerPartnerAnswer::of(&step.answers.situation(on)) else { return html! {} };
    let state = if answer.eligible == Some(true) { "done" } else { "waiting" };
    ui::notice(
        state,
        &former_partner_words(&answer),
        html! {
            (source_of(former_partner::AMOUNT.entry, on))
            (source_of(former_partner::AFTER_DECISION.entry, on))
        },
    )
}

/// The answers that stand in a set of fields, as a step to start from.
#[must_use]
pub fn start_from(typed: &Entries) -> Step {
    Step::first(answers_in(typed))
}
