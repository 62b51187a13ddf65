//! What everybody who writes sees of the program: where it is now, and whether it answers.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::ask::{Answer, Ask, whole_answer};
use crate::life::Place;

/// Longer than anything waits for the next life, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const BEFORE_TRYING_AGAIN: Duration = Duration::from_millis(5);

#[derive(Default)]
pub struct Line {
    /// `None`: nowhere just now.
    place: RwLock<Option<Place>>,
    is_over: AtomicBool,
    /// What somebody was told that it is kept.
    pub acknowledged: AtomicU32,
    /// What was sent, and to which no whole answer came.
    pub broken: AtomicU32,
    /// The program said that it couldn't keep it now.
    pub refused: AtomicU32,
    somebody: AtomicU32,
}

/// What came of sending something until an answer came.
pub struct Told {
    pub answer: Answer,
    /// How often it was sent.
    pub times: i64,
}

impl Told {
    /// It was sent before, in vain: it may have been done then.
    pub fn is_again(&self) -> bool {
        self.times > 1
    }
}

impl Line {
    /// A line to one life that goes on.
    pub fn to(place: Place) -> Line {
        let line = Line::default();
        line.announce(Some(place));
        line
    }

    pub fn announce(&self, place: Option<Place>) {
        *self.place.write().unwrap_or_else(PoisonError::into_inner) = place;
    }

    pub fn place(&self) -> Option<Place> {
        self.place.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was begun is finished still.
    pub fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// A number that nobody else has.
    pub fn somebody(&self) -> u32 {
        self.somebody.fetch_add(1, Ordering::Relaxed)
    }

    pub fn acknowledge(&self) {
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
    }

    /// Sends it until a whole answer comes that isn't "not now".
    pub fn until_told(&self, ask: &Ask) -> Told {
        let started = Instant::now();
        let mut times = 0;
        loop {
            assert!(started.elapsed() < PATIENCE, "nothing comes of it, however often it is sent");
            if let Some(sent) = self.place().and_then(|place| ask.send(&place.address)) {
                times += 1;
                if let Some(answer) = self.hear(whole_answer(sent)) {
                    return Told { answer, times };
                }
            }
            sleep(BEFORE_TRYING_AGAIN);
        }
    }

    /// An answer that says what became of it; counts the others.
    pub fn hear(&self, answer: Option<Answer>) -> Option<Answer> {
        let counted = match &answer {
            None => &self.broken,
            Some(answer) if answer.status == 503 => {
                answer.says_when_to_try_again();
                &self.refused
            }
            Some(_) => return answer,
        };
        counted.fetch_add(1, Ordering::Relaxed);
        None
    }

    pub fn wait_for(&self, acknowledged: u32) {
        let started = Instant::now();
        while self.acknowledged.load(Ordering::Relaxed) < acknowledged {
            assert!(started.elapsed() < PATIENCE, "nothing is kept any more");
            sleep(Duration::from_millis(1));
        }
    }

    pub fn wait_for_more(&self, more: u32) {
        self.wait_for(self.acknowledged.load(Ordering::Relaxed) + more);
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}
