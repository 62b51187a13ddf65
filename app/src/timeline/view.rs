//! What comes out: the one thing to do now, the line of steps with both clocks, what she may do, what to know.

use domain::Date;
use domain::timeline::{ChessClock, Note, Penalty, State, Step, StepAnswer, Timeline, Turn};
use maud::{Markup, html};

use super::calendar::for_her_calendar;
use super::duration::observed;
use super::filled_in::filled_in;
use super::form::Told;
use super::todo::{now, what_else};
use crate::content::{fill, timeline as text};
use crate::ui::{icon, more, source_of, words};
use crate::urls::Page;

/// The result, in parts: the phone makes only those anew that say something else now.
#[must_use]
pub fn parts(told: &Told) -> Vec<String> {
    if told.case.events.is_empty() {
        let nothing = html! { p.nl-paragraph { (text::NO_LETTERS) } };
        return [nothing.into_string()].into_iter().chain([const { String::new() }; 5]).collect();
    }
    let timeline = &told.timeline;
    [
        now(timeline),
        steps(timeline, told.case.on),
        what_else(timeline),
        for_her_calendar(told),
        notes(timeline),
        filled_in(told),
    ]
    .map(Markup::into_string)
    .to_vec()
}

/// One sentence for a screen reader when the line changes.
#[must_use]
pub fn summary(told: &Told) -> String {
    let running = told.timeline.steps.iter().filter(|step| step.state == State::Current);
    running
        .map(|step| format!("{}: {}", text::step::of(step.step).name, text::turn::of(step.turn).words))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The line of steps: what is over, what runs, what may come.
fn steps(timeline: &Timeline, on: Date) -> Markup {
    html! {
        h3 class="nl-heading nl-heading--level-3" { (text::STEPS_HEADING) }
        ol.timeline {
            @for step in timeline.steps.iter().filter(|step| step.state != State::NotApplicable) {
                li.timeline-step data-state=(step.state.id()) { (one_step(step, on)) }
            }
        }
    }
}

/// The icon of a state.
#[must_use]
pub fn mark(state: State) -> &'static str {
    match state {
        State::Done => "icon-done",
        State::Current => "icon-waiting",
        State::Next | State::NotApplicable => "state-open",
    }
}

fn one_step(step: &StepAnswer, on: Date) -> Markup {
    let texts = text::step::of(step.step);
    let mark = if step.is_late() { "icon-late" } else { mark(step.state) };
    html! {
        h4 { (icon(mark)) (texts.name) " " span.timeline-state { (text::state::of(step.state).text) } }
        @if step.state == State::Current {
            p { (text::turn::of(step.turn).words) }
        }
        @if let Some(way) = step.way { p { (text::way_taken(text::way::of(way).name)) } }
        (days(step))
        // What is over is told in short; the rest of it is a fold away.
        @if step.state == State::Current { (figures(step, on)) }
        (more(text::MEANING_LABEL, Some(texts.name), html! {
            @if step.state == State::Done { (figures(step, on)) }
            (meaning(step))
            @for entry in &step.parameters { (source_of(entry, on)) }
        }))
    }
}

fn days(step: &StepAnswer) -> Markup {
    html! {
        @if let Some(day) = step.entered_on { p { (text::entered(day.in_dutch())) } }
        @match (step.ended_on, step.state) {
            (Some(day), _) => p { (text::ended(day.in_dutch())) },
            (None, State::Done) => p { (text::ENDED_UNKNOWN) },
            (None, _) => {}
        }
    }
}

/// The term, the penalty, the clocks, and how long it took others.
fn figures(step: &StepAnswer, on: Date) -> Markup {
    html! {
        (term(step))
        @if let Some(penalty) = &step.penalty { (penalty_words(penalty, on)) }
        (clocks(step.chess_clock))
        @if let Some(seen) = step.observed.as_ref().filter(|_| step.state == State::Current) {
            p {
                strong { (text::OBSERVED_LABEL) } ": " (observed(seen)) " " (text::observed_as_of(seen.as_of.in_dutch())) " " (text::OBSERVED_SOURCE) ": " (seen.source) ". "
                a.nl-link href=(Page::Figures.path()) { (text::OBSERVED_LINK) }
            }
        }
    }
}

