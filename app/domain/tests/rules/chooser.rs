//! The chooser, walked completely.

use std::collections::BTreeSet;

use domain::amounts::{FormerPartner, Route, Situation, assess};
use domain::chooser::{Answers, Node, OutcomeId, QuestionId, START};
use domain::parameters::floor;
use domain::{Cents, Date};

const TODAY: Date = Date::constant(2026, 11, 22);

#[test]
fn every_question_and_every_outcome_can_be_reached() {
    let reached: BTreeSet<Node> = ways().into_iter().flatten().collect();
    for question in QuestionId::ALL {
        assert!(reached.contains(&Node::Question(*question)), "nothing leads to {}", question.id());
    }
    for outcome in OutcomeId::ALL {
        assert!(reached.contains(&Node::Outcome(*outcome)), "nothing leads to {}", outcome.id());
    }
}

#[test]
fn every_way_ends_in_an_outcome_and_none_runs_in_a_circle() {
    for way in ways() {
        assert!(matches!(way.last(), Some(Node::Outcome(_))), "{way:?}");
        let places: BTreeSet<&Node> = way.iter().collect();
        assert_eq!(places.len(), way.len(), "a circle: {way:?}");
    }
}

#[test]
fn no_way_asks_more_than_fourteen_questions() {
    let asked = |way: &Vec<Node>| way.iter().filter(|node| matches!(node, Node::Question(_))).count();
    let longest = ways().iter().map(asked).max();
    assert!(longest <= Some(14), "{longest:?}");
    assert_eq!(longest, Some(START.questions_left()));
}

#[test]
fn every_question_has_two_answers_or_more_and_one_of_them_is_that_she_does_not_know() {
    for question in QuestionId::ALL {
        let ids: BTreeSet<&str> = question.answers().iter().map(|answer| answer.id).collect();
        assert!(ids.contains("unknown"), "{} has no \"unknown\"", question.id());
        assert!(ids.len() > 2 && ids.len() == question.answers().len(), "{}: {ids:?}", question.id());
        assert_eq!(QuestionId::parse(question.id()), Some(*question));
    }
    assert_eq!(QuestionId::parse("nothing"), None);
}

#[test]
fn the_questions_left_are_those_of_the_longest_way_on() {
    for question in QuestionId::ALL {
        let here = Node::Question(*question);
        let next = question.answers().iter().map(|answer| answer.next.questions_left()).max();
        assert_eq!(Some(here.questions_left()), next.map(|left| left + 1), "{}", question.id());
    }
    assert_eq!(Node::Outcome(OutcomeId::Comparison).questions_left(), 0);
    assert_eq!(Node::Question(QuestionId::Children).questions_left(), 1);
}

#[test]
fn a_person_now_is_no_dead_end() {
    assert_eq!(OutcomeId::PersonNow.continues(), Some(Node::Question(QuestionId::Who)));
    let urgent = answers("urgent=yes");
    assert_eq!(urgent.path().at, Node::Outcome(OutcomeId::PersonNow));
    let went_on = answers("urgent=yes who=parent");
    assert_eq!(went_on.path().at, Node::Question(QuestionId::Recognised));
}

#[test]
fn an_outcome_that_comes_up_later_takes_back_nothing_she_said() {
    let mut given = answers(RECOGNISED_PARENT);
    let (situation, fits) = (given.situation(TODAY), given.fits());
    for urgent in ["yes", "unknown"] {
        given.set(QuestionId::Urgent, urgent);
        assert_eq!(given.along_the_path(), given, "urgent={urgent}");
        assert_eq!(
            (given.situation(TODAY), given.fits()),
            (situation.clone(), fits.clone()),
            "urgent={urgent}"
        );
    }
}

#[test]
fn the_answers_before_a_place_are_those_that_brought_her_there() {
    let path = answers("urgent=yes who=parent recognised=no first_test=waiting").path();
    let before =
        |place: Node| path.before(place).iter().map(|(question, _)| question.id()).collect::<Vec<_>>();
    for (place, questions) in [
        (START, vec![]),
        (Node::Outcome(OutcomeId::PersonNow), vec!["urgent"]),
        (Node::Question(QuestionId::Who), vec!["urgent"]),
        (Node::Question(QuestionId::FirstTest), vec!["urgent", "who", "recognised"]),
        (Node::Outcome(OutcomeId::Waiting), vec!["urgent", "who", "recognised", "first_test"]),
        (Node::Question(QuestionId::Children), vec!["urgent", "who", "recognised", "first_test"]),
    ] {
        assert_eq!(before(place), questions, "{place:?}");
    }
}

