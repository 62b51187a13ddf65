//! What she can do, what she has to do, and what to know: each a code that the page words.

use std::fmt;

use serde::{Serialize, Serializer};

use super::event::EventKind;
use super::step::Step;
use crate::calendar::Date;

/// Something that she may do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// A notice of default (*ingebrekestelling*): the term of the step has passed.
    NoticeOfDefault(Step),
    /// A penalty runs or ran for her.
    Penalty(Step),
    /// An objection, until that day by law.
    Objection(Step, Date),
    /// An objection after the term by law: the organisation promised lenience until that day.
    LateObjection(Step, Date),
    /// An appeal against the decision on her objection.
    Appeal,
    /// Her own file.
    RequestFile,
    Complaint,
}

/// Something that waits for her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The organisation waits for what it asked.
    SendInformation(Step, Option<Date>),
    /// Her view (*zienswijze*) on the announcement.
    GiveView,
    /// To sign the settlement or not.
    AnswerOffer,
    PrepareConversation,
    /// Report private debts, until that day.
    ReportPrivateDebts(Date),
}

/// What to know of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The office told something that has no word here.
    OfficeCode,
    /// An event that belongs to no step that ran.
    EventWithoutStep(EventKind),
    /// Waiting for her moved the end of the term (derived: not every letter is such a request).
    Suspended(Step),
    SuspendedTooLate(Step),
    /// A second extension, one that came too late, or one where there is none.
    ExtensionWithoutEffect(Step),
    /// The notice of default came too early; from that day one counts.
    NoticeTooEarly(Step, Date),
    /// The rates for a notice of that day aren't known.
    PenaltyUnknown(Step),
    /// A settlement ends in an agreement: a penalty probably doesn't apply.
    PenaltyProbablyNot(Step),
    /// Counted with an advisory committee; without one the term is shorter.
    WithAdvisoryCommittee,
    /// Whether the lenience moves the start of the term for the decision isn't known.
    LenienceStartUnknown,
    /// The term ends in a year of which not all free days are known.
    HolidaysUnknown,
    /// A settlement ends objection and appeal.
    SettlementGivesUpObjection,
}

/// The code, and what it is about behind a colon.
macro_rules! coded {
    ($type:ident, $self:ident, $f:ident, $code:expr) => {
        impl fmt::Display for $type {
            fn fmt(&$self, $f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $code
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": "A code, with what it is about behind a colon." })
            }
        }
    };
}

coded!(
    Right,
    self,
    f,
    match self {
        Right::NoticeOfDefault(step) => write!(f, "notice_of_default:{}", step.id()),
        Right::Penalty(step) => write!(f, "penalty:{}", step.id()),
        Right::Objection(step, until) => write!(f, "objection:{}:{until}", step.id()),
        Right::LateObjection(step, until) => write!(f, "late_objection:{}:{until}", step.id()),
        Right::Appeal => f.write_str("appeal"),
        Right::RequestFile => f.write_str("request_file"),
        Right::Complaint => f.write_str("complaint"),
    }
);

coded!(
    Task,
    self,
    f,
    match self {
        Task::SendInformation(step, Some(until)) => write!(f, "send_information:{}:{until}", step.id()),
        Task::SendInformation(step, None) => write!(f, "send_information:{}", step.id()),
        Task::GiveView => f.write_str("give_view"),
        Task::AnswerOffer => f.write_str("answer_offer"),
        Task::PrepareConversation => f.write_str("prepare_conversation"),
        Task::ReportPrivateDebts(until) => write!(f, "report_private_debts:{until}"),
    }
);

coded!(
    Note,
    self,
    f,
    match self {
        Note::OfficeCode => f.write_str("office_code"),
        Note::EventWithoutStep(kind) => write!(f, "event_without_step:{}", kind.id()),
        Note::Suspended(step) => write!(f, "suspended:{}", step.id()),
        Note::SuspendedTooLate(step) => write!(f, "suspended_too_late:{}", step.id()),
        Note::ExtensionWithoutEffect(step) => write!(f, "extension_without_effect:{}", step.id()),
        Note::NoticeTooEarly(step, from) => write!(f, "notice_too_early:{}:{from}", step.id()),
        Note::PenaltyUnknown(step) => write!(f, "penalty_unknown:{}", step.id()),
        Note::PenaltyProbablyNot(step) => write!(f, "penalty_probably_not:{}", step.id()),
        Note::WithAdvisoryCommittee => f.write_str("with_advisory_committee"),
        Note::LenienceStartUnknown => f.write_str("lenience_start_unknown"),
        Note::HolidaysUnknown => f.write_str("holidays_unknown"),
        Note::SettlementGivesUpObjection => f.write_str("settlement_gives_up_objection"),
    }
);
