//! The form of /tijdlijn/brief: what was typed → a letter, or why there is none yet.

use domain::amounts::{Invalid, Problem};
use domain::calendar::Date;
use domain::timeline::{Case, Event, EventKind, Right, State, Step, StepAnswer, Timeline, timeline};

use super::letter::{Letter, Sender};
use crate::content::ready_letter as text;
use crate::entries::{ACTION, Entries};
use crate::timeline::form::{LETTERS, Told, WISH, day};
use crate::ui::problem_at;

/// The fields. Those of her letters (`letters[0].on`, …) may go along with them.
pub const LETTER: &str = "letter";
pub const STEP: &str = "step";
pub const REQUESTED_ON: &str = "requested_on";
pub const END_ON: &str = "end_on";
pub const DECISION_ON: &str = "decision_on";
pub const NAME: &str = "name";
pub const STREET: &str = "street";
pub const TOWN: &str = "town";
pub const REFERENCE: &str = "reference";

/// What the buttons of the form ask: to choose a letter, or to make it.
pub const NEXT: &str = "next";
pub const MAKE: &str = "make";

/// The days that depend on the letter and on the step.
pub const DAYS: [&str; 3] = [REQUESTED_ON, END_ON, DECISION_ON];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// *Ingebrekestelling*.
    NoticeOfDefault,
    /// *Dossier opvragen*.
    RequestFile,
    /// *Pro-formabezwaar*: in time, with the reasons to follow.
    Objection,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::NoticeOfDefault, Kind::RequestFile, Kind::Objection];

    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Kind::NoticeOfDefault => "notice_of_default",
            Kind::RequestFile => "request_file",
            Kind::Objection => "objection",
        }
    }

    fn parse(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The steps that it can be about. A settlement ends in an agreement, so nothing is decided too late there.
    #[must_use]
    pub const fn steps(self) -> &'static [Step] {
        match self {
            Kind::NoticeOfDefault => {
                &[Step::FirstTest, Step::IntegralAssessment, Step::Objection, Step::Damage]
            }
            Kind::Objection => &[Step::FirstTest, Step::IntegralAssessment, Step::Damage],
            Kind::RequestFile => &[],
        }
    }
}

/// What was typed, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub kind: Option<Kind>,
    pub problems: Vec<Invalid>,
    pub outcome: Outcome,
    pub on: Date,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something has to be filled in first.
    Nothing,
    /// The law still gives time until then; a notice that arrives earlier has no effect.
    TooEarly {
        end_on: Date,
        counts_from: Date,
    },
    Letter(Box<Letter>),
}

/// Whether an objection is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lodging {
    ByLaw(Date),
    WithLenience(Date),
    Over,
}

impl Made {
    #[must_use]
    pub fn of(typed: &Entries, on: Date) -> Made {
        let mut read = Read { typed, on, problems: Vec::new() };
        let kind = read.kind();
        let outcome = match kind {
            None => None,
            Some(Kind::RequestFile) => Some(Outcome::Letter(Letter::request_file(read.sender(), on).into())),
            Some(Kind::NoticeOfDefault) => read.notice_of_default(),
            Some(Kind::Objection) => read.objection(),
        };
        Made { kind, problems: read.problems, outcome: outcome.unwrap_or(Outcome::Nothing), on }
    }

    /// What is wrong with a field, if anything.
    #[must_use]
    pub fn problem_at(&self, path: &str) -> Option<&'static str> {
        problem_at(&self.problems, path, problem_words)
    }

    #[must_use]
    pub fn letter(&self) -> Option<&Letter> {
        match &self.outcome {
            Outcome::Letter(letter) => Some(letter),
            _ => None,
        }
    }
}

struct Read<'a> {
    typed: &'a Entries,
    on: Date,
    problems: Vec<Invalid>,
}

