//! Signing in at the organisation that someone works for: OpenID Connect, as the NL GOV Assurance profile wants it.
//!
//! Code flow with PKCE; we show who we are with a signed assertion (`private_key_jwt`). What comes back is trusted only when
//! all of it fits: the browser that went, the provider that we sent it to, its key, the moment, the nonce, how sure it is.

mod assurance;
mod client_key;
mod fetch;
mod token;

use std::sync::Arc;

use app::entries::Entries;
use openidconnect::core::{CoreAuthenticationFlow, CoreResponseType};
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, AuthorizationCode, ClientId, CsrfToken, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
};
use tokio::sync::Mutex;

pub use assurance::Assurance;
pub use client_key::ClientKey;
use fetch::Fetch;
pub use fetch::is_safe;
pub use token::Untrusted;
use token::{Client, Metadata};

use super::Represented;
use crate::clock::Now;

/// How long what a provider tells about itself is believed, in seconds.
const FRESH: i64 = 60 * 60;
/// Asks for the organisation that someone works for.
const REPRESENTS: &str = r#"{"id_token":{"represents":null}}"#;
/// A provider that doesn't answer, or whose keys are still unknown, isn't asked again sooner.
const PAUSE: i64 = 10;

/// Where staff sign in, and as which client of it.
#[derive(Debug)]
pub struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    return_to: RedirectUrl,
    key: ClientKey,
    assurance: Assurance,
    fetch: Fetch,
    known: Mutex<Known>,
}

/// What an operator told about a provider.
#[derive(Debug)]
pub struct ProviderSettings {
    pub issuer: IssuerUrl,
    pub client_id: String,
    pub return_to: RedirectUrl,
    pub key: ClientKey,
    pub assurance: Assurance,
}

/// What a provider last told about itself.
#[derive(Debug, Default)]
struct Known {
    metadata: Option<Arc<Metadata>>,
    told_at: i64,
    asked_at: Option<i64>,
}

/// The provider doesn't answer, or not as a provider does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreachable;

/// What only the browser that goes to the provider and this server know: one secret, and what comes of it.
pub struct Trip<'a>(pub &'a str);

/// What a provider sent along with who came back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    pub code: String,
    pub state: String,
    /// Who says that it sent her, if it does (RFC 9207).
    pub issuer: Option<String>,
    /// The provider says itself that it didn't work.
    pub is_error: bool,
}

impl Brought {
    /// As it stands in the address that she came back to.
    #[must_use]
    pub fn read(query: &str) -> Brought {
        let told = Entries::decode(query.as_bytes());
        Brought {
            code: told.text("code").to_owned(),
            state: told.text("state").to_owned(),
            issuer: told.get("iss").map(str::to_owned),
            is_error: told.get("error").is_some() || told.text("code").is_empty(),
        }
    }
}

/// Who someone is, as her provider tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    /// `Err`: it tells something of the kind that says nothing.
    pub represented: Result<Option<Represented>, ()>,
}

/// Why nobody knows who she is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotIdentified {
    Unreachable,
    Stopped,
    Untrusted(Untrusted),
}

impl From<Unreachable> for NotIdentified {
    fn from(_: Unreachable) -> NotIdentified {
        NotIdentified::Unreachable
    }
}

impl Trip<'_> {
    pub fn state(&self) -> String {
        self.derived("state")
    }

    /// Whether this is that state; takes as long for every wrong one.
    pub fn is_of(&self, state: &str) -> bool {
        let mark = |text: &str| crate::code::hash(self.0.as_bytes(), text.as_bytes());
        mark(state) == mark(&self.state())
    }

    fn nonce(&self) -> Nonce {
        Nonce::new(self.derived("nonce"))
    }

    fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.derived("verifier"))
    }

    fn derived(&self, about: &str) -> String {
        let hash = crate::code::hash(self.0.as_bytes(), format!("sign-in {about}").as_bytes());
        data_encoding::BASE64URL_NOPAD.encode(&hash)
    }
}

impl Provider {
    #[must_use]
    pub fn new(settings: ProviderSettings) -> Provider {
        let ProviderSettings { issuer, client_id, return_to, key, assurance } = settings;
        Provider {
            fetch: Fetch::from(&issuer),
            client_id: ClientId::new(client_id),
            known: Mutex::default(),
            issuer,
            return_to,
            key,
            assurance,
        }
    }

    /// The public half of our key, as a provider wants to read it.
    #[must_use]
    pub fn keys(&self) -> String {
        self.key.public_set()
    }

    /// The origin where someone signs in: where a form may lead.
    ///
    /// # Errors
    /// The provider doesn't answer.
    pub async fn origin(&self, now: Now) -> Result<String, Unreachable> {
        let metadata = self.metadata(now).await?;
        Ok(metadata.authorization_endpoint().url().origin().ascii_serialization())
    }

