//! Pages of reading matter and built files: the same for everyone.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use app::shell::Document;
use app::urls::Page;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use tower_http::services::ServeDir;

use super::render::Renderer;
use crate::figures::Figures;

/// The handler of a content page.
pub fn show(
    page: Page,
) -> impl Fn(State<Arc<Renderer>>, HeaderMap) -> std::future::Ready<Response> + Clone + Send + Sync + 'static
{
    move |State(renderer), headers| {
        // The same for as long as the program runs.
        std::future::ready(renderer.content(page, 0, Encoding::accepted(&headers), || document(page)))
    }
}

/// /cijfers: made anew once there are new estimates.
pub async fn figures(
    State(renderer): State<Arc<Renderer>>,
    State(figures): State<Arc<Figures>>,
    headers: HeaderMap,
) -> Response {
    let known = figures.current();
    let document = || app::figures::document(&known.estimates);
    renderer.content(Page::Figures, known.version, Encoding::accepted(&headers), document)
}

fn document(page: Page) -> Document {
    match page {
        Page::Examples => app::examples::document(),
        Page::Onward => app::onward::document(),
        Page::Glossary => app::glossary::document(),
        Page::About => app::about::about(),
        Page::Privacy => app::about::privacy(),
        Page::Accessibility => app::about::accessibility(),
        // The only other page of reading matter.
        _ => app::home::document(),
    }
}

/// What the build made, with its compressed siblings.
pub fn files(site: &Path) -> ServeDir {
    ServeDir::new(site).append_index_html_on_directories(false).precompressed_br().precompressed_gzip()
}

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

/// A page, compressed once in every way.
pub struct Encoded {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Encoded {
    pub fn new(html: String) -> Encoded {
        Encoded { brotli: brotli(html.as_bytes()).ok(), gzip: gzip(html.as_bytes()).ok(), plain: html.into() }
    }

    pub fn as_accepted(&self, encoding: Encoding) -> (Bytes, Option<&'static str>) {
        match (encoding, &self.brotli, &self.gzip) {
            (Encoding::Brotli, Some(brotli), _) => (brotli.clone(), Some("br")),
            (Encoding::Brotli | Encoding::Gzip, _, Some(gzip)) => (gzip.clone(), Some("gzip")),
            _ => (self.plain.clone(), None),
        }
    }
}

fn brotli(text: &[u8]) -> std::io::Result<Bytes> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 11, 22).write_all(text)?;
    Ok(out.into())
}

fn gzip(text: &[u8]) -> std::io::Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text)?;
    Ok(encoder.finish()?.into())
}
