//! The chooser: one question at a time, along a graph that is data (`rules/chooser/graph.toml`).

use crate::amounts::{FormerPartner, FormerPartnerAnswers, Route, Situation};
use crate::calendar::Date;
use crate::parameters::floor;

include!(concat!(env!("OUT_DIR"), "/chooser.rs"));

/// A place in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    Question(QuestionId),
    Outcome(OutcomeId),
}

/// An answer and where it leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub id: &'static str,
    pub next: Node,
    /// Routes that the answer speaks for.
    pub fits: &'static [Route],
}

/// What she has answered so far. Answers that are off her path are kept out by [`Answers::along_the_path`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers([Option<&'static Answer>; QuestionId::ALL.len()]);

/// The way that a set of answers takes through the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The questions answered, in order.
    pub answered: Vec<(QuestionId, &'static Answer)>,
    /// Where she is now.
    pub at: Node,
}

impl QuestionId {
    /// The question with that id.
    #[must_use]
    pub fn parse(id: &str) -> Option<QuestionId> {
        QuestionId::ALL.iter().copied().find(|question| question.id() == id)
    }

    /// Its answer with that id.
    #[must_use]
    pub fn answer(self, id: &str) -> Option<&'static Answer> {
        self.answers().iter().find(|answer| answer.id == id)
    }
}

impl Node {
    /// How many questions may still follow at most, this one included.
    #[must_use]
    pub fn questions_left(self) -> usize {
        match self {
            Node::Outcome(_) => 0,
            Node::Question(question) => {
                1 + question.answers().iter().map(|answer| answer.next.questions_left()).max().unwrap_or(0)
            }
        }
    }
}

impl Path {
    /// The answers that brought her to a place; all of them when the path doesn't come there.
    #[must_use]
    pub fn before(&self, place: Node) -> &[(QuestionId, &'static Answer)] {
        let count = self.answered.iter().enumerate().find_map(|(at, (question, answer))| {
            let leads_there = (answer.next == place).then_some(at + 1);
            if Node::Question(*question) == place { Some(at) } else { leads_there }
        });
        &self.answered[..count.unwrap_or(self.answered.len())]
    }
}

impl Answers {
    /// Takes an answer; an id that the question doesn't have changes nothing and gives `false`.
    pub fn set(&mut self, question: QuestionId, answer: &str) -> bool {
        let found = question.answer(answer);
        if let Some(answer) = found {
            self.0[question as usize] = Some(answer);
        }
        found.is_some()
    }

    #[must_use]
    pub fn get(&self, question: QuestionId) -> Option<&'static Answer> {
        self.0[question as usize]
    }

    /// Follows the answers from the start, up to the first question without one. An outcome that lets her go on is
    /// passed when the question after it has an answer: an outcome that comes up later takes back nothing she said.
    #[must_use]
    pub fn path(&self) -> Path {
        let mut path = Path { answered: Vec::new(), at: START };
        while let Node::Question(question) = path.at
            && let Some(answer) = self.get(question)
        {
            path.answered.push((question, answer));
            path.at = answer.next;
            if let Node::Outcome(outcome) = path.at
                && let Some(Node::Question(next)) = outcome.continues()
                && self.get(next).is_some()
            {
                path.at = Node::Question(next);
            }
        }
        path
    }

    /// The answers that still count: changing one drops only those that hang on it.
    #[must_use]
    pub fn along_the_path(&self) -> Answers {
        let mut kept = Answers::default();
        for (question, answer) in self.path().answered {
            kept.0[question as usize] = Some(answer);
        }
        kept
    }

    /// Routes that her answers speak for, each with the answers that do.
    #[must_use]
    pub fn fits(&self) -> Vec<(Route, Vec<(QuestionId, &'static str)>)> {
        let answered = self.path().answered;
        let speaking_for = |route: Route| -> Vec<(QuestionId, &'static str)> {
            answered
                .iter()
                .filter(|(_, answer)| answer.fits.contains(&route))
                .map(|(question, answer)| (*question, answer.id))
                .collect()
        };
        Route::ALL
            .map(|route| (route, speaking_for(route)))
            .into_iter()
            .filter(|(_, reasons)| !reasons.is_empty())
            .collect()
    }

    /// Recognised as a victim, as far as the answers tell.
    #[must_use]
    pub fn recognised(&self) -> Option<bool> {
        let path = self.along_the_path();
        let said = |question: QuestionId| path.get(question).map(|answer| answer.id);
        match (
            said(QuestionId::Recognised),
            said(QuestionId::FirstTest),
            said(QuestionId::AssessmentAfterRefusal),
        ) {
            (Some("yes"), _, _) | (_, Some("granted"), _) | (_, _, Some("granted")) => Some(true),
            (_, Some("never_registered"), _) | (_, _, Some("refused")) => Some(false),
            _ => None,
        }
    }

    /// What the answers say about her situation, for the forms to start from.
    #[must_use]
    pub fn situation(&self, on: Date) -> Situation {
        let path = self.along_the_path();
        let said = |question: QuestionId| path.get(question).map(|answer| answer.id);
        let mut situation = Situation::new(on, self.recognised().unwrap_or(false));
        situation.received = match said(QuestionId::Received) {
            Some("thirty_thousand") => floor::AMOUNT.at(on),
            Some("nothing") => Some(crate::Cents::ZERO),
            _ => None,
        };
        if said(QuestionId::FurtherDamage) == Some("no") {
            situation.damages = Some(Vec::new());
        }
        situation.former_partner = self.former_partner();
        situation
    }

    fn former_partner(&self) -> FormerPartner {
        let path = self.along_the_path();
        let known = |question: QuestionId| match path.get(question).map(|answer| answer.id) {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        };
        let is_one = path.get(QuestionId::Who).is_some_and(|who| who.id == "former_partner");
        if !is_one {
            return FormerPartner::Is(known(QuestionId::FormerPartner) == Some(true));
        }
        FormerPartner::Answers(FormerPartnerAnswers {
            ex_recognised: known(QuestionId::ExRecognised),
            earlier_compensation: known(QuestionId::ExEarlierCompensation),
            parted_before_payment: known(QuestionId::ExPartedBeforePayment),
            benefit_partner: known(QuestionId::ExBenefitPartner),
            harmed_year_own_children: known(QuestionId::ExHarmedYear),
            decision_and_year_after: known(QuestionId::ExAtDecision),
        })
    }
}
