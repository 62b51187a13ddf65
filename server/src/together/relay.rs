//! Who sits where in this process, and what goes from one chair to the other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::together::{Chair, Ending, Notice};
use tokio::sync::Notify;

use super::bucket::Bucket;
use super::mailbox::{Frame, Item, Mailbox};
use super::name::{MeetingId, ProcessId, SeatId};
use super::post::{Arrival, Outgoing, Post};
use super::seat::Seat;

/// No process lets more chairs in: a flood of them ends with an answer, not with a process that is out of memory.
const MOST_CHAIRS: usize = 8_000;

#[derive(Debug)]
pub struct Relay {
    pub process: ProcessId,
    /// For chairs of other processes.
    pub post: Post,
    /// Someone sat down where nobody sat.
    pub opened: Notify,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    meetings: HashMap<MeetingId, Meeting>,
    chairs: usize,
    is_closing: bool,
}

/// A meeting of which a chair at least is here.
#[derive(Debug)]
struct Meeting {
    ends_at: i64,
    has_helper: bool,
    bucket: Bucket,
    parent: Option<Sitting>,
    helper: Option<Sitting>,
}

#[derive(Debug)]
struct Sitting {
    seat: SeatId,
    mailbox: Arc<Mailbox>,
}

/// Someone who is about to sit down.
pub struct Arriving {
    pub meeting: MeetingId,
    pub chair: Chair,
    pub seat: SeatId,
    pub ends_at: i64,
    /// What she finds: nobody yet, or who joined.
    pub finds: Notice,
}

/// More than the meeting may carry.
#[derive(Debug, PartialEq, Eq)]
pub struct TooMuch;

impl Relay {
    pub fn new() -> Relay {
        let process = ProcessId::new();
        Relay { process, post: Post::default(), opened: Notify::new(), state: Mutex::default() }
    }

    /// Sits down; who sat there before is told that it goes on elsewhere. `None`: nobody is let in any more.
    pub fn sit(self: &Arc<Relay>, who: Arriving) -> Option<Seat> {
        let mailbox = Arc::new(Mailbox::default());
        let mut state = self.state();
        if state.is_closing || state.chairs >= MOST_CHAIRS {
            return None;
        }
        let meeting = state.meetings.entry(who.meeting).or_insert_with(|| Meeting {
            ends_at: who.ends_at,
            has_helper: false,
            bucket: Bucket::full(Instant::now()),
            parent: None,
            helper: None,
        });
        meeting.has_helper |= who.finds != Notice::Waiting;
        mailbox.put(Item::Notice(who.finds));
        let sitting = Sitting { seat: who.seat, mailbox: mailbox.clone() };
        match meeting.place(who.chair).replace(sitting) {
            Some(earlier) => earlier.mailbox.put(Item::Notice(Notice::Ended(Ending::Elsewhere))),
            None => state.chairs += 1,
        }
        let is_first = state.chairs == 1;
        drop(state);
        if is_first {
            self.opened.notify_one();
        }
        Some(Seat::new(self.clone(), who.meeting, who.chair, who.seat, mailbox))
    }

    /// Someone is gone. If nobody took that chair meanwhile, it is free.
    pub fn leave(&self, meeting: MeetingId, chair: Chair, seat: SeatId) {
        if self.state().free(meeting, chair, Some(seat)).is_some() {
            self.post.put(Outgoing::Left { meeting, chair, seat });
        }
    }

    /// Whether it is this one who sits there.
    pub fn is_taken_by(&self, meeting: MeetingId, chair: Chair, seat: SeatId) -> bool {
        let mut state = self.state();
        let place = state.meetings.get_mut(&meeting).and_then(|meeting| meeting.place(chair).as_ref());
        place.is_some_and(|sitting| sitting.seat == seat)
    }

    /// Passes on what a chair sends. Where nobody sits, it is lost.
    pub fn pass(&self, id: MeetingId, from: Chair, frame: Frame) -> Result<(), TooMuch> {
        let to = from.other();
        if let Some(meeting) = self.state().meetings.get_mut(&id) {
            meeting.carry(frame.len())?;
            if let Some(sitting) = meeting.place(to) {
                sitting.mailbox.put(Item::Frame(frame));
                return Ok(());
            }
            if !meeting.has_helper {
                return Ok(());
            }
        }
        self.post.put(Outgoing::Frame { meeting: id, to, frame });
        Ok(())
    }

    /// Hands over what another process had for a chair here.
    pub fn hand_over(&self, id: MeetingId, to: Chair, arrival: Arrival) -> Result<(), TooMuch> {
        let mut state = self.state();
        let Some(meeting) = state.meetings.get_mut(&id) else { return Ok(()) };
        match arrival {
            Arrival::Frame(frame) => {
                meeting.carry(frame.len())?;
                if let Some(sitting) = meeting.place(to) {
                    sitting.mailbox.put(Item::Frame(frame));
                }
            }
            Arrival::Notice(Notice::Ended(ending)) => state.end(id, to, None, ending),
            Arrival::Notice(notice) => meeting.tell(to, notice),
            Arrival::Elsewhere(seat) => state.end(id, to, Some(seat), Ending::Elsewhere),
        }
        Ok(())
    }

