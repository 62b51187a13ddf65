//! What someone tells about her case: all that an assessment starts from.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::calendar::Date;
use crate::invalid::{Invalid, Problem};
use crate::json::{self, read_only_from};
use crate::money::Cents;
use crate::parameters::benefit;

/// One person's case on one day. Only `on` and `recognised` are needed; what is absent is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Situation {
    /// The day for which the assessment is made.
    pub on: Date,
    /// Recognised as a victim (*erkend gedupeerde*).
    pub recognised: bool,
    /// Eurocents received in the recovery operation so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Cents>,
    /// The benefit years (*toeslagjaren*) that went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<Vec<Year>>,
    /// Day of the first downward correction of the benefit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_correction_on: Option<Date>,
    /// Day of the definitive compensation decision. Absent: half years run to `on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_on: Option<Date>,
    /// Eurocents for legal help in the past, as the fee points say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_help: Option<Cents>,
    /// Damage beyond the assessment, as she puts it herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damages: Option<Vec<Damage>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Child>,
    #[serde(default)]
    pub former_partner: FormerPartner,
}

/// One benefit year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Year {
    pub year: i16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Eurocents wrongly reclaimed or not granted, with interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reclaimed: Option<Cents>,
    /// Eurocents of interest and costs paid to the tax office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interest_and_costs_paid: Option<Cents>,
    /// Eurocents of interest on benefit missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_interest: Option<Cents>,
    /// Eurocents reclaimed but never paid.
    #[serde(default, skip_serializing_if = "is_nil")]
    pub outstanding: Cents,
}

fn is_nil(amount: &Cents) -> bool {
    *amount == Cents::ZERO
}

/// Why a year was harmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Ground {
    /// Institutional bias (*vooringenomenheid*).
    Compensation,
    /// *Hardheid*.
    Hardship,
    /// *Opzet of grove schuld*.
    IntentOrGrossFault,
}

impl Ground {
    pub const ALL: [Ground; 3] = [Ground::Compensation, Ground::Hardship, Ground::IntentOrGrossFault];

    /// The word in files and forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Ground::Compensation => "compensation",
            Ground::Hardship => "hardship",
            Ground::IntentOrGrossFault => "intent_or_gross_fault",
        }
    }
}

/// One item of damage beyond the assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Damage {
    pub kind: DamageKind,
    /// Eurocents at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Cents>,
    /// Eurocents at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Cents>,
}

/// The kinds of damage that the scheme names (`domain.md` §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum DamageKind {
    EmotionalParent,
    EmotionalFamily,
    ReplacementChildcare,
    Assets,
    Income,
    StudyDelay,
    Seizures,
    CreditorsAtTheDoor,
    Other,
}

/// A child of the parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Child {
    pub born_on: Date,
}

/// Whether she is the former benefit partner (*ex-toeslagpartner*) of a victim: `false`, `true` (nothing more known
/// yet), or her answers to the decision tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FormerPartner {
    Is(bool),
    Answers(FormerPartnerAnswers),
}

impl Default for FormerPartner {
    fn default() -> FormerPartner {
        FormerPartner::Is(false)
    }
}

/// Read by hand: serde's own reader of untagged enums forgets which field was wrong.
impl<'de> Deserialize<'de> for FormerPartner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FormerPartner, D::Error> {
        deserializer.deserialize_any(FormerPartnerReader)
    }
}

struct FormerPartnerReader;

impl<'de> Visitor<'de> for FormerPartnerReader {
    type Value = FormerPartner;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false or answers to the decision tree")
    }

    fn visit_bool<E: de::Error>(self, is_one: bool) -> Result<FormerPartner, E> {
        Ok(FormerPartner::Is(is_one))
    }

    fn visit_map<A: MapAccess<'de>>(self, answers: A) -> Result<FormerPartner, A::Error> {
        FormerPartnerAnswers::deserialize(MapAccessDeserializer::new(answers)).map(FormerPartner::Answers)
    }
}

/// Answers to the ex-partner's decision tree; absent: not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, remote = "Self")]
pub struct FormerPartnerAnswers {
    /// The ex is a recognised victim.
    pub ex_recognised: Option<bool>,
    /// She had compensation of her own before.
    pub earlier_compensation: Option<bool>,
    /// They parted before the ex was paid.
    pub parted_before_payment: Option<bool>,
    /// She was benefit partner; a relative or housemate can be one too.
    pub benefit_partner: Option<bool>,
    /// …in a harmed year, the benefit being for her own or foster children.
    pub harmed_year_own_children: Option<bool>,
    /// …when the harmful decision was sent and for at least a year after.
    pub decision_and_year_after: Option<bool>,
}

