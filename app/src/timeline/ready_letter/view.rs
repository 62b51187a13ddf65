//! What comes out: what to know before she sends it, and the letter on paper.

use domain::parameters::penalty;
use maud::{Markup, html};

use super::form::{Kind, Lodging, Made, Outcome};
use super::letter::Letter;
use crate::content::{ready_letter as text, shell};
use crate::ui::{icon, notice};

/// The result, in parts: the phone makes only those anew that say something else now.
#[must_use]
pub fn parts(made: &Made) -> Vec<String> {
    let (before, paper) = match &made.outcome {
        Outcome::Nothing => (html! { p.nl-paragraph { (text::NOTHING_YET) } }, html! {}),
        Outcome::TooEarly { end_on, counts_from } => {
            (too_early(&end_on.in_dutch(), &counts_from.in_dutch()), html! {})
        }
        Outcome::Letter(letter) => (to_know(letter), html! { (paper(letter)) (tools()) (sending()) }),
    };
    [before, paper].map(Markup::into_string).to_vec()
}

/// One sentence for a screen reader when the letter changes.
#[must_use]
pub fn summary(made: &Made) -> &'static str {
    match made.outcome {
        Outcome::Nothing => "",
        Outcome::TooEarly { .. } => text::TOO_EARLY,
        Outcome::Letter(_) => text::READY,
    }
}

fn too_early(end_on: &str, counts_from: &str) -> Markup {
    notice(
        "waiting",
        text::TOO_EARLY,
        html! {
            p { (text::too_early_until(end_on)) " " (text::too_early_from(counts_from)) }
            p { (text::TOO_EARLY_WAIT) }
        },
    )
}

/// What to know of this letter before it goes.
fn to_know(letter: &Letter) -> Markup {
    let note = |state: &str, title: &str, words: &str| notice(state, title, html! { p { (words) } });
    match (letter.kind, letter.lodging) {
        (Kind::RequestFile, _) => html! {},
        // The rates for a notice of this day may not be known.
        (Kind::NoticeOfDefault, _) => html! {
            @if penalty::MOST_DAYS.at(letter.on).is_none() { (note("waiting", text::PENALTY_UNKNOWN, text::PENALTY_UNKNOWN_ASK)) }
        },
        (Kind::Objection, Some(Lodging::ByLaw(until))) => {
            note("done", text::IN_TIME, &text::in_time_until(until.in_dutch()))
        }
        (Kind::Objection, Some(Lodging::WithLenience(until))) => {
            note("waiting", text::LENIENCE, &text::lenience_until(until.in_dutch()))
        }
        (Kind::Objection, _) => note("late", text::TOO_LATE, text::TOO_LATE_ASK),
    }
}

fn paper(letter: &Letter) -> Markup {
    let sender = &letter.sender;
    html! {
        article.paper aria-label=(text::READY) {
            p { (or_line(&sender.name)) br; (or_line(&sender.street)) br; (or_line(&sender.town)) }
            p { (text::TO) br; (text::ADDRESS) ": " (or_line("")) }
            p { (letter.on.in_dutch()) }
            p {
                (text::SUBJECT) ": " strong { (letter.subject) }
                @if !sender.reference.is_empty() { br; (text::REFERENCE_OF) ": " (sender.reference) }
            }
            p { (text::GREETING) }
            @for paragraph in &letter.paragraphs { p { (paragraph) } }
            p { (text::CLOSING) }
            p { (text::SIGNATURE) ": " (or_line("")) }
            p { (or_line(&sender.name)) }
        }
    }
}

/// What was said, or a line to write it on by hand.
fn or_line(said: &str) -> Markup {
    html! { @if said.is_empty() { span.to-write role="img" aria-label=(text::TO_WRITE) {} } @else { (said) } }
}

/// They do nothing without scripts, so they stay out of sight until scripts run.
fn tools() -> Markup {
    html! {
        div.button-row.by-script {
            button class="nl-button nl-button--secondary" type="button" data-do="print" { (icon("icon-print")) (shell::PRINT) }
            button class="nl-button nl-button--secondary" type="button" data-do="save" { (icon("icon-save")) (text::SAVE) }
        }
        noscript { p.nl-paragraph { (text::PRINT_NO_SCRIPTS) } }
    }
}

fn sending() -> Markup {
    html! {
        section.sending {
            h3 class="nl-heading nl-heading--level-3" { (text::SENDING) }
            ul.todo { @for step in text::SENDING_STEPS { li { (step) } } }
        }
    }
}
