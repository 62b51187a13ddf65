//! What a provider tells of who signed in, and whether that can be trusted.

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreSubjectIdentifierType,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, ClaimsVerificationError, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, Nonce, ProviderMetadata,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Assurance, Identity};
use crate::account::Represented;
use crate::clock::Now;

/// Those that the profile asks providers for. `none`, and a shared secret such as HS256, aren't among them.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
];
/// Clocks differ a little, in seconds.
const LEEWAY: i64 = 60;
/// A token is asked for at once; an older one was meant for something else.
const OLDEST: i64 = 10 * 60;

/// What else than the usual a provider tells of someone.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Told {
    /// For whom she works (NL GOV Assurance profile).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    represents: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<Value>,
}

impl AdditionalClaims for Told {}

/// What else than the usual a provider tells about itself.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct AboutItself {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for AboutItself {}

impl AboutItself {
    /// Whether it always says that it was it who sent someone back (RFC 9207).
    pub fn tells_issuer(&self) -> bool {
        self.authorization_response_iss_parameter_supported
    }
}

pub type Metadata = ProviderMetadata<
    AboutItself,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
type Fields = IdTokenFields<
    Told,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
pub type Response = StandardTokenResponse<Fields, CoreTokenType>;
pub type Client = openidconnect::Client<
    Told,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Response,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What doesn't fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untrusted {
    /// Another provider sent her back.
    AnotherProvider,
    /// The provider itself doesn't take the code.
    Code,
    /// It isn't what a provider sends.
    Unreadable,
    /// Signed with a key that the provider doesn't tell of.
    UnknownKey,
    /// Not signed, or not as a provider should, or not by it.
    Signature,
    Issuer,
    /// It is meant for another.
    Audience,
    Nonce,
    /// Over, not begun, or made long ago.
    Time,
    /// Not sure enough.
    Assurance,
}

/// Who it is, once all of it fits.
pub fn check(
    response: &Response,
    client: &Client,
    assurance: &Assurance,
    nonce: &Nonce,
    now: Now,
) -> Result<Identity, Untrusted> {
    let token = response.id_token().ok_or(Untrusted::Unreadable)?;
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || DateTime::<Utc>::from_timestamp(now.at, 0).unwrap_or_default())
        .set_issue_time_verifier_fn(move |made| {
            let age = now.at - made.timestamp();
            ((-LEEWAY..=OLDEST).contains(&age)).then_some(()).ok_or_else(String::new)
        })
        .set_auth_context_verifier_fn(|class| {
            let is_enough = class.is_some_and(|class| assurance.is_reached_by(class.as_str()));
            is_enough.then_some(()).ok_or_else(String::new)
        });
    let claims = token.claims(&verifier, nonce).map_err(|error| wrong(&error))?;
    let is_ours = |party: &openidconnect::ClientId| party == client.client_id();
    if !claims.authorized_party().is_none_or(is_ours) {
        return Err(Untrusted::Audience);
    }
    let Told { represents, nbf } = claims.additional_claims();
    let begins_later = |begins: &Value| begins.as_i64().is_none_or(|begins| begins > now.at + LEEWAY);
    if nbf.as_ref().is_some_and(begins_later) {
        return Err(Untrusted::Time);
    }
    Ok(Identity {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        represented: represents.as_ref().map(represented).transpose(),
    })
}

/// One organisation, named in full. A chain of those who stand in for each other isn't one.
fn represented(claim: &Value) -> Result<Represented, ()> {
    let text = |name: &str| claim.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let told = text("iss").zip(text("sub_id_type")).zip(text("sub"));
    match told {
        Some(((issuer, id_type), id)) if claim.get("represents").is_none() => {
            Ok(Represented { issuer: issuer.to_owned(), id_type: id_type.to_owned(), id: id.to_owned() })
        }
        _ => Err(()),
    }
}

/// Without the words of the error: they repeat what stood in the token.
fn wrong(error: &ClaimsVerificationError) -> Untrusted {
    match error {
        ClaimsVerificationError::InvalidIssuer(_) => Untrusted::Issuer,
        ClaimsVerificationError::InvalidAudience(_) => Untrusted::Audience,
        ClaimsVerificationError::InvalidNonce(_) => Untrusted::Nonce,
        ClaimsVerificationError::InvalidAuthContext(_) => Untrusted::Assurance,
        ClaimsVerificationError::Expired(_) | ClaimsVerificationError::InvalidAuthTime(_) => Untrusted::Time,
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            Untrusted::UnknownKey
        }
        ClaimsVerificationError::SignatureVerification(_) => Untrusted::Signature,
        _ => Untrusted::Unreadable,
    }
}
