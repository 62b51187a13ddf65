//! What the chairs tell each other, once it is opened.
//!
//! Each chair tells its own half: the parent what she lets be seen and what she decided, the helper what they point at,
//! note and propose. A half is told whole whenever a chair comes (back), so what was lost needs no repeating.

use serde::{Deserialize, Serialize};

use super::{Chair, Refused, frame};
use crate::line::one_line;

/// The longest answer, note or name that is told, in characters. The rest of it stays behind.
const MOST_CHARACTERS: usize = 4_000;
const MOST_NAME_CHARACTERS: usize = 60;
const MOST_NOTE_CHARACTERS: usize = 280;
const MOST_NOTES: usize = 10;
const MOST_PROPOSALS: usize = 40;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// Someone sits in that chair.
    Here,
    /// The parent: the page she is on, whole.
    View(View),
    /// The parent: answers that changed on that page, by the number of their part.
    Answers(Vec<(u16, Answer)>),
    /// The parent: what she decided of proposals, by their number.
    Settled(Vec<(u32, Outcome)>),
    /// The helper: all of theirs that still counts.
    Guidance(Guidance),
}

/// A page as she lets it be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub path: String,
    pub title: String,
    pub parts: Vec<Part>,
    /// The page was too long to be told whole.
    pub is_cut: bool,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Heading(String),
    Question(Question),
    /// What the page says of her answers.
    Result {
        label: String,
        text: Answer,
    },
}

/// Something the page asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The field's name.
    pub id: String,
    pub label: String,
    pub hint: String,
    pub control: Control,
    pub answer: Answer,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Control {
    /// One of these: value and words.
    Choice(Vec<(String, String)>),
    /// A box to check: what it sends.
    Check(String),
    Text,
    /// Euros.
    Amount,
    /// Text of several lines.
    Lines,
}

/// What stands in a field, as far as the helper may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Covered,
    Shown(String),
}

/// What the helper does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guidance {
    /// Who they say they are.
    pub name: String,
    /// The question they point at.
    pub pointed: Option<String>,
    pub notes: Vec<Note>,
    /// Those that she hasn't decided yet.
    pub proposals: Vec<Proposal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub number: u32,
    pub text: String,
}

/// An answer that the helper proposes. Nothing changes before she takes it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub number: u32,
    pub question: String,
    pub value: String,
}

/// What she decided of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// She took it over.
    Accepted,
    /// She answers something else herself.
    Changed,
    Declined,
}

impl Message {
    /// As few bytes. `None`: it is too long to send.
    #[must_use]
    pub fn encode(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok().filter(|bytes| bytes.len() <= frame::MOST_MESSAGE_BYTES)
    }

    /// Reads what a chair sent: all of it, and only what that chair may say.
    ///
    /// # Errors
    /// It is something else.
    pub fn decode(bytes: &[u8], from: Chair) -> Result<Message, Refused> {
        match postcard::take_from_bytes::<Message>(bytes) {
            Ok((message, [])) if message.may_come_from(from) && message.keeps_to_limits() => Ok(message),
            _ => Err(Refused::Malformed),
        }
    }

    fn may_come_from(&self, chair: Chair) -> bool {
        match self {
            Message::Here => true,
            Message::View(_) | Message::Answers(_) | Message::Settled(_) => chair == Chair::Parent,
            Message::Guidance(_) => chair == Chair::Helper,
        }
    }

    fn keeps_to_limits(&self) -> bool {
        match self {
            Message::Guidance(guidance) => guidance.keeps_to_limits(),
            Message::View(view) => is_path(&view.path),
            Message::Here | Message::Answers(_) | Message::Settled(_) => true,
        }
    }
}

impl View {
    /// Shortens it until it can be sent: first the hints go, then what stands last.
    #[must_use]
    pub fn cut_to_fit(mut self) -> View {
        if Message::View(self.clone()).encode().is_some() {
            return self;
        }
        for part in &mut self.parts {
            if let Part::Question(question) = part {
                question.hint.clear();
            }
        }
        while Message::View(self.clone()).encode().is_none() && !self.parts.is_empty() {
            self.is_cut = true;
            self.parts.truncate(self.parts.len() * 4 / 5);
        }
        self
    }

