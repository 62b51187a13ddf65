//! The timeline itself: every step with its state, its clocks, its term, and what she can do.

use serde::Serialize;

use super::clock::{ChessClock, Stretch, chess_clock, stretches};
use super::event::{Case, EventKind, Outcome, Turn, Way};
use super::observed::{Observed, observed};
use super::pass::{End, Pass, passes};
use super::penalty::{self, Penalty};
use super::step::Step;
use super::term::{self, Term};
use super::todo::{Note, Right, Task};
use crate::calendar::{Date, plus_working_days};
use crate::figures::Spread;
use crate::order::in_order;
use crate::parameter::Entry;
use crate::parameters::{debts, terms};
use crate::rules::RuleSet;

/// What the events of a case say.
///
/// Pure: the same events, in whatever order, give the same timeline. What isn't told is a result, not an error.
#[must_use]
pub fn timeline(case: &Case) -> Timeline {
    timeline_with(case, &[])
}

/// The same, with how long steps took others as it was estimated; where a step has no estimate, what was published.
#[must_use]
pub fn timeline_with(case: &Case, estimated: &[Spread]) -> Timeline {
    let (passes, mut notes) = passes(&case.events);
    let mut missing = Vec::new();
    let mut steps: Vec<StepAnswer> = passes
        .iter()
        .map(|pass| answer(pass, &passes, case.on, estimated, &mut missing, &mut notes))
        .collect();
    for step in Step::ALL.into_iter().filter(|step| passes.iter().all(|pass| pass.step != *step)) {
        steps.push(StepAnswer::ahead(step, is_out_of_reach(step, case, &passes)));
    }
    // In the order of a case; of one step, the first time first.
    let steps = in_order(steps, |answer| answer.step);
    if passes.iter().any(|pass| pass.step == Step::Settlement && pass.is_running()) {
        notes.push(Note::SettlementGivesUpObjection);
    }
    dedup(&mut notes);
    dedup(&mut missing);
    let rights = rights(&steps, &passes, case.on);
    let tasks = tasks(&steps, &passes, case.on);
    Timeline { rules: RuleSet::current(), steps, rights, tasks, missing, notes }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timeline {
    pub rules: RuleSet,
    /// All nine, in the order of [`Step::ALL`]; one that was gone through again stands again.
    pub steps: Vec<StepAnswer>,
    pub rights: Vec<Right>,
    /// The most pressing first.
    pub tasks: Vec<Task>,
    /// Kinds of events that would say more.
    pub missing: Vec<&'static str>,
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepAnswer {
    pub step: Step,
    pub state: State,
    pub entered_on: Option<Date>,
    /// Null while it runs, and where it is over on a day that wasn't told.
    pub ended_on: Option<Date>,
    pub turn: Turn,
    /// The day until which the law gives time; null where it gives none, or where something is missing.
    pub statutory_end_on: Option<Date>,
    /// The day that the service promised; no law.
    pub promised_end_on: Option<Date>,
    /// Days past the statutory end, so far or when it was decided.
    pub overdue_days: i32,
    pub chess_clock: ChessClock,
    pub observed: Option<Observed>,
    pub penalty: Option<Penalty>,
    pub outcome: Option<Outcome>,
    pub way: Option<Way>,
    /// What may come after it.
    pub leads_to: &'static [Step],
    /// Ids of the parameters that it rests on.
    pub parameters: Vec<&'static Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    Done,
    Current,
    /// It may still come.
    Next,
    NotApplicable,
}

impl State {
    /// The word in files, texts and styles.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Current => "current",
            State::Next => "next",
            State::NotApplicable => "not_applicable",
        }
    }
}

impl StepAnswer {
    fn ahead(step: Step, is_out_of_reach: bool) -> StepAnswer {
        StepAnswer {
            step,
            state: if is_out_of_reach { State::NotApplicable } else { State::Next },
            entered_on: None,
            ended_on: None,
            turn: Turn::Nobody,
            statutory_end_on: None,
            promised_end_on: None,
            overdue_days: 0,
            chess_clock: ChessClock::default(),
            observed: None,
            penalty: None,
            outcome: None,
            way: None,
            leads_to: step.leads_to(),
            parameters: Vec::new(),
        }
    }

    #[must_use]
    pub fn is_late(&self) -> bool {
        self.state == State::Current && self.overdue_days > 0
    }
}

fn answer(
    pass: &Pass,
    all: &[Pass],
    on: Date,
    estimated: &[Spread],
    missing: &mut Vec<&'static str>,
    notes: &mut Vec<Note>,
) -> StepAnswer {
    let stretches = stretches(pass, on);
    let Term { end_on, mut parameters, missing: needed, notes: of_term } =
        term::statutory(pass, all, &stretches, on);
    notes.extend(of_term);
    missing.extend(needed.filter(|_| pass.is_running()));
    let is_decided = matches!(pass.end, End::On(_));
    let overdue_days = end_on
        .filter(|_| pass.is_running() || is_decided)
        .map_or(0, |end| end.days_until(pass.ended_on().unwrap_or(on)).max(0));
    if pass.step == Step::Settlement && !pass.notices.is_empty() {
        notes.push(Note::PenaltyProbablyNot(pass.step));
    }
    let penalty = penalty::penalty(pass, end_on, on, notes);
    if penalty.is_some() {
        parameters.extend(penalty::parameters());
    }
    let promise = &terms::REGISTRATION_CONFIRMATION;
    let promised_end_on = pass
        .entered_on
        .filter(|_| pass.step == Step::Registration)
        .and_then(|entered_on| plus_working_days(entered_on, promise.at(on)?));
    parameters.extend(promised_end_on.map(|_| promise.entry));
    StepAnswer {
        step: pass.step,
        state: if pass.is_running() { State::Current } else { State::Done },
        entered_on: pass.entered_on,
        ended_on: pass.ended_on(),
        turn: turn(pass, &stretches, on),
        statutory_end_on: end_on,
        promised_end_on,
        overdue_days,
        chess_clock: chess_clock(&stretches),
        observed: observed(pass.step, pass.entered_on, on, estimated),
        penalty,
        outcome: pass.outcome,
        way: pass.way,
        leads_to: pass.step.leads_to(),
        parameters,
    }
}

