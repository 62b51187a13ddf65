//! Link codes: printed in a letter, typed once by the parent who got it, they tie her dossier to a case.

use domain::Date;

use super::problem::{LineProblem, Problems, Wrong};
use super::{Offices, store};
use crate::clock::Now;
use crate::code::Code;
use crate::store::{Change, StoreError};

/// What the codes are for.
const ABOUT: &str = "link";
/// A letter lies unopened for a while; a code that lies about for ever is a risk.
pub const DAYS_GOOD: i32 = 90;
/// Letters go out in print runs.
pub const MOST_CASES: usize = 1_000;

/// A code for a letter about a case.
#[derive(Debug)]
pub struct Link {
    pub case: String,
    pub code: Code,
    /// The last day on which it can be used.
    pub ends_on: Date,
}

impl Offices {
    /// Makes a code for each of these cases. A code that was made before for the same case and wasn't used is void from
    /// then on: a letter that went astray opens nothing once a new one is printed.
    ///
    /// # Errors
    /// The database doesn't answer. Inside: which of the cases can't have one; then none has.
    pub async fn make_links(
        &self,
        office: &str,
        cases: Vec<String>,
        now: Now,
    ) -> Result<Result<Vec<Link>, Problems>, StoreError> {
        if cases.is_empty() || cases.len() > MOST_CASES {
            let words = format!("between 1 and {MOST_CASES} cases at a time");
            return Ok(Err(vec![LineProblem::new(0, "cases", Wrong::TooMany).saying(words)].into()));
        }
        let ids = self.store.case_ids(office, &cases).await?;
        let mut found = Vec::new();
        let mut links = Vec::new();
        let mut kept = Vec::new();
        let ends_on = now.on.plus_days(DAYS_GOOD).unwrap_or(now.on);
        for (line, case) in (1..).zip(cases) {
            match ids.get(&case) {
                None => found.push(LineProblem::new(line, "cases", Wrong::UnknownCase)),
                Some(id) if kept.iter().any(|(earlier, _)| earlier == id) => {
                    found.push(LineProblem::new(line, "cases", Wrong::Twice));
                }
                Some(id) => {
                    let code = Code::random();
                    kept.push((*id, code.finder(ABOUT)));
                    links.push(Link { case, code, ends_on });
                }
            }
        }
        if !found.is_empty() {
            return Ok(Err(found.into()));
        }
        self.store.make_links(office, &kept, ends_on, now.at).await?;
        Ok(Ok(links))
    }
}

/// Uses up a link code with a change, and gives the case that it belongs to. `None`: unknown, used, void, or past its last
/// day.
///
/// # Errors
/// The database doesn't answer.
pub async fn use_link(change: &Change, code: &Code, on: Date) -> Result<Option<i64>, StoreError> {
    store::use_link(change, code.finder(ABOUT), on).await
}

/// The case of a link code that was used. `None`: it is none.
///
/// # Errors
/// The database doesn't answer.
pub async fn used_for(change: &Change, code: &Code) -> Result<Option<i64>, StoreError> {
    store::used_for(change, code.finder(ABOUT)).await
}