#[test]
fn a_path_stops_at_the_first_question_without_an_answer() {
    assert_eq!(Answers::default().path().at, START);
    let path = answers("urgent=no who=parent received=more").path();
    assert_eq!(path.at, Node::Question(QuestionId::Recognised));
    assert_eq!(
        path.answered.iter().map(|(question, _)| question.id()).collect::<Vec<_>>(),
        ["urgent", "who"]
    );
}

#[test]
fn an_answer_that_a_question_does_not_have_changes_nothing() {
    let mut given = answers("urgent=no");
    assert!(!given.set(QuestionId::Urgent, "perhaps"));
    assert_eq!(given, answers("urgent=no"));
}

#[test]
fn changing_an_answer_drops_only_what_hangs_on_it() {
    let mut given = answers(RECOGNISED_PARENT);
    given.set(QuestionId::Recognised, "no");
    let kept = given.along_the_path();
    assert_eq!(kept, answers("urgent=no who=parent recognised=no"));

    given.set(QuestionId::FirstTest, "granted");
    assert_eq!(
        given.along_the_path(),
        given,
        "with another way to the same question all answers count again"
    );
    assert_eq!(given.path().at, Node::Outcome(OutcomeId::Comparison));
}

#[test]
fn each_route_is_spoken_for_by_the_answers_that_name_it() {
    let reasons = |said: &str| answers(said).fits();
    assert_eq!(reasons("urgent=no who=parent"), []);
    assert_eq!(
        reasons(
            "urgent=no who=parent recognised=yes received=more assessment=running matters=be_heard further_damage=yes"
        ),
        [
            (Route::Settlement, vec![(QuestionId::Matters, "be_heard"), (QuestionId::FurtherDamage, "yes")]),
            (Route::DamageCommission, vec![(QuestionId::FurtherDamage, "yes")]),
        ]
    );
    assert_eq!(
        reasons("urgent=no who=child matters=be_heard"),
        [],
        "an answer off the path speaks for nothing"
    );
}

#[test]
fn whether_she_is_recognised_follows_from_the_decision_that_she_tells_of() {
    for (said, recognised) in [
        ("", None),
        ("recognised=yes", Some(true)),
        ("recognised=no", None),
        ("recognised=no first_test=granted", Some(true)),
        ("recognised=unknown first_test=waiting", None),
        ("recognised=no first_test=never_registered", Some(false)),
        ("recognised=no first_test=refused", None),
        ("recognised=no first_test=refused assessment_after_refusal=granted", Some(true)),
        ("recognised=no first_test=refused assessment_after_refusal=refused", Some(false)),
        ("recognised=no first_test=refused assessment_after_refusal=running", None),
        ("recognised=yes first_test=never_registered", Some(true)),
    ] {
        assert_eq!(answers(&format!("urgent=no who=parent {said}")).recognised(), recognised, "{said}");
    }
    assert_eq!(answers("urgent=no who=child recognised=yes").recognised(), None, "a child was not asked");
}

#[test]
fn the_answers_become_a_situation_that_the_forms_start_from() {
    assert_eq!(answers("").situation(TODAY), Situation::new(TODAY, false));

    let parent = answers(RECOGNISED_PARENT).situation(TODAY);
    assert!(parent.recognised);
    assert_eq!(parent.received, floor::AMOUNT.at(TODAY));
    assert_eq!(parent.damages, Some(Vec::new()));
    assert_eq!(parent.former_partner, FormerPartner::Is(true));
    assert_eq!(parent.check(), []);

    let mut less_sure = answers(RECOGNISED_PARENT);
    for (question, answer) in [
        (QuestionId::Received, "more"),
        (QuestionId::FurtherDamage, "unknown"),
        (QuestionId::FormerPartner, "unknown"),
    ] {
        less_sure.set(question, answer);
    }
    assert_eq!(less_sure.situation(TODAY), Situation::new(TODAY, true));

    less_sure.set(QuestionId::Received, "nothing");
    assert_eq!(less_sure.situation(TODAY).received, Some(Cents::ZERO));
}

