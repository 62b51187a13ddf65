//! Any bytes as a receipt that is opened again.

use domain::amounts::Receipt;

/// What is taken is written the same way again, and computed again without a change where
/// nothing was changed.
pub fn any_bytes(bytes: &[u8]) {
    let json = String::from_utf8_lossy(bytes);
    let Ok(receipt) = Receipt::from_json(&json) else { return };
    assert_eq!(Receipt::from_json(&receipt.to_json()).as_ref(), Ok(&receipt));
    let replay = receipt.replay();
    let own = Receipt::of(receipt.situation.clone());
    assert_eq!(own.replay().changes, []);
    assert_eq!(replay.same_rules, receipt.rules == own.rules);
    // By the same rules it is told of every change of the file, and of no other.
    if replay.same_rules {
        assert_eq!(replay.changes.is_empty(), receipt == own, "{json}");
    }
}
