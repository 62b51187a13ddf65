//! Guiding together: two browsers meet here, a parent's and a helper's, and tell each other what this server can't read.
//!
//! Their code never comes here: only a name that both derive from it, and of that a hash is kept. What one sends goes to the
//! other at once or not at all; nothing of it is kept, so no audit log tells of it. Several processes share meetings
//! through the database.

mod bucket;
mod mailbox;
mod name;
mod poll;
mod post;
mod relay;
mod seat;
mod store;
mod work;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::together::{Badge, CODE_LASTS, Chair, Ending, MEETING_LASTS, Notice};

pub use mailbox::{Frame, Item};
pub use name::{MeetingName, Ticket};
pub use seat::{NoSeat, Seat};
pub use work::forget;

use crate::account::{Accounts, Staff};
use crate::clock::Clock;
use crate::code::Finder;
use crate::store::{Store, StoreError};
use name::{MeetingId, SeatId};
use poll::Polls;
use relay::{Arriving, Relay, TooMuch};
use store::Place;

/// The meetings of this process.
#[derive(Clone)]
pub struct Together(Arc<Inner>);

struct Inner {
    store: Store,
    accounts: Accounts,
    clock: Clock,
    relay: Arc<Relay>,
    polls: Polls,
}

/// A meeting as it is kept at first. Moments are seconds since 1970.
struct Begun {
    name: Finder,
    ticket: Finder,
    code_until: i64,
    ends_at: i64,
}

/// Someone who uses a code.
struct Joining<'a> {
    name: Finder,
    ticket: Finder,
    staff_id: Option<&'a str>,
    /// What the parent is told.
    notice: Notice,
    at: i64,
}

impl Together {
    /// A process of its own; it works for as long as the runtime runs.
    #[must_use]
    pub fn start(store: Store, clock: Clock) -> Together {
        let accounts = Accounts::new(store.clone());
        let relay = Arc::new(Relay::new());
        let together = Together(Arc::new(Inner { store, accounts, clock, relay, polls: Polls::default() }));
        tokio::spawn(work::bring(together.clone()));
        tokio::spawn(work::look_after(together.clone()));
        together
    }

