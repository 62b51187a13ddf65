//! Any bytes as the query with which a provider sends someone back.

use server::account::Brought;

/// What is brought is no larger than what was sent, holds no NUL, and is the same when it is sent again.
pub fn any_bytes(bytes: &[u8]) {
    let query = String::from_utf8_lossy(bytes);
    let brought = Brought::read(&query);
    // A byte that can't be read becomes a sign of three.
    let most = 3 * query.len();
    let texts = [Some(&brought.code), Some(&brought.state), brought.issuer.as_ref()];
    for text in texts.into_iter().flatten() {
        assert!(text.len() <= most && !text.contains('\0'), "{text:?}");
    }
    assert!(brought.is_error || !brought.code.is_empty());
    let mut again = form_urlencoded::Serializer::new(String::new());
    again.append_pair("code", &brought.code).append_pair("state", &brought.state);
    if let Some(issuer) = &brought.issuer {
        again.append_pair("iss", issuer);
    }
    if brought.is_error {
        again.append_pair("error", "");
    }
    assert_eq!(Brought::read(&again.finish()), brought);
}
