//! /balie/overzicht: what a coordinator looks after.

use app::desk::{self, Late, Overview, Problem, Said};
use app::entries::Entries;
use axum::extract::State;
use axum::response::Response;

use super::{Done, Result, people};
use crate::account::{Act, Owner};
use crate::desk as service;
use crate::http::guard::Signed;
use crate::http::portal::Portal;

pub async fn show(State(portal): State<Portal>, signed: Signed, Done(said): Done) -> Result<Response> {
    page(&portal, &signed, said, Refused::Nothing).await
}

/// What couldn't be done, and why.
pub enum Refused {
    Nothing,
    /// Handing over the request with that id.
    HandOver(String, Problem),
    /// An invitation, as it was typed.
    Invitation(Entries, Vec<Problem>),
}

pub async fn page(
    portal: &Portal,
    signed: &Signed,
    said: Option<Said>,
    refused: Refused,
) -> Result<Response> {
    let allowed = portal.allow(signed, Act::SeeOverview, Owner::Foreign)?;
    let (people, organisations) = people::everyone(portal, &allowed.staff().id).await?;
    let (refused, invitation) = match refused {
        Refused::Nothing => (None, Default::default()),
        Refused::HandOver(id, problem) => (Some((id, problem)), Default::default()),
        Refused::Invitation(typed, problems) => (None, (typed, problems)),
    };
    let found = portal.desk.overview(&portal.clock).await?;
    let late = || found.unclaimed.iter().chain(&found.uncontacted);
    let ids: Vec<String> = late().map(|late| late.id.clone()).collect();
    let mut colleagues = portal.desk.colleagues(&ids, portal.clock.today()).await?;
    let mut shown = |late: &service::Late| {
        let able = colleagues.remove(&late.id).unwrap_or_default();
        Late {
            id: late.id.clone(),
            kind: late.kind,
            language: late.language,
            region: late.region,
            is_urgent: late.is_urgent,
            waiting_days: late.waiting_days,
            due_on: late.due_on,
            whose: late.whose.clone(),
            colleagues: able.into_iter().map(|it| (it.id, it.name)).collect(),
        }
    };
    let view = Overview {
        waiting: found.waiting,
        running: found.running,
        unclaimed: found.unclaimed.iter().map(&mut shown).collect(),
        uncontacted: found.uncontacted.iter().map(&mut shown).collect(),
        load: found.load,
        months: found.months,
        answers: found.answers,
        said,
        refused,
        people,
        organisations,
        invitation,
    };
    Ok(portal.renderer.personal(|| desk::overview(&portal.signed_in(signed), &view)))
}
