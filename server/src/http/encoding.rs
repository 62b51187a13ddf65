//! How answers are compressed: what is the same for everyone once and as well as it goes, the rest quickly.

use std::convert::Infallible;
use std::io::Write;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use brotli::enc::BrotliEncoderParams;

/// What is smaller goes in one packet as it is.
const WORTH_IT: u64 = 1_024;
/// Pages are far smaller; what is larger isn't held in memory twice.
const MOST_BYTES: u64 = 1_024 * 1_024;
/// One step more costs twice the time for a hundredth of the bytes.
const QUICK_BROTLI: i32 = 5;
/// As a power of two: no page is larger, and a larger window costs time for each.
const QUICK_WINDOW: i32 = 18;
const QUICK_GZIP: u32 = 6;

/// The best compression that a browser takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    pub fn accepted(headers: &HeaderMap) -> Encoding {
        let accepted =
            headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A weight of nought, however many noughts it has, means: not this one.
        let refused = |weight: &str| {
            weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()) == Some(0_f32)
        };
        let takes = |coding: &str| {
            accepted.split(',').any(|part| {
                let mut part = part.split(';');
                part.next().is_some_and(|name| name.trim() == coding) && !part.any(refused)
            })
        };
        if takes("br") {
            Encoding::Brotli
        } else if takes("gzip") {
            Encoding::Gzip
        } else {
            Encoding::Identity
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Encoding {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Encoding, Infallible> {
        Ok(Encoding::accepted(&parts.headers))
    }
}

/// A page, compressed once in every way.
pub struct Encoded {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Encoded {
    pub fn new(html: String) -> Encoded {
        let best = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
        Encoded {
            brotli: brotli(html.as_bytes(), &best).ok(),
            gzip: gzip(html.as_bytes(), flate2::Compression::best()).ok(),
            plain: html.into(),
        }
    }

    pub fn as_accepted(&self, encoding: Encoding) -> (Bytes, Option<&'static str>) {
        match (encoding, &self.brotli, &self.gzip) {
            (Encoding::Brotli, Some(brotli), _) => (brotli.clone(), Some("br")),
            (Encoding::Brotli | Encoding::Gzip, _, Some(gzip)) => (gzip.clone(), Some("gzip")),
            _ => (self.plain.clone(), None),
        }
    }
}

/// Compresses what was made for one who asks, whole: that is most of the work of a page, and belongs to its place in the room.
pub async fn compress(request: Request, next: Next) -> Response {
    let encoding = Encoding::accepted(request.headers());
    let mut response = next.run(request).await;
    if !is_text(&response) || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    response.headers_mut().entry(header::VARY).or_insert(HeaderValue::from_static("accept-encoding"));
    // How large a file is, only who reads it knows; the build has compressed those.
    let is_worth_it =
        response.body().size_hint().exact().is_some_and(|bytes| (WORTH_IT..MOST_BYTES).contains(&bytes));
    if encoding == Encoding::Identity || !is_worth_it {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (packed, coding) = match encoding {
        Encoding::Brotli => (brotli(&plain, &quick(plain.len())), "br"),
        Encoding::Gzip | Encoding::Identity => (gzip(&plain, flate2::Compression::new(QUICK_GZIP)), "gzip"),
    };
    let Ok(packed) = packed else { return Response::from_parts(parts, Body::from(plain)) };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    Response::from_parts(parts, Body::from(packed))
}

fn is_text(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"text/") || kind.starts_with(b"application/json"))
}

fn quick(bytes: usize) -> BrotliEncoderParams {
    BrotliEncoderParams {
        quality: QUICK_BROTLI,
        lgwin: QUICK_WINDOW,
        size_hint: bytes,
        ..BrotliEncoderParams::default()
    }
}

fn brotli(text: &[u8], how: &BrotliEncoderParams) -> std::io::Result<Bytes> {
    let mut out = Vec::new();
    brotli::CompressorWriter::with_params(&mut out, 4096, how).write_all(text)?;
    Ok(out.into())
}

fn gzip(text: &[u8], how: flate2::Compression) -> std::io::Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), how);
    encoder.write_all(text)?;
    Ok(encoder.finish()?.into())
}
