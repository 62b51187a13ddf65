//! Who calls: the office of a bearer token.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode, header};

use super::trouble::Trouble;
use crate::http::bearer::bearer;
use crate::http::client::Client;
use crate::http::portal::Portal;
use crate::office::{Scope, Token};
use crate::store::Limit;

/// Tokens can't be guessed; who tries all the same is told so less and less. A right token always passes.
const WRONG_TOKENS: Limit = Limit { action: "token", most: 20, seconds: 15 * 60 };

pub struct Caller(Token);

impl Caller {
    /// The office, if its token is for this.
    pub fn office(self, scope: Scope) -> Result<String, Trouble> {
        if self.0.allows(scope) {
            return Ok(self.0.office);
        }
        let scope = scope.id();
        let words = format!("this token isn't for that: it lacks the scope `{scope}`");
        let how = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
        Err(Trouble::new(StatusCode::FORBIDDEN, words).with(header::WWW_AUTHENTICATE, &how))
    }
}

impl FromRequestParts<Portal> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Caller, Trouble> {
        let shown = bearer(&parts.headers);
        let Some(shown) = shown else {
            return Err(refused("show a token: `Authorization: Bearer hr_…`", "Bearer"));
        };
        if let Some(token) = portal.offices.token(shown).await? {
            return Ok(Caller(token));
        }
        let Ok(client) = Client::from_request_parts(parts, portal).await;
        if let Some(seconds) = client.must_wait(portal, WRONG_TOKENS).await? {
            let words = "too many wrong tokens came from your address";
            return Err(Trouble::new(StatusCode::TOO_MANY_REQUESTS, words).after(seconds));
        }
        client.count(portal, WRONG_TOKENS).await?;
        Err(refused("this token isn't known, or was revoked", "Bearer error=\"invalid_token\""))
    }
}

fn refused(words: &str, how: &str) -> Trouble {
    const NAME: HeaderName = header::WWW_AUTHENTICATE;
    Trouble::new(StatusCode::UNAUTHORIZED, words).with(NAME, how)
}
