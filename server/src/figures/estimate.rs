//! From what offices told to the estimates that pages show.

use domain::Date;
use domain::figures::{Caseload, Estimate};

use super::simulate;
use crate::office::Offices;
use crate::store::StoreError;

/// How long steps took, over all cases of all offices, as far as known on that day. With simulated cases among them, it
/// says that they are invented.
///
/// # Errors
/// The database doesn't answer.
pub async fn estimate(offices: &Offices, on: Date) -> Result<Vec<Estimate>, StoreError> {
    let is_invented = offices.has_cases_of(simulate::OFFICE).await?;
    let mut caseload = if is_invented { Caseload::invented(on) } else { Caseload::new(on) };
    offices.each_case(|events| caseload.add(events)).await?;
    Ok(caseload.estimates())
}
