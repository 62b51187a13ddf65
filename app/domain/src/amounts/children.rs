//! The children's scheme (*kindregeling*): an amount by age, paid to the child, apart from the parent's own.

use super::assessment::ChildAnswer;
use super::situation::Situation;
use crate::calendar::Date;
use crate::money::Cents;
use crate::parameters::children;

/// Art. 2.12 Wht and the municipal pages: the parent is recognised; the child was at most
/// [`children::OLDEST_AGE`] on [`children::OLDEST_AGE_ON`] and born at the latest on [`children::BORN_UNTIL`]; its age on
/// [`children::REFERENCE_DATE`] sets the amount.
pub(super) fn answers(situation: &Situation) -> Vec<ChildAnswer> {
    situation.children.iter().map(|child| answer(child.born_on, situation)).collect()
}

fn answer(born_on: Date, situation: &Situation) -> ChildAnswer {
    let on = situation.on;
    let reference_date = children::REFERENCE_DATE.at(on);
    let age = reference_date.and_then(|day| born_on.age_on(day));
    let amount = reference_date.zip(age).and_then(|(day, age)| amount_at(age, day));
    let amount = amount.filter(|_| situation.recognised && is_of_age(born_on, on));
    ChildAnswer { born_on, eligible: amount.is_some(), age_on_reference_date: age, amount }
}

fn is_of_age(born_on: Date, on: Date) -> bool {
    let Some(limits) = children::OLDEST_AGE.at(on).zip(children::OLDEST_AGE_ON.at(on)) else {
        return false;
    };
    let Some(born_until) = children::BORN_UNTIL.at(on) else {
        return false;
    };
    let (oldest, oldest_on) = limits;
    let too_old = born_on.age_on(oldest_on).is_some_and(|age| u32::from(age) > oldest);
    !too_old && born_on <= born_until
}

fn amount_at(age: u16, reference_date: Date) -> Option<Cents> {
    let bands = children::AMOUNT_BY_AGE.at(reference_date)?;
    bands.iter().rev().find(|band| band.from_age <= age).map(|band| band.amount)
}