impl Read<'_> {
    fn refuse<T>(&mut self, field: &str, problem: Problem) -> Option<T> {
        self.problems.push(Invalid::new(field, problem));
        None
    }

    fn kind(&mut self) -> Option<Kind> {
        Kind::parse(self.typed.text(LETTER)).or_else(|| self.refuse(LETTER, Problem::NotAChoice))
    }

    fn step(&mut self, kind: Kind) -> Option<Step> {
        let step = Step::parse(self.typed.text(STEP)).filter(|step| kind.steps().contains(step));
        step.or_else(|| self.refuse(STEP, Problem::NotAChoice))
    }

    fn any_day(&mut self, field: &str) -> Option<Date> {
        match day(self.typed.text(field)) {
            None => self.refuse(field, Problem::NotADate),
            Some(day) if day < Date::EARLIEST => self.refuse(field, Problem::BeforeTheScheme),
            known => known,
        }
    }

    fn day_so_far(&mut self, field: &str) -> Option<Date> {
        let day = self.any_day(field)?;
        if day > self.on { self.refuse(field, Problem::InTheFuture) } else { Some(day) }
    }

    fn sender(&self) -> Sender {
        let said = |field: &str| self.typed.text(field).to_owned();
        Sender { name: said(NAME), street: said(STREET), town: said(TOWN), reference: said(REFERENCE) }
    }

    /// Offered only once the term is over: a notice that arrives before has no effect (`domain.md` §5, Awb 4:17).
    fn notice_of_default(&mut self) -> Option<Outcome> {
        let step = self.step(Kind::NoticeOfDefault);
        let requested_on = self.day_so_far(REQUESTED_ON);
        let end_on = self.any_day(END_ON);
        let (step, (requested_on, end_on)) = step.zip(requested_on.zip(end_on))?;
        if end_on < requested_on {
            return self.refuse(END_ON, Problem::EndBeforeStart);
        }
        if self.on <= end_on {
            return Some(Outcome::TooEarly { end_on, counts_from: end_on.plus_days(1)? });
        }
        let letter = Letter::notice_of_default(self.sender(), step, requested_on, end_on, self.on);
        Some(Outcome::Letter(letter.into()))
    }

    fn objection(&mut self) -> Option<Outcome> {
        let step = self.step(Kind::Objection);
        let decision_on = self.day_so_far(DECISION_ON);
        let (step, decision_on) = step.zip(decision_on)?;
        let lodging = lodging(step, decision_on, self.on);
        let letter = Letter::objection(self.sender(), step, decision_on, lodging, self.on);
        Some(Outcome::Letter(letter.into()))
    }
}

/// Whether an objection against a decision of that day is still in time: what the rules say of a case with only that.
fn lodging(step: Step, decision_on: Date, on: Date) -> Lodging {
    let kind = match step {
        Step::FirstTest => EventKind::FirstTestDecided,
        Step::IntegralAssessment => EventKind::AssessmentDecided,
        _ => EventKind::DamageDecided,
    };
    let decided =
        Event { on: decision_on, kind, step: None, outcome: None, until: None, way: None, code: None };
    let timeline = timeline(&Case { on, events: vec![decided] });
    let found = timeline.rights.into_iter().find_map(|right| match right {
        Right::Objection(_, until) => Some(Lodging::ByLaw(until)),
        Right::LateObjection(_, until) => Some(Lodging::WithLenience(until)),
        _ => None,
    });
    found.unwrap_or(Lodging::Over)
}

/// What a form that was sent says once its button has done its work, and whether it asks for the letter.
#[must_use]
pub fn sent(mut form: Entries) -> (Entries, bool) {
    let action = form.text(ACTION).to_owned();
    form.remove(ACTION);
    let asks = action == MAKE || action == NEXT && form.text(LETTER).is_empty();
    (form, asks)
}

/// What her letters say already, in the fields that are still empty.
#[must_use]
pub fn prefilled(typed: &Entries, on: Date) -> Entries {
    let mut filled = typed.clone();
    take_wish(&mut filled);
    let Some(kind) = Kind::parse(filled.text(LETTER)) else { return filled };
    let timeline = Told::of(typed, on, &[]).timeline;
    if filled.text(STEP).is_empty()
        && let Some(step) = fitting_step(kind, &timeline)
    {
        filled.set(STEP, step.id());
    }
    let Some(step) = Step::parse(filled.text(STEP)) else { return filled };
    for (field, day) in known_days(kind, step, &timeline) {
        if let Some(day) = day.filter(|_| filled.text(field).is_empty()) {
            filled.set(field, as_typed(day));
        }
    }
    filled
}

/// A button of the timeline asked for one letter; what was filled in for another doesn't count for it.
fn take_wish(filled: &mut Entries) {
    let wish = filled.text(WISH).to_owned();
    filled.remove(WISH);
    if wish.is_empty() {
        return;
    }
    let (letter, step) = wish.split_once('.').unwrap_or((&wish, ""));
    filled.set(LETTER, letter);
    filled.set(STEP, step);
    DAYS.into_iter().for_each(|field| filled.remove(field));
}

/// The step that such a letter would be about, as far as the rules know.
fn fitting_step(kind: Kind, timeline: &Timeline) -> Option<Step> {
    timeline.rights.iter().find_map(|right| match (kind, *right) {
        (Kind::NoticeOfDefault, Right::NoticeOfDefault(step))
        | (Kind::Objection, Right::Objection(step, _) | Right::LateObjection(step, _)) => Some(step),
        _ => None,
    })
}

