//! The audit log, for an auditor.

use app::desk::{self, BEFORE, Line};
use app::entries::Entries;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::Result;
use crate::account::{Act, Owner};
use crate::http::guard::Signed;
use crate::http::portal::Portal;

/// So many lines at once.
const LINES: u64 = 100;

pub async fn show(
    State(portal): State<Portal>,
    signed: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    portal.allow(&signed, Act::ReadLog, Owner::Foreign)?;
    let asked = Entries::decode(query.unwrap_or_default().as_bytes());
    let before = asked.text(BEFORE).parse().ok();
    let (head, recorded) = portal.store.audit_before(before, LINES).await?;
    let lines: Vec<Line> = recorded
        .into_iter()
        .map(|it| Line {
            number: it.seq,
            when: portal.clock.in_words(it.at),
            words: [it.actor, it.act, it.subject],
        })
        .collect();
    Ok(portal.renderer.personal(|| desk::log(&portal.signed_in(&signed), &head.to_string(), &lines)))
}
