//! A helper whose first contact is due is reminded: once a day for each request, and with one message however many there
//! are. Who gave no address sees it at the desk alone.

use std::collections::BTreeMap;

use super::profile::mail_of;
use super::{Desk, Result};
use crate::clock::Now;
use crate::mail::Address;

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
            let mail = self.store.helper_mail(&helper).await?;
            let mail = mail.map(|sealed| self.open_text(&mail_of(&helper), &sealed)).transpose()?;
            let to = mail.as_deref().and_then(Address::parse);
            let message = to.as_ref().map(|to| (&self.keys, to));
            reminded += usize::from(self.store.remind(&requests, message, now).await?);
        }
        Ok(reminded)
    }
}
