//! Asks a provider: not for long, not for much, nowhere else, and never over an open line.

use std::pin::Pin;
use std::time::Duration;

use openidconnect::url::{Host, Url};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, IssuerUrl, http};
use thiserror::Error;

const LONGEST: Duration = Duration::from_secs(5);
/// A provider's keys and tokens take a few kilobytes.
const MOST_BYTES: usize = 256 * 1024;

#[derive(Debug)]
pub struct Fetch {
    client: Option<reqwest::Client>,
    /// Only a provider on this very machine may be asked without TLS: in tests.
    takes_plain: bool,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, Error)]
pub enum FetchError {
    #[error("not an address to ask")]
    Address,
    #[error("no answer in time")]
    NoAnswer,
    #[error("the answer is too large")]
    TooLarge,
}

/// Whether an issuer may be trusted with a sign-in: over TLS, or on this machine.
#[must_use]
pub fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(url))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

impl Fetch {
    pub fn from(issuer: &IssuerUrl) -> Fetch {
        // Another one that was chosen for this program before is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(LONGEST)
            .no_proxy()
            .build();
        if client.is_err() {
            tracing::error!("no login provider can be asked: the machine's certificates can't be read");
        }
        Fetch { client: client.ok(), takes_plain: is_this_machine(issuer.url()) }
    }

    /// Whether an address that the provider tells of may be used.
    pub fn may_ask(&self, url: &Url) -> bool {
        url.scheme() == "https" || (self.takes_plain && is_safe(url))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let client = self.client.as_ref().ok_or(FetchError::NoAnswer)?;
        let request = reqwest::Request::try_from(request).map_err(|_| FetchError::Address)?;
        if !self.may_ask(request.url()) {
            return Err(FetchError::Address);
        }
        let mut response = client.execute(request).await.map_err(|_| FetchError::NoAnswer)?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| FetchError::NoAnswer)? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        answer.body(body).map_err(|_| FetchError::NoAnswer)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
