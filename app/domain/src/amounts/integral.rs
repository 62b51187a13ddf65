//! The integral assessment (*integrale beoordeling*): its seven parts, in UHT's own order
//! (herstel.toeslagen.nl, "compensatieregeling: stappen en rekenvoorbeelden").

use super::assessment::{Line, Note, Origin, Working};
use super::years::{Field, Scheme, Years};
use crate::calendar::{Periods, periods_between};
use crate::parameter::Certainty;
use crate::parameters::ib;
use crate::range::Range;

/// Parts 1–7 over the years that count. Without such a year they are nil, and nothing about them is asked.
pub(super) fn lines(years: &Years<'_>, working: &mut Working<'_>) -> Vec<Line> {
    let counting = years.of_scheme(Scheme::Integral).count();
    let mut lines = Vec::new();
    per_year(years, working, &mut lines);
    if counting > 0 || years.is_unclear() {
        // What they lack is named in the order of the form, the lines stand in the order of the parts.
        let immaterial = immaterial_damage(&lines, working, counting > 0);
        lines.extend(legal_help(working, counting > 0));
        lines.extend(immaterial);
    } else if working.situation.legal_help.is_some_and(|amount| amount > crate::Cents::ZERO) {
        working.notes.push(Note::LegalHelpLeftOut);
    }
    if years.is_unclear() {
        working.incomplete();
    }
    lines.extend(supplement(&lines, working));
    lines
}

/// Parts 1, 2, 3 and 6: per benefit year, each rounded to the cent.
fn per_year(years: &Years<'_>, working: &mut Working<'_>, lines: &mut Vec<Line>) {
    for year in years.of_scheme(Scheme::Integral) {
        match year.sum(Field::Reclaimed) {
            None => working.incomplete(),
            Some(reclaimed) => {
                // Part 1, start amount: childcare benefit wrongly reclaimed or not granted, with interest.
                let start = Line::said("ib.start_amount", "years.reclaimed", reclaimed).of_year(year.year);
                // Part 2, material damage: a fixed share of part 1 (Kamerbrief 14-12-2021, kst-31066-951).
                let material = working.share_of(
                    "ib.material_damage",
                    "ib.start_amount * ib/material_damage_share",
                    start.amount,
                    &ib::MATERIAL_DAMAGE_SHARE,
                );
                lines.push(start);
                lines.extend(material.map(|line| line.of_year(year.year).using(&["ib.start_amount"])));
            }
        }
        // Part 3, interest and costs paid to the tax office: as paid. Part 6, interest on benefit missed: the method
        // isn't known, so it is an input.
        for (id, formula, field) in [
            ("ib.interest_and_costs", "years.interest_and_costs_paid", Field::InterestAndCosts),
            ("ib.missed_interest", "years.missed_interest", Field::MissedInterest),
        ] {
            match year.sum(field) {
                None => working.incomplete(),
                Some(amount) => {
                    let line = Line::said(id, formula, amount).of_year(year.year);
                    let line = match field {
                        Field::MissedInterest => line.by(&ib::MISSED_INTEREST_METHOD_ENTRY),
                        _ => line,
                    };
                    lines.push(line);
                }
            }
        }
    }
}

/// Part 4, past legal help: fixed fee points per step of the procedure; what a point is worth isn't known here.
fn legal_help(working: &mut Working<'_>, counts: bool) -> Option<Line> {
    let Some(amount) = working.situation.legal_help else {
        working.miss("legal_help");
        return None;
    };
    counts.then(|| Line::said("ib.legal_help", "legal_help", amount).by(&ib::LEGAL_HELP_POINTS_ENTRY))
}

/// Part 5, immaterial damage: "€ 500 per half year" (art. 2.3 lid 4 Wht) from the first downward correction to the
/// definitive decision, once per person.
///
/// Our reading of what the article leaves open makes a range: at the high end a started half year counts as a whole
/// one and nothing caps it; at the low end only full half years count, capped at part 1 (BAC 2022-10648).
fn immaterial_damage(lines: &[Line], working: &mut Working<'_>, counts: bool) -> Option<Line> {
    let Some(from) = working.situation.first_correction_on else {
        working.miss("first_correction_on");
        return None;
    };
    if !counts {
        return None;
    }
    let on = working.situation.on;
    let rate = working.value(&ib::IMMATERIAL_DAMAGE_PER_HALF_YEAR)?;
    let half_year = working.value(&ib::HALF_YEAR)?;
    let until = working.situation.decision_on.unwrap_or_else(|| {
        working.notes.push(Note::HalfYearsRunToToday);
        on
    });
    let Periods { full, started } = periods_between(from, until, half_year);
    let starts = lines.iter().filter(|line| line.id == "ib.start_amount");
    let cap = starts.clone().map(|line| line.amount.low).sum();
    let amount = Range { low: rate.times(full).min(cap), high: rate.times(started) };
    let line = Line::new(
        "ib.immaterial_damage",
        Origin::Calculated,
        "half_years * ib/immaterial_damage_per_half_year",
        amount,
    )
    .by(&ib::IMMATERIAL_DAMAGE_PER_HALF_YEAR_ENTRY)
    .by(&ib::HALF_YEAR_ENTRY)
    .using(&Line::ids(starts))
    .derived();
    Some(line)
}

/// Part 7, supplement: a share of the whole sum of parts 1–6, rounded once (kst-31066-951).
fn supplement(lines: &[Line], working: &mut Working<'_>) -> Option<Line> {
    if lines.is_empty() {
        return None;
    }
    let sum: Range = lines.iter().map(|line| line.amount).sum();
    let derived = lines.iter().any(|line| line.certainty == Certainty::Derived);
    let line =
        working.share_of("ib.supplement", "sum(ib.*) * ib/supplement_share", sum, &ib::SUPPLEMENT_SHARE)?;
    let line = line.using(&Line::ids(lines));
    Some(if derived { line.derived() } else { line })
}
