//! What helpers do with a request, in the database. Each change names who has it and where it is: of two at once, one counts.

use std::collections::HashMap;

use domain::Date;
use domain::help::{
    About, Act as Step, Event, Kind, Language, Outcome, Region, Request, State, contact_due_on, fit,
};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, UpdateMany};

use super::helper::{profile, sight};
use crate::audit::{self, Act, Actor, Entry};
use crate::clock::Now;
use crate::desk::request::due;
use crate::desk::{Claim, Colleague, Due, HandOver, Kept, Own, Profile, Sight};
use crate::help::news;
use crate::help::store::entity::request::{Column, Entity, Model};
use crate::help::store::entity::{declined, event, helper};
use crate::help::store::tell;
use crate::seal::Keys;
use crate::store::{Change, Store, StoreError};

/// An opened request, still sealed.
pub struct OpenedRow {
    pub own: Own,
    pub request: Request,
    pub made_at: i64,
    pub sealed: Option<Vec<u8>>,
    pub events: Vec<EventRow>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    pub at: i64,
    pub kind: String,
    pub staff: Option<String>,
    pub sealed: Option<Vec<u8>>,
}

/// Why a helper can't have a request.
enum Unable {
    LimitReached,
    Paused,
    Unfitting,
}

impl Store {
    pub(in crate::desk) async fn claim(
        &self,
        keys: &Keys,
        id: &str,
        to: &str,
        now: Now,
    ) -> Result<Claim, StoreError> {
        let change = self.write().await?;
        let Some(found) = Entity::find_by_id(id.to_owned()).one(&change).await? else {
            return Ok(Claim::Taken);
        };
        // Pressed twice.
        if found.helper_id.as_deref() == Some(to) && has_helper(&found) {
            drop(change);
            self.settle().await?;
            return Ok(Claim::Claimed);
        }
        let (Some(State::Received), Some(request)) = (State::parse(&found.state), found.asked()) else {
            return Ok(Claim::Taken);
        };
        match able(&change, id, &request, to, now.on).await? {
            Err(Unable::LimitReached) => return Ok(Claim::LimitReached),
            Err(Unable::Paused) => return Ok(Claim::Paused),
            Err(Unable::Unfitting) => return Ok(Claim::Unfitting),
            Ok(()) => {}
        }
        let claimed = matched(id, to, now)
            .filter(Column::State.eq(State::Received.id()))
            .filter(Column::HelperId.is_null())
            .exec(&change)
            .await?;
        if claimed.rows_affected == 0 {
            return Ok(Claim::Taken);
        }
        tell(&change, id, Event::Claimed, Some(to), None, now.at).await?;
        news(&change, keys, id, now.at).await?;
        change.commit(now.at, &[by(to, Act::RequestClaimed, id)]).await?;
        Ok(Claim::Claimed)
    }

    pub(in crate::desk) async fn own_requests(
        &self,
        staff: &str,
        today: Date,
    ) -> Result<Vec<Own>, StoreError> {
        let rows = of(staff).order_by_asc(Column::MadeAt).all(self.db()).await?;
        let mut own: Vec<Own> = rows.iter().filter_map(|row| own_of(row, today)).collect();
        own.sort_by_key(|own| match own.due {
            Due::Late(day) | Due::By(day) => (false, day),
            Due::Today => (false, today),
            Due::Done => (true, today),
        });
        Ok(own)
    }

    /// With the line that tells that it was opened.
    pub(in crate::desk) async fn open_request(
        &self,
        id: &str,
        staff: &str,
        now: Now,
    ) -> Result<Option<OpenedRow>, StoreError> {
        let change = self.write().await?;
        // Held, so that nobody gets it elsewhere while it is opened here.
        let found = of(staff).filter(Column::Id.eq(id)).lock_exclusive().one(&change).await?;
        let Some(found) = found else { return Ok(None) };
        let (Some(own), Some(request)) = (own_of(&found, now.on), found.asked()) else { return Ok(None) };
        let events = since_it_was_picked_up(events(&change, id).await?);
        tell(&change, id, Event::Opened, Some(staff), None, now.at).await?;
        change.commit(now.at, &[by(staff, Act::RequestOpened, id)]).await?;
        Ok(Some(OpenedRow { own, request, made_at: found.made_at, sealed: found.sealed, events }))
    }

