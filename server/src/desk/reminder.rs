//! A helper whose first contact is due is reminded: once a day for each request, and with one message however many there are.

use std::collections::BTreeMap;

use super::{Desk, Result};
use crate::clock::Now;

pub(super) const DAYS_KEPT: i32 = 30;

impl Desk {
    /// Reminds of every first contact that is due today or late; gives how many helpers were reminded. Doing it twice on a
    /// day, or in two processes at once, does nothing more.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn remind(&self, now: Now) -> Result<usize> {
        let mut of_helper = BTreeMap::<String, Vec<String>>::new();
        for (helper, request) in self.store.due_through(now.on).await? {
            of_helper.entry(helper).or_default().push(request);
        }
        let mut reminded = 0;
        for (helper, requests) in of_helper {
            reminded += usize::from(self.store.remind(&helper, &requests, now).await?);
        }
        Ok(reminded)
    }
}