    /// Where to send someone who wants to sign in.
    ///
    /// # Errors
    /// The provider doesn't answer.
    pub async fn address(&self, trip: &Trip<'_>, now: Now) -> Result<String, Unreachable> {
        let metadata = self.metadata(now).await?;
        let (state, nonce) = (CsrfToken::new(trip.state()), trip.nonce());
        let client = self.client(&metadata);
        let flow: CoreAuthenticationFlow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, move || state, move || nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&trip.verifier()));
        for class in self.assurance.enough() {
            request = request.add_auth_context_value(AuthenticationContextClass::new(class.to_owned()));
        }
        if metadata.claims_parameter_supported() == Some(true) {
            // A provider that keeps to the letter tells nothing else unasked.
            request = request.add_extra_param("claims", REPRESENTS);
        }
        Ok(request.url().0.into())
    }

    /// Who it is that came back.
    ///
    /// # Errors
    /// Anything that doesn't fit.
    pub async fn identify(
        &self,
        trip: &Trip<'_>,
        brought: Brought,
        now: Now,
    ) -> Result<Identity, NotIdentified> {
        let metadata = self.metadata(now).await?;
        self.came_from_here(&metadata, brought.issuer.as_deref())?;
        if brought.is_error {
            return Err(NotIdentified::Stopped);
        }
        let told = self.exchange(&metadata, trip, brought.code, now).await?;
        let check = |metadata: &Metadata| {
            token::check(&told, &self.client(metadata), &self.assurance, &trip.nonce(), now)
        };
        let checked = match check(&metadata) {
            // It may sign with a new key by now.
            Err(Untrusted::UnknownKey) => check(&*self.newer(&metadata, now).await?),
            checked => checked,
        };
        checked.map_err(NotIdentified::Untrusted)
    }

    /// A code of another provider must not be shown to this one (RFC 9207).
    fn came_from_here(&self, metadata: &Metadata, issuer: Option<&str>) -> Result<(), NotIdentified> {
        match issuer {
            Some(issuer) if issuer == self.issuer.as_str() => Ok(()),
            None if !metadata.additional_metadata().tells_issuer() => Ok(()),
            _ => Err(NotIdentified::Untrusted(Untrusted::AnotherProvider)),
        }
    }

    /// The token for a code, as yet unchecked.
    async fn exchange(
        &self,
        metadata: &Metadata,
        trip: &Trip<'_>,
        code: String,
        now: Now,
    ) -> Result<token::Response, NotIdentified> {
        let client = self.client(metadata);
        let assertion = self.key.assertion(&self.client_id, &self.issuer, now);
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| NotIdentified::Unreachable)?
            .set_pkce_verifier(trip.verifier())
            .add_extra_param("client_assertion_type", client_key::ASSERTION_TYPE)
            .add_extra_param("client_assertion", assertion);
        request.request_async(&self.fetch).await.map_err(|error| match error {
            RequestTokenError::Request(_) => NotIdentified::Unreachable,
            RequestTokenError::ServerResponse(_) => NotIdentified::Untrusted(Untrusted::Code),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                NotIdentified::Untrusted(Untrusted::Unreadable)
            }
        })
    }

    fn client(&self, metadata: &Metadata) -> Client {
        Client::from_provider_metadata(metadata.clone(), self.client_id.clone(), None)
            .set_redirect_uri(self.return_to.clone())
    }

    /// What the provider tells about itself, from memory while that is fresh; one that is away keeps what it told before.
    async fn metadata(&self, now: Now) -> Result<Arc<Metadata>, Unreachable> {
        let mut known = self.known.lock().await;
        let is_fresh = known.metadata.is_some() && now.at - known.told_at < FRESH;
        if !is_fresh && known.may_ask(now) {
            self.ask(&mut known, now).await;
        }
        known.metadata.clone().ok_or(Unreachable)
    }

    /// What it tells now, unless somebody else asked meanwhile.
    async fn newer(&self, older: &Arc<Metadata>, now: Now) -> Result<Arc<Metadata>, Unreachable> {
        let mut known = self.known.lock().await;
        let is_older = known.metadata.as_ref().is_some_and(|metadata| Arc::ptr_eq(metadata, older));
        if is_older && known.may_ask(now) {
            self.ask(&mut known, now).await;
        }
        known.metadata.clone().ok_or(Unreachable)
    }

    async fn ask(&self, known: &mut Known, now: Now) {
        known.asked_at = Some(now.at);
        match Metadata::discover_async(self.issuer.clone(), &self.fetch).await {
            // Browsers are sent there.
            Ok(metadata) if self.fetch.may_ask(metadata.authorization_endpoint().url()) => {
                known.metadata = Some(Arc::new(metadata));
                known.told_at = now.at;
            }
            // Its words may hold anything.
            _ => tracing::warn!("the login provider doesn't answer, or not as one"),
        }
    }
}

impl Known {
    fn may_ask(&self, now: Now) -> bool {
        self.asked_at.is_none_or(|asked_at| now.at - asked_at >= PAUSE)
    }
}
