//! Which rules an assessment was made with.

use serde::{Deserialize, Serialize};

use crate::json::read_only_from;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The rule set: the version that people name and the fingerprint that tells it apart.
///
/// The fingerprint covers every parameter and every worked example beside it, so a formula that gives other numbers
/// can't keep the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct RuleSet {
    pub version: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

read_only_from!(objects: RuleSet);

impl RuleSet {
    /// The rule set that this program was built with.
    #[must_use]
    pub fn current() -> RuleSet {
        RuleSet { version: VERSION.to_owned(), sha256: SHA256.to_owned() }
    }
}