    /// What makes this page of the one before: only answers, if nothing else differs.
    #[must_use]
    pub fn changes_since(&self, before: &View) -> Option<Vec<(u16, Answer)>> {
        let is_same_page = (&self.path, &self.title, self.is_cut)
            == (&before.path, &before.title, before.is_cut)
            && self.parts.len() == before.parts.len();
        if !is_same_page {
            return None;
        }
        let mut changes = Vec::new();
        for (at, (now, then)) in self.parts.iter().zip(&before.parts).enumerate() {
            if now == then {
                continue;
            }
            let answer = now.answer()?;
            let mut then = then.clone();
            *then.answer_mut()? = answer.clone();
            if *now != then {
                return None;
            }
            changes.push((u16::try_from(at).ok()?, answer.clone()));
        }
        Some(changes)
    }

    /// Puts answers that changed where they belong; what belongs nowhere is left.
    pub fn change(&mut self, changes: &[(u16, Answer)]) {
        for (at, answer) in changes {
            if let Some(old) = self.parts.get_mut(usize::from(*at)).and_then(Part::answer_mut) {
                *old = answer.clone();
            }
        }
    }

    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts.iter().filter_map(|part| match part {
            Part::Question(question) => Some(question),
            _ => None,
        })
    }

    #[must_use]
    pub fn has_results(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Result { .. }))
    }

    /// The question with that id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().find(|question| question.id == id)
    }
}

impl Part {
    fn answer(&self) -> Option<&Answer> {
        match self {
            Part::Heading(_) => None,
            Part::Question(Question { answer, .. }) | Part::Result { text: answer, .. } => Some(answer),
        }
    }

    fn answer_mut(&mut self) -> Option<&mut Answer> {
        match self {
            Part::Heading(_) => None,
            Part::Question(Question { answer, .. }) | Part::Result { text: answer, .. } => Some(answer),
        }
    }
}

impl Control {
    /// A value in the words of the question. `None`: it can't be answered so.
    #[must_use]
    pub fn in_words(&self, value: &str) -> Option<String> {
        match self {
            Control::Choice(choices) => {
                choices.iter().find(|(known, _)| known == value).map(|(_, words)| words.clone())
            }
            Control::Check(checked) => (value.is_empty() || value == checked).then(|| value.to_owned()),
            Control::Text | Control::Amount => (!value.contains('\n')).then(|| value.to_owned()),
            Control::Lines => Some(value.to_owned()),
        }
    }

    /// Whether it is covered until she shows it: all that isn't chosen from a list.
    #[must_use]
    pub fn is_covered_at_first(&self) -> bool {
        match self {
            Control::Choice(_) | Control::Check(_) => false,
            Control::Text | Control::Amount | Control::Lines => true,
        }
    }
}

impl Answer {
    /// As much of it as is told.
    #[must_use]
    pub fn shown(text: &str) -> Answer {
        Answer::Shown(text.chars().take(MOST_CHARACTERS).collect())
    }
}

impl Guidance {
    /// A name as it is told: one line, not too long.
    #[must_use]
    pub fn name(typed: &str) -> String {
        one_line(typed, MOST_NAME_CHARACTERS)
    }

    /// Adds a note; the oldest goes where there are too many. `None`: nothing was noted.
    pub fn note(&mut self, number: u32, typed: &str) -> Option<&Note> {
        let text = one_line(typed, MOST_NOTE_CHARACTERS);
        if text.is_empty() {
            return None;
        }
        if self.notes.len() == MOST_NOTES {
            self.notes.remove(0);
        }
        self.notes.push(Note { number, text });
        self.notes.last()
    }

    /// Adds a proposal in place of an earlier one for the same question. `false`: there are too many, or it is too long.
    pub fn propose(&mut self, proposal: Proposal) -> bool {
        self.proposals.retain(|earlier| earlier.question != proposal.question);
        self.proposals.push(proposal);
        let fits = self.keeps_to_limits() && Message::Guidance(self.clone()).encode().is_some();
        if !fits {
            self.proposals.pop();
        }
        fits
    }

    fn keeps_to_limits(&self) -> bool {
        self.name.chars().count() <= MOST_NAME_CHARACTERS
            && self.notes.len() <= MOST_NOTES
            && self.notes.iter().all(|note| note.text.chars().count() <= MOST_NOTE_CHARACTERS)
            && self.proposals.len() <= MOST_PROPOSALS
            && self.proposals.iter().all(|it| it.value.chars().count() <= MOST_CHARACTERS)
    }
}

/// Whether it leads to a page of this site, and can't lead elsewhere.
#[must_use]
pub fn is_path(path: &str) -> bool {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '/' | '-' | '_' | '.');
    path.starts_with('/') && !path.starts_with("//") && path.chars().all(is_plain)
}
