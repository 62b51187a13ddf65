//! The audit log: who did what with which record, in a chain that shows when a line was changed or taken out.
//!
//! A line holds ids and kinds, never what someone told: a record can be erased and the chain stays whole. The chain alone
//! can't show that all of it was made anew, or that its last lines went: for that its head is written down elsewhere.

mod command;
mod store;

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use command::{VerifyInput, verify};
pub(crate) use store::append;

/// A line to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub actor: Actor,
    pub act: Act,
    pub subject: Subject,
}

impl Entry {
    #[must_use]
    pub fn new(actor: Actor, act: Act, subject: Subject) -> Entry {
        Entry { actor, act, subject }
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A parent or another visitor: she has no id here.
    Person,
    /// A helper at the desk, by id.
    Staff(String),
    /// An organisation that handles cases, by the name of its tokens.
    Office(String),
    /// The server by itself.
    Server,
    /// Whoever runs commands on the server.
    Operator,
}

impl Actor {
    const fn id(&self) -> &'static str {
        match self {
            Actor::Person => "person",
            Actor::Staff(_) => "staff",
            Actor::Office(_) => "office",
            Actor::Server => "server",
            Actor::Operator => "operator",
        }
    }

    /// An actor as it stands in the log. `None`: a later version wrote it.
    fn read(id: &str, name: String) -> Option<Actor> {
        match id {
            "person" => Some(Actor::Person),
            "staff" => Some(Actor::Staff(name)),
            "office" => Some(Actor::Office(name)),
            "server" => Some(Actor::Server),
            "operator" => Some(Actor::Operator),
            _ => None,
        }
    }

    fn name(&self) -> &str {
        match self {
            Actor::Staff(name) | Actor::Office(name) => name,
            Actor::Person | Actor::Server | Actor::Operator => "",
        }
    }
}

/// What it was done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub kind: Kind,
    pub id: String,
}

/// What kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Dossier,
    /// A case of an office.
    Case,
    Batch,
    Token,
    Request,
    /// A helper asks a colleague.
    Need,
    Staff,
    Organisation,
    /// All records of a table.
    Table,
}

impl Kind {
    /// The record of that kind with this id.
    #[must_use]
    pub fn of(self, id: impl fmt::Display) -> Subject {
        Subject { kind: self, id: id.to_string() }
    }

    const fn id(self) -> &'static str {
        match self {
            Kind::Dossier => "dossier",
            Kind::Case => "case",
            Kind::Batch => "batch",
            Kind::Token => "token",
            Kind::Request => "request",
            Kind::Need => "need",
            Kind::Staff => "staff",
            Kind::Organisation => "organisation",
            Kind::Table => "table",
        }
    }
}

/// Acts with the ids under which they are kept: an id never changes its meaning.
macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $id:literal,)+) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Act {
            $($(#[$doc])* $act,)+
        }

        impl Act {
            pub const ALL: &[Act] = &[$(Act::$act),+];

            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Act::$act => $id,)+
                }
            }
        }
    };
}

acts! {
    DossierMade = "dossier.made",
    /// By who has its code, the first time on a day: a line for each page would make opening wait for the disk.
    DossierOpened = "dossier.opened",
    DossierSaved = "dossier.saved",
    DossierLinked = "dossier.linked",
    DossierUnlinked = "dossier.unlinked",
    DossierDeleted = "dossier.deleted",
    BatchCounted = "batch.counted",
    LinkMade = "link.made",
    TokenMade = "token.made",
    TokenRevoked = "token.revoked",
    RequestMade = "request.made",
    RequestOpened = "request.opened",
    RequestClaimed = "request.claimed",
    RequestReleased = "request.released",
    RequestHandedOver = "request.handed_over",
    RequestContacted = "request.contacted",
    RequestClosed = "request.closed",
    /// She doesn't want this helper.
    RequestDeclined = "request.declined",
    RequestSwapped = "request.swapped",
    RequestChanged = "request.changed",
    RequestWithdrawn = "request.withdrawn",
    RequestErased = "request.erased",
    RequestExported = "request.exported",
    /// The helper, of the first contact.
    RequestReminded = "request.reminded",
    /// The questions at closing.
    RequestAnswered = "request.answered",
    /// A helper asked a colleague for an ear.
    NeedAsked = "need.asked",
    NeedTaken = "need.taken",
    NeedClosed = "need.closed",
    StaffSignedIn = "staff.signed_in",
    StaffSignedOut = "staff.signed_out",
    StaffInvited = "staff.invited",
    StaffBlocked = "staff.blocked",
    StaffUnblocked = "staff.unblocked",
    StaffChanged = "staff.changed",
    OrganisationChanged = "organisation.changed",
    KeysRotated = "keys.rotated",
}

impl Act {
    /// `None`: a later version wrote it.
    fn parse(id: &str) -> Option<Act> {
        Act::ALL.iter().copied().find(|act| act.id() == id)
    }
}

