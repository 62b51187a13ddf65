//! The helper's chair, /samen/mee: her page as she lets it be seen, to point at and propose for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::together::{
    Answer, Chair, Control, Ending, Guidance, Happening, Message, Outcome, Part, Proposal, Question, View,
};
use maud::{Markup, html};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::browser::{all, on_action, put, show, value_of};
use super::kept::{self, Kept};
use super::meeting::{Meeting, Told};
use super::{door, log, words};
use crate::content::shell;
use crate::content::together as text;
use crate::phone;
use crate::ui::{TextField, icon, notice, text_field};
use crate::urls::Page;

/// Shows where the helper is: at the door, or with her.
pub fn begin() {
    match Kept::load().filter(|kept| kept.is_helper) {
        Some(kept) => spawn_local(sit_down(kept)),
        None => door::stand_at(),
    }
    phone::mark_ready();
}

/// The helper's chair.
struct Guide {
    meeting: Rc<Meeting>,
    view: RefCell<Option<View>>,
    /// What was decided of proposals for what stands on the page, by question.
    settled: RefCell<Vec<(String, Outcome)>>,
    /// The question for which a proposal was refused here.
    impossible: RefCell<Option<String>>,
    is_offline: Cell<bool>,
    ended: Cell<Option<Ending>>,
}

