//! What she can do: the one thing to do now, and what else there is.

use domain::Date;
use domain::timeline::{Right, State, Step, StepAnswer, Task, Timeline};
use maud::{Markup, html};

use super::form::{FORM_ID, WISH};
use crate::content::{fill, ready_letter, timeline as text};
use crate::ui::notice;
use crate::urls::Page;

/// The first thing: what waits for her; where a decision is late, what she can do about that.
#[derive(Clone, Copy, PartialEq)]
enum First {
    Task(Task),
    Late(Right),
    Nothing,
}

impl First {
    fn of(timeline: &Timeline) -> First {
        if let Some(task) = timeline.tasks.first() {
            return First::Task(*task);
        }
        if !timeline.steps.iter().any(StepAnswer::is_late) {
            return First::Nothing;
        }
        let rights = || timeline.rights.iter();
        // What can be begun stands before what runs already.
        rights()
            .find(|right| matches!(right, Right::NoticeOfDefault(_)))
            .or_else(|| rights().find(|right| matches!(right, Right::Penalty(_))))
            .map_or(First::Nothing, |right| First::Late(*right))
    }
}

/// The one thing to do now, or that nothing needs doing.
#[must_use]
pub fn now(timeline: &Timeline) -> Markup {
    html! {
        h3 class="nl-heading nl-heading--level-3" { (text::NOW_HEADING) }
        @match First::of(timeline) {
            First::Task(task) => (one_task(task)),
            First::Late(right) => (notice("late", text::LATE_NOW, html! { (one_right(right)) })),
            First::Nothing => (notice("done", text::NOTHING_NOW, html! {})),
        }
    }
}

/// All else that she can do, and that waits for her.
#[must_use]
pub fn what_else(timeline: &Timeline) -> Markup {
    let first = First::of(timeline);
    let rights: Vec<Right> =
        timeline.rights.iter().copied().filter(|right| First::Late(*right) != first).collect();
    html! {
        @if !rights.is_empty() {
            h3 class="nl-heading nl-heading--level-3" { (text::RIGHTS_HEADING) }
            ul.todo { @for right in rights { li { (one_right(right)) } } }
        }
        @for task in timeline.tasks.iter().skip(1) { (one_task(*task)) }
        @if runs(timeline, Step::Conversation) && !timeline.tasks.contains(&Task::PrepareConversation) { (to_conversation()) }
    }
}

fn runs(timeline: &Timeline, step: Step) -> bool {
    timeline.steps.iter().any(|answer| answer.step == step && answer.state == State::Current)
}

fn one_task(task: Task) -> Markup {
    let (id, step, until) = match task {
        Task::SendInformation(step, until) => ("send_information", Some(step), until),
        Task::GiveView => ("give_view", None, None),
        Task::AnswerOffer => ("answer_offer", None, None),
        Task::PrepareConversation => ("prepare_conversation", None, None),
        Task::ReportPrivateDebts(until) => ("report_private_debts", None, Some(until)),
    };
    let Some((_, texts)) = text::task::ALL.iter().find(|(known, _)| *known == id) else { return html! {} };
    let words = if until.is_some() { texts.text } else { texts.text_without_until };
    notice(
        "waiting",
        texts.title,
        html! {
            p { (about(words, step, until)) }
            @if task == Task::PrepareConversation { (to_conversation()) }
        },
    )
}

fn to_conversation() -> Markup {
    html! { p { a.nl-link href=(Page::Conversation.path()) { (text::TO_CONVERSATION) } } }
}

fn one_right(right: Right) -> Markup {
    let (id, step, until) = match right {
        Right::NoticeOfDefault(step) => ("notice_of_default", Some(step), None),
        Right::Penalty(step) => ("penalty", Some(step), None),
        Right::Objection(step, until) => ("objection", Some(step), Some(until)),
        Right::LateObjection(step, until) => ("late_objection", Some(step), Some(until)),
        Right::Appeal => ("appeal", None, None),
        Right::RequestFile => ("request_file", None, None),
        Right::Complaint => ("complaint", None, None),
    };
    let Some((_, texts)) = text::right::ALL.iter().find(|(known, _)| *known == id) else { return html! {} };
    html! {
        p { strong { (about(texts.title, step, until)) } }
        p { (about(texts.text, step, until)) }
        @if let Some(wish) = wish(right) { (to_letter(&wish)) }
    }
}

/// The letter that goes with a right.
fn wish(right: Right) -> Option<String> {
    Some(match right {
        Right::NoticeOfDefault(step) => format!("notice_of_default.{}", step.id()),
        Right::Objection(step, _) | Right::LateObjection(step, _) => format!("objection.{}", step.id()),
        Right::RequestFile => "request_file".to_owned(),
        Right::Penalty(_) | Right::Appeal | Right::Complaint => return None,
    })
}

/// It takes her letters along, so that the dates are there already.
fn to_letter(wish: &str) -> Markup {
    html! {
        button class="nl-button nl-button--secondary" type="submit" form=(FORM_ID) formaction=(Page::ReadyLetter.path()) name=(WISH) value=(wish) {
            (ready_letter::MAKE_THIS)
        }
    }
}

/// Puts the step and the day into a text.
fn about(words: &str, step: Option<Step>, until: Option<Date>) -> String {
    let step = step.map_or("", |step| text::step::of(step).name);
    let until = until.map(Date::in_dutch).unwrap_or_default();
    fill(&fill(words, "step", step), "until", &until)
}
