//! Requests in the database, as far as a parent makes and follows them.

pub mod entity;

use domain::help::{Act, Event, State};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, SqlErr};

use self::entity::{declined, event, helper, request};
use super::{Reference, place};
use crate::audit::{self, Actor, Entry};
use crate::code::Finder;
use crate::store::{Change, Counted, KeyColumn, SealedColumn, Store, StoreError};

/// What is hers in a request.
pub(crate) const PERSONAL: SealedColumn = SealedColumn {
    table: "request",
    column: "sealed",
    key: &[KeyColumn::Text("id")],
    about: |key| place(&key.concat()),
};

/// What goes when a request is erased by itself goes in steps of so many.
const AT_ONCE: u64 = 200;

impl Store {
    /// Keeps a request; `false`: its code or its number is there already, and nothing was kept.
    pub(super) async fn make_request(
        &self,
        made: request::Model,
        counted: Counted<'_>,
        at: i64,
    ) -> Result<bool, StoreError> {
        let id = made.id.clone();
        let change = self.write().await?;
        match request::Entity::insert(made.into_active_model()).exec_without_returning(&change).await {
            Ok(_) => {}
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        tell(&change, &id, Event::Made, None, None, at).await?;
        counted.limit.count(&change, counted.who, at).await?;
        change.commit(at, &[by_her(audit::Act::RequestMade, &id)]).await?;
        Ok(true)
    }

    /// With another number than is asked for, the database finds as little as with a code that nobody has: so it takes as
    /// long.
    pub(super) async fn find_request(
        &self,
        finder: Finder,
        reference: Option<&Reference>,
    ) -> Result<Option<request::Model>, StoreError> {
        let mut found = request::Entity::find().filter(request::Column::Finder.eq(finder.0.to_vec()));
        if let Some(reference) = reference {
            found = found.filter(request::Column::Reference.eq(reference.signs()));
        }
        Ok(found.one(self.db()).await?)
    }

    /// What happened, the first thing first, with the names of helpers who told one.
    pub(super) async fn request_events(
        &self,
        id: &str,
    ) -> Result<Vec<(event::Model, Option<String>)>, StoreError> {
        let events = event::Entity::find()
            .filter(event::Column::RequestId.eq(id))
            .order_by_asc(event::Column::Id)
            .all(self.db())
            .await?;
        let of: Vec<&str> = events.iter().filter_map(|event| event.staff_id.as_deref()).collect();
        let names: Vec<(String, String)> = if of.is_empty() {
            Vec::new()
        } else {
            helper::Entity::find()
                .select_only()
                .columns([helper::Column::StaffId, helper::Column::Name])
                .filter(helper::Column::StaffId.is_in(of))
                .into_tuple()
                .all(self.db())
                .await?
        };
        let name = |staff: &str| names.iter().find(|(id, _)| id == staff).map(|(_, name)| name.clone());
        Ok(events
            .into_iter()
            .map(|event| (name_of(&event, name), event))
            .map(|(name, event)| (event, name))
            .collect())
    }

    pub(super) async fn helper_name(&self, staff_id: &str) -> Result<Option<String>, StoreError> {
        let found = helper::Entity::find_by_id(staff_id.to_owned()).one(self.db()).await?;
        Ok(found.map(|helper| helper.name))
    }

    /// Everyone whom parents may choose and who has room, by name.
    pub(super) async fn published_helpers(&self) -> Result<Vec<helper::Model>, StoreError> {
        let blocked = Query::select()
            .column("id")
            .from("staff")
            .and_where(Expr::col("blocked_at").is_not_null())
            .take();
        let published = helper::Entity::find()
            .filter(helper::Column::Published.eq(1))
            .filter(helper::Column::StaffId.not_in_subquery(blocked))
            .order_by_asc(helper::Column::Name)
            .all(self.db())
            .await?;
        let running = self.running_of_all().await?;
        let has_room = |helper: &helper::Model| {
            running.get(&helper.staff_id).copied().unwrap_or(0) < helper.most_requests
        };
        Ok(published.into_iter().filter(has_room).collect())
    }

    /// Back on the list, for somebody else; `false`: nobody has it now.
    pub(super) async fn decline_helper(
        &self,
        it: &request::Model,
        chosen: Option<&str>,
        claim_due_on: String,
        at: i64,
    ) -> Result<bool, StoreError> {
        let Some(helper_id) = &it.helper_id else { return Ok(false) };
        let change = self.write().await?;
        let back = request::Entity::update_many()
            .col_expr(request::Column::State, Expr::value(State::Received.id()))
            .col_expr(request::Column::HelperId, Expr::value(None::<String>))
            .col_expr(request::Column::ClaimedAt, Expr::value(None::<i64>))
            .col_expr(request::Column::ContactDueOn, Expr::value(None::<String>))
            .col_expr(request::Column::Chosen, Expr::value(chosen))
            .col_expr(request::Column::ClaimDueOn, Expr::value(claim_due_on))
            .filter(request::Column::Id.eq(&it.id))
            .filter(request::Column::HelperId.eq(helper_id))
            .filter(request::Column::State.is_in(before(Act::Decline)))
            .exec(&change)
            .await?;
        if back.rows_affected == 0 {
            return Ok(false);
        }
        let not_again =
            declined::ActiveModel { request_id: Set(it.id.clone()), staff_id: Set(helper_id.clone()) };
        declined::Entity::insert(not_again).on_conflict_do_nothing().exec_without_returning(&change).await?;
        tell(&change, &it.id, Event::Declined, None, None, at).await?;
        let act = if chosen.is_some() { audit::Act::RequestSwapped } else { audit::Act::RequestDeclined };
        change.commit(at, &[by_her(act, &it.id)]).await?;
        Ok(true)
    }

    /// Puts something else in place of what is sealed; `false`: it is over, or was changed meanwhile.
    pub(super) async fn change_request(
        &self,
        it: &request::Model,
        sealed: Vec<u8>,
        at: i64,
    ) -> Result<bool, StoreError> {
        let change = self.write().await?;
        let changed = request::Entity::update_many()
            .col_expr(request::Column::Sealed, Expr::value(sealed))
            .filter(request::Column::Id.eq(&it.id))
            .filter(request::Column::State.is_in(before(Act::Change)))
            .filter(request::Column::Sealed.eq(it.sealed.clone()))
            .exec(&change)
            .await?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        tell(&change, &it.id, Event::Changed, None, None, at).await?;
        change.commit(at, &[by_her(audit::Act::RequestChanged, &it.id)]).await?;
        Ok(true)
    }

    /// Her answers at the end; `false`: it isn't over yet, or she answered before.
    pub(super) async fn answer_request(
        &self,
        id: &str,
        was_fair: Option<i64>,
        can_go_on: Option<i64>,
        at: i64,
    ) -> Result<bool, StoreError> {
        let change = self.write().await?;
        let answered = request::Entity::update_many()
            .col_expr(request::Column::WasFair, Expr::value(was_fair))
            .col_expr(request::Column::CanGoOn, Expr::value(can_go_on))
            .filter(request::Column::Id.eq(id))
            .filter(request::Column::State.eq(State::Closed.id()))
            .filter(request::Column::WasFair.is_null())
            .filter(request::Column::CanGoOn.is_null())
            .exec(&change)
            .await?;
        if answered.rows_affected == 0 {
            return Ok(false);
        }
        tell(&change, id, Event::Answered, None, None, at).await?;
        change.commit(at, &[by_her(audit::Act::RequestAnswered, id)]).await?;
        Ok(true)
    }

    /// Takes it back, and erases at once what is personal; `false`: it was taken back before.
    pub(super) async fn withdraw_request(&self, id: &str, at: i64) -> Result<bool, StoreError> {
        let change = self.write().await?;
        let withdrawn = request::Entity::update_many()
            .col_expr(request::Column::State, Expr::value(State::Withdrawn.id()))
            .col_expr(request::Column::HelperId, Expr::value(None::<String>))
            .filter(request::Column::Id.eq(id))
            .filter(request::Column::State.is_in(before(Act::Withdraw)))
            .exec(&change)
            .await?;
        if withdrawn.rows_affected == 0 {
            return Ok(false);
        }
        tell(&change, id, Event::Withdrawn, None, None, at).await?;
        erase(&change, &[id.to_owned()], at).await?;
        let entries = [by_her(audit::Act::RequestWithdrawn, id), by_her(audit::Act::RequestErased, id)];
        change.commit(at, &entries).await?;
        Ok(true)
    }

    /// She took along all that is kept of her.
    pub(super) async fn request_exported(&self, id: &str, at: i64) -> Result<(), StoreError> {
        let change = self.write().await?;
        change.commit(at, &[by_her(audit::Act::RequestExported, id)]).await
    }

    /// Erases what is personal in requests that were closed before a moment; gives how many.
    pub(super) async fn erase_requests_closed_before(&self, before: i64, at: i64) -> Result<u64, StoreError> {
        let mut erased = 0;
        loop {
            let change = self.write().await?;
            let ids: Vec<String> = request::Entity::find()
                .select_only()
                .column(request::Column::Id)
                .filter(request::Column::State.eq(State::Closed.id()))
                .filter(request::Column::ClosedAt.lt(before))
                .filter(request::Column::Sealed.is_not_null())
                .limit(AT_ONCE)
                .into_tuple()
                .all(&change)
                .await?;
            if ids.is_empty() {
                return Ok(erased);
            }
            for id in &ids {
                tell(&change, id, Event::Erased, None, None, at).await?;
            }
            let entry =
                |id| Entry::new(Actor::Server, audit::Act::RequestErased, audit::Kind::Request.of(id));
            erase(&change, &ids, at).await?;
            let entries: Vec<Entry> = ids.iter().map(entry).collect();
            change.commit(at, &entries).await?;
            erased += ids.len() as u64;
        }
    }
}

/// Adds to what happened to a request: what, by whom of those who work here, and what they noted.
pub(crate) async fn tell(
    change: &Change,
    id: &str,
    what: Event,
    staff_id: Option<&str>,
    note: Option<Vec<u8>>,
    at: i64,
) -> Result<(), StoreError> {
    let event = event::ActiveModel {
        request_id: Set(id.to_owned()),
        at: Set(at),
        kind: Set(what.id().to_owned()),
        staff_id: Set(staff_id.map(str::to_owned)),
        sealed: Set(note),
        ..Default::default()
    };
    event::Entity::insert(event).exec_without_returning(change).await?;
    Ok(())
}

/// The states in which something can be done.
pub(crate) fn before(act: Act) -> Vec<&'static str> {
    State::ALL.iter().filter(|state| state.after(act).is_some()).map(|state| state.id()).collect()
}

/// What is personal goes: hers, and what helpers noted.
async fn erase(change: &Change, ids: &[String], at: i64) -> Result<(), StoreError> {
    let ids = || ids.iter().map(String::as_str);
    request::Entity::update_many()
        .col_expr(request::Column::Sealed, Expr::value(None::<Vec<u8>>))
        .col_expr(request::Column::ErasedAt, Expr::value(at))
        .filter(request::Column::Id.is_in(ids()))
        .exec(change)
        .await?;
    event::Entity::update_many()
        .col_expr(event::Column::Sealed, Expr::value(None::<Vec<u8>>))
        .filter(event::Column::RequestId.is_in(ids()))
        .filter(event::Column::Sealed.is_not_null())
        .exec(change)
        .await?;
    Ok(())
}

fn name_of(event: &event::Model, name: impl Fn(&str) -> Option<String>) -> Option<String> {
    event.staff_id.as_deref().and_then(name)
}

fn by_her(act: audit::Act, id: &str) -> Entry {
    Entry::new(Actor::Person, act, audit::Kind::Request.of(id))
}