/// Takes the helper's chair.
pub async fn sit_down(kept: Kept) {
    // Nothing here is hers to read before she said yes.
    all("#samen-uitleg").iter().for_each(web_sys::Element::remove);
    set_title(text::guide::TITLE);
    put(html! { div #samen-deel {} p #samen-gezegd.visually-hidden role="status" {} });
    let Some(meeting) = Meeting::open(kept).await else { return };
    let it = Rc::new(Guide {
        meeting,
        view: RefCell::default(),
        settled: RefCell::default(),
        impossible: RefCell::default(),
        is_offline: Cell::new(false),
        ended: Cell::new(None),
    });
    it.meeting.begin({
        let it = it.clone();
        move |told| it.told(told)
    });
    for event in ["click", "submit"] {
        let it = it.clone();
        on_action(event, move |happened, action, element| {
            let question = element.get_attribute("data-question").unwrap_or_default();
            match (event, action) {
                ("click", "stop") => it.meeting.stop(),
                ("click", "point") => it.point(question),
                ("submit", "note" | "propose") => {
                    happened.prevent_default();
                    if action == "note" { it.note() } else { it.propose(question, element) }
                }
                _ => return,
            }
            it.render();
        });
    }
    it.render();
    phone::focus_on("#samen h2");
}

impl Guide {
    fn told(&self, told: Told) {
        match told {
            Told::Tell => self.tell(),
            Told::Message(Message::View(view)) => self.see(view),
            Told::Message(Message::Answers(changes)) => {
                if let Some(view) = self.view.borrow_mut().as_mut() {
                    uncovered(view, &changes).into_iter().for_each(|it| self.meeting.happened(it));
                    view.change(&changes);
                }
            }
            Told::Message(Message::Settled(all)) => {
                all.into_iter().for_each(|(number, outcome)| self.settle(number, outcome))
            }
            Told::Message(Message::Here | Message::Guidance(_)) | Told::Joined => {}
            Told::Away(is_away) => say(if is_away { text::guide::AWAY } else { text::guide::BACK }),
            Told::Offline(is_offline) => {
                if self.is_offline.replace(is_offline) != is_offline && is_offline {
                    say(text::guide::OFFLINE);
                }
            }
            Told::Ended(ending) => {
                self.ended.set(Some(ending));
                set_title(text::guide_over::TITLE);
                // What she showed goes with the meeting.
                *self.view.borrow_mut() = None;
                say(words::ending_for_helper(ending));
            }
        }
        self.render();
    }

    fn see(&self, view: View) {
        let is_other_page = {
            let before = self.view.borrow();
            before.as_ref().is_none_or(|before| (&before.path, &before.title) != (&view.path, &view.title))
        };
        if is_other_page {
            self.settled.borrow_mut().clear();
            if !self.meeting.kept.borrow().is_confirmed {
                self.confirmed();
            }
            {
                let mut kept = self.meeting.kept.borrow_mut();
                kept.guidance.pointed = None;
                kept.save();
            }
            self.tell();
            if view.path != Page::Together.path() {
                self.meeting.happened(Happening::Opened { title: view.title.clone() });
            }
            say(&format!("{} {}", text::guide::PAGE, view.title));
        }
        *self.view.borrow_mut() = Some(view);
    }

    /// She said yes.
    fn confirmed(&self) {
        let joined = {
            let mut kept = self.meeting.kept.borrow_mut();
            kept.is_confirmed = true;
            kept.save();
            let badge = kept.badge();
            let name = badge.as_ref().map_or_else(|| kept.guidance.name.clone(), |badge| badge.name.clone());
            Happening::Joined { name, role: badge.map(|badge| badge.role) }
        };
        self.meeting.happened(joined);
        self.meeting.happened(Happening::Confirmed);
    }

    /// All of the helper's half.
    fn tell(&self) {
        self.meeting.say(Message::Guidance(self.meeting.kept.borrow().guidance.clone()));
    }

    fn guide(&self, change: impl FnOnce(&mut Guidance, u32) -> bool) -> bool {
        let is_done = {
            let mut kept = self.meeting.kept.borrow_mut();
            let number = kept.number + 1;
            let is_done = change(&mut kept.guidance, number);
            if is_done {
                kept.number = number;
            }
            kept.save();
            is_done
        };
        self.tell();
        is_done
    }

    fn point(&self, question: String) {
        let label = self.question(&question).map(|question| question.label);
        let is_new = self.meeting.kept.borrow().guidance.pointed.as_deref() != Some(&question);
        self.guide(|guidance, _| {
            guidance.pointed = is_new.then_some(question);
            true
        });
        if let Some(label) = label.filter(|_| is_new) {
            self.meeting.happened(Happening::Pointed { label });
        }
    }

    fn note(&self) {
        let typed = all("#bericht").into_iter().next().map(value_of).unwrap_or_default();
        let mut noted = None;
        self.guide(|guidance, number| {
            noted = guidance.note(number, &typed).map(|note| note.text.clone());
            noted.is_some()
        });
        if let Some(text) = noted {
            self.meeting.happened(Happening::Noted { text });
            phone::type_in("bericht", "");
            say(text::guide::NOTE_SENT);
        }
    }

    fn propose(&self, id: String, form: &HtmlElement) {
        let Some(question) = self.question(&id) else { return };
        let value = proposed_in(form, &question.control);
        let words = value.as_ref().and_then(|value| words::answer(&question.control, value));
        let proposal = |number| Some(Proposal { number, question: id.clone(), value: value.clone()? });
        let is_done = words.is_some()
            && self.guide(|guidance, number| {
                proposal(number).is_some_and(|proposal| guidance.propose(proposal))
            });
        *self.impossible.borrow_mut() = (!is_done).then(|| id.clone());
        if let Some(words) = words.filter(|_| is_done) {
            self.settled.borrow_mut().retain(|(question, _)| *question != id);
            let label = question.label;
            say(&text::guide::proposed(&words));
            self.meeting.happened(Happening::Proposed { label, words });
        } else {
            say(text::guide::NOT_POSSIBLE);
        }
    }

    fn settle(&self, number: u32, outcome: Outcome) {
        let proposal = {
            let mut kept = self.meeting.kept.borrow_mut();
            let at = kept.guidance.proposals.iter().position(|it| it.number == number);
            let proposal = at.map(|at| kept.guidance.proposals.remove(at));
            kept.save();
            proposal
        };
        let Some(proposal) = proposal else { return };
        if let Some(question) = self.question(&proposal.question) {
            let words = words::answer(&question.control, &proposal.value).unwrap_or_default();
            self.meeting.happened(Happening::Settled { label: question.label, words, outcome });
        }
        say(outcome_words(outcome));
        self.settled.borrow_mut().push((proposal.question, outcome));
        self.tell();
    }

    fn question(&self, id: &str) -> Option<Question> {
        self.view.borrow().as_ref()?.question(id).cloned()
    }

    fn render(&self) {
        let Some(place) = phone::element("samen-deel") else { return };
        let view = self.view.borrow();
        let markup = match (self.ended.get(), view.as_ref()) {
            (Some(ending), _) => over(ending),
            (None, None) => html! {
                h2 class="nl-heading nl-heading--level-2" tabindex="-1" { (text::guide::WAITING_TITLE) }
                p.nl-paragraph { (text::guide::WAITING) }
                (stop())
            },
            (None, Some(view)) => self.page(view),
        };
        show(&place, &markup.into_string());
    }

    fn page(&self, view: &View) -> Markup {
        html! {
            @if self.is_offline.get() { (notice("waiting", text::guide::OFFLINE, html! {})) }
            @else if self.meeting.is_away() { (notice("waiting", text::guide::AWAY, html! {})) }
            p.nl-paragraph { (text::guide::PAGE) " " strong { (view.title) } }
            p.nl-paragraph { a #samen-open-zelf .nl-link href=(view.path) target="_blank" rel="noopener noreferrer" { (text::guide::OPEN_PAGE) } }
            details #samen-bericht.more { summary #samen-bericht-kop { (text::guide::NOTE_LABEL) } (note_form()) }
            @if view.is_cut { (notice("waiting", text::guide::CUT, html! {})) }
            section.together-page aria-label=(view.title) {
                @if view.parts.is_empty() { p.nl-paragraph { (text::guide::NOTHING) } }
                @for (at, part) in view.parts.iter().enumerate() {
                    @match part {
                        Part::Heading(heading) => h2 class="nl-heading nl-heading--level-2" { (heading) },
                        Part::Question(question) => {
                            (self.at(question, at, view.parts[..at].iter().any(|part| matches!(part, Part::Heading(_)))))
                        }
                        Part::Result { label, text } => p.together-result { (label) ": " (seen(text, None)) },
                    }
                }
            }
            details #samen-log.more { summary #samen-log-kop { (text::log::HEADING) } (log::log(&kept::log(), Chair::Helper)) }
            (stop())
        }
    }

    /// `is_in_group`: under a heading of the page itself.
    fn at(&self, question: &Question, at: usize, is_in_group: bool) -> Markup {
        let kept = self.meeting.kept.borrow();
        let is_pointed = kept.guidance.pointed.as_ref() == Some(&question.id);
        let proposed = kept.guidance.proposals.iter().find(|it| it.question == question.id);
        let proposed = proposed.and_then(|it| words::answer(&question.control, &it.value));
        let settled =
            self.settled.borrow().iter().rev().find(|(id, _)| *id == question.id).map(|(_, it)| *it);
        let is_impossible = self.impossible.borrow().as_ref() == Some(&question.id);
        html! {
            div.together-question."together-pointed"[is_pointed] {
                @if is_in_group { h3 class="nl-heading nl-heading--level-3" { (question.label) } }
                @else { h2 class="nl-heading nl-heading--level-3" { (question.label) } }
                @if !question.hint.is_empty() { p.utrecht-form-field-description { (question.hint) } }
                p.together-answer { (seen(&question.answer, Some(&question.control))) }
                @if let Some(words) = proposed { p.together-note { (text::guide::proposed(words)) } }
                @else if let Some(outcome) = settled { p.together-note { (outcome_words(outcome)) } }
                div.together-tools {
                div.button-row {
                    button id={ "wijs-" (at) } class="nl-button nl-button--secondary" type="button" data-together="point" data-question=(question.id) {
                        @if is_pointed { (text::guide::STOP_POINTING) } @else { (text::guide::POINT) }
                        span.visually-hidden { ": " (question.label) }
                    }
                }
                details.more id={ "voorstel-" (at) } {
                    summary id={ "stel-" (at) } { (text::guide::PROPOSE) span.visually-hidden { ": " (question.label) } }
                    form data-together="propose" data-question=(question.id) novalidate autocomplete="off" {
                        @if is_impossible { p.field-error { (icon("icon-error")) span { (shell::ERROR_PREFIX) (text::guide::NOT_POSSIBLE) } } }
                        (proposal_field(&question.control, at))
                        div.button-row {
                            button id={ "stel-voor-" (at) } class="nl-button nl-button--secondary" type="submit" {
                                (text::guide::SEND_PROPOSAL) span.visually-hidden { ": " (question.label) }
                            }
                        }
                    }
                }
                }
            }
        }
    }
}

/// What she showed or covered with these changes; more than one answer at once is all of them.
fn uncovered(view: &View, changes: &[(u16, Answer)]) -> Vec<Happening> {
    let mut flipped: Vec<(String, bool)> = Vec::new();
    for (at, now) in changes {
        let Some(part) = view.parts.get(usize::from(*at)) else { continue };
        let (label, before) = match part {
            Part::Heading(_) => continue,
            Part::Question(question) => (question.label.clone(), &question.answer),
            Part::Result { text, .. } => (text::field::RESULTS.to_owned(), text),
        };
        let is_shown = *now != Answer::Covered;
        let is_new = !flipped.iter().any(|(known, _)| *known == label);
        if is_new && is_shown == (*before == Answer::Covered) {
            flipped.push((label, is_shown));
        }
    }
    match &flipped[..] {
        [_, (_, true), ..] => vec![Happening::UncoveredAll],
        [_, _, ..] => vec![Happening::CoveredAll],
        _ => flipped.into_iter().map(|(label, is_shown)| flip(label, is_shown)).collect(),
    }
}

fn flip(label: String, is_shown: bool) -> Happening {
    if is_shown { Happening::Uncovered { label } } else { Happening::Covered { label } }
}

/// Where a proposal is filled in, in the way of the question itself.
fn proposal_field(control: &Control, at: usize) -> Markup {
    let id = format!("antwoord-{at}");
    let choices: Vec<(&str, &str)> = match control {
        Control::Choice(choices) => {
            choices.iter().map(|(value, words)| (value.as_str(), words.as_str())).collect()
        }
        Control::Check(value) => vec![(value, text::guide::CHECKED), ("", text::guide::UNCHECKED)],
        Control::Text | Control::Amount | Control::Lines => Vec::new(),
    };
    html! {
        @if choices.is_empty() {
            label.utrecht-form-label for=(id) { (text::guide::PROPOSE_LABEL) }
            @if *control == Control::Lines {
                textarea.utrecht-textbox id=(id) rows="4" {}
            } @else {
                input.utrecht-textbox type="text" id=(id) inputmode=[(*control == Control::Amount).then_some("decimal")];
            }
        } @else {
            fieldset.utrecht-form-fieldset {
                legend.utrecht-form-label { (text::guide::PROPOSE_LABEL) }
                @for (number, (value, words)) in choices.iter().enumerate() {
                    label.choice for={ (id) "-" (number) } {
                        input.utrecht-radio-button type="radio" id={ (id) "-" (number) } name=(id) value=(value);
                        span.choice-text { (words) }
                    }
                }
            }
        }
    }
}

/// What was filled in as a proposal; `None`: nothing was chosen.
fn proposed_in(form: &HtmlElement, control: &Control) -> Option<String> {
    let selector = match control {
        Control::Choice(_) | Control::Check(_) => "input:checked",
        Control::Text | Control::Amount | Control::Lines => "input, textarea",
    };
    form.query_selector(selector).ok().flatten().map(value_of)
}

/// An answer as far as it may be seen.
fn seen(answer: &Answer, control: Option<&Control>) -> Markup {
    let shown = match answer {
        Answer::Covered => {
            return html! { span.together-covered { (icon("icon-covered")) (text::guide::COVERED) } };
        }
        Answer::Shown(shown) => shown,
    };
    let words = match control {
        Some(Control::Check(_)) if shown.is_empty() => text::guide::UNCHECKED.to_owned(),
        Some(Control::Check(_)) => text::guide::CHECKED.to_owned(),
        _ if shown.is_empty() => return html! { span.together-empty { (text::guide::EMPTY) } },
        Some(Control::Amount) => format!("€ {shown}"),
        Some(control) => control.in_words(shown).unwrap_or_else(|| shown.clone()),
        None => shown.clone(),
    };
    html! { strong.as-typed { (words) } }
}

fn note_form() -> Markup {
    html! {
        form.form data-together="note" novalidate autocomplete="off" {
            (text_field(&TextField {
                name: "bericht",
                label: text::guide::NOTE_FIELD,
                hint: text::guide::NOTE_HINT,
                typed: "",
                problem: None,
                autocomplete: "off",
            }))
            div.button-row { button #bericht-stuur class="nl-button nl-button--secondary" type="submit" { (text::guide::SEND_NOTE) } }
        }
    }
}

fn over(ending: Ending) -> Markup {
    html! {
        p class="nl-paragraph nl-paragraph--lead" { (words::ending_for_helper(ending)) }
        @if ending != Ending::Elsewhere { (log::log(&kept::log(), Chair::Helper)) }
    }
}

fn stop() -> Markup {
    html! {
        div.button-row {
            button #samen-stop class="nl-button nl-button--secondary" type="button" data-together="stop" { (icon("icon-leave")) (text::guide::STOP) }
        }
    }
}

const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => text::guide::ACCEPTED,
        Outcome::Changed => text::guide::CHANGED,
        Outcome::Declined => text::guide::DECLINED,
    }
}

fn set_title(title: &str) {
    all("main h1").iter().for_each(|it| it.set_text_content(Some(title)));
}

/// To a screen reader, at once.
fn say(words: &str) {
    if let Some(said) = phone::element("samen-gezegd") {
        said.set_text_content(Some(words));
    }
}
