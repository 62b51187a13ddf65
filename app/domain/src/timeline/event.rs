//! What happened in a case, as letters or the office tell it.

use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::calendar::Date;
use crate::invalid::{Invalid, Problem};
use crate::json::{self, read_only_from};

/// A case on one day: what happened in it so far, in any order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Case {
    /// The day for which the timeline is made.
    pub on: Date,
    #[serde(default)]
    pub events: Vec<Event>,
}

/// One thing that happened. The derived order is the one in which events of a case are taken: by day, then as listed in
/// [`EventKind`], so that the order in which they were told never matters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Event {
    /// The day it happened; of a notice of default, the day of its receipt.
    pub on: Date,
    pub kind: EventKind,
    /// The step that it belongs to. Absent: the kind says so, or it is the step entered last that still runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// Of a decision: whether she got what she asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Of a request for information: the last day to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Of a settlement: which of the two equal ways.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
    /// Of `other`: the office's own code. It is kept, and never shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What happened. Starts stand before ends, so that what happened on one day makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum EventKind {
    /// *Aanmelding*.
    Registered,
    RegistrationConfirmed,
    /// *Eerste toets*; `outcome` tells whether she was recognised.
    FirstTestDecided,
    /// She stops after the first test (*afronden na € 30.000*).
    FinishedEarly,
    /// The personal conversation (*persoonlijk gesprek*) has a date.
    ConversationPlanned,
    ConversationHeld,
    /// The integral assessment began, or begins again after an objection or appeal.
    AssessmentStarted,
    /// *Vooraankondiging*: she may give her view.
    AssessmentAnnounced,
    /// *Zienswijze*.
    ViewGiven,
    /// *Beschikking*.
    AssessmentDecided,
    /// *Bezwaar*.
    ObjectionLodged,
    ObjectionWithdrawn,
    ObjectionDecided,
    /// *Beroep*.
    AppealLodged,
    AppealWithdrawn,
    AppealDecided,
    /// She asked for a settlement; `way` tells which.
    SettlementRequested,
    /// *Feitenrelaas*.
    FactsRecorded,
    /// *Schadestaat*.
    DamageStated,
    /// *Vaststellingsovereenkomst*, for her to sign or not.
    SettlementOffered,
    SettlementDeclined,
    SettlementSigned,
    /// She asked for compensation of further damage (*aanvullende schade*).
    DamageRequested,
    /// The damage commission's advice.
    DamageAdvised,
    DamageDecided,
    AftercareStarted,
    AftercareEnded,
    /// The organisation waits for her.
    InformationAsked,
    InformationSent,
    /// Somebody else is waited for: a municipality, a bank, a bailiff.
    ThirdPartyAsked,
    ThirdPartyAnswered,
    /// The organisation took the longer term (*verdaging*).
    Extended,
    /// *Ingebrekestelling*.
    NoticeOfDefault,
    /// Something of the office that has no word here.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Outcome {
    /// *Toegekend*, *gegrond*.
    Granted,
    /// *Afgewezen*, *ongegrond*.
    Refused,
}

/// The two equal ways to a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase", remote = "Self")]
pub enum Way {
    /// She tells her story to a *luisterend schrijver*.
    Sgh,
    /// She states the items herself.
    MijnHerstel,
}

impl Outcome {
    pub const ALL: [Outcome; 2] = [Outcome::Granted, Outcome::Refused];

    /// The word in files and forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Outcome::Granted => "granted",
            Outcome::Refused => "refused",
        }
    }

    /// The outcome with that word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.id() == id)
    }
}

impl Way {
    pub const ALL: [Way; 2] = [Way::Sgh, Way::MijnHerstel];

    /// The word in files and forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Way::Sgh => "sgh",
            Way::MijnHerstel => "mijnherstel",
        }
    }

    /// The way with that word.
    #[must_use]
    pub fn parse(id: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.id() == id)
    }
}

read_only_from!(objects: Case, Event);

read_only_from!(words: EventKind, Outcome, Way);

/// What an event does to the step that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Enters,
    Ends,
    /// From now on this one has the turn.
    Turns(Turn),
    /// The turn goes back to who has it by default.
    TurnsBack,
    Extends,
    Notices,
    /// Nothing but the place where it stands.
    Marks,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    Parent,
    Organisation,
    ThirdParty,
    Nobody,
}

impl Turn {
    /// The word in files, texts and styles.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Turn::Parent => "parent",
            Turn::Organisation => "organisation",
            Turn::ThirdParty => "third_party",
            Turn::Nobody => "nobody",
        }
    }
}