fn known_days(kind: Kind, step: Step, timeline: &Timeline) -> [(&'static str, Option<Date>); 3] {
    let last = |is: fn(&StepAnswer) -> bool| {
        timeline.steps.iter().rev().find(|answer| answer.step == step && is(answer))
    };
    let mut days = DAYS.map(|field| (field, None));
    match kind {
        Kind::NoticeOfDefault => {
            let running = last(|answer| answer.state == State::Current);
            // The first test and the assessment count from the registration.
            let asked_at = match step {
                Step::Objection | Step::Damage => running,
                _ => timeline.steps.iter().find(|answer| answer.step == Step::Registration),
            };
            days[0].1 = asked_at.and_then(|answer| answer.entered_on);
            days[1].1 = running.and_then(|answer| answer.statutory_end_on);
        }
        Kind::Objection => {
            days[2].1 = last(|answer| answer.ended_on.is_some()).and_then(|answer| answer.ended_on);
        }
        Kind::RequestFile => {}
    }
    days
}

/// As people write a day.
fn as_typed(day: Date) -> String {
    format!("{}-{}-{}", day.day(), day.month(), day.year())
}

/// Only what belongs to this form, without the letters of her case.
#[must_use]
pub fn own(typed: &Entries) -> Entries {
    typed.only(|name| !is_of_case(name))
}

/// It goes along from the form of /tijdlijn.
#[must_use]
pub fn is_of_case(name: &str) -> bool {
    name.strip_prefix(LETTERS).is_some_and(|rest| rest.starts_with('['))
        || name.strip_prefix("rows.") == Some(LETTERS)
}

/// What is wrong with a field, in words.
#[must_use]
pub fn problem_words(problem: &Problem) -> &'static str {
    match problem {
        Problem::NotADate => text::PROBLEM_NOT_A_DATE,
        Problem::InTheFuture => text::PROBLEM_FUTURE,
        Problem::BeforeTheScheme => text::PROBLEM_BEFORE,
        Problem::EndBeforeStart => text::PROBLEM_END_BEFORE_START,
        _ => text::PROBLEM_NO_CHOICE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Date = Date::constant(2026, 11, 23);

    fn entries(pairs: &[(&str, &str)]) -> Entries {
        Entries::from_pairs(pairs.iter().copied())
    }

    fn notice(end_on: &str) -> Made {
        let typed = [
            ("letter", "notice_of_default"),
            ("step", "damage"),
            ("requested_on", "1-9-2023"),
            ("end_on", end_on),
        ];
        Made::of(&entries(&typed), ON)
    }

    #[test]
    fn a_notice_that_would_have_no_effect_is_not_made() {
        let on_the_last_day = notice("23-11-2026");
        let counts_from = Date::constant(2026, 11, 24);
        assert_eq!(on_the_last_day.problems, []);
        assert_eq!(on_the_last_day.outcome, Outcome::TooEarly { end_on: ON, counts_from });
        assert!(notice("22-11-2026").letter().is_some());
    }

    #[test]
    fn what_is_missing_or_cant_be_is_told_at_its_field() {
        let paths = |made: Made| made.problems.into_iter().map(|it| it.path).collect::<Vec<_>>();
        assert_eq!(paths(Made::of(&Entries::default(), ON)), ["letter"]);
        assert_eq!(
            paths(Made::of(&entries(&[("letter", "notice_of_default"), ("end_on", "31-2-2024")]), ON)),
            ["step", "requested_on", "end_on"]
        );
        assert_eq!(paths(notice("1-8-2023")), ["end_on"]);
        let settlement = [
            ("letter", "notice_of_default"),
            ("step", "settlement"),
            ("requested_on", "1-9-2023"),
            ("end_on", "1-9-2024"),
        ];
        assert_eq!(paths(Made::of(&entries(&settlement), ON)), ["step"]);
        let ahead = [("letter", "objection"), ("step", "damage"), ("decision_on", "1-1-2027")];
        assert_eq!(paths(Made::of(&entries(&ahead), ON)), ["decision_on"]);
    }

    #[test]
    fn an_objection_says_until_when_it_is_in_time() {
        let of = |decision_on| lodging(Step::IntegralAssessment, decision_on, ON);
        // Six weeks; with the lenience sixteen, whose end on a Sunday moves to Monday.
        assert_eq!(of(Date::constant(2026, 11, 10)), Lodging::ByLaw(Date::constant(2026, 12, 22)));
        assert_eq!(of(Date::constant(2026, 9, 1)), Lodging::WithLenience(Date::constant(2026, 12, 22)));
        assert_eq!(of(Date::constant(2024, 3, 1)), Lodging::Over);
    }

    #[test]
    fn a_button_of_the_timeline_brings_the_letter_its_step_and_its_days() {
        let typed = entries(&[
            ("letters[0].kind", "assessment_decided"),
            ("letters[0].on", "1-3-2024"),
            ("letters[1].kind", "objection_lodged"),
            ("letters[1].on", "1-4-2024"),
            ("wish", "notice_of_default.objection"),
            ("requested_on", "1-1-2020"),
            ("name", "Anna"),
        ]);
        let filled = prefilled(&typed, ON);
        assert_eq!(filled.text("letter"), "notice_of_default");
        assert_eq!(filled.text("requested_on"), "1-4-2024");
        // 1-3-2024 + 6 weeks + 12 weeks.
        assert_eq!(filled.text("end_on"), "5-7-2024");
        assert_eq!(filled.text("name"), "Anna");
        assert!(Made::of(&filled, ON).letter().is_some());
        let own: Vec<String> = own(&filled).iter().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(own, ["name", "letter", "step", "requested_on", "end_on"]);
    }
}
