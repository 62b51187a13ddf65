//! Sitting in a chair of a meeting.

use std::sync::Arc;

use domain::together::{Chair, Ending};
use thiserror::Error;

use super::mailbox::{Frame, Item, Mailbox};
use super::name::{MeetingId, SeatId};
use super::relay::{Relay, TooMuch};
use crate::store::StoreError;

/// Someone sits in a chair, over this connection. Dropped, the chair is free.
#[derive(Debug)]
pub struct Seat {
    relay: Arc<Relay>,
    meeting: MeetingId,
    chair: Chair,
    id: SeatId,
    mailbox: Arc<Mailbox>,
}

/// Why somebody can't sit down.
#[derive(Debug, Error)]
pub enum NoSeat {
    #[error("there is no such meeting")]
    Unknown,
    #[error("there is no room in this process")]
    Full,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Seat {
    pub(super) fn new(
        relay: Arc<Relay>,
        meeting: MeetingId,
        chair: Chair,
        id: SeatId,
        mailbox: Arc<Mailbox>,
    ) -> Seat {
        Seat { relay, meeting, chair, id, mailbox }
    }

    /// The next that is for this chair. Nothing is lost when waiting for it is broken off.
    pub async fn next(&self) -> Item {
        self.mailbox.next().await
    }

    /// Whoever lost the chair to another tab sends nothing any more.
    pub(super) fn pass(&self, frame: Frame) -> Result<(), TooMuch> {
        if self.is_taken() { self.relay.pass(self.meeting, self.chair, frame) } else { Ok(()) }
    }

    pub(super) fn place(&self) -> (MeetingId, Chair) {
        (self.meeting, self.chair)
    }

    pub(super) fn mailbox(&self) -> Arc<Mailbox> {
        self.mailbox.clone()
    }

    /// Whether she sits there still.
    pub(super) fn is_taken(&self) -> bool {
        self.relay.is_taken_by(self.meeting, self.chair, self.id)
    }

    /// Whether anything may come yet, given who sits there as far as the database knows; if only that the meeting is over.
    /// That somebody sat down elsewhere doesn't count.
    pub(super) fn has_more(&self, sits: Option<SeatId>) -> bool {
        match self.mailbox.ending() {
            Some(ending) => ending != Ending::Elsewhere,
            None => self.is_taken() && sits.is_none_or(|sits| sits == self.id),
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.relay.leave(self.meeting, self.chair, self.id);
    }
}
