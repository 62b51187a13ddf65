//! /balie/collega: *even stoom afblazen*.

use app::content::desk::colleague as text;
use app::desk::{self, NEED, Problem, REACH, Said, TEXT, need_action};
use app::entries::{ACTION, Entries};
use app::urls::DESK_COLLEAGUE;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Done, Result, onward};
use crate::account::{Act, Owner};
use crate::desk::{DeskError, Need, Taken};
use crate::http::form::Typed;
use crate::http::guard::Signed;
use crate::http::portal::Portal;

pub async fn show(State(portal): State<Portal>, signed: Signed, Done(said): Done) -> Result<Response> {
    page(&portal, &signed, &Entries::default(), &[], said).await
}

pub async fn act(State(portal): State<Portal>, signed: Signed, Typed(sent): Typed) -> Result<Response> {
    let allowed = portal.allow(&signed, Act::AskColleague, Owner::Own)?;
    let staff = allowed.staff().id.as_str();
    let now = portal.clock.now();
    let said = match sent.text(ACTION) {
        need_action::ASK => {
            let problems = missing(&sent);
            if !problems.is_empty() {
                return page(&portal, &signed, &sent, &problems, None).await;
            }
            match portal.desk.ask_colleague(staff, sent.text(TEXT), sent.text(REACH), now).await {
                Ok(()) => Said::Asked,
                Err(DeskError::TooLarge) => {
                    let problem = Problem { field: TEXT, words: text::TOO_LONG.to_owned() };
                    return page(&portal, &signed, &sent, &[problem], None).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        need_action::TAKE => match portal.desk.take_need(sent.text(NEED), staff, now).await? {
            Taken::Taken => Said::TakenUp,
            Taken::Gone => Said::Gone,
        },
        need_action::CLOSE => {
            portal.desk.close_need(sent.text(NEED), staff, now).await?;
            Said::Done
        }
        _ => return Ok(StatusCode::BAD_REQUEST.into_response()),
    };
    Ok(onward(DESK_COLLEAGUE, said))
}

fn missing(sent: &Entries) -> Vec<Problem> {
    [(TEXT, text::TEXT_MISSING), (REACH, text::REACH_MISSING)]
        .into_iter()
        .filter(|(field, _)| sent.text(field).is_empty())
        .map(|(field, words)| Problem { field, words: words.to_owned() })
        .collect()
}

async fn page(
    portal: &Portal,
    signed: &Signed,
    typed: &Entries,
    problems: &[Problem],
    said: Option<Said>,
) -> Result<Response> {
    let allowed = portal.allow(signed, Act::SeeColleagues, Owner::Own)?;
    let staff = allowed.staff().id.as_str();
    let needs = portal.desk.needs(staff, portal.clock.now()).await?;
    let needs: Vec<desk::Need> = needs.into_iter().map(|need| shown(portal, need, staff)).collect();
    Ok(portal.renderer.personal(|| desk::colleague(&portal.signed_in(signed), &needs, typed, problems, said)))
}

fn shown(portal: &Portal, need: Need, staff: &str) -> desk::Need {
    desk::Need {
        is_own: need.asked_by == staff,
        when: portal.clock.in_words(need.asked_at),
        id: need.id,
        name: need.name,
        text: need.text,
        reach: need.reach,
        taker: need.taker,
    }
}