    /// The newest that isn't an opening.
    pub(in crate::desk) async fn last_event(&self, id: &str) -> Result<Option<EventRow>, StoreError> {
        let last = event::Entity::find()
            .filter(event::Column::RequestId.eq(id))
            .filter(event::Column::Kind.ne(Event::Opened.id()))
            .order_by_desc(event::Column::Id)
            .one(self.db());
        Ok(last.await?.map(event_row))
    }

    pub(in crate::desk) async fn log_contact(
        &self,
        id: &str,
        staff: &str,
        what: Event,
        note: Option<Vec<u8>>,
        now: Now,
    ) -> Result<Kept, StoreError> {
        let change = self.write().await?;
        let mut update = held(id, staff);
        update = if what == Event::Contacted {
            update
                .col_expr(Column::State, Expr::value(State::InContact.id()))
                // The first time she was spoken to, whoever did.
                .col_expr(Column::ContactedAt, Expr::col(Column::ContactedAt).if_null(now.at))
        } else {
            // Held, so that it is still theirs when the note is written.
            update.col_expr(Column::HelperId, Expr::value(staff))
        };
        if update.exec(&change).await?.rows_affected == 0 {
            return Ok(Kept::Stale);
        }
        tell(&change, id, what, Some(staff), note, now.at).await?;
        change.commit(now.at, &[by(staff, Act::RequestContacted, id)]).await?;
        Ok(Kept::Done)
    }

    pub(in crate::desk) async fn release(
        &self,
        keys: &Keys,
        id: &str,
        owner: &str,
        by_whom: &str,
        now: Now,
    ) -> Result<Kept, StoreError> {
        let change = self.write().await?;
        let released = held(id, owner)
            .col_expr(Column::State, Expr::value(State::Received.id()))
            .col_expr(Column::HelperId, Expr::value(Option::<String>::None))
            .col_expr(Column::ClaimedAt, Expr::value(Option::<i64>::None))
            .col_expr(Column::ContactDueOn, Expr::value(Option::<String>::None))
            // Who was chosen didn't keep it: for anyone now, or it would wait for ever.
            .col_expr(Column::Chosen, Expr::value(Option::<String>::None))
            .exec(&change)
            .await?;
        if released.rows_affected == 0 {
            return Ok(Kept::Stale);
        }
        if owner == by_whom {
            let row =
                declined::ActiveModel { request_id: Set(id.to_owned()), staff_id: Set(owner.to_owned()) };
            let once = OnConflict::columns([declined::Column::RequestId, declined::Column::StaffId])
                .do_nothing()
                .to_owned();
            declined::Entity::insert(row).on_conflict(once).exec_without_returning(&change).await?;
        }
        tell(&change, id, Event::Released, Some(by_whom), None, now.at).await?;
        news(&change, keys, id, now.at).await?;
        change.commit(now.at, &[by(by_whom, Act::RequestReleased, id)]).await?;
        Ok(Kept::Done)
    }

