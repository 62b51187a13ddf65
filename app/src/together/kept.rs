//! What this tab keeps of a meeting: enough to go on after a reload or on another page. It goes with the tab.

use domain::together::{Badge, Chair, Covers, Guidance, Happening, Log, MeetingCode, Outcome};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::browser::now;
use crate::phone::{MEETING, MEETING_LOG};

/// One chair's part of a meeting that goes on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    pub is_helper: bool,
    code: String,
    pub ticket: String,
    /// Milliseconds since 1970.
    pub began_at: u64,
    pub epoch: Option<u64>,
    /// The last frame of the other chair: epoch and number.
    pub seen: Option<(u64, u32)>,
    /// WebSockets don't get through here.
    pub is_polling: bool,
    /// The helper, as far as known here: who they say they are, and who the server says they are.
    pub name: String,
    role: Option<String>,
    organisation: Option<String>,
    pub is_joined: bool,
    /// She said that it is who she expects.
    pub is_confirmed: bool,
    /// The page where she began.
    pub came_from: String,
    pub covers: Covers,
    /// What she decided of proposals.
    pub settled: Vec<(u32, Outcome)>,
    pub guidance: Guidance,
    /// The helper: what the next note or proposal is numbered. The parent: the newest note that was told.
    pub number: u32,
    /// The parent: the newest note that she put away.
    pub read: u32,
    /// The proposals that she was told of, by number.
    pub told: Vec<u32>,
}

impl Kept {
    #[must_use]
    pub fn new(chair: Chair, code: &MeetingCode, ticket: String, began_at: u64) -> Kept {
        let is_helper = chair == Chair::Helper;
        Kept { is_helper, code: code.signs().to_owned(), ticket, began_at, ..Kept::default() }
    }

    #[must_use]
    pub fn chair(&self) -> Chair {
        if self.is_helper { Chair::Helper } else { Chair::Parent }
    }

    #[must_use]
    pub fn code(&self) -> Option<MeetingCode> {
        MeetingCode::read(&self.code)
    }

    /// The helper's badge, if the server vouches for them.
    #[must_use]
    pub fn badge(&self) -> Option<Badge> {
        let (name, organisation) = (self.name.clone(), self.organisation.clone());
        self.role.clone().map(|role| Badge { name, organisation, role })
    }

    pub fn joined(&mut self, badge: Option<Badge>) {
        self.is_joined = true;
        if let Some(Badge { name, organisation, role }) = badge {
            (self.name, self.organisation, self.role) = (name, organisation, Some(role));
        }
    }

    /// What the helper says of their own name counts only where the server doesn't vouch for one.
    pub fn named(&mut self, name: &str) {
        if self.role.is_none() {
            self.name = Guidance::name(name);
        }
    }

    #[must_use]
    pub fn load() -> Option<Kept> {
        read(MEETING)
    }

    pub fn save(&self) {
        write(MEETING, self);
    }

    /// The meeting is over; what happened stays until she wipes it.
    pub fn forget() {
        crate::phone::forget(MEETING);
    }
}

/// What happened, of the meeting that goes on or of the last one.
#[must_use]
pub fn log() -> Log {
    read(MEETING_LOG).unwrap_or_default()
}

/// Writes down what happened.
pub fn happened(happening: Happening) {
    let mut log = log();
    log.add(now(), happening);
    write(MEETING_LOG, &log);
}

pub fn forget_log() {
    crate::phone::forget(MEETING_LOG);
}

fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = crate::phone::text(key)?;
    let bytes: Option<Vec<u8>> =
        (0..text.len() / 2).map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()).collect();
    postcard::from_bytes(&bytes?).ok()
}

fn write<T: Serialize>(key: &str, value: &T) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let Ok(bytes) = postcard::to_allocvec(value) else { return };
    let digit = |four_bits: u8| char::from(DIGITS[usize::from(four_bits)]);
    let text: String = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    crate::phone::keep_text(key, &text);
}
