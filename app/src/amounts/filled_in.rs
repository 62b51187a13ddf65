//! What was filled in, in the words of the form: for a sheet of paper, and for the invented families.

use domain::amounts::{FormerPartner, Situation};
use domain::calendar::Date;
use domain::money::Cents;
use maud::{Markup, html};

use super::form::Field;
use crate::content::{amounts as text, pick};

/// Every field with a value, in the order of the form.
#[must_use]
pub fn filled_in(situation: &Situation) -> Markup {
    html! { dl.facts { @for (label, said) in said(situation) { div.fact { dt { (label) } dd { (said) } } } } }
}

fn said(situation: &Situation) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut add = |label: String, value: Option<String>| said.extend(value.map(|value| (label, value)));
    add(label(Field::Recognised), Some(yes_no(situation.recognised)));
    add(label(Field::Received), amount(situation.received));
    for year in situation.years.iter().flatten() {
        let of_year = |field: Field| format!("{}: {}", year.year, label(field));
        let ground = year.ground.map(|ground| pick(text::choices::GROUND.texts, ground.id()).to_owned());
        add(of_year(Field::Ground), ground);
        add(of_year(Field::Reclaimed), amount(year.reclaimed));
        add(of_year(Field::InterestAndCostsPaid), amount(year.interest_and_costs_paid));
        add(of_year(Field::MissedInterest), amount(year.missed_interest));
        add(of_year(Field::Outstanding), amount(Some(year.outstanding).filter(|debt| *debt > Cents::ZERO)));
    }
    add(label(Field::FirstCorrectionOn), day(situation.first_correction_on));
    add(label(Field::DecisionOn), day(situation.decision_on));
    add(label(Field::LegalHelp), amount(situation.legal_help));
    for damage in situation.damages.iter().flatten() {
        let [low, high] = [damage.low, damage.high]
            .map(|end| amount(end).unwrap_or_else(|| text::UNKNOWN_VALUE.to_owned()));
        add(
            pick(text::choices::DAMAGE_KIND.texts, damage.kind.id()).to_owned(),
            Some(text::between(low, high)),
        );
    }
    if situation.damages.as_ref().is_some_and(Vec::is_empty) {
        add(text::section::DAMAGES.title.to_owned(), Some(text::NO.to_owned()));
    }
    for (at, child) in situation.children.iter().enumerate() {
        add(text::child_heading(at + 1), day(Some(child.born_on)));
    }
    if let FormerPartner::Answers(answers) = &situation.former_partner {
        add(label(Field::FormerPartner), Some(text::YES.to_owned()));
        for (field, answer) in [
            (Field::ExRecognised, answers.ex_recognised),
            (Field::EarlierCompensation, answers.earlier_compensation),
            (Field::PartedBeforePayment, answers.parted_before_payment),
            (Field::BenefitPartner, answers.benefit_partner),
            (Field::HarmedYearOwnChildren, answers.harmed_year_own_children),
            (Field::DecisionAndYearAfter, answers.decision_and_year_after),
        ] {
            add(label(field), answer.map(yes_no));
        }
    }
    said
}

fn label(field: Field) -> String {
    text::label::of(field).text.to_owned()
}

fn yes_no(answer: bool) -> String {
    if answer { text::YES } else { text::NO }.to_owned()
}

fn amount(amount: Option<Cents>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(Date::in_dutch)
}
