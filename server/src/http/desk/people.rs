//! Who works here, by a coordinator: invited, let in no more, and what an organisation may see.

use app::content::desk::people as text;
use app::desk::{self, NAME, ORGANISATION, Person, Problem, ROLE, STAFF, Said};
use app::urls::DESK_OVERVIEW;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::help::{Kind, Region};
use domain::line::one_line;

use super::overview::Refused;
use super::{Result, onward, overview};
use crate::account::{Accounts, Act, Allowed, Owner, Role, StaffMember};
use crate::http::form::Typed;
use crate::http::guard::Signed;
use crate::http::portal::Portal;

/// Longer than any name.
const LONGEST_NAME: usize = 80;

pub async fn invite(State(portal): State<Portal>, signed: Signed, Typed(sent): Typed) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::InviteStaff, Owner::Foreign)?;
    let name = one_line(sent.text(NAME), LONGEST_NAME);
    let role = Role::of_staff(sent.text(ROLE));
    let (Some(role), false) = (role, name.is_empty()) else {
        let missing =
            [(name.is_empty(), NAME, text::NAME_MISSING), (role.is_none(), ROLE, text::ROLE_MISSING)];
        let missing = missing.into_iter().filter(|(is_missing, ..)| *is_missing);
        let problems = missing.map(|(_, field, words)| Problem { field, words: words.to_owned() }).collect();
        return overview::page(&portal, &signed, None, Refused::Invitation(sent, problems)).await;
    };
    let organisations = portal.accounts.organisations().await?;
    let organisation = organisations.iter().find(|it| it.id == sent.text(ORGANISATION));
    let organisation = organisation.map(|it| it.id.as_str());
    let (_, code) = accounts(&portal, &allowed).invite(role, &name, organisation, portal.clock.now()).await?;
    Ok(portal.renderer.personal(|| desk::invited(&portal.signed_in(&signed), &name, &code.to_string())))
}

pub async fn block(State(portal): State<Portal>, signed: Signed, Typed(sent): Typed) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::BlockStaff, Owner::Foreign)?;
    let id = sent.text(STAFF);
    // Nobody shuts herself out.
    if id == allowed.staff().id {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    }
    accounts(&portal, &allowed).block(id, portal.clock.now()).await?;
    Ok(onward(DESK_OVERVIEW, Said::Blocked))
}

pub async fn organisation(
    State(portal): State<Portal>,
    signed: Signed,
    Typed(sent): Typed,
) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::ChangeOrganisation, Owner::Foreign)?;
    let (kinds, regions) = desk::sees(&sent);
    let kinds = kinds.into_iter().map(Kind::id).collect::<Vec<_>>().join(" ");
    let regions = regions.into_iter().map(Region::id).collect::<Vec<_>>().join(" ");
    let (id, now) = (sent.text(ORGANISATION), portal.clock.now());
    accounts(&portal, &allowed).set_what_it_sees(id, [&kinds, &regions], now).await?;
    Ok(onward(DESK_OVERVIEW, Said::Saved))
}

/// The log tells who did it.
fn accounts(portal: &Portal, allowed: &Allowed<'_>) -> Accounts {
    portal.accounts.by(allowed.actor())
}

/// Everyone, for the page.
pub async fn everyone(portal: &Portal, you: &str) -> Result<(Vec<Person>, Vec<desk::Organisation>)> {
    let people = portal.accounts.everyone().await?.into_iter().map(|it| person(it, you));
    let people = people.collect();
    let organisations = portal.accounts.organisations().await?;
    let organisations = organisations.into_iter().map(|it| desk::Organisation {
        kinds: Kind::list(&it.kinds),
        regions: Region::list(&it.regions),
        id: it.id,
        name: it.name,
    });
    Ok((people, organisations.collect()))
}

fn person(it: StaffMember, you: &str) -> Person {
    Person {
        is_you: it.staff.id == you,
        id: it.staff.id,
        name: it.staff.name,
        role: it.staff.role,
        has_signed_in: it.signed_in_at.is_some(),
        is_blocked: it.blocked_at.is_some(),
    }
}
