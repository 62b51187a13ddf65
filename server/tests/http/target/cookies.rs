//! Any bytes as the headers in which a browser sends cookies: one on each line.

use axum::http::{HeaderMap, HeaderValue, header};
use server::http::{SESSION, TOGETHER, TRIP};

/// A cookie's value is a part of what was sent; set again, it stays one cookie of the same name with nothing added.
pub fn any_bytes(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n').take(100) {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(header::COOKIE, value);
        }
    }
    for cookie in [SESSION, TRIP, TOGETHER] {
        let Some(value) = cookie.read(&headers) else { continue };
        let pair = format!("{}={value}", cookie.0);
        assert!(bytes.windows(pair.len()).any(|part| part == pair.as_bytes()), "{pair:?} wasn't sent");
        let mut set = HeaderMap::new();
        cookie.set(&mut set, value, 60);
        let set: Vec<&HeaderValue> = set.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(set.len(), 1, "{pair:?}");
        let rest = set[0].as_bytes().strip_prefix(pair.as_bytes());
        assert_eq!(rest, Some(&b"; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60"[..]), "{pair:?}");
        assert!(!value.contains(';'), "{pair:?}");
    }
}