impl EventKind {
    /// Every kind, in the order of a case.
    pub const ALL: [EventKind; 34] = [
        EventKind::Registered,
        EventKind::RegistrationConfirmed,
        EventKind::FirstTestDecided,
        EventKind::FinishedEarly,
        EventKind::ConversationPlanned,
        EventKind::ConversationHeld,
        EventKind::AssessmentStarted,
        EventKind::AssessmentAnnounced,
        EventKind::ViewGiven,
        EventKind::AssessmentDecided,
        EventKind::ObjectionLodged,
        EventKind::ObjectionWithdrawn,
        EventKind::ObjectionDecided,
        EventKind::AppealLodged,
        EventKind::AppealWithdrawn,
        EventKind::AppealDecided,
        EventKind::SettlementRequested,
        EventKind::FactsRecorded,
        EventKind::DamageStated,
        EventKind::SettlementOffered,
        EventKind::SettlementDeclined,
        EventKind::SettlementSigned,
        EventKind::DamageRequested,
        EventKind::DamageAdvised,
        EventKind::DamageDecided,
        EventKind::AftercareStarted,
        EventKind::AftercareEnded,
        EventKind::InformationAsked,
        EventKind::InformationSent,
        EventKind::ThirdPartyAsked,
        EventKind::ThirdPartyAnswered,
        EventKind::Extended,
        EventKind::NoticeOfDefault,
        EventKind::Other,
    ];

    /// The word in files, texts and forms.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            EventKind::Registered => "registered",
            EventKind::RegistrationConfirmed => "registration_confirmed",
            EventKind::FirstTestDecided => "first_test_decided",
            EventKind::FinishedEarly => "finished_early",
            EventKind::ConversationPlanned => "conversation_planned",
            EventKind::ConversationHeld => "conversation_held",
            EventKind::AssessmentStarted => "assessment_started",
            EventKind::AssessmentAnnounced => "assessment_announced",
            EventKind::ViewGiven => "view_given",
            EventKind::AssessmentDecided => "assessment_decided",
            EventKind::ObjectionLodged => "objection_lodged",
            EventKind::ObjectionWithdrawn => "objection_withdrawn",
            EventKind::ObjectionDecided => "objection_decided",
            EventKind::AppealLodged => "appeal_lodged",
            EventKind::AppealWithdrawn => "appeal_withdrawn",
            EventKind::AppealDecided => "appeal_decided",
            EventKind::SettlementRequested => "settlement_requested",
            EventKind::FactsRecorded => "facts_recorded",
            EventKind::DamageStated => "damage_stated",
            EventKind::SettlementOffered => "settlement_offered",
            EventKind::SettlementDeclined => "settlement_declined",
            EventKind::SettlementSigned => "settlement_signed",
            EventKind::DamageRequested => "damage_requested",
            EventKind::DamageAdvised => "damage_advised",
            EventKind::DamageDecided => "damage_decided",
            EventKind::AftercareStarted => "aftercare_started",
            EventKind::AftercareEnded => "aftercare_ended",
            EventKind::InformationAsked => "information_asked",
            EventKind::InformationSent => "information_sent",
            EventKind::ThirdPartyAsked => "third_party_asked",
            EventKind::ThirdPartyAnswered => "third_party_answered",
            EventKind::Extended => "extended",
            EventKind::NoticeOfDefault => "notice_of_default",
            EventKind::Other => "other",
        }
    }

    /// The kind with that word.
    #[must_use]
    pub fn parse(id: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The step that a kind belongs to by itself.
    #[must_use]
    pub const fn step(self) -> Option<Step> {
        use EventKind as Kind;
        Some(match self {
            Kind::Registered | Kind::RegistrationConfirmed => Step::Registration,
            Kind::FirstTestDecided | Kind::FinishedEarly => Step::FirstTest,
            Kind::ConversationPlanned | Kind::ConversationHeld => Step::Conversation,
            Kind::AssessmentStarted
            | Kind::AssessmentAnnounced
            | Kind::ViewGiven
            | Kind::AssessmentDecided => Step::IntegralAssessment,
            Kind::ObjectionLodged | Kind::ObjectionWithdrawn | Kind::ObjectionDecided => Step::Objection,
            Kind::AppealLodged | Kind::AppealWithdrawn | Kind::AppealDecided => Step::Appeal,
            Kind::SettlementRequested
            | Kind::FactsRecorded
            | Kind::DamageStated
            | Kind::SettlementOffered
            | Kind::SettlementDeclined
            | Kind::SettlementSigned => Step::Settlement,
            Kind::DamageRequested | Kind::DamageAdvised | Kind::DamageDecided => Step::Damage,
            Kind::AftercareStarted | Kind::AftercareEnded => Step::Aftercare,
            Kind::InformationAsked
            | Kind::InformationSent
            | Kind::ThirdPartyAsked
            | Kind::ThirdPartyAnswered
            | Kind::Extended
            | Kind::NoticeOfDefault
            | Kind::Other => return None,
        })
    }

    pub(super) const fn effect(self) -> Effect {
        use EventKind as Kind;
        match self {
            Kind::Registered
            | Kind::ConversationPlanned
            | Kind::AssessmentStarted
            | Kind::ObjectionLodged
            | Kind::AppealLodged
            | Kind::SettlementRequested
            | Kind::DamageRequested
            | Kind::AftercareStarted => Effect::Enters,
            Kind::RegistrationConfirmed
            | Kind::FirstTestDecided
            | Kind::ConversationHeld
            | Kind::AssessmentDecided
            | Kind::ObjectionWithdrawn
            | Kind::ObjectionDecided
            | Kind::AppealWithdrawn
            | Kind::AppealDecided
            | Kind::SettlementDeclined
            | Kind::SettlementSigned
            | Kind::DamageDecided
            | Kind::AftercareEnded => Effect::Ends,
            Kind::AssessmentAnnounced | Kind::SettlementOffered | Kind::InformationAsked => {
                Effect::Turns(Turn::Parent)
            }
            Kind::ThirdPartyAsked => Effect::Turns(Turn::ThirdParty),
            Kind::ViewGiven | Kind::InformationSent | Kind::ThirdPartyAnswered => Effect::TurnsBack,
            Kind::Extended => Effect::Extends,
            Kind::NoticeOfDefault => Effect::Notices,
            Kind::FinishedEarly
            | Kind::FactsRecorded
            | Kind::DamageStated
            | Kind::DamageAdvised
            | Kind::Other => Effect::Marks,
        }
    }

    /// The kind that must have come before, where both are told.
    const fn follows(self) -> Option<EventKind> {
        use EventKind as Kind;
        Some(match self {
            Kind::RegistrationConfirmed | Kind::FirstTestDecided => Kind::Registered,
            Kind::FinishedEarly | Kind::AssessmentAnnounced | Kind::AssessmentDecided => {
                Kind::FirstTestDecided
            }
            Kind::ConversationHeld => Kind::ConversationPlanned,
            Kind::ViewGiven => Kind::AssessmentAnnounced,
            Kind::ObjectionWithdrawn | Kind::ObjectionDecided => Kind::ObjectionLodged,
            Kind::AppealWithdrawn | Kind::AppealDecided => Kind::AppealLodged,
            Kind::FactsRecorded | Kind::DamageStated | Kind::SettlementOffered => Kind::SettlementRequested,
            Kind::SettlementDeclined | Kind::SettlementSigned => Kind::SettlementRequested,
            Kind::DamageAdvised | Kind::DamageDecided => Kind::DamageRequested,
            Kind::AftercareEnded => Kind::AftercareStarted,
            Kind::InformationSent => Kind::InformationAsked,
            Kind::ThirdPartyAnswered => Kind::ThirdPartyAsked,
            _ => return None,
        })
    }
}

