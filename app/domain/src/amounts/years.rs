//! The benefit years of a situation, sorted out: which count for which rule, and what about them isn't known yet.

use super::assessment::Note;
use super::hardship;
use super::situation::{Ground, Situation, Year};
use crate::money::Cents;

/// The years of a situation, each once, in the order of first mention.
pub(super) struct Years<'a> {
    rows: Vec<BenefitYear<'a>>,
    /// Nothing was said about years at all.
    pub unknown: bool,
}

/// One benefit year; what was said about it in several entries is added up.
pub(super) struct BenefitYear<'a> {
    pub year: i16,
    pub scheme: Scheme,
    entries: Vec<(usize, &'a Year)>,
}

/// Which rules a year belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Parts 1–7: a compensation year, or a hardship year over the threshold.
    Integral,
    /// The allowance for intent or gross fault.
    Intent,
    /// None.
    LeftOut,
    /// Can't be said before more is known.
    Unclear,
}

/// A field of a benefit year.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Reclaimed,
    InterestAndCosts,
    MissedInterest,
}

impl Field {
    fn of(self, year: &Year) -> Option<Cents> {
        match self {
            Field::Reclaimed => year.reclaimed,
            Field::InterestAndCosts => year.interest_and_costs_paid,
            Field::MissedInterest => year.missed_interest,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Field::Reclaimed => "reclaimed",
            Field::InterestAndCosts => "interest_and_costs_paid",
            Field::MissedInterest => "missed_interest",
        }
    }
}

impl<'a> Years<'a> {
    pub fn of(situation: &'a Situation, missing: &mut Vec<String>, notes: &mut Vec<Note>) -> Years<'a> {
        let Some(entries) = &situation.years else {
            missing.push("years".into());
            return Years { rows: Vec::new(), unknown: true };
        };
        let mut rows: Vec<BenefitYear<'a>> = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match rows.iter_mut().find(|row| row.year == entry.year) {
                Some(row) => row.entries.push((at, entry)),
                None => rows.push(BenefitYear {
                    year: entry.year,
                    scheme: Scheme::Unclear,
                    entries: vec![(at, entry)],
                }),
            }
        }
        for row in &mut rows {
            row.scheme = row.sort_out(situation, notes);
            row.note_what_is_left_out(notes);
        }
        let years = Years { rows, unknown: false };
        years.say_what_is_missing(missing);
        years
    }

    pub fn of_scheme(&self, scheme: Scheme) -> impl Iterator<Item = &BenefitYear<'a>> {
        self.rows.iter().filter(move |row| row.scheme == scheme)
    }

    /// Whether anything about which years count is still open.
    pub fn is_unclear(&self) -> bool {
        self.unknown || self.of_scheme(Scheme::Unclear).next().is_some()
    }

    /// In the order in which she gave the years.
    fn say_what_is_missing(&self, missing: &mut Vec<String>) {
        let entries = self.rows.iter().map(|row| row.entries.len()).sum();
        for at in 0..entries {
            let found = self.rows.iter().find_map(|row| {
                let entry = row.entries.iter().find(|(place, _)| *place == at)?;
                Some((row.scheme, entry.1))
            });
            let Some((scheme, entry)) = found else { continue };
            let needed: &[Field] = match scheme {
                Scheme::Integral => &[Field::Reclaimed, Field::InterestAndCosts, Field::MissedInterest],
                Scheme::Intent | Scheme::Unclear => &[Field::Reclaimed],
                Scheme::LeftOut => &[],
            };
            if scheme == Scheme::Unclear && entry.ground.is_none() {
                missing.push(format!("years[{at}].ground"));
            }
            let absent = needed.iter().filter(|field| field.of(entry).is_none());
            missing.extend(absent.map(|field| format!("years[{at}].{}", field.name())));
        }
    }
}

impl BenefitYear<'_> {
    /// What was said of a field over all entries of the year; `None` while one of them lacks it.
    pub fn sum(&self, field: Field) -> Option<Cents> {
        self.entries.iter().map(|(_, entry)| field.of(entry)).sum()
    }

    fn sort_out(&self, situation: &Situation, notes: &mut Vec<Note>) -> Scheme {
        let mut grounds = self.entries.iter().filter_map(|(_, entry)| entry.ground);
        let Some(ground) = grounds.next() else {
            return Scheme::Unclear;
        };
        if grounds.any(|other| other != ground) {
            notes.push(Note::TwoGrounds(self.year));
            return Scheme::LeftOut;
        }
        if self.entries.iter().any(|(_, entry)| entry.ground.is_none()) {
            return Scheme::Unclear;
        }
        match ground {
            Ground::Compensation => Scheme::Integral,
            Ground::IntentOrGrossFault => Scheme::Intent,
            Ground::Hardship => hardship::scheme_of(self, situation.on, notes),
        }
    }

    /// Parts 3 and 6 are for the years of the assessment only.
    fn note_what_is_left_out(&self, notes: &mut Vec<Note>) {
        let said = |field: Field| {
            self.entries.iter().any(|(_, entry)| field.of(entry).is_some_and(|it| it > Cents::ZERO))
        };
        let outside = matches!(self.scheme, Scheme::Intent | Scheme::LeftOut);
        if outside && (said(Field::InterestAndCosts) || said(Field::MissedInterest)) {
            notes.push(Note::InputLeftOut(self.year));
        }
    }
}
