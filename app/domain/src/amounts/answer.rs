//! One line in, one line out: what `herstelroute assess --lines` prints, the same natively and on the phone.

use serde::Serialize;

use super::assessment::assess;
use super::situation::Situation;
use crate::invalid::Invalid;

/// Reads a situation and writes its assessment, JSON both ways; a refused situation gives `{"error":…,"path":…}`.
#[must_use]
pub fn answer_line(json: &str) -> String {
    let answer = match Situation::from_json(json) {
        Ok(situation) => serde_json::to_string(&assess(&situation)),
        Err(Invalid { path, problem }) => {
            serde_json::to_string(&Refusal { error: problem.to_string(), path })
        }
    };
    // Nothing in it can fail to be written.
    answer.unwrap_or_default()
}

#[derive(Serialize)]
struct Refusal {
    error: String,
    path: String,
}
