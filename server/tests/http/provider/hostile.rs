//! A provider that can lie: about itself, about who signed in, and in how it answers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    Honestly,
    WithAnotherKey,
    /// One that the provider never told of.
    WithAnUnknownKey,
    NotAtAll,
    WithThePublicKeyAsASecret,
}

/// How it answers when it is asked for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    Well,
    WithTooMuch,
    TooLate,
    WithNoJson,
    WithoutAToken,
    ByRefusing,
    BySendingElsewhere,
}

/// What it does. An honest one lets in.
#[derive(Clone, Copy)]
pub struct Lie {
    /// Changes what the token says.
    pub claims: fn(&mut Value),
    /// Changes what it tells about itself.
    pub metadata: fn(&mut Value),
    pub signed: Signed,
    pub answers: Answers,
    /// Doesn't answer at all when it is asked about itself.
    pub is_away: bool,
}

pub const HONEST: Lie = Lie {
    claims: |_| {},
    metadata: |_| {},
    signed: Signed::Honestly,
    answers: Answers::Well,
    is_away: false,
};

/// What it says of someone, apart from lies.
#[derive(Clone, Debug, Default)]
pub struct Says {
    pub subject: String,
    pub acr: String,
    pub represents: Option<Value>,
    pub nonce: String,
    pub challenge: String,
    /// Its clock.
    pub at: i64,
}

struct Inner {
    issuer: String,
    lie: Lie,
    says: Says,
    /// Raised with each new key.
    key: u8,
    asked: Vec<String>,
}

#[derive(Clone)]
pub struct Hostile(Arc<Mutex<Inner>>);

impl Hostile {
    /// On a free port of this machine, for as long as the test runs.
    pub async fn start() -> Hostile {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let inner = Inner { issuer, lie: HONEST, says: Says::default(), key: 1, asked: Vec::new() };
        let hostile = Hostile(Arc::new(Mutex::new(inner)));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/elsewhere", get(|| async { "here" }).post(token))
            .with_state(hostile.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        hostile
    }

    pub fn issuer(&self) -> String {
        self.inner().issuer.clone()
    }

    pub fn lies(&self, lie: Lie) {
        self.inner().lie = lie;
    }

    pub fn says(&self, says: Says) {
        self.inner().says = says;
    }

    /// From now on it signs with a new key, and tells of that one alone.
    pub fn changes_its_key(&self) {
        self.inner().key += 1;
    }

    /// What it was asked, so far.
    pub fn asked(&self, what: &str) -> usize {
        self.inner().asked.iter().filter(|asked| *asked == what).count()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn metadata(State(hostile): State<Hostile>) -> Response {
    let mut inner = hostile.inner();
    inner.asked.push("metadata".to_owned());
    if inner.lie.is_away {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let issuer = &inner.issuer;
    let mut told = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    });
    (inner.lie.metadata)(&mut told);
    json_of(&told)
}

async fn keys(State(hostile): State<Hostile>) -> Response {
    let key = hostile.inner().key;
    json_of(&json!({"keys": [public(key)]}))
}

async fn token(State(hostile): State<Hostile>, Form(sent): Form<Vec<(String, String)>>) -> Response {
    let (answers, token, challenge) = {
        let mut inner = hostile.inner();
        inner.asked.push("token".to_owned());
        (inner.lie.answers, inner.token(), inner.says.challenge.clone())
    };
    let sent = |name: &str| sent.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.as_str());
    let hash = BASE64URL_NOPAD.encode(&Sha256::digest(sent("code_verifier")));
    assert_eq!((sent("grant_type"), hash), ("authorization_code", challenge), "PKCE fits");
    let whole = json!({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token});
    match answers {
        Answers::Well => json_of(&whole),
        Answers::WithTooMuch => {
            let mut large = whole;
            large["access_token"] = "x".repeat(300 * 1024).into();
            json_of(&large)
        }
        Answers::TooLate => {
            tokio::time::sleep(Duration::from_secs(6)).await;
            json_of(&whole)
        }
        Answers::WithNoJson => ([(header::CONTENT_TYPE, "application/json")], "<html>").into_response(),
        Answers::WithoutAToken => json_of(&json!({"access_token": "x", "token_type": "Bearer"})),
        Answers::ByRefusing => {
            (StatusCode::BAD_REQUEST, json_of(&json!({"error": "invalid_grant"}))).into_response()
        }
        Answers::BySendingElsewhere => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response()
        }
    }
}

fn json_of(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

impl Inner {
    fn token(&self) -> String {
        let says = &self.says;
        let mut claims = json!({
            "iss": self.issuer,
            "sub": says.subject,
            "aud": "herstelroute",
            "nonce": says.nonce,
            "acr": says.acr,
            "iat": says.at,
            "exp": says.at + 300,
        });
        if let Some(represents) = &says.represents {
            claims["represents"] = represents.clone();
        }
        (self.lie.claims)(&mut claims);
        // What a lie makes null isn't there.
        claims.as_object_mut().expect("claims").retain(|_, value| !value.is_null());
        sign(&claims, self.lie.signed, self.key)
    }
}

fn sign(claims: &Value, how: Signed, key: u8) -> String {
    let (algorithm, id) = match how {
        Signed::Honestly | Signed::WithAnotherKey => ("ES256", format!("key {key}")),
        Signed::WithAnUnknownKey => ("ES256", "unknown".to_owned()),
        Signed::NotAtAll => ("none", format!("key {key}")),
        Signed::WithThePublicKeyAsASecret => ("HS256", format!("key {key}")),
    };
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&json!({"alg": algorithm, "typ": "JWT", "kid": id})), part(claims));
    let signature = match how {
        Signed::Honestly => es256(secret(key), &signed),
        Signed::WithAnotherKey | Signed::WithAnUnknownKey => es256(secret(200), &signed),
        Signed::NotAtAll => Vec::new(),
        Signed::WithThePublicKeyAsASecret => {
            let public = secret(key).public_key().to_sec1_point(false);
            let mut hmac = Hmac::<Sha256>::new_from_slice(public.as_bytes()).expect("a key");
            hmac.update(signed.as_bytes());
            hmac.finalize().into_bytes().to_vec()
        }
    };
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
}

fn es256(secret: SecretKey, signed: &str) -> Vec<u8> {
    let signature: Signature = SigningKey::from(secret).sign(signed.as_bytes());
    signature.to_bytes().to_vec()
}

/// Always the same: nothing in a test is secret.
pub fn secret(number: u8) -> SecretKey {
    SecretKey::from_slice(&[number; 32]).expect("a key")
}

fn public(number: u8) -> Value {
    let point = secret(number).public_key().to_sec1_point(false);
    let [x, y] = [point.x(), point.y()].map(|it| BASE64URL_NOPAD.encode(it.expect("a point")));
    json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": format!("key {number}"), "use": "sig", "alg": "ES256"})
}
