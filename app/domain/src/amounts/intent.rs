//! Intent or gross fault (*opzet of grove schuld*): an allowance over what had to be repaid in such years.

use super::assessment::{Line, Working};
use super::years::{Field, Scheme, Years};
use crate::parameters::ogs;
use crate::range::Range;

/// A share of the benefit to be repaid, per year with that ground. The site's example: € 20.000 gives € 6.000.
pub(super) fn lines(years: &Years<'_>, working: &mut Working<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for year in years.of_scheme(Scheme::Intent) {
        let Some(reclaimed) = year.sum(Field::Reclaimed) else {
            working.incomplete();
            continue;
        };
        let allowance = working.share_of(
            "ogs.allowance",
            "years.reclaimed * ogs/allowance_share",
            Range::exactly(reclaimed),
            &ogs::ALLOWANCE_SHARE,
        );
        lines.extend(allowance.map(|line| line.of_year(year.year)));
    }
    lines
}
