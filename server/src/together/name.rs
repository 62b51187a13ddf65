//! What tells meetings, chairs and connections apart.

use std::fmt;

use data_encoding::HEXLOWER;
use uuid::Uuid;

use crate::code::{self, Finder};

/// What both browsers derive from the code that she told: only a hash of it is kept.
pub struct MeetingName([u8; 32]);

/// What lets a browser sit in one chair of one meeting: only a hash of it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(String);

/// Makes an id that the database holds as text.
macro_rules! ids {
    ($($(#[$about:meta])* $name:ident,)+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            pub(super) fn new() -> $name {
                $name(Uuid::now_v7())
            }

            pub(super) fn read(text: &str) -> Option<$name> {
                Uuid::try_parse(text).ok().map($name)
            }

            pub(super) fn text(self) -> String {
                self.0.simple().to_string()
            }
        }
    )+};
}

ids! {
    /// A meeting, inside the servers.
    MeetingId,
    /// One time that someone sat down.
    SeatId,
}

/// A running server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessId(String);

impl MeetingName {
    /// As a browser sends it. `None`: it can't be one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<MeetingName> {
        bytes.try_into().ok().map(MeetingName)
    }

    pub(super) fn finder(&self) -> Finder {
        Finder(code::hash(&self.0, b"find meeting"))
    }
}

impl Ticket {
    /// 244 random bits.
    pub(super) fn random() -> Ticket {
        Ticket(HEXLOWER.encode(&code::random_bytes(b"meeting")))
    }

    /// As a browser shows it.
    #[must_use]
    pub fn shown(text: &str) -> Ticket {
        Ticket(text.to_owned())
    }

    pub(super) fn finder(&self) -> Finder {
        Finder::of_secret(&self.0, "meeting ticket")
    }

    /// For the browser alone.
    #[must_use]
    pub fn show(&self) -> &str {
        &self.0
    }
}

/// Not in a log by accident.
impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(…)")
    }
}

impl ProcessId {
    pub(super) fn new() -> ProcessId {
        ProcessId(Uuid::now_v7().simple().to_string())
    }

    /// Of a program that nobody sits in.
    pub(super) fn nowhere() -> ProcessId {
        ProcessId(String::new())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}
