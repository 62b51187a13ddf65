//! Pages of reading matter and built files: the same for everyone.

use std::path::Path;
use std::sync::Arc;

use app::shell::Document;
use app::urls::Page;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use tower_http::services::ServeDir;

use super::encoding::Encoding;
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
