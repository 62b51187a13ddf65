//! Hardship (*hardheid*): the same compensation, for years after 2005 with enough reclaimed.

use super::assessment::Note;
use super::years::{BenefitYear, Field, Scheme};
use crate::calendar::Date;
use crate::parameters::hardship;

/// A hardship year counts when it lies after [`hardship::AFTER_YEAR`] and at least [`hardship::THRESHOLD`] was
/// reclaimed in it (herstel.toeslagen.nl, compensatieregeling).
pub(super) fn scheme_of(year: &BenefitYear<'_>, on: Date, notes: &mut Vec<Note>) -> Scheme {
    let (Some(after), Some(threshold)) = (hardship::AFTER_YEAR.at(on), hardship::THRESHOLD.at(on)) else {
        return Scheme::Unclear;
    };
    if i64::from(year.year) <= i64::from(after) {
        notes.push(Note::HardshipBeforeScheme(year.year));
        return Scheme::LeftOut;
    }
    match year.sum(Field::Reclaimed) {
        None => Scheme::Unclear,
        Some(reclaimed) if reclaimed < threshold => {
            notes.push(Note::HardshipBelowThreshold(year.year));
            Scheme::LeftOut
        }
        Some(_) => Scheme::Integral,
    }
}
