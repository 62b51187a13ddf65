//! Where someone is in the chooser, and what a press on a button does.

use domain::chooser::{Answers, Node, OutcomeId, QuestionId, START};

use crate::entries::Entries;

/// One page of the chooser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub answers: Answers,
    pub at: Node,
    /// She pressed "Verder" without an answer.
    pub without_answer: bool,
}

/// Name of the field that holds the answer to a question.
#[must_use]
pub fn field(question: QuestionId) -> String {
    format!("answer.{}", question.id())
}

/// Name of the field that says which question a page shows.
pub const AT: &str = "at";

/// Name of the buttons; their values are [`NEXT`], [`BACK`] or the id of a question to change.
pub const ACTION: &str = "action";
pub const NEXT: &str = "next";
pub const BACK: &str = "back";

/// The answers among what was typed.
#[must_use]
pub fn answers_in(entries: &Entries) -> Answers {
    let mut answers = Answers::default();
    for question in QuestionId::ALL {
        answers.set(*question, entries.text(&field(*question)));
    }
    answers
}

impl Step {
    /// The first question, with answers given before.
    #[must_use]
    pub fn first(answers: Answers) -> Step {
        Step { answers, at: START, without_answer: false }
    }

    /// What follows when this form is sent.
    #[must_use]
    pub fn after(form: &Entries) -> Step {
        let here = Step::first(answers_in(form)).at_id(form.text(AT));
        match form.text(ACTION) {
            BACK => here.back(),
            NEXT | "" => here.next(),
            question => QuestionId::parse(question)
                .map_or(here.clone(), |question| here.go_to(Node::Question(question))),
        }
    }

    /// The same answers at the place with that id, or at the start.
    #[must_use]
    pub fn at_id(self, id: &str) -> Step {
        let outcome = OutcomeId::ALL.iter().copied().find(|outcome| outcome.id() == id).map(Node::Outcome);
        let at = outcome.or(QuestionId::parse(id).map(Node::Question)).unwrap_or(START);
        self.go_to(at)
    }

    fn next(self) -> Step {
        match self.at {
            Node::Question(question) => match self.answers.get(question) {
                Some(answer) => self.go_to(answer.next),
                None => Step { without_answer: true, ..self },
            },
            Node::Outcome(outcome) => match outcome.continues() {
                Some(next) => self.go_to(next),
                None => self,
            },
        }
    }

    /// The question before this place on her path.
    fn back(self) -> Step {
        let before = self.answers.path().before(self.at).last().map(|(question, _)| *question);
        self.go_to(before.map_or(START, Node::Question))
    }

    /// Goes to a place. Answers on another path stay in the form, so that they count again once she is back on it.
    #[must_use]
    pub fn go_to(self, at: Node) -> Step {
        Step { at, without_answer: false, ..self }
    }

    /// The answers before this step, in order.
    #[must_use]
    pub fn answered(&self) -> Vec<(QuestionId, &'static str)> {
        let path = self.answers.path();
        path.before(self.at).iter().map(|(question, answer)| (*question, answer.id)).collect()
    }

