//! What holds for every situation, also for those that nobody thought of.

#[path = "../shared/situations.rs"]
mod situations;

use domain::amounts::{
    Assessment, Damage, DamageKind, Receipt, Route, RouteAssessment, Situation, Why, assess,
};
use domain::parameters::floor;
use domain::{Cents, Date, Range};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use self::situations::{amount, possible, readable};

proptest! {
    // A situation that fails is told whole, and belongs in an `examples.toml`; seeds in a file say nothing.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_situations_tried_here_are_possible_ones(situation in possible()) {
        prop_assert_eq!(situation.check(), []);
    }

    #[test]
    fn lines_add_up_to_the_total_at_both_ends(situation in recognised()) {
        for route in assess(&situation).routes {
            let sum: Range = route.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(route.total, Some(sum), "{:?}", route.route);
        }
    }

    #[test]
    fn a_line_stands_once_per_year_or_once_in_all(situation in recognised()) {
        for route in assess(&situation).routes {
            for line in &route.lines {
                let same = |other: &&domain::amounts::Line| other.id == line.id && (other.year == line.year || line.year.is_none());
                prop_assert_eq!(route.lines.iter().filter(same).count(), 1, "{} {:?}", line.id, line.year);
            }
        }
    }

    #[test]
    fn a_line_is_computed_from_lines_that_are_there(situation in recognised()) {
        for route in assess(&situation).routes {
            for line in &route.lines {
                let is_used = |id: &str| route.lines.iter().any(|other| other.id == id && (line.year.is_none() || other.year == line.year));
                prop_assert!(line.uses.iter().all(|id| is_used(id)), "{}: {:?}", line.id, line.uses);
            }
        }
    }

    #[test]
    fn a_low_end_is_never_above_its_high_end(situation in recognised()) {
        for route in assess(&situation).routes {
            let lines = route.lines.iter().filter(|line| line.id != "floor").map(|line| line.amount);
            for range in lines.chain(route.total).chain(route.still_to_receive) {
                prop_assert!(Cents::ZERO <= range.low && range.low <= range.high, "{:?}: {}", route.route, range);
            }
        }
    }

    #[test]
    fn each_route_reaches_the_floor_and_damage_never_lowers_it(situation in recognised()) {
        let [finish, integral, settlement, commission] = totals(&situation);
        prop_assert_eq!(finish, floor::AMOUNT.at(situation.on).map(Range::exactly).unwrap_or_default());
        prop_assert!(at_least(integral, finish));
        prop_assert!(at_least(settlement, integral));
        prop_assert_eq!(settlement, commission);
    }

    #[test]
    fn damage_of_a_kind_adds_up_and_waits_until_both_ends_are_known(situation in recognised()) {
        let settlement = assess(&situation).routes.into_iter().find(|it| it.route == Route::Settlement).expect("a route");
        for kind in DamageKind::ALL {
            let items: Vec<&Damage> = situation.damages.iter().flatten().filter(|damage| damage.kind == kind).collect();
            let amounts = items.iter().map(|item| item.low.zip(item.high).map(|(low, high)| Range { low, high }));
            let stated = amounts.reduce(|sum, amount| sum.zip(amount).map(|(sum, amount)| sum + amount)).flatten();
            let line = settlement.lines.iter().find(|line| line.id == kind.line_id());
            prop_assert_eq!(line.map(|line| line.amount), stated, "{}", kind.id());
        }
    }

    #[test]
    fn more_reclaimed_never_pays_less(situation in recognised(), which: Index, more in amount()) {
        let mut more_reclaimed = situation.clone();
        let years = more_reclaimed.years.as_mut().filter(|years| !years.is_empty());
        let year = years.map(|years| { let at = which.index(years.len()); &mut years[at] });
        if let Some(reclaimed) = year.and_then(|year| year.reclaimed.as_mut()) {
            *reclaimed = *reclaimed + more;
        }
        for (more, less) in assess(&more_reclaimed).routes.iter().zip(&assess(&situation).routes) {
            prop_assert!(more.total.zip(less.total).is_some_and(|(more, less)| at_least(more, less)), "{:?}", more.route);
            prop_assert!(more.still_to_receive.zip(less.still_to_receive).is_none_or(|(more, less)| at_least(more, less)));
        }
    }

    #[test]
    fn more_received_never_raises_what_is_still_to_come(situation in recognised(), received in amount(), more in amount()) {
        let with = |received| assess(&Situation { received: Some(received), ..situation.clone() }).routes;
        for (after, before) in with(received + more).into_iter().zip(with(received)) {
            prop_assert_eq!(after.total, before.total, "what was received changes no total");
            let still = before.still_to_receive.zip(after.still_to_receive);
            prop_assert!(still.is_some_and(|(before, after)| at_least(before, after)), "{:?}", before.route);
        }
    }

    #[test]
    fn a_debt_that_lapses_lowers_only_the_low_end(situation in recognised(), outstanding in amount()) {
        let mut with_debt = situation.clone();
        if let Some(year) = with_debt.years.as_mut().and_then(|years| years.first_mut()) {
            year.outstanding = year.outstanding + outstanding;
        }
        for (with, without) in assess(&with_debt).routes.into_iter().zip(assess(&situation).routes) {
            prop_assert_eq!(with.total, without.total);
            prop_assert_eq!(with.still_to_receive.map(|still| still.high), without.still_to_receive.map(|still| still.high));
            prop_assert!(with.still_to_receive.map(|still| still.low) <= without.still_to_receive.map(|still| still.low));
        }
    }

    #[test]
    fn the_order_of_the_years_and_damages_changes_no_total(situation in recognised()) {
        let mut turned = situation.clone();
        turned.years.iter_mut().for_each(|years| years.reverse());
        turned.damages.iter_mut().for_each(|damages| damages.reverse());
        prop_assert_eq!(totals(&turned), totals(&situation));
    }

    #[test]
    fn nothing_is_missing_where_a_route_is_complete(situation in recognised()) {
        let Assessment { routes, missing, .. } = assess(&situation);
        let asked_for_a_route = missing.iter().any(|path| path != "received" && !path.starts_with("former_partner"));
        prop_assert_eq!(routes.iter().all(|route| route.complete), !asked_for_a_route, "{:?}", missing);
    }

    #[test]
    fn a_gap_and_a_remark_are_told_once(situation in possible()) {
        let Assessment { missing, notes, .. } = assess(&situation);
        let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
        for told in [missing, notes] {
            prop_assert!(told.iter().enumerate().all(|(at, it)| !told[..at].contains(it)), "{:?}", told);
        }
    }

    #[test]
    fn who_is_not_recognised_gets_no_amounts(situation in possible()) {
        let answer = assess(&Situation { recognised: false, ..situation });
        let has_no_amounts = |it: &RouteAssessment| it.total.is_none() && it.still_to_receive.is_none() && it.lines.is_empty();
        prop_assert!(answer.routes.iter().all(has_no_amounts));
        prop_assert!(answer.children.iter().all(|child| !child.eligible && child.amount.is_none()));
    }

    #[test]
    fn a_child_has_an_amount_exactly_when_it_is_eligible(situation in possible()) {
        let children = assess(&situation).children;
        prop_assert_eq!(children.len(), situation.children.len());
        for child in children {
            prop_assert_eq!(child.eligible, child.amount.is_some());
            prop_assert!(!child.eligible || child.age_on_reference_date.is_some());
        }
    }

    #[test]
    fn the_same_situation_gives_the_same_assessment(situation in possible()) {
        let written = serde_json::to_string(&situation).expect("JSON");
        let read = Situation::from_json(&written).expect("what was written is read");
        prop_assert_eq!(&read, &situation);
        prop_assert_eq!(assess(&read), assess(&situation));

        let answer = assess(&situation);
        let text = serde_json::to_string(&answer).expect("JSON");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(value, serde_json::to_value(&answer).expect("JSON"));
    }

    #[test]
    fn a_receipt_replayed_gives_the_same_figures(situation in possible()) {
        let receipt = Receipt::from_json(&Receipt::of(situation).to_json()).expect("our own file");
        let replay = receipt.replay();
        prop_assert!(replay.same_rules);
        prop_assert_eq!(replay.changes, []);
    }

    #[test]
    fn a_receipt_with_one_number_changed_is_found_out(situation in possible(), which: Index) {
        let mut receipt = Receipt::of(situation);
        let places = numbers_in(&receipt.assessment, "");
        prop_assume!(!places.is_empty());
        let number = receipt.assessment.pointer_mut(which.get::<String>(&places)).expect("it is there");
        *number = (number.as_i64().expect("a whole number") + 1).into();

        let replay = receipt.replay();
        prop_assert!(replay.same_rules);
        prop_assert!(!replay.changes.is_empty());
        prop_assert!(replay.changes.iter().all(|change| change.why == [Why::FileChanged]));
    }

    #[test]
    fn nothing_that_can_be_read_makes_the_rules_panic(situation in readable()) {
        let json = serde_json::to_string(&situation).expect("JSON");
        let read: Situation = serde_json::from_str(&json).expect("what was written is read");
        prop_assert_eq!(&read, &situation);
        let _ = Situation::from_json(&json);
        let receipt = Receipt::of(situation);
        prop_assert_eq!(receipt.replay().changes, []);
    }

    #[test]
    fn an_amount_is_read_as_it_is_shown(cents in 0..=Cents::MOST.0) {
        prop_assert_eq!(Cents::parse(&Cents(cents).to_string()), Ok(Cents(cents)));
    }

    #[test]
    fn every_typed_amount_is_read_or_refused(typed in any_text("[0-9., €−-]{0,14}")) {
        if let Ok(amount) = Cents::parse(&typed) {
            prop_assert!((Cents::ZERO..=Cents::MOST).contains(&amount));
            prop_assert_eq!(Cents::parse(&amount.to_string()), Ok(amount));
        }
    }

    #[test]
    fn every_typed_date_is_read_or_refused(typed in any_text("[0-9]{1,2}[-/. +][0-9a-z+]{1,4}[-/. ][0-9]{1,4}")) {
        if let Some(date) = Date::parse_dutch(&typed) {
            prop_assert!(typed.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "-/.".contains(c)), "{}", typed);
            prop_assert_eq!(Date::parse_dutch(&date.in_dutch()), Some(date));
        }
        if let Some(date) = Date::parse_iso(&typed) {
            prop_assert_eq!(date.to_string(), typed);
        }
    }
}

fn totals(situation: &Situation) -> [Range; 4] {
    let routes = assess(situation).routes;
    Route::ALL
        .map(|route| routes.iter().find(|it| it.route == route).and_then(|it| it.total).unwrap_or_default())
}

fn at_least(one: Range, other: Range) -> bool {
    one.low >= other.low && one.high >= other.high
}

/// JSON pointers to every number below a value.
fn numbers_in(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Number(_) => vec![path.to_owned()],
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(at, item)| numbers_in(item, &format!("{path}/{at}")))
            .collect(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, field)| numbers_in(field, &format!("{path}/{key}"))).collect()
        }
        _ => Vec::new(),
    }
}

fn recognised() -> impl Strategy<Value = Situation> {
    possible().prop_map(|situation| Situation { recognised: true, ..situation })
}

/// Any text at all, and text that looks right.
fn any_text(looks_right: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![1 => any::<String>(), 3 => looks_right]
}
