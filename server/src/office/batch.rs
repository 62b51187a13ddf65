//! A delivery as bytes, read into rows: CSV or JSON, through the same row. It knows no database and no day.

use domain::Date;
use domain::timeline::{Event, EventKind, Outcome, Step, Way};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaFormat, Type};

use super::problem::{LineProblem, Problems, Wrong};

/// More than any case system tells in a day; what is larger comes in parts.
pub const MOST_EVENTS: usize = 50_000;
const LONGEST_NAME: usize = 64;
/// A name of a column is repeated in a problem no longer than this.
const LONGEST_TOLD: usize = 40;
const COLUMNS: [&str; 9] = ["case", "on", "kind", "step", "outcome", "until", "way", "code", "withdrawn"];
const REQUIRED: [&str; 3] = ["case", "on", "kind"];
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How the events are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
}

/// An event of a case, as it was sent, on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u32,
    /// The office's number of the case.
    pub case: String,
    pub event: Event,
    /// It was told by mistake, and is taken back.
    pub withdrawn: bool,
}

/// A delivery in JSON.
#[derive(Deserialize, ToSchema)]
#[schema(as = SentBatch)]
#[serde(deny_unknown_fields)]
pub struct SentBatch<'a> {
    #[serde(borrow)]
    #[schema(value_type = Vec<SentEvent>, min_items = 1, max_items = 50_000)]
    events: Vec<&'a RawValue>,
}

/// One thing that happened in a case. An empty text is the same as an absent one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"case": "V-2026-0001", "on": "2026-11-20", "kind": "assessment_decided", "outcome": "granted"}))]
#[serde(deny_unknown_fields)]
pub struct SentEvent {
    /// The office's own number of the case.
    #[schema(min_length = 1, max_length = 64)]
    case: String,
    /// The day it happened, not after today in the Netherlands; of a notice of default, the day of its receipt.
    #[schema(value_type = String, format = Date)]
    on: String,
    /// What happened.
    #[schema(schema_with = kinds)]
    kind: String,
    /// The step that it belongs to. Absent: the kind says so, or it is the step entered last that still runs.
    #[schema(schema_with = steps)]
    step: Option<String>,
    /// Of a decision: whether she got what she asked.
    #[schema(schema_with = outcomes)]
    outcome: Option<String>,
    /// Of a request for information: the last day to answer it.
    #[schema(schema_with = day)]
    until: Option<String>,
    /// Of a settlement: which of the two equal ways.
    #[schema(schema_with = ways)]
    way: Option<String>,
    /// Of `other`: the office's own code. It is kept, and a parent never sees it raw.
    #[schema(nullable = false, max_length = 64)]
    code: Option<String>,
    /// `true` takes back exactly this event, which was told by mistake.
    #[schema(nullable = false)]
    withdrawn: Option<bool>,
}

/// Reads a delivery.
///
/// # Errors
/// Everything that can't be read in it, line by line.
pub fn read(format: Format, body: &[u8]) -> Result<Vec<Row>, Problems> {
    let mut reader = Reader::default();
    match text_of(body) {
        Err(problem) => reader.problems.push(problem),
        Ok(text) => match format {
            Format::Csv => reader.csv(text),
            Format::Json => reader.json(text),
        },
    }
    if reader.rows.is_empty() && reader.problems.is_empty() {
        reader.problems.push(LineProblem::new(0, "", Wrong::NoEvents));
    }
    if reader.problems.is_empty() { Ok(reader.rows) } else { Err(reader.problems.into()) }
}