    /// Tells a chair, if someone sits in it here.
    pub fn tell(&self, id: MeetingId, chair: Chair, notice: Notice) {
        if let Some(meeting) = self.state().meetings.get_mut(&id) {
            meeting.tell(chair, notice);
        }
    }

    /// Ends the meeting for the chairs that are here.
    pub fn end(&self, id: MeetingId, ending: Ending) {
        let mut state = self.state();
        for chair in Chair::ALL.iter().copied() {
            state.end(id, chair, None, ending);
        }
    }

    /// Meetings that lasted as long as they may.
    pub fn overdue(&self, at: i64) -> Vec<MeetingId> {
        let state = self.state();
        state.meetings.iter().filter(|(_, meeting)| meeting.ends_at <= at).map(|(id, _)| *id).collect()
    }

    /// Lets nobody in any more, and sends everyone who is here elsewhere.
    pub fn close(&self) {
        let mut state = self.state();
        state.is_closing = true;
        for meeting in state.meetings.values_mut() {
            for sitting in [&meeting.parent, &meeting.helper].into_iter().flatten() {
                sitting.mailbox.put(Item::Restart);
            }
        }
    }

    pub fn is_full(&self) -> bool {
        let state = self.state();
        state.is_closing || state.chairs >= MOST_CHAIRS
    }

    /// Meetings, and the chairs that are taken in them.
    pub fn count(&self) -> (usize, usize) {
        let state = self.state();
        (state.meetings.len(), state.chairs)
    }

    pub fn is_empty(&self) -> bool {
        self.state().chairs == 0
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Frees a chair: of whoever sits there, or of that one only.
    fn free(&mut self, id: MeetingId, chair: Chair, seat: Option<SeatId>) -> Option<Sitting> {
        let meeting = self.meetings.get_mut(&id)?;
        let sitting = meeting.place(chair).take_if(|it| seat.is_none_or(|seat| it.seat == seat))?;
        if meeting.parent.is_none() && meeting.helper.is_none() {
            self.meetings.remove(&id);
        }
        self.chairs -= 1;
        Some(sitting)
    }

    fn end(&mut self, id: MeetingId, chair: Chair, seat: Option<SeatId>, ending: Ending) {
        if let Some(sitting) = self.free(id, chair, seat) {
            sitting.mailbox.put(Item::Notice(Notice::Ended(ending)));
        }
    }
}

impl Meeting {
    fn place(&mut self, chair: Chair) -> &mut Option<Sitting> {
        match chair {
            Chair::Parent => &mut self.parent,
            Chair::Helper => &mut self.helper,
        }
    }

    fn carry(&mut self, bytes: usize) -> Result<(), TooMuch> {
        if self.bucket.take(bytes, Instant::now()) { Ok(()) } else { Err(TooMuch) }
    }

    fn tell(&mut self, chair: Chair, notice: Notice) {
        self.has_helper |= notice != Notice::Waiting;
        if let Some(sitting) = self.place(chair) {
            sitting.mailbox.put(Item::Notice(notice));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arriving(meeting: MeetingId, chair: Chair) -> Arriving {
        Arriving { meeting, chair, seat: SeatId::new(), ends_at: 100, finds: Notice::Joined(None) }
    }

    #[test]
    fn a_process_is_full_until_someone_leaves() {
        let relay = Arc::new(Relay::new());
        let mut seats = Vec::new();
        while let Some(seat) = relay.sit(arriving(MeetingId::new(), Chair::Parent)) {
            seats.push(seat);
        }
        assert_eq!(seats.len(), MOST_CHAIRS);
        assert!(relay.is_full());
        seats.pop();
        assert!(!relay.is_full() && relay.sit(arriving(MeetingId::new(), Chair::Helper)).is_some());
        drop(seats);
        assert!(relay.is_empty());
    }

    #[test]
    fn who_lost_her_chair_leaves_it_to_who_took_it() {
        let relay = Arc::new(Relay::new());
        let meeting = MeetingId::new();
        let older = relay.sit(arriving(meeting, Chair::Parent)).unwrap();
        let newer = relay.sit(arriving(meeting, Chair::Parent)).unwrap();
        assert!(!older.is_taken() && newer.is_taken());
        drop(older);
        assert!(newer.is_taken());
        assert!(relay.post.is_empty(), "no other process hears of it");
        drop(newer);
        assert!(relay.is_empty() && !relay.post.is_empty());
    }

    #[test]
    fn a_meeting_is_over_from_its_last_second_on() {
        let relay = Arc::new(Relay::new());
        let meeting = MeetingId::new();
        let _seat = relay.sit(arriving(meeting, Chair::Parent)).unwrap();
        assert_eq!(relay.overdue(99), []);
        assert_eq!(relay.overdue(100), [meeting]);
    }
}
