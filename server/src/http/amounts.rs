//! /bedragen and /vergelijken: computed without scripts, answered and forgotten.

use std::sync::Arc;

use app::amounts::{self, ReceiptMessage};
use app::entries::Entries;
use app::urls::Page;
use axum::extract::{Multipart, State};
use axum::response::Response;

use super::encoding::Encoding;
use super::form::Typed;
use super::render::{Kept, Renderer, file};

pub async fn show(State(renderer): State<Arc<Renderer>>, accepts: Encoding) -> Response {
    renderer.shared(Page::Amounts, 0, accepts, Kept::Nowhere, || {
        amounts::document(Entries::default(), renderer.today())
    })
}

/// The same form with the figures, or with what is wrong at its place.
pub async fn calculate(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| amounts::document(form, renderer.today()))
}

pub async fn compare_nothing(State(renderer): State<Arc<Renderer>>, accepts: Encoding) -> Response {
    let document = || amounts::comparison(Entries::default(), renderer.today(), None);
    renderer.shared(Page::Comparison, 0, accepts, Kept::Nowhere, document)
}

/// The comparison; a form that can't be read goes back to where it was filled in.
pub async fn compare(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    renderer.personal(|| amounts::compared(form, renderer.today()))
}

pub async fn save_receipt(State(renderer): State<Arc<Renderer>>, Typed(form): Typed) -> Response {
    let on = renderer.today();
    let receipt = amounts::receipt_of(&form, on).to_json();
    file("application/json", &amounts::file_name(on), receipt)
}

/// A receipt opened without scripts: computed again, told what changed, forgotten.
pub async fn open_receipt(State(renderer): State<Arc<Renderer>>, mut parts: Multipart) -> Response {
    let mut json = String::new();
    while let Ok(Some(part)) = parts.next_field().await {
        if part.name() == Some("bestand") {
            json = part
                .bytes()
                .await
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .unwrap_or_default();
        }
    }
    let (message, form) = ReceiptMessage::open(&json);
    renderer.personal(|| amounts::comparison(form.unwrap_or_default(), renderer.today(), Some(message)))
}
