//! What a helper tells of themselves, and how much they can take on.

use domain::Date;
use domain::help::Helper;

use super::{Desk, Result};
use crate::clock::Now;

/// More at once is more than a person can carry.
pub const MOST_REQUESTS: i64 = 30;
/// While a helper said nothing else.
const REQUESTS_AT_FIRST: i64 = 5;

/// A helper's own profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub helper: Helper,
    /// A name or an alias.
    pub name: String,
    pub about_me: String,
    /// Parents may see this, and choose.
    pub is_published: bool,
    /// How many requests at once.
    pub most_requests: i64,
    /// No new requests through this day.
    pub paused_until: Option<Date>,
    /// Where reminders go; none: nowhere.
    pub mail: Option<String>,
}

impl Profile {
    /// Of who told nothing yet: nothing fits them.
    #[must_use]
    pub fn new(staff: &str, name: &str) -> Profile {
        Profile {
            helper: Helper {
                id: staff.to_owned(),
                kinds: Vec::new(),
                languages: Vec::new(),
                regions: Vec::new(),
                gender: None,
                ties: Vec::new(),
            },
            name: name.to_owned(),
            about_me: String::new(),
            is_published: false,
            most_requests: REQUESTS_AT_FIRST,
            paused_until: None,
            mail: None,
        }
    }

    #[must_use]
    pub fn is_paused(&self, on: Date) -> bool {
        self.paused_until.is_some_and(|until| on <= until)
    }
}

impl Desk {
    /// `None`: this one told nothing yet.
    ///
    /// # Errors
    /// The database doesn't answer, or its key is gone.
    pub async fn profile(&self, staff: &str) -> Result<Option<Profile>> {
        let Some(mut profile) = self.store.helper(staff).await? else { return Ok(None) };
        if let Some(sealed) = self.store.helper_mail(staff).await? {
            profile.mail = Some(self.open_text(&mail_of(staff), &sealed)?);
        }
        Ok(Some(profile))
    }

    /// # Errors
    /// Too large, or the database doesn't answer.
    pub async fn save_profile(&self, profile: &Profile, now: Now) -> Result<()> {
        let mail = profile.mail.as_deref().filter(|mail| !mail.is_empty());
        let mail = mail.map(|mail| self.seal(&mail_of(&profile.helper.id), mail)).transpose()?;
        Ok(self.store.save_helper(profile, mail, now.at).await?)
    }
}

/// A helper's address opens only as theirs.
pub fn mail_of(staff: &str) -> String {
    format!("helper mail {staff}")
}
