//! What can't have happened in a case, once the new lines stand beside what was told before.

use std::cell::LazyCell;

use domain::Date;
use domain::amounts::Problem;
use domain::timeline::{Case, Event};

use super::batch::Row;
use super::problem::{LineProblem, Wrong};

/// Everything wrong with the rows of one case. What is withdrawn goes first, wherever it stands.
pub fn check(on: Date, told: &[Event], rows: &[Row]) -> Vec<LineProblem> {
    let mut found = Vec::new();
    let mut case = Case { on, events: without_withdrawn(told, rows, &mut found) };
    let before = case.events.len();
    let added: Vec<&Row> = rows.iter().filter(|row| !row.withdrawn).collect();
    case.events.extend(added.iter().map(|row| row.event.clone()));
    let were_wrong = LazyCell::new(|| wrong_events(on, told));
    let first_line = rows.first().map_or(0, |row| row.line);
    for invalid in case.check() {
        found.push(match invalid.place_in("events") {
            Some((at, field)) if at >= before => {
                let line = added.get(at - before).map_or(first_line, |row| row.line);
                let is_known = case.events.iter().take(before).any(|event| *event == case.events[at]);
                LineProblem::new(line, field, wrong(&invalid.problem, is_known))
            }
            Some((at, _)) if were_wrong.contains(&&case.events[at]) => continue,
            Some(_) => LineProblem::new(first_line, "", Wrong::Conflicts),
            None => LineProblem::new(first_line, "", wrong(&invalid.problem, false)),
        });
    }
    found
}

fn without_withdrawn(told: &[Event], rows: &[Row], found: &mut Vec<LineProblem>) -> Vec<Event> {
    let mut left = told.to_vec();
    for row in rows.iter().filter(|row| row.withdrawn) {
        match left.iter().position(|event| *event == row.event) {
            Some(at) => drop(left.remove(at)),
            None => found.push(LineProblem::new(row.line, "", Wrong::NotThere)),
        }
    }
    left
}

/// Events that older rules took are no fault of these lines.
fn wrong_events(on: Date, told: &[Event]) -> Vec<&Event> {
    let case = Case { on, events: told.to_vec() };
    case.check().iter().filter_map(|invalid| told.get(invalid.place_in("events")?.0)).collect()
}

const fn wrong(problem: &Problem, is_known: bool) -> Wrong {
    match problem {
        Problem::InTheFuture => Wrong::InTheFuture,
        Problem::BeforeTheScheme => Wrong::BeforeTheScheme,
        Problem::EndBeforeStart => Wrong::EndBeforeStart,
        Problem::Twice if is_known => Wrong::KnownAlready,
        Problem::Twice => Wrong::Twice,
        Problem::TooMany => Wrong::TooMany,
        _ => Wrong::NotAChoice,
    }
}

#[cfg(test)]
mod tests {
    use domain::timeline::EventKind;

    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 23);

    fn event(kind: EventKind, day: &str) -> Event {
        let on = Date::parse_iso(day).expect("a day");
        Event { on, kind, step: None, outcome: None, until: None, way: None, code: None }
    }

    fn row(line: u32, kind: EventKind, day: &str) -> Row {
        Row { line, case: "V-1".into(), event: event(kind, day), withdrawn: false }
    }

    #[track_caller]
    fn check_rows(told: &[Event], rows: &[Row], expected: &[(u32, &str, Wrong)]) {
        let found = check(TODAY, told, rows);
        let found: Vec<_> = found.iter().map(|it| (it.line, it.field.as_str(), it.problem)).collect();
        assert_eq!(found, expected);
    }

    use EventKind::{ObjectionDecided, ObjectionLodged, Registered};

    #[test]
    fn days_and_their_order() {
        check_rows(&[], &[row(2, Registered, "2026-11-23")], &[]);
        check_rows(&[], &[row(2, Registered, "2026-11-24")], &[(2, "on", Wrong::InTheFuture)]);
        check_rows(&[], &[row(2, Registered, "2003-12-31")], &[(2, "on", Wrong::BeforeTheScheme)]);
        let swapped = [row(2, ObjectionLodged, "2024-05-02"), row(3, ObjectionDecided, "2024-05-01")];
        check_rows(&[], &swapped, &[(3, "on", Wrong::EndBeforeStart)]);
        check_rows(
            &[event(ObjectionLodged, "2024-05-02")],
            &swapped[1..],
            &[(3, "on", Wrong::EndBeforeStart)],
        );
        check_rows(&[event(ObjectionDecided, "2024-05-01")], &swapped[..1], &[(2, "", Wrong::Conflicts)]);
    }

    #[test]
    fn the_same_twice_says_where_it_was_told_first() {
        let twice = [row(2, Registered, "2024-05-02"), row(3, Registered, "2024-05-02")];
        check_rows(&[], &twice, &[(3, "on", Wrong::Twice)]);
        check_rows(&[event(Registered, "2024-05-02")], &twice[..1], &[(2, "on", Wrong::KnownAlready)]);
    }

    #[test]
    fn withdrawn_goes_first_and_only_what_is_there() {
        let told = [event(ObjectionLodged, "2024-05-02")];
        let gone = Row { withdrawn: true, ..row(4, ObjectionLodged, "2024-05-02") };
        check_rows(&told, &[row(3, ObjectionDecided, "2024-05-01"), gone.clone()], &[]);
        check_rows(&told, &[gone.clone(), row(5, ObjectionLodged, "2024-05-02")], &[]);
        check_rows(&told, &[gone.clone(), Row { line: 5, ..gone.clone() }], &[(5, "", Wrong::NotThere)]);
        check_rows(&[], &[gone], &[(4, "", Wrong::NotThere)]);
    }

    #[test]
    fn what_older_rules_took_stands_in_nobodys_way() {
        let told = [event(Registered, "2001-01-01"), event(ObjectionLodged, "2024-05-02")];
        check_rows(&told, &[row(2, ObjectionDecided, "2024-06-01")], &[]);
    }
}
