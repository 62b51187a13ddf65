//! /inloggen and /uitloggen.

use std::sync::Arc;

use app::desk::{DemoLink, INVITATION, Refused, SignIn, demo_link, sign_in, sign_in_first};
use app::shell::Document;
use app::urls::{DESK, Page, SIGN_IN_DEMO, SIGN_IN_KEYS, SIGN_IN_RETURN, SIGN_OUT};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::client::{Client, later, minutes};
use super::cookie;
use super::form::Typed;
use super::guard::unavailable;
use super::headers::FormsLeadTo;
use super::portal::Portal;
use crate::account::{
    Brought, DemoAccounts, DemoStaff, Departure, Provider, SessionSecret, SignInError, TRIP_LASTS,
};
use crate::code::Code;
use crate::store::Limit;

/// The longest that a session lasts.
const COOKIE_LASTS: i64 = 2 * 60 * 60;
/// A whole organisation may sit behind one address.
const DEPARTURES: Limit = Limit { action: "sign in", most: 60, seconds: 15 * 60 };
/// Codes can't be guessed; who tries all the same is stopped.
const WRONG_INVITATIONS: Limit = Limit { action: "invitation", most: 10, seconds: 15 * 60 };
/// A demo is shown to a room full of people, who all try the same link.
const WRONG_LINKS: Limit = Limit { action: "demo link", most: 20, seconds: 15 * 60 };

/// Links of a demo have a route only where there is a demo.
pub fn routes(portal: &Portal) -> Router<Portal> {
    let routes = Router::new()
        .route(Page::SignIn.path(), get(show).post(depart))
        .route(SIGN_IN_RETURN, get(arrive))
        .route(SIGN_IN_KEYS, get(keys))
        .route(SIGN_OUT, post(sign_out));
    match portal.demo_accounts.clone() {
        Some(demo) => {
            let open = demo.clone();
            routes.route(
                &format!("{SIGN_IN_DEMO}/{{code}}"),
                get(move |State(portal), client, Path(code): Path<String>| {
                    show_link(portal, client, open, code)
                })
                .post(move |State(portal), client, headers, Path(code): Path<String>| {
                    use_link(portal, client, headers, demo, code)
                }),
            )
        }
        None => routes,
    }
}

async fn show(State(portal): State<Portal>) -> Response {
    page(&portal, |offered| sign_in(offered, None)).await
}

/// Off to her provider.
async fn depart(State(portal): State<Portal>, client: Client, Typed(sent): Typed) -> Response {
    let Some(provider) = portal.provider.clone() else { return show(State(portal)).await };
    match departure(&portal, &provider, &client, sent.text(INVITATION)).await {
        Ok(Departure { secret, address }) => {
            let mut response = see(&address);
            cookie::TRIP.set(response.headers_mut(), &secret, TRIP_LASTS);
            response
        }
        Err(error) => not_let_in(&portal, error).await,
    }
}

async fn departure(
    portal: &Portal,
    provider: &Provider,
    client: &Client,
    typed: &str,
) -> Result<Departure, SignInError> {
    let now = portal.clock.now();
    if let Some(seconds) = client.must_wait(portal, DEPARTURES).await? {
        return Err(SignInError::Refused(Refused::TooOften(minutes(seconds))));
    }
    // Each leaves something behind, until its time is over.
    client.count(portal, DEPARTURES).await?;
    if typed.is_empty() {
        return portal.accounts.depart(provider, None, now).await;
    }
    if let Some(seconds) = client.must_wait(portal, WRONG_INVITATIONS).await? {
        return Err(SignInError::Refused(Refused::TooOften(minutes(seconds))));
    }
    let departure = portal.accounts.depart(provider, Some(&Code::typed(typed)), now).await;
    if let Err(SignInError::Refused(Refused::UnknownInvitation)) = departure {
        client.count(portal, WRONG_INVITATIONS).await?;
    }
    departure
}

/// Back from her provider: the only address that brings something which a sign-in begins with. It works once, and only in
/// the browser that went.
async fn arrive(State(portal): State<Portal>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let Some(provider) = portal.provider.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let brought = Brought::read(&query.unwrap_or_default());
    let secret = cookie::TRIP.read(&headers).unwrap_or_default();
    let arrived = portal.accounts.arrive(&provider, secret, brought, portal.clock.now()).await;
    let mut response = match arrived {
        Ok(staff_id) => let_in(&portal, &headers, &staff_id).await,
        Err(error) => not_let_in(&portal, error).await,
    };
    cookie::TRIP.forget(response.headers_mut());
    response
}