    /// Begins a meeting; gives the parent's ticket. `None`: there is one under that name.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn begin(&self, name: &MeetingName) -> Result<Option<Ticket>, StoreError> {
        let (ticket, at) = (Ticket::random(), self.at());
        let (code_until, ends_at) = (at + CODE_LASTS, at + MEETING_LASTS);
        let begun = Begun { name: name.finder(), ticket: ticket.finder(), code_until, ends_at };
        Ok(self.0.store.begin_meeting(begun).await?.then_some(ticket))
    }

    /// Uses up the code of a meeting; gives the helper's ticket. `None`: unknown, used or too old.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn join(&self, name: &MeetingName, who: Option<&Staff>) -> Result<Option<Ticket>, StoreError> {
        let (ticket, notice) = (Ticket::random(), Notice::Joined(who.map(badge)));
        let joining = Joining {
            name: name.finder(),
            ticket: ticket.finder(),
            staff_id: who.map(|staff| staff.id.as_str()),
            notice: notice.clone(),
            at: self.at(),
        };
        let relay = &self.0.relay;
        let Some(joined) = self.0.store.join_meeting(joining, &relay.process).await? else { return Ok(None) };
        if joined.parent_is_here {
            relay.tell(joined.meeting, Chair::Parent, notice);
        }
        Ok(Some(ticket))
    }

    /// Takes the chair of a ticket, also from whoever sits there by the same ticket.
    ///
    /// # Errors
    /// See [`NoSeat`].
    pub async fn sit(&self, ticket: &Ticket) -> Result<Seat, NoSeat> {
        // Whoever guesses tickets shouldn't keep others from writing.
        let place = self.0.store.find_chair(ticket.finder(), self.at()).await?;
        self.sit_at(place.ok_or(NoSeat::Unknown)?).await
    }

    async fn sit_at(&self, place: Place) -> Result<Seat, NoSeat> {
        let Inner { store, accounts, relay, .. } = &*self.0;
        let Place { meeting, chair, .. } = place;
        let (at, seat) = (self.at(), SeatId::new());
        let seating = store.begin_seating(place, seat, &relay.process, at).await?.ok_or(NoSeat::Unknown)?;
        let helper = match &seating.staff_id {
            Some(id) => accounts.working(id).await?,
            None => None,
        };
        let finds =
            if seating.has_helper { Notice::Joined(helper.as_ref().map(badge)) } else { Notice::Waiting };
        let arriving = Arriving { meeting, chair, seat, ends_at: seating.ends_at, finds };
        // Before others can know that she sits there: else what they tell her would find nobody.
        let seat = relay.sit(arriving).ok_or(NoSeat::Full)?;
        seating.commit().await?;
        Ok(seat)
    }

    /// Passes on what somebody sends from her chair.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn pass(&self, seat: &Seat, frame: Frame) -> Result<(), StoreError> {
        match seat.pass(frame) {
            Ok(()) => Ok(()),
            Err(TooMuch) => self.end_for_too_much(seat).await,
        }
    }

    /// Ends a meeting that carried more than it may.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn end_for_too_much(&self, seat: &Seat) -> Result<(), StoreError> {
        self.end(seat.place().0, Ending::TooMuch).await
    }

    /// What came for a chair since it was asked before, for who can't keep a line open; waits until something comes, but not
    /// for long.
    ///
    /// # Errors
    /// See [`NoSeat`].
    pub async fn poll(&self, ticket: &Ticket) -> Result<Vec<Item>, NoSeat> {
        let Inner { store, polls, .. } = &*self.0;
        let place = store.find_chair(ticket.finder(), self.at()).await?;
        // When the meeting is over, who sat here is told why.
        let question = match polls.ask(ticket, place.as_ref().and_then(|place| place.seat)) {
            Some(question) => question,
            None => polls.ask_first(ticket, self.sit_at(place.ok_or(NoSeat::Unknown)?).await?),
        };
        Ok(question.answer().await)
    }

    /// Passes on what somebody sends who can't keep a line open. `false`: there is no such ticket.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn send(&self, ticket: &Ticket, frame: Frame) -> Result<bool, StoreError> {
        let place = match self.0.polls.place(ticket) {
            Some(place) => Some(place),
            None => {
                let found = self.0.store.find_chair(ticket.finder(), self.at()).await?;
                found.map(|place| (place.meeting, place.chair))
            }
        };
        let Some((meeting, chair)) = place else { return Ok(false) };
        if self.0.relay.pass(meeting, chair, frame) == Err(TooMuch) {
            self.end(meeting, Ending::TooMuch).await?;
        }
        Ok(true)
    }

    /// Ends the meeting for both. What was over stays so.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn stop(&self, ticket: &Ticket) -> Result<(), StoreError> {
        let place = self.0.store.find_chair(ticket.finder(), self.at()).await?;
        let Some(Place { meeting, chair, .. }) = place else { return Ok(()) };
        self.end(meeting, Ending::stopped_by(chair)).await
    }

    /// Whether nobody is let in any more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.relay.is_full()
    }

    /// How many meetings have someone here, and how many chairs are taken.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        self.0.relay.count()
    }

    /// Sends everyone who sits here elsewhere, and lets nobody in.
    pub fn close(&self) {
        self.0.relay.close();
        self.0.polls.close();
    }

    /// Waits until everyone left, and other processes can know it.
    pub async fn closed(&self) {
        while !(self.0.relay.is_empty() && self.0.relay.post.is_empty()) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn end(&self, id: MeetingId, ending: Ending) -> Result<(), StoreError> {
        let Inner { store, relay, .. } = &*self.0;
        // Also when another process was first: who sits here is told by the first who can.
        store.end_meeting(id, ending, &relay.process, self.at()).await?;
        relay.end(id, ending);
        Ok(())
    }

    fn at(&self) -> i64 {
        self.0.clock.now().at
    }
}

/// Who she is, as a parent is told it.
#[must_use]
pub fn badge(staff: &Staff) -> Badge {
    Badge {
        name: staff.name.clone(),
        organisation: staff.organisation.as_ref().map(|(_, name)| name.clone()),
        role: staff.role.in_words().to_owned(),
    }
}

/// Whose meetings these are is nobody's to read.
impl fmt::Debug for Together {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Together(…)")
    }
}