/// Until when the law gives time, and how late it is.
fn term(step: &StepAnswer) -> Markup {
    html! {
        @match step.statutory_end_on {
            Some(end) => {
                p { (text::statutory(end.in_dutch())) }
                @if step.is_late() {
                    p.timeline-late { (icon("icon-late")) strong { @if step.overdue_days == 1 { (text::OVERDUE_ONE) } @else { (text::overdue(step.overdue_days)) } } }
                } @else if step.overdue_days > 0 {
                    p { (text::was_late(step.overdue_days)) }
                } @else if step.state == State::Current {
                    p { (text::IN_TIME) }
                }
            }
            None if step.state == State::Current && step.step == Step::Objection => { p { (text::STATUTORY_MISSING) } }
            None if step.state == State::Current && step.promised_end_on.is_none() => { p { (text::STATUTORY_NONE) } }
            None => {}
        }
        @if let Some(day) = step.promised_end_on.filter(|_| step.state == State::Current) { p { (text::promised(day.in_dutch())) } }
    }
}

fn penalty_words(penalty: &Penalty, on: Date) -> Markup {
    html! {
        p {
            strong { (text::PENALTY_LABEL) } ": "
            @if penalty.runs_from > on {
                (text::penalty_ahead(penalty.runs_from.in_dutch()))
            } @else if penalty.days == 0 {
                (text::PENALTY_NONE)
            } @else if let Some(amount) = penalty.amount {
                (text::penalty_running(penalty.runs_from.in_dutch(), penalty.days, amount))
            } @else {
                (text::PENALTY_AMOUNT_UNKNOWN)
            }
            @if let Some(maximum) = penalty.maximum { " " (text::penalty_maximum(maximum)) }
        }
    }
}

/// Both clocks as bars on one scale, with their words.
fn clocks(clock: ChessClock) -> Markup {
    let sides = [
        (Turn::Parent, clock.parent_days, text::clock_parent(clock.parent_days)),
        (Turn::Organisation, clock.organisation_days, text::clock_organisation(clock.organisation_days)),
        (Turn::ThirdParty, clock.third_party_days, text::clock_third_party(clock.third_party_days)),
    ];
    let most = sides.iter().map(|(_, days, _)| *days).max().unwrap_or(0);
    html! {
        @if most > 0 {
            ul.clocks aria-label=(text::CLOCKS_LABEL) {
                @for (turn, days, words) in sides.iter().filter(|(_, days, _)| *days > 0) {
                    li data-turn=(turn.id()) {
                        span { (words) }
                        meter min="0" max=(most) value=(days) aria-hidden="true" {}
                    }
                }
            }
        }
    }
}

fn meaning(step: &StepAnswer) -> Markup {
    let texts = text::step::of(step.step);
    html! {
        p { (words(texts.what)) }
        p { (texts.means) }
        @if !step.leads_to.is_empty() {
            p { (text::LEADS_TO_LABEL) ":" }
            ul { @for next in step.leads_to { li { (text::step::of(*next).name) } } }
        }
    }
}

fn notes(timeline: &Timeline) -> Markup {
    let words: Vec<String> = timeline.notes.iter().filter_map(|note| note_words(*note)).collect();
    html! {
        @if !words.is_empty() {
            section.notes {
                h3 class="nl-heading nl-heading--level-3" { (text::NOTES_HEADING) }
                ul { @for words in words { li { (words) } } }
            }
        }
    }
}

fn note_words(note: Note) -> Option<String> {
    let code = note.to_string();
    let key = code.split(':').next().unwrap_or(&code);
    let texts = text::note::ALL.iter().find(|(known, _)| *known == key)?.1;
    let (name, from) = match note {
        Note::Suspended(step)
        | Note::SuspendedTooLate(step)
        | Note::ExtensionWithoutEffect(step)
        | Note::PenaltyUnknown(step)
        | Note::PenaltyProbablyNot(step) => (text::step::of(step).name, None),
        Note::NoticeTooEarly(step, from) => (text::step::of(step).name, Some(from)),
        Note::EventWithoutStep(kind) => (text::event::of(kind).text, None),
        _ => ("", None),
    };
    let from = from.map(Date::in_dutch).unwrap_or_default();
    Some(fill(&fill(texts.text, "about", name), "from", &from))
}