/// The public half of the key with which this site shows a provider who it is.
async fn keys(State(portal): State<Portal>) -> Response {
    match &portal.provider {
        Some(provider) => ([(header::CONTENT_TYPE, "application/json")], provider.keys()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn not_let_in(portal: &Portal, error: SignInError) -> Response {
    match error {
        SignInError::Refused(why) => {
            let response = page(portal, |offered| sign_in(offered, Some(why))).await;
            match why {
                Refused::TooOften(minutes) => later(response, minutes),
                _ => response,
            }
        }
        SignInError::Unreachable => {
            let mut response = portal.renderer.personal(|| sign_in(SignIn::Unreachable, None));
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response
        }
        SignInError::Store(error) => unavailable(&error),
    }
}

/// She has to sign in first. What she sent can't wait for that; a page that she asked for can.
pub async fn first(portal: &Portal, has_sent: bool) -> Response {
    if !has_sent {
        return see(Page::SignIn.path());
    }
    let mut response = page(portal, |offered| sign_in_first(offered, true)).await;
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    response
}

async fn sign_out(State(portal): State<Portal>, headers: HeaderMap) -> Response {
    if let Some(shown) = cookie::SESSION.read(&headers).map(SessionSecret::shown)
        && let Err(error) = portal.accounts.end_session(&shown, portal.clock.now()).await
    {
        return unavailable(&error);
    }
    let mut response = see(Page::SignIn.path());
    cookie::SESSION.forget(response.headers_mut());
    response
}

async fn show_link(portal: Portal, client: Client, demo: Arc<DemoAccounts>, code: String) -> Response {
    let code = Code::typed(&code);
    match of_link(&portal, &client, || demo.behind(&code)).await {
        Ok(DemoStaff { name, role, .. }) => {
            let link = DemoLink { code: code.signs().to_owned(), name, role };
            portal.renderer.personal(|| demo_link(Some(&link)))
        }
        Err(refused) => refused,
    }
}

async fn use_link(
    portal: Portal,
    client: Client,
    headers: HeaderMap,
    demo: Arc<DemoAccounts>,
    code: String,
) -> Response {
    let code = Code::typed(&code);
    match of_link(&portal, &client, || demo.take(&code)).await {
        Ok(person) => let_in(&portal, &headers, &person.id).await,
        Err(refused) => refused,
    }
}

/// Whom a link of the demo is for, or the page that says that it lets in nobody.
async fn of_link(
    portal: &Portal,
    client: &Client,
    find: impl FnOnce() -> Option<DemoStaff>,
) -> Result<DemoStaff, Response> {
    let nobody = || portal.renderer.personal(|| demo_link(None));
    match client.must_wait(portal, WRONG_LINKS).await {
        Ok(None) => {}
        Ok(Some(seconds)) => return Err(later(nobody(), minutes(seconds))),
        Err(error) => return Err(unavailable(&error)),
    }
    if let Some(person) = find() {
        return Ok(person);
    }
    match client.count(portal, WRONG_LINKS).await {
        Ok(()) => Err(nobody()),
        Err(error) => Err(unavailable(&error)),
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

/// The page for who wants in, as far as that is possible now.
async fn page(portal: &Portal, make: impl FnOnce(SignIn) -> Document) -> Response {
    let Some(provider) = &portal.provider else {
        let demo = portal.demo_accounts.is_some();
        return portal.renderer.personal(|| make(SignIn::NotAvailable { demo }));
    };
    match provider.origin(portal.clock.now()).await {
        Ok(origin) => {
            let mut response = portal.renderer.personal(|| make(SignIn::Available));
            // The form leads here, and from here to the provider: browsers hold both to the policy.
            response.extensions_mut().insert(FormsLeadTo(origin));
            response
        }
        Err(_) => {
            let mut response = portal.renderer.personal(|| make(SignIn::Unreachable));
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response
        }
    }
}

fn see(path: &str) -> Response {
    let headers = [(header::LOCATION, path), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::SEE_OTHER, headers).into_response()
}
