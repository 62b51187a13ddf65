//! From a page to an answer: scripts, caching, and pages for trouble.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use app::shell::{Document, Rendered, Site};
use app::trouble;
use app::urls::Page;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Date;
use serde_json::{Value, json};

use super::cookie;
use super::encoding::{Encoded, Encoding};
use super::office;
use super::room::NoRoom;
use crate::clock::Clock;

tokio::task_local! {
    /// Whether who asks looks at pages together with someone: then every page shows so.
    static IS_TOGETHER: bool;
}

/// Renders pages for one site.
pub struct Renderer {
    site: Site,
    clock: Clock,
    /// What is the same for everyone: rendered and compressed once for each day and version of what it says.
    shared: Mutex<HashMap<Page, Arc<Shared>>>,
    /// So is what many are told at the same moment.
    not_now: OnceLock<Encoded>,
}

/// A page that nobody typed anything into yet.
struct Shared {
    /// The day that it was made for, and of what it tells the version.
    of: (Date, u64),
    page: Encoded,
    has_scripts: bool,
}

/// What a browser may keep of a page that is the same for everyone.
#[derive(Clone, Copy)]
pub enum Kept {
    /// Reading matter, for a few minutes.
    AWhile,
    /// A form: it would keep what is typed later too.
    Nowhere,
}

impl Kept {
    const fn in_words(self) -> &'static str {
        match self {
            Kept::AWhile => "public, max-age=300",
            Kept::Nowhere => "no-store",
        }
    }
}

/// An answer is a page with scripts: its presence allows them.
#[derive(Clone)]
pub struct HasScripts;

impl Renderer {
    pub fn new(site: Site, clock: Clock) -> Renderer {
        Renderer { site, clock, shared: Mutex::default(), not_now: OnceLock::new() }
    }

    /// The day that pages are made for.
    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// A page that holds what someone typed: never stored anywhere. It says itself whether something was refused.
    pub fn personal(&self, page: impl FnOnce() -> Document) -> Response {
        let Rendered { html, has_error, has_scripts } = app::shell::render(&self.site, is_together(), page);
        let status = if has_error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        allow_scripts((status, html_headers(Kept::Nowhere), html).into_response(), has_scripts)
    }

    /// A page that nobody typed anything into yet: from memory while it is of this day and version; for who is together
    /// with someone, a page of her own.
    pub fn shared(
        &self,
        page: Page,
        version: u64,
        accepts: Encoding,
        kept: Kept,
        make: impl FnOnce() -> Document,
    ) -> Response {
        if is_together() {
            return self.personal(make);
        }
        let of = (self.today(), version);
        let before = self.shared.lock().unwrap_or_else(PoisonError::into_inner).get(&page).cloned();
        let shared = before.filter(|before| before.of == of).unwrap_or_else(|| {
            let Rendered { html, has_scripts, .. } = app::shell::render(&self.site, false, make);
            let made = Arc::new(Shared { of, page: Encoded::new(html), has_scripts });
            self.shared.lock().unwrap_or_else(PoisonError::into_inner).insert(page, made.clone());
            made
        });
        allow_scripts(html(&shared.page, accepts, kept), shared.has_scripts)
    }

    fn trouble(&self, status: StatusCode, accepts: Encoding) -> Response {
        let page = match status {
            StatusCode::SERVICE_UNAVAILABLE if !is_together() => {
                let make = || Encoded::new(app::shell::render(&self.site, false, trouble::not_now).html);
                let mut response = html(self.not_now.get_or_init(make), accepts, Kept::Nowhere);
                *response.status_mut() = status;
                return response;
            }
            StatusCode::SERVICE_UNAVAILABLE => trouble::not_now,
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => trouble::not_found,
            status if status.is_server_error() => trouble::server_error,
            _ => trouble::refused,
        };
        let mut response = self.personal(page);
        *response.status_mut() = status;
        response
    }
}

/// A file to save that holds what someone typed: never stored anywhere else.
pub fn file(kind: &'static str, name: &str, content: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, content).into_response()
}

/// All that is kept of someone, as a file for her: headings, and the lines that go with each.
pub fn kept(all: impl IntoIterator<Item = (impl Into<String>, Vec<String>)>, name: &str) -> Response {
    let parts = all.into_iter().map(|(what, lines)| json!({ "wat": what.into(), "antwoord": lines }));
    file("application/json", name, format!("{:#}", Value::from_iter(parts)))
}

fn allow_scripts(mut response: Response, has_scripts: bool) -> Response {
    if has_scripts {
        response.extensions_mut().insert(HasScripts);
    }
    response
}

fn html(page: &Encoded, accepts: Encoding, kept: Kept) -> Response {
    let (bytes, coding): (Bytes, Option<&'static str>) = page.as_accepted(accepts);
    let varies = [(header::VARY, "accept-encoding, cookie")];
    let mut response = (html_headers(kept), varies, bytes).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn html_headers(kept: Kept) -> [(header::HeaderName, &'static str); 2] {
    [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, kept.in_words())]
}

fn is_together() -> bool {
    IS_TOGETHER.try_with(|it| *it).unwrap_or(false)
}

/// Looks whether who asks is together with someone.
pub async fn together(request: Request, next: Next) -> Response {
    let it = cookie::TOGETHER.read(request.headers()).is_some();
    IS_TOGETHER.scope(it, next.run(request)).await
}

/// The same question, answered the same in a task of its own.
pub fn as_together<T>(answer: impl Future<Output = T>) -> impl Future<Output = T> {
    IS_TOGETHER.scope(is_together(), answer)
}

/// Trouble from wherever gets a page in the same house, with the way to a person on it.
pub async fn in_the_house(State(renderer): State<Arc<Renderer>>, request: Request, next: Next) -> Response {
    let accepts = Encoding::accepted(request.headers());
    let is_for_programs = request.uri().path().starts_with(office::ROOT);
    let response = next.run(request).await;
    if is_for_programs { office::in_the_house(response) } else { as_a_page(&renderer, accepts, response) }
}

fn as_a_page(renderer: &Renderer, accepts: Encoding, response: Response) -> Response {
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    instead_of(&response, renderer.trouble(status, accepts))
}

/// The same trouble in other words: what it says beside them stays.
pub fn instead_of(trouble: &Response, mut told: Response) -> Response {
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = trouble.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    if let Some(it) = trouble.extensions().get::<NoRoom>() {
        told.extensions_mut().insert(*it);
    }
    told
}

/// A panic is our fault.
pub fn after_a_panic(_: Box<dyn Any + Send>) -> Response<Body> {
    tracing::error!("a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