/// What was done with a record, to be told to who it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Seconds since 1970.
    pub at: i64,
    pub actor: Actor,
    pub act: Act,
}

/// A line as an auditor reads it: who, what and with which record, in the words that are chained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    pub actor: String,
    pub act: String,
    pub subject: String,
}

/// A line as it stands in the log, without its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    seq: i64,
    at: i64,
    /// Kind and name of the actor, act, kind and id of the subject.
    words: [String; 5],
}

impl Line {
    fn new(seq: i64, at: i64, entry: &Entry) -> Line {
        let Entry { actor, act, subject } = entry;
        let words = [actor.id(), actor.name(), act.id(), subject.kind.id(), &subject.id];
        Line { seq, at, words: words.map(str::to_owned) }
    }

    /// Of the line before, of its number, and of all that stands in it.
    fn hash(&self, before: &Hash) -> Hash {
        let mut hash = Sha256::new();
        hash.update(before.0);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.told());
        Hash(hash.finalize().into())
    }

    /// All but its number. Each word comes with its length, so that no two lines read alike.
    fn told(&self) -> Vec<u8> {
        let mut told = self.at.to_be_bytes().to_vec();
        for word in &self.words {
            told.extend((word.len() as u64).to_be_bytes());
            told.extend(word.as_bytes());
        }
        told
    }
}

/// What a line is chained by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hash([u8; 32]);

/// The last line of the chain; before the first one, all zeros. Written down elsewhere, it shows later that nothing before
/// it was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: Hash,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, HEXLOWER.encode(&self.hash.0))
    }
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(written: &str) -> Result<Head, &'static str> {
        let head = || {
            let (seq, hash) = written.split_once(':')?;
            let hash = HEXLOWER.decode(hash.as_bytes()).ok()?.try_into().ok()?;
            Some(Head { seq: seq.parse().ok().filter(|seq| *seq >= 0)?, hash: Hash(hash) })
        };
        head().ok_or("not a head as verify-audit prints it: a number, a colon and 64 hexadecimal digits")
    }
}

/// The first line that doesn't fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    #[error("row {0} of the audit log is missing")]
    Missing(i64),
    #[error("row {0} of the audit log doesn't fit: it, or the one before it, was changed, put in or moved")]
    Changed(i64),
    #[error("row {0} of the audit log isn't the one that was written down: all of the log was made anew")]
    Other(i64),
}

/// Follows the chain line by line.
#[derive(Debug, Default)]
struct Walk {
    head: Head,
    expected: Head,
}

impl Walk {
    fn expecting(expected: Option<Head>) -> Walk {
        Walk { head: Head::default(), expected: expected.unwrap_or_default() }
    }

    fn step(&mut self, line: &Line, hash: Hash) -> Result<(), Broken> {
        let next = self.head.seq + 1;
        if line.seq > next {
            return Err(Broken::Missing(next));
        }
        if line.seq < next || line.hash(&self.head.hash) != hash {
            return Err(Broken::Changed(line.seq));
        }
        self.head = Head { seq: line.seq, hash };
        let is_other = self.head.seq == self.expected.seq && self.head.hash != self.expected.hash;
        if is_other { Err(Broken::Other(line.seq)) } else { Ok(()) }
    }

    fn end(self) -> Result<Head, Broken> {
        let is_short = self.head.seq < self.expected.seq;
        if is_short { Err(Broken::Missing(self.head.seq + 1)) } else { Ok(self.head) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn line(words: [&str; 5]) -> Line {
        Line { seq: 1, at: 0, words: words.map(str::to_owned) }
    }

    #[test]
    fn no_two_lines_have_the_same_hash() {
        let hash = |line: &Line| line.hash(&Hash::default());
        let lines = [
            line(["ab", "c", "", "", ""]),
            line(["a", "bc", "", "", ""]),
            line(["abc", "", "", "", ""]),
            line(["ab", "c", "", "", "\0"]),
            Line { seq: 2, ..line(["ab", "c", "", "", ""]) },
            Line { at: 1, ..line(["ab", "c", "", "", ""]) },
        ];
        let hashes: BTreeSet<[u8; 32]> = lines.iter().map(|line| hash(line).0).collect();
        assert_eq!(hashes.len(), lines.len());
        assert_ne!(lines[0].hash(&hash(&lines[0])), hash(&lines[0]), "the line before counts");
    }

    #[test]
    fn every_act_has_an_id_of_its_own() {
        let ids: BTreeSet<&str> = Act::ALL.iter().map(|act| act.id()).collect();
        assert_eq!(ids.len(), Act::ALL.len());
    }

    #[test]
    fn a_head_is_read_as_it_is_printed() {
        let head = Head { seq: 17, hash: Hash([0xab; 32]) };
        assert_eq!(head.to_string().parse(), Ok(head));
        for wrong in ["", "17", "17:", "17:abab", &format!("-1:{}", "ab".repeat(32)), &"ab".repeat(32)] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }
}
