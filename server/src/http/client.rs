//! Who asks, as far as limits need to know.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::portal::Portal;
use crate::store::{Limit, StoreError};

/// An address as a hash that only this server can make: it is kept for as long as a limit lasts, and tells nobody who it was.
pub struct Client([u8; 32]);

impl FromRequestParts<Portal> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Client, Infallible> {
        let told = portal
            .client_address_header
            .as_ref()
            .and_then(|name| parts.headers.get_all(name).iter().next_back());
        // A proxy adds to what was there already: only its own address, the last one, can be relied on.
        let told =
            told.and_then(|value| value.to_str().ok()?.rsplit(',').next()).map(|last| last.trim().to_owned());
        let peer = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
        let address = told.or_else(peer).unwrap_or_default();
        Ok(Client(portal.keys.hash(format!("client {address}").as_bytes())))
    }
}

impl Client {
    /// What its limits are counted by.
    pub fn hash(&self) -> &[u8] {
        &self.0
    }

    /// Seconds until this one may try again; `None`: now.
    pub async fn must_wait(&self, portal: &Portal, limit: Limit) -> Result<Option<i64>, StoreError> {
        let at = portal.clock.now().at;
        let until = portal.store.barred_until(limit, &self.0, at).await?;
        Ok(until.map(|until| until - at))
    }

    /// Counts one more try, or one more failure.
    pub async fn count(&self, portal: &Portal, limit: Limit) -> Result<(), StoreError> {
        portal.store.count_try(limit, &self.0, portal.clock.now().at).await
    }
}

pub const fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}

/// The same answer, as one that may be tried again later.
pub fn later(mut response: Response, minutes: i64) -> Response {
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(minutes * 60));
    response
}
