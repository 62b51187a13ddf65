//! How much a meeting may carry.

use std::time::{Duration, Instant};

use domain::together::MOST_BYTES_A_SECOND;

const NANOS_A_SECOND: u128 = Duration::from_secs(1).as_nanos();

/// Fills up steadily to one second's worth; what is carried is taken out of it.
#[derive(Debug)]
pub struct Bucket {
    bytes: u32,
    filled_at: Instant,
}

impl Bucket {
    pub fn full(now: Instant) -> Bucket {
        Bucket { bytes: MOST_BYTES_A_SECOND, filled_at: now }
    }

    /// Takes so many bytes out. `false`: there aren't so many in it.
    pub fn take(&mut self, bytes: usize, now: Instant) -> bool {
        self.fill(now);
        let left = u32::try_from(bytes).ok().and_then(|bytes| self.bytes.checked_sub(bytes));
        self.bytes = left.unwrap_or(self.bytes);
        left.is_some()
    }

    fn fill(&mut self, now: Instant) {
        let rate = u128::from(MOST_BYTES_A_SECOND);
        let elapsed = now.saturating_duration_since(self.filled_at).as_nanos();
        let more = elapsed * rate / NANOS_A_SECOND;
        let full = (u128::from(self.bytes) + more).min(rate);
        self.bytes = u32::try_from(full).unwrap_or(MOST_BYTES_A_SECOND);
        // What was less than a byte counts the next time: many short whiles fill it like one long one.
        let counted = u64::try_from(more * NANOS_A_SECOND / rate).unwrap_or(u64::MAX);
        self.filled_at += Duration::from_nanos(counted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = MOST_BYTES_A_SECOND as usize;

    #[test]
    fn a_second_holds_so_much_and_saves_up_no_more() {
        let begun = Instant::now();
        let mut bucket = Bucket::full(begun);
        assert!(bucket.take(MOST, begun));
        assert!(!bucket.take(1, begun), "it is empty");
        let later = begun + Duration::from_millis(500);
        assert!(bucket.take(MOST / 2, later) && !bucket.take(1, later));
        let much_later = begun + Duration::from_secs(60);
        assert!(!bucket.take(MOST + 1, much_later) && bucket.take(MOST, much_later));
    }

    #[test]
    fn what_comes_steadily_at_the_most_passes() {
        let begun = Instant::now();
        let mut bucket = Bucket::full(begun);
        assert!(bucket.take(MOST, begun));
        for step in 1..=5_000_u32 {
            assert!(bucket.take(MOST / 1_000, begun + Duration::from_millis(1) * step), "after {step} ms");
        }
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let now = Instant::now();
        let mut bucket = Bucket::full(now + Duration::from_secs(1));
        assert!(bucket.take(MOST, now) && !bucket.take(1, now));
    }
}