    /// The id of this place, for the form and the browser's history.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self.at {
            Node::Question(question) => question.id(),
            Node::Outcome(outcome) => outcome.id(),
        }
    }

    /// The answers as fields, for the next form or the phone's storage.
    #[must_use]
    pub fn entries(&self) -> Entries {
        let answers = self.answers.along_the_path();
        let given = |question: &QuestionId| {
            answers.get(*question).map(|answer| (field(*question), answer.id.to_owned()))
        };
        Entries::from_pairs(QuestionId::ALL.iter().filter_map(given))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Entries {
        Entries::from_pairs(pairs.iter().copied())
    }

    #[test]
    fn an_answer_leads_on_and_back_keeps_it() {
        let step = Step::after(&form(&[("at", "urgent"), ("answer.urgent", "no")]));
        assert_eq!(step.id(), "who");
        let mut sent = step.entries();
        sent.set(AT, "who");
        sent.set(ACTION, BACK);
        let back = Step::after(&sent);
        assert_eq!(back.id(), "urgent");
        assert_eq!(back.answers.get(QuestionId::Urgent).map(|answer| answer.id), Some("no"));
    }

    #[test]
    fn no_answer_stays_and_says_so() {
        let step = Step::after(&form(&[("at", "urgent")]));
        assert!(step.without_answer);
        assert_eq!(step.id(), "urgent");
        assert!(Step::after(&form(&[("at", "urgent"), ("answer.urgent", "<script>")])).without_answer);
    }

    #[test]
    fn a_form_from_elsewhere_starts_at_the_beginning() {
        assert_eq!(Step::after(&form(&[("at", "nowhere"), ("action", "whatever")])).id(), "urgent");
    }

    /// The given answers, the progress and the way back all start from what brought her here.
    #[test]
    fn whatever_answer_she_changes_she_sees_where_it_leads_and_what_came_before() {
        for given in ways(Answers::default(), START) {
            let answered = given.path().answered;
            for (at, (question, _)) in answered.iter().enumerate() {
                for answer in question.answers() {
                    let mut sent = Step::first(given.clone()).entries();
                    sent.set(AT, question.id());
                    sent.set(&field(*question), answer.id);
                    let step = Step::after(&sent);
                    let what = format!("{} = {} in {answered:?}", question.id(), answer.id);
                    assert_eq!(step.at, answer.next, "{what}");
                    let before: Vec<_> = answered[..at].iter().map(|(q, a)| (*q, a.id)).collect();
                    assert_eq!(step.answered(), [before, vec![(*question, answer.id)]].concat(), "{what}");
                    assert_eq!(step.back().at, Node::Question(*question), "{what}");
                }
            }
        }
    }

    #[test]
    fn who_finds_that_it_is_urgent_after_all_sees_where_a_person_is_and_keeps_what_she_said() {
        let given = [("answer.urgent", "no"), ("answer.who", "parent"), ("answer.recognised", "yes")];
        let mut changed = form(&given);
        changed.set("answer.urgent", "yes");
        changed.set(AT, "urgent");
        let step = Step::after(&changed);
        assert_eq!(step.id(), "person_now");
        assert_eq!(step.answered(), [(QuestionId::Urgent, "yes")]);
        assert_eq!(step.clone().back().id(), "urgent");

        let mut on = step.entries();
        on.set(AT, step.id());
        on.set(ACTION, NEXT);
        let went_on = Step::after(&on);
        assert_eq!(went_on.id(), "who");
        assert_eq!(went_on.answered(), [(QuestionId::Urgent, "yes")]);
        let said = |question: QuestionId| went_on.answers.get(question).map(|answer| answer.id);
        assert_eq!((said(QuestionId::Who), said(QuestionId::Recognised)), (Some("parent"), Some("yes")));
    }

    #[test]
    fn changing_an_answer_drops_only_what_hangs_on_it() {
        let given = [
            ("answer.urgent", "no"),
            ("answer.who", "parent"),
            ("answer.recognised", "yes"),
            ("answer.received", "nothing"),
        ];
        let mut changed = form(&given);
        changed.set("answer.recognised", "no");
        changed.set(AT, "recognised");
        let step = Step::after(&changed);
        assert_eq!(step.id(), "first_test");
        assert_eq!(step.answers.get(QuestionId::Received).map(|answer| answer.id), Some("nothing"));
        let kept = step.entries();
        assert_eq!(kept.get("answer.received"), None, "it is off her path now");
        changed.set("answer.first_test", "granted");
        changed.set(AT, "first_test");
        assert_eq!(
            Step::after(&changed).entries().get("answer.received"),
            Some("nothing"),
            "back on the path, it counts again"
        );
    }

    /// Answers along every way through the graph, past outcomes that let her go on.
    fn ways(given: Answers, at: Node) -> Vec<Answers> {
        let question = match at {
            Node::Question(question) => question,
            Node::Outcome(outcome) => match outcome.continues() {
                Some(next) => return ways(given, next),
                None => return vec![given],
            },
        };
        let mut followed: Vec<Node> = Vec::new();
        let mut found = Vec::new();
        for answer in question.answers() {
            if !followed.contains(&answer.next) {
                followed.push(answer.next);
                let mut given = given.clone();
                given.set(question, answer.id);
                found.extend(ways(given, answer.next));
            }
        }
        found
    }
}
