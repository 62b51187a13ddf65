//! What waits for a helper: what fits them, without name, story or reference.

use std::collections::BTreeMap;

use domain::help::{Fit, Kind, Request, fit};

use super::store::{Near, Search, Stretch};
use super::{Desk, Profile, Result};

/// Who has read so many has something to pick up.
pub const MOST_SHOWN: usize = 50;

/// A request that nobody has yet, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub id: String,
    pub request: Request,
    /// Seconds since 1970.
    pub made_at: i64,
    pub fit: Fit,
}

impl Desk {
    /// What waits, fits, and may be seen by the helper's organisation: the most fitting first, then the oldest.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn list(&self, profile: &Profile) -> Result<Vec<Waiting>> {
        let helper = &profile.helper;
        let Some(sight) = self.store.sight(&helper.id).await? else { return Ok(Vec::new()) };
        let search = Search { helper, sight: &sight };
        let mut found = BTreeMap::new();
        let mut add = |rows: Vec<(String, i64, Request)>| {
            for (id, made_at, request) in rows {
                if let Some(fit) = fit(&request, helper) {
                    found.insert((fit, made_at, id.clone()), Waiting { id, request, made_at, fit });
                }
            }
            found.len()
        };
        add(self.store.waiting_for(&search).await?);
        for stretches in rounds(&search) {
            // Nothing in a later round comes before what an earlier one found.
            if add(self.store.waiting(&search, &stretches).await?) >= MOST_SHOWN {
                break;
            }
        }
        Ok(found.into_values().take(MOST_SHOWN).collect())
    }
}

/// Where to look, what comes first in the list first: urgent and near, urgent, near, the rest. What is near is looked for by
/// itself, or what waits elsewhere would stand in front of it.
fn rounds(search: &Search<'_>) -> [Vec<Stretch>; 4] {
    let Search { helper, sight } = search;
    let near = Near::of(helper.regions.iter().copied().filter(|region| sight.regions.contains(region)));
    let mut rounds = [const { Vec::new() }; 4];
    for kind in helper.kinds.iter().copied().filter(|kind| sight.kinds.contains(kind)) {
        for language in helper.languages.iter().copied() {
            for (is_urgent, at) in [(true, 0), (false, 2)] {
                let stretch = Stretch { kind, language, near: None, is_urgent };
                let of_near = near.iter().map(|near| Stretch { near: Some(near.clone()), ..stretch.clone() });
                rounds[at].extend(of_near);
                if kind != Kind::PeerOfRegion {
                    rounds[at + 1].push(stretch);
                }
            }
        }
    }
    rounds
}
