//! *Even stoom afblazen*: a helper asks a colleague for an ear.

use app::entries::Entries;

use super::{Desk, Result};
use crate::clock::Now;

/// What nobody closed goes after two weeks.
pub const SECONDS_KEPT: i64 = 14 * 24 * 60 * 60;

const TEXT: &str = "text";
const REACH: &str = "reach";

/// What a helper asks a colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub id: String,
    pub asked_by: String,
    /// The asker's name at the desk.
    pub name: String,
    pub asked_at: i64,
    pub text: String,
    /// How to reach who asks: for who asked, and for who took it up.
    pub reach: Option<String>,
    pub taken_by: Option<String>,
    /// The name of who took it up.
    pub taker: Option<String>,
}

/// What became of taking one up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Taken,
    /// Somebody else did already, or it isn't there any more.
    Gone,
}

impl Desk {
    /// # Errors
    /// Too large, or the database doesn't answer.
    pub async fn ask_colleague(&self, staff: &str, text: &str, reach: &str, now: Now) -> Result<()> {
        // Sent twice, it stands there already.
        let is_there = |need: &Need| need.asked_by == staff && need.text == text && need.taken_by.is_none();
        if self.needs(staff, now).await?.iter().any(is_there) {
            return Ok(());
        }
        let id = uuid::Uuid::now_v7().simple().to_string();
        let told = Entries::from_pairs([(TEXT, text), (REACH, reach)]);
        let sealed = self.seal(&need_of(&id), &told.encode())?;
        Ok(self.store.ask_need(&id, staff, sealed, now).await?)
    }

    /// What colleagues ask that nobody took up, and what this helper asked or took up; the oldest first.
    ///
    /// # Errors
    /// The database doesn't answer, or its key is gone.
    pub async fn needs(&self, staff: &str, now: Now) -> Result<Vec<Need>> {
        let mut needs = Vec::new();
        for row in self.store.needs(staff, now.at - SECONDS_KEPT).await? {
            let told = Entries::decode(self.open_text(&need_of(&row.id), &row.sealed)?.as_bytes());
            let is_theirs = row.staff == staff || row.taken_by.as_deref() == Some(staff);
            needs.push(Need {
                text: told.text(TEXT).to_owned(),
                reach: is_theirs.then(|| told.text(REACH).to_owned()),
                id: row.id,
                asked_by: row.staff,
                name: row.name,
                asked_at: row.asked_at,
                taken_by: row.taken_by,
                taker: row.taker,
            });
        }
        Ok(needs)
    }

    /// Of two colleagues at once, one takes it up.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn take_need(&self, id: &str, staff: &str, now: Now) -> Result<Taken> {
        Ok(self.store.take_need(id, staff, now).await?)
    }

    /// Done: nothing of it is kept. Only who asked can close it.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn close_need(&self, id: &str, staff: &str, now: Now) -> Result<()> {
        Ok(self.store.close_need(id, staff, now).await?)
    }
}

/// An ask opens only as itself.
pub fn need_of(id: &str) -> String {
    format!("need {id}")
}
