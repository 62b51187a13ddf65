//! Events → the times that a case went through each step.

use super::Note;
use super::event::{Effect, Event, EventKind, Outcome, Turn, Way};
use super::step::Step;
use crate::calendar::Date;
use crate::order::in_order;

/// One time that a case goes through a step: an objection that succeeds brings it back to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pass {
    pub step: Step,
    /// `None`: only its end was told.
    pub entered_on: Option<Date>,
    pub end: End,
    /// What happened on the day of its end.
    pub ended_by: Option<EventKind>,
    /// Of a settlement: granted is signed, refused is declined.
    pub outcome: Option<Outcome>,
    pub way: Option<Way>,
    pub turns: Vec<Change>,
    pub extended_on: Vec<Date>,
    /// Days on which a notice of default was received.
    pub notices: Vec<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Running,
    On(Date),
    /// What came after it shows that it is over.
    Unknown,
}

/// The turn goes to someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub on: Date,
    pub to: Turn,
    /// The last day of that turn, where one was set.
    pub until: Option<Date>,
    /// A formal request to complete the file: it suspends the term (Awb 4:15, 7:10 lid 2).
    pub suspends: bool,
}

impl Pass {
    fn new(step: Step, entered_on: Option<Date>) -> Pass {
        Pass {
            step,
            entered_on,
            end: End::Running,
            ended_by: None,
            outcome: None,
            way: None,
            turns: Vec::new(),
            extended_on: Vec::new(),
            notices: Vec::new(),
        }
    }

    fn end_by(&mut self, event: &Event) {
        self.end = End::On(event.on);
        self.ended_by = Some(event.kind);
    }

    pub fn is_running(&self) -> bool {
        self.end == End::Running
    }

    pub fn ended_on(&self) -> Option<Date> {
        match self.end {
            End::On(day) => Some(day),
            End::Running | End::Unknown => None,
        }
    }
}

/// The passes of a case in the order in which they began, and what to know of events that fit nowhere.
pub(super) fn passes<'a>(events: impl IntoIterator<Item = &'a Event>) -> (Vec<Pass>, Vec<Note>) {
    let events = in_order(events.into_iter().collect(), |event| *event);
    let mut passes = Passes::default();
    events.iter().for_each(|event| passes.take(event));
    passes.close_what_is_over();
    (passes.list, passes.notes)
}

#[derive(Default)]
struct Passes {
    list: Vec<Pass>,
    notes: Vec<Note>,
}

impl Passes {
    fn take(&mut self, event: &Event) {
        match event.kind.effect() {
            Effect::Enters => {
                if let Some(step) = event.kind.step() {
                    self.enter(step, event.on);
                    if let Some(pass) = self.running(Some(step)) {
                        pass.way = pass.way.or(event.way);
                    }
                }
                // The first test is the first thing that is done with a registration.
                if event.kind == EventKind::Registered {
                    self.enter(Step::FirstTest, event.on);
                }
            }
            Effect::Ends => {
                if let Some(step) = event.kind.step() {
                    self.end(step, event);
                }
                if event.kind == EventKind::FirstTestDecided && event.outcome != Some(Outcome::Refused) {
                    self.enter(Step::IntegralAssessment, event.on);
                }
            }
            Effect::Turns(to) => self.turn(event, Some(to)),
            Effect::TurnsBack => self.turn(event, None),
            Effect::Extends => self.at_a_running_step(event, |pass| pass.extended_on.push(event.on)),
            Effect::Notices => self.at_a_running_step(event, |pass| pass.notices.push(event.on)),
            Effect::Marks => self.mark(event),
        }
    }

    /// Told twice, by her and by the office, it is entered once.
    fn enter(&mut self, step: Step, on: Date) {
        if self.running(Some(step)).is_none() {
            self.list.push(Pass::new(step, Some(on)));
        }
    }

    fn end(&mut self, step: Step, event: &Event) {
        if self.running(Some(step)).is_none() {
            self.list.push(Pass::new(step, None));
        }
        if let Some(pass) = self.running(Some(step)) {
            pass.end_by(event);
            pass.outcome = match event.kind {
                EventKind::SettlementSigned => Some(Outcome::Granted),
                EventKind::SettlementDeclined => Some(Outcome::Refused),
                _ => event.outcome,
            };
        }
    }

    fn turn(&mut self, event: &Event, to: Option<Turn>) {
        let suspends = event.kind == EventKind::InformationAsked;
        self.at_a_running_step(event, |pass| {
            let to = to.unwrap_or(pass.step.turn());
            pass.turns.push(Change { on: event.on, to, until: event.until, suspends });
        });
    }

    fn mark(&mut self, event: &Event) {
        match event.kind {
            EventKind::FinishedEarly => {
                for step in [Step::Conversation, Step::IntegralAssessment] {
                    if let Some(pass) = self.running(Some(step)) {
                        pass.end_by(event);
                    }
                }
            }
            EventKind::Other => self.note(Note::OfficeCode),
            _ => {}
        }
    }

    fn at_a_running_step(&mut self, event: &Event, change: impl FnOnce(&mut Pass)) {
        match self.running(event.step.or(event.kind.step())) {
            Some(pass) => change(pass),
            None => self.note(Note::EventWithoutStep(event.kind)),
        }
    }

    /// The pass of that step that still runs; without a step, the one entered last.
    fn running(&mut self, step: Option<Step>) -> Option<&mut Pass> {
        self.list
            .iter_mut()
            .filter(|pass| pass.is_running() && step.is_none_or(|step| pass.step == step))
            // Passes that begin on one day stand in the order of the steps.
            .max_by_key(|pass| pass.entered_on)
    }

    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Nobody writes that a registration was confirmed or a conversation was held, when the decision after it is there.
    fn close_what_is_over(&mut self) {
        for (step, after) in
            [(Step::Registration, Step::FirstTest), (Step::Conversation, Step::IntegralAssessment)]
        {
            let is_over = self.list.iter().any(|pass| pass.step == after && !pass.is_running());
            if let Some(pass) = self.running(Some(step)).filter(|_| is_over) {
                pass.end = End::Unknown;
            }
        }
    }
}