fn text_of(body: &[u8]) -> Result<&str, LineProblem> {
    let text = str::from_utf8(body).map_err(|error| {
        let before = &body[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        LineProblem::new(number(line), "", Wrong::NotUtf8)
    })?;
    Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    problems: Vec<LineProblem>,
}

impl Reader {
    fn refuse(&mut self, line: u32, field: impl Into<String>, wrong: Wrong) {
        self.problems.push(LineProblem::new(line, field, wrong));
    }

    fn csv(&mut self, text: &str) {
        if !text.is_empty() && !text.ends_with('\n') {
            return self.refuse(number(text.lines().count()), "", Wrong::CutOff);
        }
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(_) => return self.refuse(1, "", Wrong::Unreadable),
        };
        self.header(&header);
        if !self.problems.is_empty() {
            return;
        }
        let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
        for record in reader.records() {
            let line = lines.of(&record);
            let sent = record.and_then(|record| record.deserialize(Some(&header)));
            match sent {
                _ if self.is_full(line) => return,
                Ok(sent) => self.row(line, sent),
                Err(error) => self.problems.push(unreadable(line, &error, &header)),
            }
        }
    }

    fn header(&mut self, header: &csv::StringRecord) {
        if header.len() == 1 && header.get(0).is_some_and(|only| only.contains([';', '\t'])) {
            return self.refuse(1, "", Wrong::NotSeparatedByCommas);
        }
        for (at, column) in header.iter().enumerate() {
            if !COLUMNS.contains(&column) {
                self.refuse(1, told(column), Wrong::UnknownField);
            } else if header.iter().take(at).any(|earlier| earlier == column) {
                self.refuse(1, column, Wrong::RepeatedField);
            }
        }
        for column in REQUIRED {
            if !header.iter().any(|present| present == column) {
                self.refuse(1, column, Wrong::MissingField);
            }
        }
    }

    fn json(&mut self, text: &str) {
        let batch: SentBatch = match object(text) {
            Ok(batch) => batch,
            Err(problem) => return self.problems.push(LineProblem { line: 0, ..problem }),
        };
        for (at, event) in batch.events.into_iter().enumerate() {
            let line = number(at + 1);
            if self.is_full(line) {
                return;
            }
            match object(event.get()) {
                Ok(sent) => self.row(line, sent),
                Err(problem) => self.problems.push(LineProblem { line, ..problem }),
            }
        }
    }

    fn is_full(&mut self, line: u32) -> bool {
        let full = self.rows.len() >= MOST_EVENTS;
        if full {
            self.refuse(line, "", Wrong::TooMany);
        }
        full
    }

    /// A line on its own; what it means beside the others is for later.
    fn row(&mut self, line: u32, sent: SentEvent) {
        let mut refuse = |field: &str, wrong| self.problems.push(LineProblem::new(line, field, wrong));
        if sent.case.is_empty() {
            refuse("case", Wrong::MissingField);
        } else if !is_name(&sent.case) {
            refuse("case", Wrong::NotAName);
        }
        let code = sent.code.filter(|code| !code.is_empty());
        if code.as_ref().is_some_and(|code| !is_name(code)) {
            refuse("code", Wrong::NotAName);
        }
        let on = required("on", Some(sent.on), Date::parse_iso, Wrong::NotADate, &mut refuse);
        let kind = required("kind", Some(sent.kind), EventKind::parse, Wrong::NotAChoice, &mut refuse);
        let step = optional("step", sent.step, Step::parse, Wrong::NotAChoice, &mut refuse);
        let outcome = optional("outcome", sent.outcome, Outcome::parse, Wrong::NotAChoice, &mut refuse);
        let until = optional("until", sent.until, Date::parse_iso, Wrong::NotADate, &mut refuse);
        let way = optional("way", sent.way, Way::parse, Wrong::NotAChoice, &mut refuse);
        if let (Some(on), Some(kind)) = (on, kind) {
            let event = Event { on, kind, step, outcome, until, way, code };
            let withdrawn = sent.withdrawn.unwrap_or(false);
            self.rows.push(Row { line, case: sent.case, event, withdrawn });
        }
    }
}

fn required<T>(
    field: &str,
    sent: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
    wrong: Wrong,
    refuse: &mut impl FnMut(&str, Wrong),
) -> Option<T> {
    let sent = sent.filter(|sent| !sent.is_empty());
    if sent.is_none() {
        refuse(field, Wrong::MissingField);
    }
    optional(field, sent, parse, wrong, refuse)
}