    pub(in crate::desk) async fn hand_over(
        &self,
        keys: &Keys,
        id: &str,
        from: Option<&str>,
        to: &str,
        by_whom: &str,
        now: Now,
    ) -> Result<HandOver, StoreError> {
        let change = self.write().await?;
        let found = Entity::find_by_id(id.to_owned()).one(&change).await?;
        let found = found.filter(|found| found.helper_id.as_deref() == from);
        let state = found.as_ref().and_then(|found| State::parse(&found.state));
        let state = state.filter(|state| state.after(Step::HandOver).is_some());
        let (Some(found), Some(state)) = (found, state) else { return Ok(HandOver::Stale) };
        let Some(request) = found.asked() else { return Ok(HandOver::Unfitting) };
        if from == Some(to) {
            return Ok(HandOver::Unfitting);
        }
        match able(&change, id, &for_anyone(request), to, now.on).await? {
            Err(Unable::LimitReached) => return Ok(HandOver::LimitReached),
            Err(Unable::Paused) => return Ok(HandOver::Paused),
            Err(Unable::Unfitting) => return Ok(HandOver::Unfitting),
            Ok(()) => {}
        }
        let still = match from {
            Some(from) => Column::HelperId.eq(from),
            None => Column::HelperId.is_null(),
        };
        let given = matched(id, to, now)
            .col_expr(Column::Chosen, Expr::value(Option::<String>::None))
            .filter(Column::State.eq(state.id()))
            .filter(still)
            .exec(&change)
            .await?;
        if given.rows_affected == 0 {
            return Ok(HandOver::Stale);
        }
        tell(&change, id, Event::HandedOver, Some(to), None, now.at).await?;
        news(&change, keys, id, now.at).await?;
        change.commit(now.at, &[by(by_whom, Act::RequestHandedOver, id)]).await?;
        Ok(HandOver::Done)
    }

    /// For each of these requests, who can have it next; by the request's id.
    pub(in crate::desk) async fn colleagues(
        &self,
        ids: &[String],
        today: Date,
    ) -> Result<HashMap<String, Vec<Colleague>>, StoreError> {
        let found = Entity::find().filter(Column::Id.is_in(ids)).all(self.db()).await?;
        let declined =
            declined::Entity::find().filter(declined::Column::RequestId.is_in(ids)).all(self.db()).await?;
        let running = self.running_of_all().await?;
        let has_room = |helper: &Profile| {
            let running = running.get(&helper.helper.id).copied().unwrap_or(0);
            !helper.is_paused(today) && running < helper.most_requests
        };
        let helpers: Vec<_> =
            self.helpers().await?.into_iter().filter(|(helper, _)| has_room(helper)).collect();
        let mut able = HashMap::new();
        for row in found {
            let Some(request) = row.asked().map(for_anyone) else { continue };
            let fits = |(helper, sight): &&(Profile, Sight)| {
                let staff = helper.helper.id.as_str();
                row.helper_id.as_deref() != Some(staff)
                    && !declined.iter().any(|it| it.request_id == row.id && it.staff_id == staff)
                    && sight.reaches(request.kind, request.region)
                    && fit(&request, &helper.helper).is_some()
            };
            let names = helpers.iter().filter(fits);
            let names = names.map(|(it, _)| Colleague { id: it.helper.id.clone(), name: it.name.clone() });
            able.insert(row.id.clone(), names.collect());
        }
        Ok(able)
    }

    pub(in crate::desk) async fn close_request(
        &self,
        keys: &Keys,
        id: &str,
        staff: &str,
        outcome: Outcome,
        now: Now,
    ) -> Result<Kept, StoreError> {
        let change = self.write().await?;
        let closed = held(id, staff)
            .col_expr(Column::State, Expr::value(State::Closed.id()))
            .col_expr(Column::ClosedAt, Expr::value(now.at))
            .col_expr(Column::Outcome, Expr::value(outcome.id()))
            .exec(&change)
            .await?;
        if closed.rows_affected == 0 {
            return Ok(Kept::Stale);
        }
        tell(&change, id, Event::Closed, Some(staff), None, now.at).await?;
        news(&change, keys, id, now.at).await?;
        change.commit(now.at, &[by(staff, Act::RequestClosed, id)]).await?;
        Ok(Kept::Done)
    }
}

