//! The form of /tijdlijn: letters as typed → the case that the rules take.

use domain::amounts::{Invalid, Problem};
use domain::calendar::Date;
use domain::figures::Spread;
use domain::timeline::{Case, Event, EventKind, Outcome, Step, Timeline, timeline_with};

use crate::content::timeline as text;
use crate::entries::Entries;
use crate::ui::problem_at;

/// The letters, a group that can be repeated.
pub const LETTERS: &str = "letters";

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

/// Reads the form. A row without a date is not there yet; what can't be read is a problem at its field, and its letter doesn't
/// count.
fn read(typed: &Entries, on: Date) -> (Case, Vec<Invalid>) {
    let mut case = Case::new(on);
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for row in 0..typed.rows(LETTERS) {
        let name = |field: &str| format!("{LETTERS}[{row}].{field}");
        let mut refuse = |field: &str, problem| problems.push(Invalid::new(name(field), problem));
        let date = |field: &str| {
            let typed = typed.text(&name(field));
            (!typed.is_empty()).then(|| Date::parse_dutch(typed).or_else(|| Date::parse_iso(typed)))
        };
        let Some(told_on) = date("on") else { continue };
        let kind = EventKind::parse(typed.text(&name("kind")));
        if kind.is_none() {
            refuse("kind", Problem::NotAChoice);
        }
        if told_on.is_none() {
            refuse("on", Problem::NotADate);
        }
        let until = date("until");
        if until == Some(None) {
            refuse("until", Problem::NotADate);
        }
        let (Some(kind), Some(on)) = (kind, told_on) else { continue };
        // Only what the kind leaves open is asked.
        let step = Step::parse(typed.text(&name("step"))).filter(|_| kind.step().is_none());
        let outcome = match typed.text(&name("outcome")) {
            "yes" => Some(Outcome::Granted),
            "no" => Some(Outcome::Refused),
            _ => None,
        };
        rows.push(row);
        case.events.push(Event { on, kind, step, outcome, until: until.flatten(), way: None, code: None });
    }
    let refused = case.check();
    // The rules never see what can't have happened.
    let mut gone: Vec<usize> = Vec::new();
    for invalid in refused {
        let place = invalid.path.strip_prefix("events[").and_then(|rest| rest.split_once("]."));
        let Some((at, field)) = place.and_then(|(at, field)| Some((at.parse::<usize>().ok()?, field))) else {
            gone.extend(0..rows.len());
            problems.push(Invalid::new(LETTERS, invalid.problem));
            continue;
        };
        if let Some(row) = rows.get(at) {
            problems.push(Invalid::new(format!("{LETTERS}[{row}].{field}"), invalid.problem));
        }
        gone.push(at);
    }
    let mut at = 0..;
    case.events.retain(|_| at.next().is_some_and(|at| !gone.contains(&at)));
    (case, problems)
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
        let typed = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Told::of(&Entries::from_pairs(typed), Date::constant(2026, 11, 23), &[])
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
}
