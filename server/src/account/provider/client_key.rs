//! The key with which we show a provider that it is us who ask (RFC 7523, `private_key_jwt`).

use std::fmt;

use anyhow::{Context, Result};
use data_encoding::BASE64URL_NOPAD;
use openidconnect::{ClientId, IssuerUrl};
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::pkcs8::DecodePrivateKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clock::Now;

pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// It is made for one question.
const ASSERTION_LASTS: i64 = 60;

/// A key on the curve P-256; it signs ES256, which the profile asks providers to take.
pub struct ClientKey {
    secret: SigningKey,
    x: String,
    y: String,
    /// The thumbprint of the public half (RFC 7638).
    id: String,
}

impl ClientKey {
    /// Reads PEM, as `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` writes it.
    ///
    /// # Errors
    /// It isn't that; the message doesn't repeat it.
    pub fn read(pem: &str) -> Result<ClientKey> {
        let secret = SecretKey::from_pkcs8_pem(pem.trim()).ok().context(
            "not a private key on P-256 in PEM; `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes one",
        )?;
        let point = secret.public_key().to_sec1_point(false);
        let coordinate = |bytes: Option<&[u8]>| BASE64URL_NOPAD.encode(bytes.unwrap_or_default());
        let [x, y] = [point.x(), point.y()].map(|it| coordinate(it.map(|bytes| bytes.as_slice())));
        let id = Sha256::digest(format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#));
        Ok(ClientKey { secret: SigningKey::from(secret), x, y, id: BASE64URL_NOPAD.encode(&id) })
    }

    /// The public half as a set of one JWK.
    pub fn public_set(&self) -> String {
        let ClientKey { x, y, id, .. } = self;
        json!({"keys": [{"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": id, "use": "sig", "alg": "ES256"}]})
            .to_string()
    }

    /// That it is us who ask, for this one question. Its audience is the issuer alone: what is shown to one provider is of
    /// no use at another.
    pub fn assertion(&self, client_id: &ClientId, issuer: &IssuerUrl, now: Now) -> String {
        let part = |value: Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let header = part(json!({"alg": "ES256", "typ": "JWT", "kid": self.id}));
        let claims = part(json!({
            "iss": client_id.as_str(),
            "sub": client_id.as_str(),
            "aud": issuer.as_str(),
            "jti": uuid::Uuid::new_v4().simple().to_string(),
            "iat": now.at,
            "exp": now.at + ASSERTION_LASTS,
        }));
        let signed = format!("{header}.{claims}");
        let signature: Signature = self.secret.sign(signed.as_bytes());
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }
}

/// Not in a log by accident.
impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientKey({})", self.id)
    }
}
