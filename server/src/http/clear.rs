//! What two readers could read in two ways isn't read at all: who stands between a proxy and us could hide a request in it.

use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One host at most (RFC 9112 §3.2), and a body in plain chunks or none (§6.1): nothing else is understood here.
pub fn is_clear(headers: &HeaderMap) -> bool {
    let hosts = headers.get_all(header::HOST).iter().count();
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let is_plain = codings.next().is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    hosts <= 1 && is_plain && codings.next().is_none()
}

/// Nobody knows where the next request begins, so there is none.
pub fn refused() -> Response {
    (StatusCode::BAD_REQUEST, [(header::CONNECTION, "close")]).into_response()
}

/// It says itself that more will come than may: nobody needs to wait for that.
pub fn announces_more_than(most: usize, request: &Request) -> bool {
    request.body().size_hint().lower() > most as u64
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[track_caller]
    fn check(expected: bool, lines: &[(HeaderName, &'static str)]) {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        assert_eq!(is_clear(&headers), expected, "{headers:?}");
    }

    #[test]
    fn one_host_and_plain_chunks() {
        let host = |name| (header::HOST, name);
        let coding = |name| (header::TRANSFER_ENCODING, name);
        check(true, &[]);
        check(true, &[host("a.test"), coding("chunked")]);
        check(true, &[coding("CHUNKED")]);
        check(false, &[host("a.test"), host("a.test")]);
        check(false, &[coding("chunked"), coding("chunked")]);
        check(false, &[coding("chunked, chunked")]);
        check(false, &[coding("gzip, chunked")]);
        check(false, &[coding("")]);
    }
}
