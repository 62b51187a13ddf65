//! Cookies: only this site reads them, no script does, and none goes over an open line.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie by its name. `__Host-`: a browser takes it only from this very host, over TLS, for all paths.
#[derive(Clone, Copy, Debug)]
pub struct Cookie(pub &'static str);

/// Who is signed in at the desk.
pub const SESSION: Cookie = Cookie("__Host-balie");
/// Who is on her way to her provider.
pub const TRIP: Cookie = Cookie("__Host-inloggen");
/// Who looks at pages together with someone: her ticket for that meeting.
pub const TOGETHER: Cookie = Cookie("__Host-samen");

impl Cookie {
    /// What a browser sends.
    pub fn read(self, headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(self.0)?.strip_prefix('='))
    }

    /// Lasts until the browser is closed, or for so many seconds.
    pub fn set(self, headers: &mut HeaderMap, value: &str, seconds: i64) {
        let cookie = format!("{}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}", self.0);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }

    pub fn forget(self, headers: &mut HeaderMap) {
        self.set(headers, "", 0);
    }
}