fn optional<T>(
    field: &str,
    sent: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
    wrong: Wrong,
    refuse: &mut impl FnMut(&str, Wrong),
) -> Option<T> {
    let sent = sent.filter(|sent| !sent.is_empty())?;
    let read = parse(&sent);
    if read.is_none() {
        refuse(field, wrong);
    }
    read
}

/// What both databases and every letter can hold.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    is_plain && text.trim() == text && (1..=LONGEST_NAME).contains(&text.len())
}

/// Reads a JSON object that isn't a delivery.
///
/// # Errors
/// What can't be read in it.
pub fn read_object<T: for<'a> Deserialize<'a>>(body: &[u8]) -> Result<T, Problems> {
    text_of(body).and_then(object).map_err(|problem| vec![problem].into())
}

/// From an object, and from nothing else: serde would take a list of its fields too.
fn object<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, LineProblem> {
    let unreadable = |why: String| LineProblem::new(0, "", Wrong::Unreadable).saying(why);
    if !json.trim_start().starts_with('{') && !json.trim().is_empty() {
        return Err(unreadable("must be an object".to_owned()));
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        if error.is_eof() {
            return LineProblem::new(0, "", Wrong::CutOff);
        }
        let why = error.to_string();
        match field_in(&why) {
            Some((wrong, field)) => LineProblem::new(0, told(field), wrong),
            None if error.is_data() => {
                LineProblem::new(0, told(&path), Wrong::Unreadable).saying("isn't of the right kind".into())
            }
            None => unreadable(format!("this isn't JSON: {why}")),
        }
    })?;
    reader.end().map_err(|error| unreadable(format!("this isn't JSON: {error}")))?;
    Ok(value)
}

/// serde names some fields in its words only.
fn field_in(why: &str) -> Option<(Wrong, &str)> {
    let kinds = [
        ("missing field `", Wrong::MissingField),
        ("unknown field `", Wrong::UnknownField),
        ("duplicate field `", Wrong::RepeatedField),
    ];
    let (wrong, rest) =
        kinds.into_iter().find_map(|(words, wrong)| Some((wrong, why.strip_prefix(words)?)))?;
    Some((wrong, rest.split_once('`')?.0))
}

/// Counts lines. The reader does too, but lags behind where they end as on Windows, or are empty.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line that a record begins on; each comes after the one before.
    fn of(&mut self, record: &csv::Result<csv::StringRecord>) -> u32 {
        let position = match record {
            Ok(record) => record.position(),
            Err(error) => error.position(),
        };
        let begin = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        while let Some(byte) = self.text.get(self.at) {
            if self.at >= begin && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += u32::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

fn unreadable(line: u32, error: &csv::Error, header: &csv::StringRecord) -> LineProblem {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            LineProblem::new(line, "", Wrong::Unreadable)
                .saying(format!("has {len} columns, where the header has {expected_len}"))
        }
        csv::ErrorKind::Deserialize { err, .. } => {
            let field = err.field().and_then(|at| header.get(usize::try_from(at).ok()?));
            LineProblem::new(line, field.unwrap_or_default(), Wrong::NotAChoice)
        }
        _ => LineProblem::new(line, "", Wrong::Unreadable),
    }
}

fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

fn told(name: &str) -> String {
    name.chars().take(LONGEST_TOLD).collect()
}

fn choices(ids: impl IntoIterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(ids)).build()
}

fn kinds() -> Object {
    choices(EventKind::ALL.map(EventKind::id))
}

fn steps() -> Object {
    choices(Step::ALL.map(Step::id))
}

fn outcomes() -> Object {
    choices(Outcome::ALL.map(Outcome::id))
}

fn ways() -> Object {
    choices(Way::ALL.map(Way::id))
}

fn day() -> Object {
    let date = SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date);
    ObjectBuilder::new().schema_type(Type::String).format(Some(date)).build()
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
