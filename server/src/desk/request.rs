//! A request in a helper's hands: picked up, opened, in contact, given to someone else, closed.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt::Display;

pub use app::desk::Due;
use app::help::form::Personal;
use domain::Date;
use domain::help::{About, Event, Kind, Language, Outcome, Region, Request, State};

use super::store::EventRow;
use super::{Desk, Result};
use crate::clock::Now;
use crate::help;

/// What became of picking up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    Claimed,
    /// Somebody else has it, or it was taken back.
    Taken,
    /// This helper has as many as they can take on.
    LimitReached,
    Paused,
    /// She asked for someone else.
    Unfitting,
}

/// What became of giving it to another helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOver {
    Done,
    /// It isn't where it was any more; nothing was changed.
    Stale,
    LimitReached,
    Paused,
    /// She asked for someone else, or it is the one who has it.
    Unfitting,
}

/// What became of a change of one's own request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Done,
    /// It isn't theirs any more; nothing was changed.
    Stale,
}

/// How it went to get in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    Reached,
    /// She couldn't be reached this time.
    Tried,
}

impl Contact {
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Contact::Reached => "reached",
            Contact::Tried => "tried",
        }
    }

    #[must_use]
    pub fn parse(id: &str) -> Option<Contact> {
        [Contact::Reached, Contact::Tried].into_iter().find(|contact| contact.id() == id)
    }

    const fn event(self) -> Event {
        match self {
            Contact::Reached => Event::Contacted,
            Contact::Tried => Event::Tried,
        }
    }
}

/// How a request stands to its day.
pub(super) fn due(state: State, due_on: Option<Date>, today: Date) -> Due {
    match due_on {
        Some(day) if state == State::Matched => match day.cmp(&today) {
            Ordering::Less => Due::Late(day),
            Ordering::Equal => Due::Today,
            Ordering::Greater => Due::By(day),
        },
        _ => Due::Done,
    }
}

/// A running request of one's own, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    pub id: String,
    pub reference: String,
    pub state: State,
    pub kind: Kind,
    pub about: Vec<About>,
    pub language: Language,
    pub region: Region,
    pub is_urgent: bool,
    pub due: Due,
}

/// A request in the hands of who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub own: Own,
    pub request: Request,
    pub made_at: i64,
    /// How to reach her, and what she told.
    pub personal: Personal,
    /// What happened since it was picked up, the newest first: moment, what, and the note.
    pub log: Vec<(i64, Event, Option<String>)>,
}

/// Somebody who can take it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: String,
    pub name: String,
}

impl Desk {
    /// Picks up a request: of two helpers at once, one gets it.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn claim(&self, id: &str, staff: &str, now: Now) -> Result<Claim> {
        Ok(self.store.claim(&self.keys, id, staff, now).await?)
    }

    /// A helper's running requests: what is due first stands first.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn own(&self, staff: &str, today: Date) -> Result<Vec<Own>> {
        Ok(self.store.own_requests(staff, today).await?)
    }

    /// Opens a request of one's own. She sees that it was. `None`: it isn't theirs.
    ///
    /// # Errors
    /// The database doesn't answer, or its key is gone.
    pub async fn open(&self, id: &str, staff: &str, now: Now) -> Result<Option<Opened>> {
        let Some(found) = self.store.open_request(id, staff, now).await? else { return Ok(None) };
        let personal = match &found.sealed {
            Some(sealed) => Personal::decode(&self.keys.open(&help::place(id), sealed)?),
            None => Personal::default(),
        };
        let log =
            found.events.iter().filter_map(|row| self.logged(id, row).transpose()).collect::<Result<_>>()?;
        Ok(Some(Opened { own: found.own, request: found.request, made_at: found.made_at, personal, log }))
    }

    /// Writes down how getting in touch went.
    ///
    /// # Errors
    /// Too large, or the database doesn't answer.
    pub async fn log_contact(
        &self,
        id: &str,
        staff: &str,
        contact: Contact,
        note: &str,
        now: Now,
    ) -> Result<Kept> {
        let event = contact.event();
        let mut at = now.at;
        if let Some(last) = self.store.last_event(id).await? {
            let is_theirs = last.staff.as_deref() == Some(staff);
            // Sent twice, it stands there already.
            if is_theirs
                && now.at - last.at < SECONDS_OF_A_DOUBLE
                && self.logged(id, &last)? == Some((last.at, event, some(note)))
            {
                self.store.settle().await?;
                return Ok(Kept::Done);
            }
            // No two notes of a request at one moment: it says which note is which.
            at = at.max(last.at + 1);
        }
        let sealed = some(note).map(|note| self.seal(&note_at(id, at), &note)).transpose()?;
        Ok(self.store.log_contact(id, staff, event, sealed, Now { at, ..now }).await?)
    }

    /// Puts it back on the list. Who gives back their own doesn't see it again.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn release(&self, id: &str, owner: &str, by: &str, now: Now) -> Result<Kept> {
        Ok(self.store.release(&self.keys, id, owner, by, now).await?)
    }

    /// Gives it to another helper, whom it must fit. `from`: who has it now; nobody: it lay unclaimed.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn hand_over(
        &self,
        id: &str,
        from: Option<&str>,
        to: &str,
        by: &str,
        now: Now,
    ) -> Result<HandOver> {
        Ok(self.store.hand_over(&self.keys, id, from, to, by, now).await?)
    }

    /// Who can take each of these over, by the request's id: whom it fits, who isn't paused, and has room.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn colleagues(&self, ids: &[String], today: Date) -> Result<HashMap<String, Vec<Colleague>>> {
        Ok(self.store.colleagues(ids, today).await?)
    }

    /// # Errors
    /// The database doesn't answer.
    pub async fn close(&self, id: &str, staff: &str, outcome: Outcome, now: Now) -> Result<Kept> {
        Ok(self.store.close_request(&self.keys, id, staff, outcome, now).await?)
    }

    /// `None`: a word that this version doesn't know.
    fn logged(&self, id: &str, row: &EventRow) -> Result<Option<(i64, Event, Option<String>)>> {
        let Some(event) = Event::parse(&row.kind) else { return Ok(None) };
        let note = row.sealed.as_deref().map(|sealed| self.open_text(&note_at(id, row.at), sealed));
        Ok(Some((row.at, event, note.transpose()?)))
    }
}

/// Within this, the same note again is the same form sent twice.
const SECONDS_OF_A_DOUBLE: i64 = 10 * 60;

/// A note opens only where it belongs.
pub fn note_at(id: &str, at: impl Display) -> String {
    format!("note {id} {at}")
}

fn some(note: &str) -> Option<String> {
    let note = note.trim();
    (!note.is_empty()).then(|| note.to_owned())
}