/// Whether a helper can have this request. Their row is held from here on: of two picked up at once, both are counted.
async fn able(
    change: &Change,
    id: &str,
    request: &Request,
    to: &str,
    today: Date,
) -> Result<Result<(), Unable>, StoreError> {
    let row = helper::Entity::find_by_id(to.to_owned()).lock_exclusive().one(change).await?;
    let Some(helper) = row.map(profile) else { return Ok(Err(Unable::Unfitting)) };
    if helper.is_paused(today) {
        return Ok(Err(Unable::Paused));
    }
    let declined = declined::Entity::find_by_id((id.to_owned(), to.to_owned())).one(change).await?;
    let sight = sight(change, to).await?;
    let is_seen = sight.is_some_and(|sight| sight.reaches(request.kind, request.region));
    if declined.is_some() || !is_seen || fit(request, &helper.helper).is_none() {
        return Ok(Err(Unable::Unfitting));
    }
    let running = of(to).count(change).await?;
    let has_room = i64::try_from(running).is_ok_and(|running| running < helper.most_requests);
    Ok(if has_room { Ok(()) } else { Err(Unable::LimitReached) })
}

/// The running requests of a helper.
fn of(staff: &str) -> Select<Entity> {
    Entity::find().filter(Column::HelperId.eq(staff)).filter(Column::State.is_in(RUNNING))
}

/// A change of a request, as long as this helper has it.
fn held(id: &str, staff: &str) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::HelperId.eq(staff))
        .filter(Column::State.is_in(RUNNING))
}

/// A helper has it from now on, and still has to get in touch.
fn matched(id: &str, staff: &str, now: Now) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Matched.id()))
        .col_expr(Column::HelperId, Expr::value(staff))
        .col_expr(Column::ClaimedAt, Expr::value(now.at))
        .col_expr(Column::ContactDueOn, Expr::value(contact_due_on(now.on).to_string()))
        .filter(Column::Id.eq(id))
}

/// The states in which a helper has a request.
pub(super) const RUNNING: [&str; 2] = [State::Matched.id(), State::InContact.id()];

fn has_helper(row: &Model) -> bool {
    State::parse(&row.state).is_some_and(State::has_helper)
}

/// What she asked of one helper may be asked of another once that one doesn't keep it.
fn for_anyone(request: Request) -> Request {
    Request { chosen: None, ..request }
}

/// Writes down what happened.
fn by(staff: &str, act: Act, id: &str) -> Entry {
    Entry::new(Actor::Staff(staff.to_owned()), act, audit::Kind::Request.of(id))
}

/// The newest first.
async fn events(change: &Change, id: &str) -> Result<Vec<EventRow>, DbErr> {
    let events = event::Entity::find()
        .filter(event::Column::RequestId.eq(id))
        .order_by_desc(event::Column::Id)
        .all(change)
        .await?;
    Ok(events.into_iter().map(event_row).collect())
}

/// Notes go along when it is handed over. Who picks up what was put back begins anew.
fn since_it_was_picked_up(events: Vec<EventRow>) -> Vec<EventRow> {
    let ends = [Event::Released, Event::Declined].map(Event::id);
    events.into_iter().take_while(|event| !ends.contains(&event.kind.as_str())).collect()
}

fn event_row(row: event::Model) -> EventRow {
    EventRow { at: row.at, kind: row.kind, staff: row.staff_id, sealed: row.sealed }
}

fn own_of(row: &Model, today: Date) -> Option<Own> {
    let state = State::parse(&row.state)?;
    let due_on = row.contact_due_on.as_deref().and_then(Date::parse_iso);
    Some(Own {
        id: row.id.clone(),
        reference: row.reference.clone(),
        state,
        kind: Kind::parse(&row.kind)?,
        about: about(row),
        language: Language::parse(&row.language)?,
        region: Region::parse(&row.region)?,
        is_urgent: row.urgent != 0,
        due: due(state, due_on, today),
    })
}

/// `None`: it holds a word that this version doesn't know.
fn about(row: &Model) -> Vec<About> {
    row.about.split_whitespace().filter_map(About::parse).collect()
}
