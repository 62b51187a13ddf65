//! The order of frames: nothing twice, nothing older than what was seen. What gets lost on the way is made up for by what
//! follows, so a gap is no fault.

use super::{Chair, Header, Refused};

/// Numbers what a chair sends. Each page that it opens begins a new epoch.
#[derive(Clone, Debug)]
pub struct Outbox {
    chair: Chair,
    epoch: u64,
    next: u32,
}

impl Outbox {
    /// `now` in milliseconds, `last` the epoch before: a clock that was set back makes no old epoch.
    #[must_use]
    pub fn begin(chair: Chair, now: u64, last: Option<u64>) -> Outbox {
        Outbox { chair, epoch: last.map_or(now, |last| now.max(last.saturating_add(1))), next: 0 }
    }

    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The header of the next frame. `None`: an epoch has no more than 2^32.
    pub fn next_header(&mut self) -> Option<Header> {
        let header = Header { chair: self.chair, epoch: self.epoch, number: self.next };
        self.next = self.next.checked_add(1)?;
        Some(header)
    }
}

/// Watches over what the other chair sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inbox {
    from: Chair,
    last: Option<(u64, u32)>,
}

impl Inbox {
    /// `last`: epoch and number that were seen before this page was opened.
    #[must_use]
    pub fn of(chair: Chair, last: Option<(u64, u32)>) -> Inbox {
        Inbox { from: chair.other(), last }
    }

    #[must_use]
    pub fn last(&self) -> Option<(u64, u32)> {
        self.last
    }

    /// Whether a frame with this header may be opened.
    ///
    /// # Errors
    /// It comes from the wrong chair, or isn't newer than what was seen.
    pub fn check(&self, header: Header) -> Result<(), Refused> {
        if header.chair != self.from {
            return Err(Refused::OwnChair);
        }
        if self.last.is_some_and(|last| (header.epoch, header.number) <= last) {
            return Err(Refused::Replayed);
        }
        Ok(())
    }

    /// Remembers a frame that was opened: only then is its header true.
    ///
    /// # Errors
    /// As [`Inbox::check`]; another frame may have been opened meanwhile.
    pub fn opened(&mut self, header: Header) -> Result<(), Refused> {
        self.check(header)?;
        self.last = Some((header.epoch, header.number));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(epoch: u64, number: u32) -> Header {
        Header { chair: Chair::Helper, epoch, number }
    }

    #[test]
    fn what_comes_twice_or_too_late_is_refused() {
        let mut inbox = Inbox::of(Chair::Parent, None);
        for (epoch, number, is_new) in [
            (5, 0, true),
            (5, 0, false),
            (5, 3, true),
            (5, 2, false),
            (4, 9, false),
            (6, 0, true),
            (5, 4, false),
        ] {
            let expected = if is_new { Ok(()) } else { Err(Refused::Replayed) };
            assert_eq!(inbox.opened(header(epoch, number)), expected, "{epoch} {number}");
        }
        assert_eq!(inbox.last(), Some((6, 0)));
    }

    #[test]
    fn after_a_reload_old_frames_are_still_refused() {
        let inbox = Inbox::of(Chair::Parent, Some((6, 2)));
        assert_eq!(inbox.check(header(6, 2)), Err(Refused::Replayed));
        assert_eq!(inbox.check(header(6, 3)), Ok(()));
    }

    #[test]
    fn what_a_chair_sent_itself_is_no_message_for_it() {
        let inbox = Inbox::of(Chair::Helper, None);
        assert_eq!(inbox.check(header(1, 0)), Err(Refused::OwnChair));
    }

    #[test]
    fn an_epoch_is_newer_than_the_last_even_when_the_clock_went_back() {
        assert_eq!(Outbox::begin(Chair::Parent, 100, Some(200)).epoch(), 201);
        assert_eq!(Outbox::begin(Chair::Parent, 300, Some(200)).epoch(), 300);
        let mut outbox = Outbox::begin(Chair::Parent, 300, None);
        let numbers =
            [outbox.next_header(), outbox.next_header()].map(|header| header.map(|header| header.number));
        assert_eq!(numbers, [Some(0), Some(1)]);
    }
}
