//! /inloggen and /uitloggen.

use app::desk::{DemoLink, SignIn, demo_link, sign_in, sign_in_first};
use app::urls::{DESK, Page, SIGN_IN_DEMO, SIGN_OUT};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::cookie;
use super::guard::unavailable;
use super::portal::Portal;
use crate::account::{DemoAccounts, DemoStaff, SessionSecret};
use crate::code::Code;

/// The longest that a session lasts.
const COOKIE_LASTS: i64 = 2 * 60 * 60;

/// Links of a demo have a route only where there is a demo.
pub fn routes(portal: &Portal) -> Router<Portal> {
    let routes = Router::new().route(Page::SignIn.path(), get(show)).route(SIGN_OUT, post(sign_out));
    match portal.demo_accounts.clone() {
        Some(demo) => {
            let open = demo.clone();
            routes.route(
                &format!("{SIGN_IN_DEMO}/{{code}}"),
                get(move |State(portal), Path(code): Path<String>| show_link(portal, open, code)).post(
                    move |State(portal), headers, Path(code): Path<String>| {
                        use_link(portal, headers, demo, code)
                    },
                ),
            )
        }
        None => routes,
    }
}

async fn show(State(portal): State<Portal>) -> Response {
    let offered = offered(&portal).await;
    portal.renderer.work(|| sign_in(offered, None))
}

/// She has to sign in first. What she sent can't wait for that; a page that she asked for can.
pub async fn first(portal: &Portal, has_sent: bool) -> Response {
    if !has_sent {
        return see(Page::SignIn.path());
    }
    let offered = offered(portal).await;
    let mut response = portal.renderer.work(|| sign_in_first(offered, true));
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    response
}

async fn sign_out(State(portal): State<Portal>, headers: HeaderMap) -> Response {
    if let Some(shown) = cookie::SESSION.read(&headers).map(SessionSecret::shown)
        && let Err(error) = portal.accounts.end_session(&shown).await
    {
        return unavailable(&error);
    }
    let mut response = see(Page::SignIn.path());
    cookie::SESSION.forget(response.headers_mut());
    response
}

async fn show_link(portal: Portal, demo: std::sync::Arc<DemoAccounts>, code: String) -> Response {
    let code = Code::read(&code);
    let person = code.as_ref().and_then(|code| demo.behind(code));
    let link = code.zip(person).map(|(code, DemoStaff { name, role, .. })| DemoLink {
        code: code.signs().to_owned(),
        name,
        role,
    });
    portal.renderer.work(|| demo_link(link.as_ref()))
}

async fn use_link(
    portal: Portal,
    headers: HeaderMap,
    demo: std::sync::Arc<DemoAccounts>,
    code: String,
) -> Response {
    match Code::read(&code).and_then(|code| demo.take(&code)) {
        Some(person) => let_in(&portal, &headers, &person.id).await,
        None => portal.renderer.work(|| demo_link(None)),
    }
}

/// She is who she says, and may come in.
pub async fn let_in(portal: &Portal, headers: &HeaderMap, staff_id: &str) -> Response {
    let earlier = cookie::SESSION.read(headers).map(SessionSecret::shown);
    match portal.accounts.begin_session(staff_id, earlier.as_ref(), portal.clock.now()).await {
        Ok(secret) => {
            let mut response = see(DESK);
            cookie::SESSION.set(response.headers_mut(), secret.show(), COOKIE_LASTS);
            response
        }
        Err(error) => unavailable(&error),
    }
}

async fn offered(portal: &Portal) -> SignIn {
    SignIn::NotAvailable { demo: portal.demo_accounts.is_some() }
}

fn see(path: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path), (header::CACHE_CONTROL, "no-store")]).into_response()
}