read_only_from!(objects: Situation, Year, Damage, Child, FormerPartnerAnswers);
read_only_from!(words: Ground, DamageKind);

/// No list of a family's life is longer; a longer one is a mistake or an attack.
const MOST_ENTRIES: usize = 100;

impl Situation {
    /// Nothing known but the day.
    #[must_use]
    pub fn new(on: Date, recognised: bool) -> Situation {
        Situation {
            on,
            recognised,
            received: None,
            years: None,
            first_correction_on: None,
            decision_on: None,
            legal_help: None,
            damages: None,
            children: Vec::new(),
            former_partner: FormerPartner::default(),
        }
    }

    /// Reads a situation from JSON and checks it.
    ///
    /// # Errors
    /// Unknown fields and impossible values, with the path of the first that is wrong.
    pub fn from_json(json: &str) -> Result<Situation, Invalid> {
        let situation: Situation = json::read(json)?;
        situation.check().into_iter().next().map_or(Ok(situation), Err)
    }

    /// Everything in it that can't be true, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Invalid> {
        let mut found = Vec::new();
        let first_year = benefit::FIRST_YEAR.at(self.on).and_then(|year| i16::try_from(year).ok());
        let mut refuse = |path: String, problem: Problem| found.push(Invalid::new(path, problem));
        let Some(first_year) = first_year else {
            return vec![Invalid::new("on", Problem::BeforeTheScheme)];
        };
        let amount = |amount: Option<Cents>| match amount {
            Some(amount) if amount < Cents::ZERO => Some(Problem::NegativeAmount),
            Some(amount) if amount > Cents::MOST => Some(Problem::AmountTooLarge),
            _ => None,
        };
        let day = |day: Date| {
            if day > self.on {
                Some(Problem::InTheFuture)
            } else if day.year() < first_year {
                Some(Problem::BeforeTheScheme)
            } else {
                None
            }
        };

        if let Some(problem) = amount(self.received) {
            refuse("received".into(), problem);
        }
        if let Some(years) = &self.years {
            let possible = usize::try_from(self.on.year() - first_year + 1).unwrap_or(0);
            if years.len() > possible {
                refuse("years".into(), Problem::TooMany);
            }
            for (at, year) in years.iter().enumerate() {
                if year.year < first_year {
                    refuse(format!("years[{at}].year"), Problem::BeforeTheScheme);
                } else if year.year > self.on.year() {
                    refuse(format!("years[{at}].year"), Problem::InTheFuture);
                }
                for (field, value) in [
                    ("reclaimed", year.reclaimed),
                    ("interest_and_costs_paid", year.interest_and_costs_paid),
                    ("missed_interest", year.missed_interest),
                    ("outstanding", Some(year.outstanding)),
                ] {
                    if let Some(problem) = amount(value) {
                        refuse(format!("years[{at}].{field}"), problem);
                    }
                }
            }
        }
        if let Some(problem) = self.first_correction_on.and_then(day) {
            refuse("first_correction_on".into(), problem);
        }
        if let Some(decision_on) = self.decision_on {
            if let Some(problem) = day(decision_on) {
                refuse("decision_on".into(), problem);
            } else if self.first_correction_on.is_some_and(|correction_on| decision_on < correction_on) {
                refuse("decision_on".into(), Problem::DecisionBeforeCorrection);
            }
        }
        if let Some(problem) = amount(self.legal_help) {
            refuse("legal_help".into(), problem);
        }
        if let Some(damages) = &self.damages {
            if damages.len() > MOST_ENTRIES {
                refuse("damages".into(), Problem::TooMany);
            }
            for (at, damage) in damages.iter().enumerate() {
                for (field, value) in [("low", damage.low), ("high", damage.high)] {
                    if let Some(problem) = amount(value) {
                        refuse(format!("damages[{at}].{field}"), problem);
                    }
                }
                if damage.low.zip(damage.high).is_some_and(|(low, high)| low > high) {
                    refuse(format!("damages[{at}].high"), Problem::LowAboveHigh);
                }
            }
        }
        if self.children.len() > MOST_ENTRIES {
            refuse("children".into(), Problem::TooMany);
        }
        for (at, child) in self.children.iter().enumerate() {
            if child.born_on > self.on {
                refuse(format!("children[{at}].born_on"), Problem::InTheFuture);
            }
        }
        found
    }
}
