//! Any bytes as a situation in JSON.

use domain::amounts::{Invalid, Situation, assess};
use serde_json::Value;

/// No answer is larger than this for each byte that was asked, beside the lines that each has.
const GROWS_BY: usize = 400;
const EMPTY: usize = 20_000;

/// What is taken is written the same way again, and has an assessment of a size that one can foresee; what is refused says
/// where.
pub fn any_bytes(bytes: &[u8]) {
    let json = String::from_utf8_lossy(bytes);
    match Situation::from_json(&json) {
        Ok(situation) => {
            let written = serde_json::to_string(&situation).expect("JSON");
            assert_eq!(Situation::from_json(&written).as_ref(), Ok(&situation));
            let assessment = assess(&situation);
            assert_eq!(assess(&situation), assessment);
            for route in &assessment.routes {
                assert!(route.total.is_none_or(|total| total.low <= total.high), "{written}");
            }
            let answer = serde_json::to_string(&assessment).expect("JSON");
            assert!(answer.len() < EMPTY + GROWS_BY * json.len(), "{} for {}", answer.len(), json.len());
        }
        Err(refused) => check_place(&json, &refused),
    }
}

/// An object is refused for one of its fields.
fn check_place(json: &str, refused: &Invalid) {
    let has_names = |fields: &serde_json::Map<String, Value>| fields.keys().all(|name| !name.is_empty());
    let is_object = matches!(serde_json::from_str(json), Ok(Value::Object(fields)) if has_names(&fields));
    assert!(!is_object || !refused.path.is_empty(), "{refused} of {json:?}");
    assert!(refused.to_string().len() < 1_000 + 4 * json.len(), "{refused}");
}
