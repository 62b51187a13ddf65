//! Pages of reading matter and built files: the same for everyone.

use std::path::Path;
use std::sync::Arc;

use app::shell::Document;
use app::urls::Page;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

use super::encoding::Encoding;
use super::render::{Kept, Renderer};
use crate::figures::Figures;

/// The handler of a content page.
pub fn show(
    page: Page,
) -> impl Fn(State<Arc<Renderer>>, Encoding) -> std::future::Ready<Response> + Clone + Send + Sync + 'static {
    move |State(renderer), accepts| {
        // The same for as long as the program runs.
        std::future::ready(renderer.shared(page, 0, accepts, Kept::AWhile, || document(page)))
    }
}

/// /cijfers: made anew once there are new estimates.
pub async fn figures(
    State(renderer): State<Arc<Renderer>>,
    State(figures): State<Arc<Figures>>,
    accepts: Encoding,
) -> Response {
    let known = figures.current();
    let document = || app::figures::document(&known.estimates);
    renderer.shared(Page::Figures, known.version, accepts, Kept::AWhile, document)
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

/// No file that the build makes has a longer path; what is longer than a name on a disk can be is an error to look for.
const LONGEST_PATH: usize = 200;

/// What the build made, with its compressed siblings.
pub fn files(site: &Path) -> Router {
    let files = ServeDir::new(site);
    let files = files.append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    Router::new().fallback_service(files).layer(from_fn(not_too_long))
}

async fn not_too_long(request: Request, next: Next) -> Response {
    if request.uri().path().len() > LONGEST_PATH {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}
