//! /balie/beschikbaar: what a helper does, and how much.

use app::desk::{self, Availability, Said};
use app::urls::DESK_AVAILABILITY;
use axum::extract::State;
use axum::response::Response;
use domain::help::Helper;

use super::{Done, Result, onward};
use crate::account::{Act, Owner};
use crate::desk::{MOST_REQUESTS, Profile};
use crate::http::form::Typed;
use crate::http::guard::Signed;
use crate::http::portal::Portal;
use crate::mail::Address;

pub async fn show(State(portal): State<Portal>, signed: Signed, Done(said): Done) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::SeeAvailability, Owner::Own)?;
    let staff = allowed.staff();
    let profile = portal.desk.profile(&staff.id).await?;
    let profile = profile.unwrap_or_else(|| Profile::new(&staff.id, &staff.name));
    let typed = told(profile).typed();
    Ok(portal.renderer.personal(|| desk::availability(&portal.signed_in(&signed), &typed, &[], said)))
}

pub async fn save(State(portal): State<Portal>, signed: Signed, Typed(sent): Typed) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::SetAvailability, Owner::Own)?;
    let staff = allowed.staff();
    let is_mail = |typed: &str| Address::parse(typed).is_some();
    match Availability::read(&sent, MOST_REQUESTS, is_mail) {
        Ok(told) => {
            portal.desk.save_profile(&profile(&staff.id, &staff.name, told), portal.clock.now()).await?;
            Ok(onward(DESK_AVAILABILITY, Said::Saved))
        }
        Err(problems) => Ok(portal
            .renderer
            .personal(|| desk::availability(&portal.signed_in(&signed), &sent, &problems, None))),
    }
}

fn told(profile: Profile) -> Availability {
    let Profile { helper, about_me, is_published, most_requests, paused_until, mail, .. } = profile;
    let Helper { kinds, languages, regions, gender, ties, .. } = helper;
    Availability {
        kinds,
        languages,
        regions,
        gender,
        ties,
        about_me,
        is_published,
        most_requests,
        paused_until,
        mail,
    }
}

fn profile(staff: &str, name: &str, told: Availability) -> Profile {
    let Availability { kinds, languages, regions, gender, ties, .. } = told;
    Profile {
        helper: Helper { id: staff.to_owned(), kinds, languages, regions, gender, ties },
        name: name.to_owned(),
        about_me: told.about_me,
        is_published: told.is_published,
        most_requests: told.most_requests,
        paused_until: told.paused_until,
        mail: told.mail,
    }
}
