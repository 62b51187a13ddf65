//! Guiding together: what a parent's browser and a helper's tell each other, and what the server between them may know.
//!
//! Messages are sealed from browser to browser. The server passes frames on that it can't read, and tells each chair
//! itself only what it knows of the meeting ([`Notice`]).

mod code;
mod covers;
mod frame;
mod happening;
mod message;
mod notice;
mod order;

pub use code::MeetingCode;
pub use covers::Covers;
pub use frame::{
    Frame, Header, MOST_FRAME_BYTES, MOST_MESSAGE_BYTES, NONCE_BYTES, Refused, SIZES, TAG_BYTES, pad, unpad,
};
pub use happening::{Happening, Log};
pub use message::{
    Answer, Control, Guidance, Message, Note, Outcome, Part, Proposal, Question, View, is_path,
};
pub use notice::{Badge, Ending, Notice};
pub use order::{Inbox, Outbox};

use crate::word::words;

words! {
    /// Who sits where.
    Chair {
        /// She whose case it is.
        Parent = "parent",
        /// Who looks along with her.
        Helper = "helper",
    }
}

impl Chair {
    #[must_use]
    pub const fn other(self) -> Chair {
        match self {
            Chair::Parent => Chair::Helper,
            Chair::Helper => Chair::Parent,
        }
    }
}

/// A code opens a meeting for so long, in seconds.
pub const CODE_LASTS: i64 = 15 * 60;
/// A meeting lasts no longer, in seconds.
pub const MEETING_LASTS: i64 = 2 * 60 * 60;
/// A meeting carries no more than this a second, both ways together; it may save up one second's worth.
pub const MOST_BYTES_A_SECOND: u32 = 64 * 1024;
/// Each chair says that it is there so often, in milliseconds…
pub const HERE_EVERY: u64 = 4_000;
/// …and is said to be away after so long without a word, in milliseconds.
pub const AWAY_AFTER: u64 = 10_000;
