//! The scheme for former benefit partners (*ex-toeslagpartnerregeling*): a fixed amount, for who fits its decision tree
//! (seed 002; herstel.toeslagen.nl).

use super::assessment::FormerPartnerAnswer;
use super::situation::{FormerPartner, FormerPartnerAnswers, Situation};
use crate::parameters::former_partner;

impl FormerPartnerAnswer {
    /// What the scheme says of this situation; `None` for who isn't a former partner.
    #[must_use]
    pub fn of(situation: &Situation) -> Option<FormerPartnerAnswer> {
        answer(situation, &mut Vec::new())
    }
}

/// `None` for who isn't a former partner. While too little is known, `eligible` is `None` and what would tell stands in
/// `missing`.
pub(super) fn answer(situation: &Situation, missing: &mut Vec<String>) -> Option<FormerPartnerAnswer> {
    let answers = match situation.former_partner {
        FormerPartner::Is(false) => return None,
        FormerPartner::Is(true) => FormerPartnerAnswers::default(),
        FormerPartner::Answers(answers) => answers,
    };
    let eligible = is_eligible(answers);
    if eligible.is_none() {
        missing.extend(open_questions(answers).map(|question| format!("former_partner.{question}")));
    }
    Some(FormerPartnerAnswer { eligible, amount: former_partner::AMOUNT.at(situation.on) })
}

/// (1) The ex is a recognised victim, she had no compensation of her own, and they parted before the ex was paid;
/// (2) she was benefit partner; (3a) in a harmed year with her own or foster children, or (3b) when the harmful decision
/// was sent and for at least a year after.
fn is_eligible(answers: FormerPartnerAnswers) -> Option<bool> {
    let no_earlier_compensation = answers.earlier_compensation.map(|had| !had);
    [
        answers.ex_recognised,
        no_earlier_compensation,
        answers.parted_before_payment,
        answers.benefit_partner,
        either(answers.harmed_year_own_children, answers.decision_and_year_after),
    ]
    .into_iter()
    .fold(Some(true), both)
}

/// Both hold; one that doesn't settles it, also while the other isn't known.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    if one == Some(false) || other == Some(false) { Some(false) } else { one.zip(other).map(|_| true) }
}

/// One of them holds.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    both(one.map(|it| !it), other.map(|it| !it)).map(|neither| !neither)
}

fn open_questions(answers: FormerPartnerAnswers) -> impl Iterator<Item = &'static str> {
    let settled = either(answers.harmed_year_own_children, answers.decision_and_year_after).is_some();
    [
        ("ex_recognised", answers.ex_recognised.is_some()),
        ("earlier_compensation", answers.earlier_compensation.is_some()),
        ("parted_before_payment", answers.parted_before_payment.is_some()),
        ("benefit_partner", answers.benefit_partner.is_some()),
        ("harmed_year_own_children", settled || answers.harmed_year_own_children.is_some()),
        ("decision_and_year_after", settled || answers.decision_and_year_after.is_some()),
    ]
    .into_iter()
    .filter_map(|(question, answered)| (!answered).then_some(question))
}