/// Whose turn it is now.
fn turn(pass: &Pass, stretches: &[Stretch], on: Date) -> Turn {
    if !pass.is_running() {
        return Turn::Nobody;
    }
    // What happened today gives the turn today, though no day has passed yet.
    let today = pass.turns.iter().rev().find(|change| change.on == on).map(|change| change.to);
    today.or(stretches.last().map(|stretch| stretch.turn)).unwrap_or(pass.step.turn())
}

/// Steps that her case can't come to any more.
fn is_out_of_reach(step: Step, case: &Case, passes: &[Pass]) -> bool {
    let happened = |kind: EventKind| case.events.iter().any(|event| event.kind == kind);
    let ended = |step: Step, outcome: Outcome| {
        passes.iter().any(|pass| pass.step == step && pass.outcome == Some(outcome))
    };
    let after_the_assessment = [Step::Settlement, Step::Damage];
    if happened(EventKind::SettlementSigned) {
        return step != Step::Aftercare;
    }
    if happened(EventKind::FinishedEarly) {
        return !matches!(step, Step::Aftercare | Step::Objection);
    }
    let was_refused = ended(Step::FirstTest, Outcome::Refused)
        && !ended(Step::Objection, Outcome::Granted)
        && !ended(Step::Appeal, Outcome::Granted);
    was_refused && (after_the_assessment.contains(&step) || step == Step::Aftercare)
}

fn rights(steps: &[StepAnswer], passes: &[Pass], on: Date) -> Vec<Right> {
    let mut rights = Vec::new();
    for answer in steps {
        // A decision within the two weeks costs nothing.
        if answer.penalty.as_ref().is_some_and(|it| it.days > 0 || answer.state == State::Current) {
            rights.push(Right::Penalty(answer.step));
        } else if answer.is_late() {
            rights.push(Right::NoticeOfDefault(answer.step));
        }
    }
    let signed =
        passes.iter().any(|pass| pass.step == Step::Settlement && pass.outcome == Some(Outcome::Granted));
    for decided in passes.iter().filter(|pass| term::can_be_objected_to(pass.step) && !signed) {
        let Some(decided_on) = decided.ended_on() else { continue };
        let was_objected = passes
            .iter()
            .filter(|pass| pass.step == Step::Objection)
            .any(|objection| term::objected(objection, passes, on) == Some(decided));
        let Some(lodging) = term::lodging_ends(decided_on, on).filter(|_| !was_objected) else { continue };
        if on <= lodging.by_law {
            rights.push(Right::Objection(decided.step, lodging.by_law));
        } else if on <= lodging.with_lenience {
            rights.push(Right::LateObjection(decided.step, lodging.with_lenience));
        }
    }
    let runs = |step: Step| steps.iter().any(|answer| answer.step == step && answer.state == State::Current);
    let was = |step: Step| passes.iter().any(|pass| pass.step == step);
    if steps.iter().any(|it| it.step == Step::Objection && it.outcome == Some(Outcome::Refused))
        && !was(Step::Appeal)
    {
        rights.push(Right::Appeal);
    }
    if [Step::IntegralAssessment, Step::Objection, Step::Damage, Step::Settlement].into_iter().any(runs) {
        rights.push(Right::RequestFile);
    }
    if steps.iter().any(StepAnswer::is_late) {
        rights.push(Right::Complaint);
    }
    rights
}

fn tasks(steps: &[StepAnswer], passes: &[Pass], on: Date) -> Vec<Task> {
    let mut tasks = Vec::new();
    for pass in passes.iter().filter(|pass| pass.is_running()) {
        let is_hers = steps
            .iter()
            .any(|it| it.step == pass.step && it.state == State::Current && it.turn == Turn::Parent);
        let asked = pass.turns.iter().rev().find(|change| change.to == Turn::Parent);
        match (asked.filter(|_| is_hers), pass.step) {
            (Some(change), step) if change.suspends => tasks.push(Task::SendInformation(step, change.until)),
            (Some(_), Step::IntegralAssessment) => tasks.push(Task::GiveView),
            (Some(_), Step::Settlement) => tasks.push(Task::AnswerOffer),
            (Some(change), step) => tasks.push(Task::SendInformation(step, change.until)),
            (None, Step::Conversation) => tasks.push(Task::PrepareConversation),
            (None, _) => {}
        }
    }
    let recognised_on = passes
        .iter()
        .find(|pass| pass.outcome == Some(Outcome::Granted) && pass.step == Step::FirstTest)
        .and_then(Pass::ended_on);
    let report_until = recognised_on
        .and_then(|day| day.plus_months(debts::PRIVATE_REPORT_TERM.at(on)?))
        .filter(|until| *until >= on);
    tasks.extend(report_until.map(Task::ReportPrivateDebts));
    tasks
}

/// Keeps the first of each.
fn dedup<T: PartialEq + Copy>(items: &mut Vec<T>) {
    let mut known: Vec<T> = Vec::new();
    items.retain(|item| {
        let is_new = !known.contains(item);
        if is_new {
            known.push(*item);
        }
        is_new
    });
}
