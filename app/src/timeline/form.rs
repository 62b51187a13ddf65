//! The form of /tijdlijn: letters as typed → the case that the rules take.

use domain::amounts::{Invalid, Problem};
use domain::calendar::Date;
use domain::figures::Spread;
use domain::timeline::{Case, Event, EventKind, Outcome, Step, Timeline, Way, timeline_with};

use crate::content::timeline as text;
use crate::entries::Entries;
use crate::ui::problem_at;

/// The letters, a group that can be repeated.
pub const LETTERS: &str = "letters";
/// What the office tells, a group that nobody here can change.
pub const OFFICE: &str = "office";
/// The code that opens a dossier.
pub const CODE: &str = "code";
/// What a page with an opened dossier has in place of the code.
pub const TICKET: &str = "ticket";
/// The buttons that ask the server to keep the letters: in a new dossier, or in the one that is open.
pub const ASK: &str = "ask";
pub const SAVE: &str = "save";
/// The version of the dossier that the form was made from.
pub const VERSION: &str = "version";

/// The form itself, for buttons that stand outside it.
pub const FORM_ID: &str = "brieven";

/// Name of the buttons that ask for a letter; a value is the letter's word, and behind a full stop that of its step.
pub const WISH: &str = "wish";

/// What most people have at hand: the rows that an empty form starts with.
const AT_FIRST: [EventKind; 3] =
    [EventKind::Registered, EventKind::FirstTestDecided, EventKind::AssessmentDecided];

/// What was typed, read and computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub case: Case,
    pub problems: Vec<Invalid>,
    pub timeline: Timeline,
}

impl Told {
    #[must_use]
    pub fn of(typed: &Entries, on: Date, estimated: &[Spread]) -> Told {
        let (case, problems) = read(typed, on);
        Told { timeline: timeline_with(&case, estimated), case, problems }
    }

    /// What is wrong with a field, if anything.
    #[must_use]
    pub fn problem_at(&self, path: &str) -> Option<&'static str> {
        problem_at(&self.problems, path, problem_words)
    }
}

/// What was typed, with rows to start from.
#[must_use]
pub fn with_defaults(typed: &Entries) -> Entries {
    let mut filled = typed.clone();
    if typed.get(&format!("rows.{LETTERS}")).is_none() && typed.rows(LETTERS) == 0 {
        for (row, kind) in AT_FIRST.into_iter().enumerate() {
            filled.set(&format!("{LETTERS}[{row}].kind"), kind.id());
        }
    }
    filled.set(&format!("rows.{LETTERS}"), filled.rows(LETTERS).to_string());
    filled
}

/// Reads the form. What can't be read is a problem at its field, and its letter doesn't count.
fn read(typed: &Entries, on: Date) -> (Case, Vec<Invalid>) {
    let mut case = Case::new(on);
    let mut problems = Vec::new();
    // Where each event stands in the form.
    let mut places = Vec::new();
    for row in 0..typed.rows(LETTERS) {
        let place = format!("{LETTERS}[{row}]");
        if let Some(event) = event(typed, &place, &mut problems) {
            case.events.push(event);
            places.push(place);
        }
    }
    take_office(typed, &mut case);
    leave_out_what_cant_be(&mut case, &places, &mut problems);
    (case, problems)
}

/// One row; without a date it is not there yet.
fn event(typed: &Entries, place: &str, problems: &mut Vec<Invalid>) -> Option<Event> {
    let name = |field: &str| format!("{place}.{field}");
    let said = |field: &str| typed.text(&name(field));
    let mut refuse = |field: &str, problem| problems.push(Invalid::new(name(field), problem));
    if said("on").is_empty() {
        return None;
    }
    let kind = EventKind::parse(said("kind"));
    if kind.is_none() {
        refuse("kind", Problem::NotAChoice);
    }
    let on = day(said("on"));
    if on.is_none() {
        refuse("on", Problem::NotADate);
    }
    let until = (!said("until").is_empty()).then(|| day(said("until")));
    if until == Some(None) {
        refuse("until", Problem::NotADate);
    }
    let (kind, on) = kind.zip(on)?;
    // Only what the kind leaves open is asked.
    let step = Step::parse(said("step")).filter(|_| kind.step().is_none());
    let outcome = Outcome::ALL.into_iter().find(|outcome| answer(*outcome) == said("outcome"));
    let way = Way::parse(said("way")).filter(|_| kind == EventKind::SettlementRequested);
    Some(Event { on, kind, step, outcome, until: until.flatten(), way, code: None })
}

/// The answer in the form to "Kreeg u wat u vroeg?".
#[must_use]
pub const fn answer(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => "yes",
        Outcome::Refused => "no",
    }
}