#[test]
fn who_comes_as_a_former_partner_is_one_before_anything_else_is_asked() {
    let situation = answers("urgent=no who=former_partner").situation(TODAY);
    let answer = assess(&situation).former_partner.expect("she is a former partner");
    assert_eq!(answer.eligible, None);
}

/// Each of the six questions answered with yes, no and unknown, through the chooser and the rules.
#[test]
fn the_former_partners_tree_gives_what_its_conditions_say() {
    let questions = [
        QuestionId::ExRecognised,
        QuestionId::ExEarlierCompensation,
        QuestionId::ExPartedBeforePayment,
        QuestionId::ExBenefitPartner,
        QuestionId::ExHarmedYear,
        QuestionId::ExAtDecision,
    ];
    let mut seen = BTreeSet::new();
    for said in every_combination() {
        let mut given = answers("urgent=no who=former_partner");
        for (question, said) in questions.iter().zip(said) {
            given.set(*question, word(said));
        }
        assert_eq!(given.path().at, Node::Outcome(OutcomeId::FormerPartnerOutcome), "{said:?}");
        let answer = assess(&given.situation(TODAY)).former_partner.expect("she is a former partner");
        assert_eq!(answer.eligible, settled_by(said), "{said:?}");
        seen.insert(answer.eligible);
    }
    assert_eq!(seen.len(), 3, "yes, no and not yet all occur");
}

const RECOGNISED_PARENT: &str = "urgent=no who=parent recognised=yes received=thirty_thousand assessment=running \
    matters=to_the_cent further_damage=no strength=together former_partner=yes children=no";

/// `question=answer`, with spaces between.
#[track_caller]
fn answers(said: &str) -> Answers {
    let mut answers = Answers::default();
    for (question, answer) in said.split_whitespace().filter_map(|pair| pair.split_once('=')) {
        let question = QuestionId::parse(question).expect("a question");
        assert!(answers.set(question, answer), "{} has no answer {answer}", question.id());
    }
    answers
}

/// Every way from the start, along all answers and past outcomes that let her go on, to where nothing follows or where
/// a place comes up again.
fn ways() -> Vec<Vec<Node>> {
    fn walk(way: &[Node], at: Node, ways: &mut Vec<Vec<Node>>) {
        let here = [way, &[at]].concat();
        let next: BTreeSet<Node> = match at {
            Node::Question(question) => question.answers().iter().map(|answer| answer.next).collect(),
            Node::Outcome(outcome) => outcome.continues().into_iter().collect(),
        };
        if way.contains(&at) {
            ways.push(here);
            return;
        }
        for node in &next {
            walk(&here, *node, ways);
        }
        if matches!(at, Node::Outcome(_)) || next.is_empty() {
            ways.push(here);
        }
    }
    let mut ways = Vec::new();
    walk(&[], START, &mut ways);
    ways
}

const WORDS: [Option<bool>; 3] = [Some(true), Some(false), None];

fn word(said: Option<bool>) -> &'static str {
    match said {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

fn every_combination() -> impl Iterator<Item = [Option<bool>; 6]> {
    (0..3_usize.pow(6)).map(|number| [1, 3, 9, 27, 81, 243].map(|place| WORDS[number / place % 3]))
}

/// What all ways to fill in the unknowns agree on, by the conditions as `domain.md` §4 lists them.
fn settled_by(said: [Option<bool>; 6]) -> Option<bool> {
    let outcomes: BTreeSet<bool> = (0..2_usize.pow(6))
        .map(|number| [1, 2, 4, 8, 16, 32].map(|place| number / place % 2 == 1))
        .filter(|filled| {
            filled.iter().zip(said).all(|(filled, said)| said.is_none_or(|said| said == *filled))
        })
        .map(|[ex_recognised, had_compensation, parted_before, was_partner, own_children, at_decision]| {
            ex_recognised
                && !had_compensation
                && parted_before
                && was_partner
                && (own_children || at_decision)
        })
        .collect();
    if outcomes.len() == 1 { outcomes.first().copied() } else { None }
}
