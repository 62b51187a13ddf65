//! Chairs that ask again and again, where a line that stays open is blocked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::together::{Chair, Ending, Notice};
use tokio::sync::oneshot;

use super::mailbox::{Item, Mailbox};
use super::name::{MeetingId, SeatId, Ticket};
use super::seat::Seat;

/// A question waits so long for something to answer.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Who asked no longer ago than this still sits there.
const SITS_FOR: Duration = Duration::from_secs(15);

/// By the hash of a ticket.
#[derive(Debug, Default)]
pub struct Polls(Mutex<HashMap<[u8; 32], Polled>>);

#[derive(Debug)]
struct Polled {
    seat: Seat,
    asked_at: Instant,
    /// Tells the question that waits that a newer one came.
    newer: oneshot::Sender<()>,
}

/// The question of a chair that sits here.
pub struct Question {
    mailbox: Arc<Mailbox>,
    replaced: oneshot::Receiver<()>,
}

impl Polls {
    /// A question of who sits here already, as the database says too. One that waits still is answered that it goes on
    /// elsewhere: a browser asks one thing at a time, so that came from another tab, or nobody reads the answer.
    pub fn ask(&self, ticket: &Ticket, sits: Option<SeatId>) -> Option<Question> {
        let mut polls = self.polls();
        let polled = polls.get_mut(&ticket.finder().0)?;
        // Who sat down elsewhere meanwhile and comes back, sits down anew.
        polled.seat.has_more(sits).then(|| polled.ask())
    }

    /// The first question of who just sat down.
    pub fn ask_first(&self, ticket: &Ticket, seat: Seat) -> Question {
        let (newer, replaced) = oneshot::channel();
        let question = Question { mailbox: seat.mailbox(), replaced };
        let polled = Polled { seat, asked_at: Instant::now(), newer };
        self.polls().insert(ticket.finder().0, polled);
        question
    }

    /// Where the ticket's holder sits, if she does.
    pub fn place(&self, ticket: &Ticket) -> Option<(MeetingId, Chair)> {
        let polls = self.polls();
        polls.get(&ticket.finder().0).filter(|polled| polled.seat.is_taken()).map(|it| it.seat.place())
    }

    /// Frees the chairs of who doesn't ask any more.
    pub fn forget(&self) {
        self.polls().retain(|_, polled| polled.asked_at.elapsed() < SITS_FOR);
    }

    /// Frees all of them.
    pub fn close(&self) {
        self.polls().clear();
    }

    fn polls(&self) -> MutexGuard<'_, HashMap<[u8; 32], Polled>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Polled {
    fn ask(&mut self) -> Question {
        let (newer, replaced) = oneshot::channel();
        self.asked_at = Instant::now();
        // Nobody waits any more, most of the time.
        let _ = std::mem::replace(&mut self.newer, newer).send(());
        Question { mailbox: self.seat.mailbox(), replaced }
    }
}

impl Question {
    /// What came for the chair; nothing, if nothing came for a while.
    pub async fn answer(self) -> Vec<Item> {
        tokio::select! {
            biased;
            Ok(()) = self.replaced => vec![Item::Notice(Notice::Ended(Ending::Elsewhere))],
            items = self.mailbox.all() => items,
            () = tokio::time::sleep(LONGEST_WAIT) => Vec::new(),
        }
    }
}
