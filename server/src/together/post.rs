//! What goes to chairs of other processes. Whoever sends waits for no database: one writer brings all that lies there at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::together::{Chair, Notice};
use tokio::sync::Notify;

use super::mailbox::Frame;
use super::name::{MeetingId, SeatId};

/// A database that is slower than this makes frames get lost, not memory get full.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Something that other processes have to know.
#[derive(Debug, PartialEq, Eq)]
pub enum Outgoing {
    Frame {
        meeting: MeetingId,
        to: Chair,
        frame: Frame,
    },
    /// A chair is free, unless somebody else took it.
    Left {
        meeting: MeetingId,
        chair: Chair,
        seat: SeatId,
    },
}

/// Something from another process, for a chair here.
#[derive(Debug, PartialEq, Eq)]
pub enum Arrival {
    Frame(Frame),
    Notice(Notice),
    /// Whoever came by this connection sits elsewhere now.
    Elsewhere(SeatId),
}

#[derive(Debug, Default)]
pub struct Post {
    tray: Mutex<Tray>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct Tray {
    items: Vec<Outgoing>,
    frame_bytes: usize,
    /// The writer has some in hand.
    is_on_its_way: bool,
}

impl Post {
    pub fn put(&self, item: Outgoing) {
        let mut tray = self.tray();
        if let Outgoing::Frame { frame, .. } = &item {
            if tray.frame_bytes + frame.len() > MOST_BYTES {
                return;
            }
            tray.frame_bytes += frame.len();
        }
        tray.items.push(item);
        drop(tray);
        self.arrived.notify_one();
    }

    /// For the writer: all that lies there, once there is something. Who asks again has brought what she took before.
    pub async fn take(&self) -> Vec<Outgoing> {
        self.tray().is_on_its_way = false;
        loop {
            {
                let mut tray = self.tray();
                if !tray.items.is_empty() {
                    tray.is_on_its_way = true;
                    tray.frame_bytes = 0;
                    return std::mem::take(&mut tray.items);
                }
            }
            self.arrived.notified().await;
        }
    }

    /// Whether all of it was brought.
    pub fn is_empty(&self) -> bool {
        let tray = self.tray();
        tray.items.is_empty() && !tray.is_on_its_way
    }

    fn tray(&self) -> MutexGuard<'_, Tray> {
        self.tray.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrival {
    /// The word in the database, and what belongs to it.
    pub(super) fn words(self) -> (&'static str, Vec<u8>) {
        match self {
            Arrival::Frame(frame) => ("frame", frame.into()),
            Arrival::Notice(notice) => ("notice", notice.to_string().into()),
            Arrival::Elsewhere(seat) => ("elsewhere", seat.text().into()),
        }
    }

    /// `None`: another version wrote it.
    pub(super) fn read(word: &str, body: Vec<u8>) -> Option<Arrival> {
        let text = || std::str::from_utf8(&body).ok();
        match word {
            "frame" => Some(Arrival::Frame(body.into())),
            "notice" => Notice::parse(text()?).map(Arrival::Notice),
            "elsewhere" => SeatId::read(text()?).map(Arrival::Elsewhere),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::together::Ending;

    use super::*;

    #[tokio::test]
    async fn all_that_lies_there_goes_at_once_and_in_order() {
        let post = Post::default();
        let meeting = MeetingId::new();
        let frame = |mark| Outgoing::Frame { meeting, to: Chair::Helper, frame: vec![mark].into() };
        post.put(frame(1));
        post.put(frame(2));
        assert_eq!(post.take().await, [frame(1), frame(2)]);
        assert!(!post.is_empty(), "the writer has them in hand");
        post.put(frame(3));
        assert_eq!(post.take().await, [frame(3)]);
    }

    #[tokio::test]
    async fn a_slow_database_loses_frames_and_no_leaving() {
        let post = Post::default();
        let (meeting, chair, seat) = (MeetingId::new(), Chair::Helper, SeatId::new());
        for _ in 0..3 {
            post.put(Outgoing::Frame { meeting, to: chair, frame: vec![0; MOST_BYTES / 2].into() });
        }
        post.put(Outgoing::Left { meeting, chair, seat });
        let taken = post.take().await;
        assert_eq!(taken.len(), 3);
        assert_eq!(taken.last(), Some(&Outgoing::Left { meeting, chair, seat }));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let seat = SeatId::new();
        for make in
            [|| Arrival::Frame(vec![0, 255, 10].into()), || Arrival::Notice(Notice::Ended(Ending::TooMuch))]
        {
            let (word, body) = make().words();
            assert_eq!(Arrival::read(word, body), Some(make()));
        }
        let (word, body) = Arrival::Elsewhere(seat).words();
        assert_eq!(Arrival::read(word, body), Some(Arrival::Elsewhere(seat)));
        assert_eq!(Arrival::read("other", vec![]), None);
        assert_eq!(Arrival::read("notice", vec![255]), None);
    }
}
