//! What waits for one chair: little, and the oldest frames go first.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::together::{Ending, Notice};
use tokio::sync::Notify;

/// A browser that reads no faster loses frames; it notices, and asks for everything again.
const MOST_BYTES: usize = 64 * 1024;

/// A message that a browser sealed for the other one.
pub type Frame = Box<[u8]>;

/// Something for a chair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Notice(Notice),
    Frame(Frame),
    /// This server stops: sit down again, elsewhere.
    Restart,
}

impl Item {
    /// After this, nothing comes.
    fn is_last(&self) -> bool {
        matches!(self, Item::Restart | Item::Notice(Notice::Ended(_)))
    }
}

#[derive(Debug, Default)]
pub struct Mailbox {
    queue: Mutex<Queue>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    items: VecDeque<Item>,
    frame_bytes: usize,
    is_closed: bool,
}

impl Mailbox {
    /// Nothing is put in any more after what is last.
    pub fn put(&self, item: Item) {
        let mut queue = self.queue();
        if queue.is_closed {
            return;
        }
        queue.is_closed = item.is_last();
        if let Item::Frame(frame) = &item {
            queue.frame_bytes += frame.len();
        }
        queue.items.push_back(item);
        while queue.frame_bytes > MOST_BYTES && queue.lose_a_frame() {}
        drop(queue);
        self.arrived.notify_one();
    }

    /// The next; waits until there is one. Nothing is lost when that waiting is broken off.
    pub async fn next(&self) -> Item {
        loop {
            if let Some(item) = self.queue().take() {
                return item;
            }
            self.arrived.notified().await;
        }
    }

    /// The next, with all that came after it.
    pub async fn all(&self) -> Vec<Item> {
        let mut items = vec![self.next().await];
        let mut queue = self.queue();
        items.extend(std::iter::from_fn(|| queue.take()));
        items
    }

    /// Why nothing is put in any more, as long as nobody took that out.
    pub fn ending(&self) -> Option<Ending> {
        match self.queue().items.back() {
            Some(Item::Notice(Notice::Ended(ending))) => Some(*ending),
            _ => None,
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn take(&mut self) -> Option<Item> {
        let item = self.items.pop_front();
        if let Some(Item::Frame(frame)) = &item {
            self.frame_bytes -= frame.len();
        }
        if self.items.is_empty() {
            // Whoever once got much needn't keep the room for it.
            self.items = VecDeque::new();
        }
        item
    }

    /// `false`: there is none.
    fn lose_a_frame(&mut self) -> bool {
        let oldest = self.items.iter().position(|item| matches!(item, Item::Frame(_)));
        let lost = oldest.and_then(|oldest| self.items.remove(oldest));
        if let Some(Item::Frame(frame)) = &lost {
            self.frame_bytes -= frame.len();
        }
        lost.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(mark: u8, bytes: usize) -> Item {
        Item::Frame(vec![mark; bytes].into())
    }

    #[tokio::test]
    async fn what_was_put_in_comes_out_in_that_order() {
        let mailbox = Mailbox::default();
        let items = [Item::Notice(Notice::Waiting), frame(1, 10), Item::Notice(Notice::Joined(None))];
        items.iter().cloned().for_each(|item| mailbox.put(item));
        assert_eq!(mailbox.next().await, items[0]);
        assert_eq!(mailbox.all().await, items[1..]);
    }

    #[tokio::test]
    async fn the_oldest_frames_go_and_no_notice_does() {
        let mailbox = Mailbox::default();
        mailbox.put(Item::Notice(Notice::Waiting));
        for mark in 0..10 {
            mailbox.put(frame(mark, MOST_BYTES / 4));
        }
        let left: Vec<Item> = (6..10).map(|mark| frame(mark, MOST_BYTES / 4)).collect();
        assert_eq!(mailbox.all().await, [vec![Item::Notice(Notice::Waiting)], left].concat());
        mailbox.put(frame(0, MOST_BYTES + 1));
        mailbox.put(frame(1, 1));
        assert_eq!(mailbox.all().await, [frame(1, 1)]);
    }

    #[tokio::test]
    async fn after_the_end_nothing_comes() {
        let mailbox = Mailbox::default();
        mailbox.put(Item::Notice(Notice::Ended(Ending::TimeIsUp)));
        mailbox.put(frame(1, 1));
        assert_eq!(mailbox.ending(), Some(Ending::TimeIsUp));
        assert_eq!(mailbox.all().await, [Item::Notice(Notice::Ended(Ending::TimeIsUp))]);
        assert_eq!(mailbox.ending(), None);
    }

    #[tokio::test]
    async fn who_waits_is_woken() {
        let mailbox = std::sync::Arc::new(Mailbox::default());
        let waiting = tokio::spawn({
            let mailbox = mailbox.clone();
            async move { mailbox.next().await }
        });
        tokio::task::yield_now().await;
        mailbox.put(frame(7, 1));
        assert_eq!(waiting.await.unwrap(), frame(7, 1));
    }
}
