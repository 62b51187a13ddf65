//! /balie: one's own requests and what waits; and picking one up.

use app::desk::{self, List, Own, REQUEST, Said, Waiting};
use app::urls::{DESK, DESK_REQUEST};
use axum::extract::State;
use axum::response::Response;

use super::{Done, Result, onward};
use crate::account::{Act, Owner, Role};
use crate::desk::{self as service, Claim};
use crate::help::Reference;
use crate::http::form::Typed;
use crate::http::guard::Signed;
use crate::http::portal::Portal;

/// For who helps, the work; for who doesn't, where to go.
pub async fn show(State(portal): State<Portal>, signed: Signed, Done(said): Done) -> Result<Response> {
    let who = portal.signed_in(&signed);
    match who.role {
        Role::ExperienceExpert | Role::IndependentExpert => {}
        Role::Coordinator | Role::SupportWorker | Role::Auditor | Role::Parent => {
            portal.allow(&signed, Act::Arrive, Owner::Own)?;
            return Ok(portal.renderer.personal(|| desk::front(&who)));
        }
    }
    let allowed = portal.allow(&signed, Act::SeeList, Owner::Unclaimed)?;
    let (staff, today) = (allowed.staff().id.as_str(), portal.clock.today());
    let own = portal.desk.own(staff, today).await?;
    let profile = portal.desk.profile(staff).await?;
    let waiting = match &profile {
        Some(profile) => portal.desk.list(profile).await?,
        None => Vec::new(),
    };
    let list = List {
        own: own.into_iter().map(own_request).collect(),
        waiting: waiting.into_iter().map(|waiting| waiting_request(&portal, waiting)).collect(),
        most_requests: profile.as_ref().map(|profile| profile.most_requests),
        paused_until: profile.and_then(|profile| profile.paused_until.filter(|_| profile.is_paused(today))),
        said,
    };
    Ok(portal.renderer.personal(|| desk::list(&who, &list)))
}

pub async fn pick_up(State(portal): State<Portal>, signed: Signed, Typed(sent): Typed) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::PickUp, Owner::Unclaimed)?;
    let id = sent.text(REQUEST);
    let said = match portal.desk.claim(id, &allowed.staff().id, portal.clock.now()).await? {
        Claim::Claimed => return Ok(onward(&format!("{DESK_REQUEST}/{id}"), Said::Claimed)),
        Claim::Taken => Said::Taken,
        Claim::LimitReached => Said::LimitReached,
        Claim::Paused => Said::Paused,
        Claim::Unfitting => Said::Unfitting,
    };
    Ok(onward(DESK, said))
}

fn own_request(own: service::Own) -> Own {
    let service::Own { id, reference, kind, region, is_urgent, due, .. } = own;
    let reference = Reference::kept(reference).to_string();
    Own { id, reference, kind, region, is_urgent, due }
}

fn waiting_request(portal: &Portal, waiting: service::Waiting) -> Waiting {
    let service::Waiting { id, request, made_at, fit } = waiting;
    Waiting {
        id,
        kind: request.kind,
        about: request.about,
        language: request.language,
        region: request.region,
        is_urgent: request.is_urgent,
        is_chosen: !fit.is_for_anyone,
        is_near: !fit.is_elsewhere,
        preferences: request.preferences,
        since: portal.clock.day(made_at),
    }
}