/// A day as people write it, or as files do.
#[must_use]
pub fn day(typed: &str) -> Option<Date> {
    Date::parse_dutch(typed).or_else(|| Date::parse_iso(typed))
}

/// The rules never see what can't have happened.
fn leave_out_what_cant_be(case: &mut Case, places: &[String], problems: &mut Vec<Invalid>) {
    let mut gone: Vec<usize> = Vec::new();
    for invalid in case.check() {
        let Some((at, field)) = invalid.place_in("events") else {
            gone.extend(0..case.events.len());
            problems.push(Invalid::new(LETTERS, invalid.problem));
            continue;
        };
        if let Some(place) = places.get(at) {
            problems.push(Invalid::new(format!("{place}.{field}"), invalid.problem));
        }
        gone.push(at);
    }
    let mut at = 0..;
    case.events.retain(|_| at.next().is_some_and(|at| !gone.contains(&at)));
}

/// Adds what the office tells, behind her own letters. What both tell counts once; what is wrong there isn't hers to mend.
fn take_office(typed: &Entries, case: &mut Case) {
    for row in 0..typed.rows(OFFICE) {
        let event = event(typed, &format!("{OFFICE}[{row}]"), &mut Vec::new());
        case.events.extend(event.filter(|event| !case.events.contains(event)));
    }
}

/// What is wrong with a field, in words.
#[must_use]
pub fn problem_words(problem: &Problem) -> &'static str {
    match problem {
        Problem::NotADate => text::PROBLEM_NOT_A_DATE,
        Problem::InTheFuture => text::PROBLEM_FUTURE,
        Problem::BeforeTheScheme => text::PROBLEM_BEFORE,
        Problem::EndBeforeStart => text::PROBLEM_END_BEFORE_START,
        Problem::Twice => text::PROBLEM_TWICE,
        Problem::TooMany => text::PROBLEM_TOO_MANY,
        _ => text::PROBLEM_NO_KIND,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[(&str, &str)]) -> Told {
        Told::of(&Entries::from_pairs(pairs.iter().copied()), Date::constant(2026, 11, 23), &[])
    }

    #[test]
    fn a_letter_with_a_date_is_an_event_and_one_without_is_not_there_yet() {
        let told = told(&[
            ("letters[0].kind", "registered"),
            ("letters[0].on", "16-1-2023"),
            ("letters[1].kind", "first_test_decided"),
            ("letters[1].on", ""),
        ]);
        assert_eq!(told.problems, []);
        assert_eq!(told.case.events.len(), 1);
        assert_eq!(told.case.events[0].on, Date::constant(2023, 1, 16));
    }

    #[test]
    fn what_the_office_tells_counts_beside_her_letters_and_once() {
        let told = told(&[
            ("letters[0].kind", "registered"),
            ("letters[0].on", "16-1-2023"),
            ("office[0].kind", "registered"),
            ("office[0].on", "2023-01-16"),
            ("office[1].kind", "first_test_decided"),
            ("office[1].on", "2023-05-01"),
            ("office[1].outcome", "yes"),
            ("office[2].kind", "first_test_decided"),
            ("office[2].on", "2022-05-01"),
        ]);
        assert_eq!(told.problems, [], "what is wrong at the office isn't hers to mend");
        let kinds: Vec<EventKind> = told.case.events.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::Registered, EventKind::FirstTestDecided]);
        assert_eq!(told.case.events[1].outcome, Some(Outcome::Granted));
    }

    #[test]
    fn what_cant_be_read_is_told_at_its_field_and_the_rest_counts() {
        let told = told(&[
            ("letters[0].kind", "registered"),
            ("letters[0].on", "31-2-2023"),
            ("letters[1].kind", ""),
            ("letters[1].on", "1-5-2023"),
            ("letters[2].kind", "damage_requested"),
            ("letters[2].on", "1-5-2030"),
            ("letters[3].kind", "objection_lodged"),
            ("letters[3].on", "1-5-2024"),
        ]);
        let paths: Vec<&str> = told.problems.iter().map(|invalid| invalid.path.as_str()).collect();
        assert_eq!(paths, ["letters[0].on", "letters[1].kind", "letters[2].on"]);
        assert_eq!(told.case.events.len(), 1);
    }

    #[test]
    fn the_way_to_a_settlement_counts_where_one_was_asked() {
        let told = told(&[
            ("letters[0].kind", "settlement_requested"),
            ("letters[0].on", "1-12-2025"),
            ("letters[0].way", "mijnherstel"),
            ("letters[1].kind", "objection_lodged"),
            ("letters[1].on", "1-4-2024"),
            ("letters[1].way", "sgh"),
        ]);
        assert_eq!(told.problems, []);
        assert_eq!(told.case.events[0].way, Some(Way::MijnHerstel));
        assert_eq!(told.case.events[1].way, None);
    }
}
