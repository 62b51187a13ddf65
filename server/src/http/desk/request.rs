//! /balie/aanvraag/…: opened by who has it, and everything that can be done with it.

use app::desk::{self, Logged, NOTE, OUTCOME, OWNER, Opened, Problem, Said, TO, WAY, action};
use app::entries::{ACTION, Entries};
use app::urls::{DESK, DESK_OVERVIEW, DESK_REQUEST};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::help::Outcome;

use super::{Done, Result, onward, overview};
use crate::account::{Act, Owner, Role};
use crate::clock::Now;
use crate::desk::{Contact, DeskError, HandOver, Kept};
use crate::help::Reference;
use crate::http::form::Typed;
use crate::http::guard::Signed;
use crate::http::portal::Portal;

pub async fn show(
    State(portal): State<Portal>,
    signed: Signed,
    Path(id): Path<String>,
    Done(said): Done,
) -> Result<Response> {
    page(&portal, &signed, &id, &Entries::default(), &[], said).await
}

pub async fn act(
    State(portal): State<Portal>,
    signed: Signed,
    Path(id): Path<String>,
    Typed(sent): Typed,
) -> Result<Response> {
    let now = portal.clock.now();
    match sent.text(ACTION) {
        action::CONTACT => contact(&portal, &signed, &id, &sent, now).await,
        action::HAND_OVER => hand_over(&portal, &signed, &id, &sent, now).await,
        action::RELEASE => release(&portal, &signed, &id, &sent, now).await,
        action::CLOSE => close(&portal, &signed, &id, &sent, now).await,
        _ => Ok(StatusCode::BAD_REQUEST.into_response()),
    }
}

async fn contact(portal: &Portal, signed: &Signed, id: &str, sent: &Entries, now: Now) -> Result<Response> {
    use app::content::desk::request::contact as text;
    let allowed = portal.allow(signed, Act::LogContact, Owner::Own)?;
    let Some(contact) = Contact::parse(sent.text(WAY)) else {
        return refused(portal, signed, id, sent, WAY, text::CHOOSE).await;
    };
    match portal.desk.log_contact(id, &allowed.staff().id, contact, sent.text(NOTE), now).await {
        Ok(Kept::Done) => Ok(onward(&format!("{DESK_REQUEST}/{id}"), Said::Saved)),
        Ok(Kept::Stale) => Ok(gone(portal, signed, sent.text(NOTE))),
        Err(DeskError::TooLarge) => refused(portal, signed, id, sent, NOTE, text::TOO_LONG).await,
        Err(error) => Err(error.into()),
    }
}

/// By who has it; or by a coordinator, who says who had it when she saw it.
async fn hand_over(portal: &Portal, signed: &Signed, id: &str, sent: &Entries, now: Now) -> Result<Response> {
    use app::content::desk::request::hand_over as text;
    let owner = owner(signed, sent);
    let allowed = portal.allow(signed, Act::HandOver, owner.0)?;
    let staff = allowed.staff();
    let to = sent.text(TO);
    let words = if to.is_empty() {
        text::MISSING
    } else {
        match portal.desk.hand_over(id, owner.1.as_deref(), to, &staff.id, now).await? {
            HandOver::Done => return Ok(onward(home(staff.role), Said::HandedOver)),
            HandOver::Stale if staff.role == Role::Coordinator => {
                return Ok(onward(DESK_OVERVIEW, Said::Gone));
            }
            HandOver::Stale => return Ok(gone(portal, signed, "")),
            HandOver::LimitReached => text::FULL,
            HandOver::Paused => text::PAUSED,
            HandOver::Unfitting => text::UNFITTING,
        }
    };
    if staff.role == Role::Coordinator {
        let problem = Problem { field: TO, words: words.to_owned() };
        let refused = overview::Refused::HandOver(id.to_owned(), problem);
        return overview::page(portal, signed, None, refused).await;
    }
    refused(portal, signed, id, sent, TO, words).await
}

async fn release(portal: &Portal, signed: &Signed, id: &str, sent: &Entries, now: Now) -> Result<Response> {
    let (owner, from) = owner(signed, sent);
    let allowed = portal.allow(signed, Act::Release, owner)?;
    let staff = allowed.staff();
    let done = portal.desk.release(id, from.as_deref().unwrap_or_default(), &staff.id, now).await?;
    Ok(match done {
        Kept::Done => onward(home(staff.role), Said::Released),
        Kept::Stale if staff.role == Role::Coordinator => onward(DESK_OVERVIEW, Said::Gone),
        Kept::Stale => gone(portal, signed, ""),
    })
}

async fn close(portal: &Portal, signed: &Signed, id: &str, sent: &Entries, now: Now) -> Result<Response> {
    let allowed = portal.allow(signed, Act::CloseRequest, Owner::Own)?;
    let Some(outcome) = Outcome::parse(sent.text(OUTCOME)) else {
        let words = app::content::desk::request::close::CHOOSE;
        return refused(portal, signed, id, sent, OUTCOME, words).await;
    };
    Ok(match portal.desk.close(id, &allowed.staff().id, outcome, now).await? {
        Kept::Done => onward(DESK, Said::Closed),
        Kept::Stale => gone(portal, signed, ""),
    })
}

/// Whose it is, as the form says: nothing said, her own. The table decides what she may with that, and the change itself
/// holds only while it is so.
fn owner(signed: &Signed, sent: &Entries) -> (Owner, Option<String>) {
    let own = &signed.session().staff.id;
    match sent.get(OWNER).map(str::trim) {
        None => (Owner::Own, Some(own.clone())),
        Some("") => (Owner::Unclaimed, None),
        Some(said) if said == own => (Owner::Own, Some(own.clone())),
        Some(said) => (Owner::Foreign, Some(said.to_owned())),
    }
}

const fn home(role: Role) -> &'static str {
    match role {
        Role::Coordinator => DESK_OVERVIEW,
        _ => DESK,
    }
}

async fn refused(
    portal: &Portal,
    signed: &Signed,
    id: &str,
    sent: &Entries,
    field: &'static str,
    words: &str,
) -> Result<Response> {
    let problem = Problem { field, words: words.to_owned() };
    page(portal, signed, id, sent, &[problem], None).await
}

async fn page(
    portal: &Portal,
    signed: &Signed,
    id: &str,
    typed: &Entries,
    problems: &[Problem],
    said: Option<Said>,
) -> Result<Response> {
    let allowed = portal.allow(signed, Act::OpenRequest, Owner::Own)?;
    let now = portal.clock.now();
    let Some(opened) = portal.desk.open(id, &allowed.staff().id, now).await? else {
        return Ok(gone(portal, signed, typed.text(NOTE)));
    };
    let mut colleagues = portal.desk.colleagues(&[id.to_owned()], now.on).await?;
    let colleagues = colleagues.remove(id).unwrap_or_default();
    let log = opened.log.into_iter().map(|(at, event, note)| Logged {
        when: portal.clock.in_words(at),
        event,
        note,
    });
    let view = Opened {
        reference: Reference::kept(opened.own.reference).to_string(),
        id: opened.own.id,
        request: opened.request,
        due: opened.own.due,
        personal: opened.personal,
        log: log.collect(),
        colleagues: colleagues.into_iter().map(|it| (it.id, it.name)).collect(),
        said,
    };
    Ok(portal.renderer.personal(|| desk::request(&portal.signed_in(signed), &view, typed, problems)))
}

/// It isn't hers, or not any more. What she wrote isn't lost.
fn gone(portal: &Portal, signed: &Signed, typed: &str) -> Response {
    let mut response = portal.renderer.personal(|| desk::gone(&portal.signed_in(signed), typed));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
