//! Damage beyond the assessment (*aanvullende werkelijke schade*), for a settlement or the damage commission.

use super::assessment::{Line, Origin, Working};
use super::situation::DamageKind;
use crate::parameter::Entry;
use crate::parameters::damage;
use crate::range::Range;

/// One line per kind, low to high, in the order in which she names them; several items of a kind are added up. The
/// fixed amounts of the framework (Nov 2025) aren't known here: until they are, only her own figures count.
pub(super) fn lines(working: &mut Working<'_>) -> Vec<Line> {
    let Some(damages) = &working.situation.damages else {
        working.miss("damages");
        return Vec::new();
    };
    let mut kinds: Vec<(DamageKind, Option<Range>)> = Vec::new();
    for (at, item) in damages.iter().enumerate() {
        for (field, value) in [("low", item.low), ("high", item.high)] {
            if value.is_none() {
                working.miss(&format!("damages[{at}].{field}"));
            }
        }
        let amount = item.low.zip(item.high).map(|(low, high)| Range { low, high });
        match kinds.iter_mut().find(|(kind, _)| *kind == item.kind) {
            Some((_, sum)) => *sum = sum.zip(amount).map(|(sum, amount)| sum + amount),
            None => kinds.push((item.kind, amount)),
        }
    }
    kinds.into_iter().filter_map(|(kind, amount)| amount.map(|amount| line(kind, amount))).collect()
}

fn line(kind: DamageKind, amount: Range) -> Line {
    let line = Line::new(kind.line_id(), Origin::YouSaid, "damages", amount);
    match kind.fixed_amount() {
        Some(entry) => line.by(entry),
        None => line,
    }
}

impl DamageKind {
    /// In the order in which they are named.
    pub const ALL: [DamageKind; 9] = [
        DamageKind::EmotionalParent,
        DamageKind::EmotionalFamily,
        DamageKind::ReplacementChildcare,
        DamageKind::Assets,
        DamageKind::Income,
        DamageKind::StudyDelay,
        DamageKind::Seizures,
        DamageKind::CreditorsAtTheDoor,
        DamageKind::Other,
    ];

    /// The id of its line in an assessment.
    #[must_use]
    pub const fn line_id(self) -> &'static str {
        match self {
            DamageKind::EmotionalParent => "damage.emotional_parent",
            DamageKind::EmotionalFamily => "damage.emotional_family",
            DamageKind::ReplacementChildcare => "damage.replacement_childcare",
            DamageKind::Assets => "damage.assets",
            DamageKind::Income => "damage.income",
            DamageKind::StudyDelay => "damage.study_delay",
            DamageKind::Seizures => "damage.seizures",
            DamageKind::CreditorsAtTheDoor => "damage.creditors_at_the_door",
            DamageKind::Other => "damage.other",
        }
    }

    /// The word in files and forms.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.line_id().trim_start_matches("damage.")
    }

    /// The framework's fixed amount for this kind: a parameter without a value so far. `None`: the framework names none.
    #[must_use]
    pub const fn fixed_amount(self) -> Option<&'static Entry> {
        match self {
            DamageKind::EmotionalParent => Some(&damage::FIXED_EMOTIONAL_PARENT_ENTRY),
            DamageKind::EmotionalFamily => Some(&damage::FIXED_EMOTIONAL_FAMILY_ENTRY),
            DamageKind::ReplacementChildcare => Some(&damage::FIXED_REPLACEMENT_CHILDCARE_ENTRY),
            DamageKind::Assets => Some(&damage::FIXED_ASSETS_ENTRY),
            DamageKind::Income => Some(&damage::FIXED_INCOME_ENTRY),
            DamageKind::StudyDelay => Some(&damage::FIXED_STUDY_DELAY_ENTRY),
            DamageKind::Seizures => Some(&damage::FIXED_SEIZURES_ENTRY),
            DamageKind::CreditorsAtTheDoor => Some(&damage::FIXED_CREDITORS_AT_THE_DOOR_ENTRY),
            DamageKind::Other => None,
        }
    }
}
