//! Before everything under /balie: who is signed in, and does the table let her in?

use app::desk;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::account;
use super::cookie;
use super::portal::Portal;
use crate::account::{Act, Allowed, GUARDED, Method, Owner, Session, SessionSecret, TABLE};
use crate::store::StoreError;

/// Someone who is signed in and may come where she is. Only [`guard`] makes one, so a handler that asks for it is guarded.
#[derive(Clone, Debug)]
pub struct Signed(Session);

impl Signed {
    pub fn session(&self) -> &Session {
        &self.0
    }
}

/// Lets through what the table allows, with [`Signed`] in hand. A path under /balie without a row leads nowhere.
pub async fn guard(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path != GUARDED && !path.strip_prefix(GUARDED).is_some_and(|rest| rest.starts_with('/')) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    match enter(&portal, &parts).await {
        Ok(signed) => {
            parts.extensions.insert(signed);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refusal) => refusal,
    }
}

async fn enter(portal: &Portal, request: &Parts) -> Result<Signed, Response> {
    let method = match request.method.as_str() {
        "GET" | "HEAD" => Method::Get,
        "POST" => Method::Post,
        _ => return Err(StatusCode::METHOD_NOT_ALLOWED.into_response()),
    };
    let path = request.uri.path();
    let rows = TABLE.iter().filter(|row| row.method == method && row.fits(path)).collect::<Vec<_>>();
    if rows.is_empty() {
        return Err(StatusCode::NOT_FOUND.into_response());
    }
    match portal.session(&request.headers).await {
        Ok(Some(session)) if rows.iter().any(|row| row.is_for(session.staff.role)) => Ok(Signed(session)),
        Ok(Some(_)) => Err(no_entry(portal)),
        Ok(None) => Err(account::first(portal, method == Method::Post).await),
        Err(error) => Err(unavailable(&error)),
    }
}

/// It isn't for her.
fn no_entry(portal: &Portal) -> Response {
    let mut response = portal.renderer.personal(desk::no_entry);
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

/// The database doesn't answer; nothing was done.
pub fn unavailable(error: &StoreError) -> Response {
    tracing::error!(%error, "who works here couldn't be answered");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

impl Portal {
    /// Whose session a browser is in, if any.
    pub async fn session(&self, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
        match cookie::SESSION.read(headers).map(SessionSecret::shown) {
            Some(shown) => self.accounts.session(&shown, self.clock.now()).await,
            None => Ok(None),
        }
    }

    /// That she may do this with what is that owner's; else the page that says that she may not.
    pub fn allow<'a>(
        &self,
        signed: &'a Signed,
        act: Act,
        owner: Owner,
    ) -> Result<Allowed<'a>, Box<Response>> {
        signed.0.staff.allowed(act, owner).ok_or_else(|| Box::new(no_entry(self)))
    }

    /// Who looks at a page of the desk, in words.
    pub fn signed_in(&self, signed: &Signed) -> desk::SignedIn {
        let Session { staff, .. } = &signed.0;
        desk::SignedIn {
            name: staff.name.clone(),
            role: staff.role,
            organisation: staff.organisation.as_ref().map(|(_, name)| name.clone()),
            ends: self.clock.hour(signed.0.ends_at()),
            ends_at_last: self.clock.hour(signed.0.ends_at_last()),
        }
    }
}

impl FromRequestParts<Portal> for Signed {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Signed, StatusCode> {
        // Nobody passed the guard: this route isn't under it.
        parts.extensions.get::<Signed>().cloned().ok_or(StatusCode::FORBIDDEN)
    }
}
