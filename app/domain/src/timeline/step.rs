//! The steps of a case, from registration to aftercare.

use serde::{Deserialize, Serialize};

use super::event::Turn;
use crate::json::read_only_from;

/// A step of a case (`domain.md` §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Step {
    /// *Aanmelding*.
    Registration,
    /// *Eerste toets*.
    FirstTest,
    /// *Persoonlijk gesprek*.
    Conversation,
    /// *Integrale beoordeling*.
    IntegralAssessment,
    /// *Bezwaar*, beside the main line.
    Objection,
    /// *Beroep*.
    Appeal,
    /// *Vaststellingsovereenkomst*.
    Settlement,
    /// *Aanvullende schade*: the damage commission.
    Damage,
    /// *Nazorg*.
    Aftercare,
}

read_only_from!(words: Step);

impl Step {
    pub const ALL: [Step; 9] = [
        Step::Registration,
        Step::FirstTest,
        Step::Conversation,
        Step::IntegralAssessment,
        Step::Objection,
        Step::Appeal,
        Step::Settlement,
        Step::Damage,
        Step::Aftercare,
    ];

    /// The word in files, texts and styles.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Step::Registration => "registration",
            Step::FirstTest => "first_test",
            Step::Conversation => "conversation",
            Step::IntegralAssessment => "integral_assessment",
            Step::Objection => "objection",
            Step::Appeal => "appeal",
            Step::Settlement => "settlement",
            Step::Damage => "damage",
            Step::Aftercare => "aftercare",
        }
    }

    /// The step with that word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.id() == id)
    }

    /// Whose turn it is while nothing else was told: the court's on appeal, the municipality's in aftercare.
    #[must_use]
    pub(super) const fn turn(self) -> Turn {
        match self {
            Step::Appeal | Step::Aftercare => Turn::ThirdParty,
            _ => Turn::Organisation,
        }
    }

    /// What may come after it.
    #[must_use]
    pub const fn leads_to(self) -> &'static [Step] {
        match self {
            Step::Registration => &[Step::FirstTest],
            Step::FirstTest => {
                &[Step::Conversation, Step::IntegralAssessment, Step::Objection, Step::Aftercare]
            }
            Step::Conversation => &[Step::IntegralAssessment],
            Step::IntegralAssessment => &[Step::Objection, Step::Settlement, Step::Damage, Step::Aftercare],
            Step::Objection => &[Step::IntegralAssessment, Step::Appeal, Step::Settlement],
            Step::Appeal => &[Step::IntegralAssessment, Step::Settlement],
            Step::Settlement => &[Step::Aftercare],
            Step::Damage => &[Step::Objection, Step::Settlement, Step::Aftercare],
            Step::Aftercare => &[],
        }
    }
}