/// No case has more; a longer list is a mistake or an attack.
const MOST_EVENTS: usize = 1_000;
/// Childcare benefit began in 2005; letters about it may be a little older.
const EARLIEST: Date = Date::constant(2004, 1, 1);
const LONGEST_CODE: usize = 64;

impl Case {
    #[must_use]
    pub fn new(on: Date) -> Case {
        Case { on, events: Vec::new() }
    }

    /// Reads a case from JSON and checks it.
    ///
    /// # Errors
    /// Unknown kinds and fields and what can't have happened, with the path of the first that is wrong.
    pub fn from_json(json: &str) -> Result<Case, Invalid> {
        let case: Case = json::read(json)?;
        case.check().into_iter().next().map_or(Ok(case), Err)
    }

    /// Everything in it that can't have happened, in the order of the events.
    #[must_use]
    pub fn check(&self) -> Vec<Invalid> {
        if self.on < EARLIEST {
            return vec![Invalid::new("on", Problem::BeforeTheScheme)];
        }
        if self.events.len() > MOST_EVENTS {
            return vec![Invalid::new("events", Problem::TooMany)];
        }
        let mut found = Vec::new();
        for (at, event) in self.events.iter().enumerate() {
            let mut refuse = |field: &str, problem| {
                found.push(Invalid::new(format!("events[{at}].{field}"), problem));
            };
            if event.on > self.on {
                refuse("on", Problem::InTheFuture);
            } else if event.on < EARLIEST {
                refuse("on", Problem::BeforeTheScheme);
            } else if self.ends_before_its_start(event) {
                refuse("on", Problem::EndBeforeStart);
            } else if self.events[..at].contains(event) {
                refuse("on", Problem::Twice);
            }
            if event.kind.step().is_some() && event.step.is_some_and(|step| Some(step) != event.kind.step()) {
                refuse("step", Problem::NotAChoice);
            }
            if event.until.is_some_and(|until| until < event.on) {
                refuse("until", Problem::EndBeforeStart);
            }
            if event.code.as_ref().is_some_and(|code| code.is_empty() || code.len() > LONGEST_CODE) {
                refuse("code", Problem::NotAChoice);
            }
        }
        found
    }

    /// All its starts that are told lie after it.
    fn ends_before_its_start(&self, event: &Event) -> bool {
        let Some(start) = event.kind.follows() else { return false };
        let mut starts = self
            .events
            .iter()
            .filter(|other| other.kind == start && (event.step.is_none() || other.step == event.step))
            .peekable();
        starts.peek().is_some() && starts.all(|other| other.on > event.on)
    }
}
