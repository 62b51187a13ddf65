//! A figure of the law: dated values, each with how sure it is, where it stands and when that was checked.

use crate::calendar::Date;
use crate::money::{Cents, Ppm};
use crate::range::Range;
use serde::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A parameter and the type of its values.
pub struct Parameter<T> {
    pub entry: &'static Entry,
    kind: PhantomData<T>,
}

/// What a parameter file says, whatever its unit.
#[derive(Debug)]
pub struct Entry {
    /// `<scheme>/<parameter>`, the path of its file.
    pub id: &'static str,
    /// Its short Dutch name.
    pub name: &'static str,
    pub unit: Unit,
    pub selected_by: SelectedBy,
    /// In order of `from`; a value holds until the next one.
    pub values: &'static [Dated],
}

#[derive(Debug)]
pub struct Dated {
    pub from: Date,
    /// `None`: not known from this date on.
    pub value: Option<Value>,
    pub certainty: Certainty,
    pub checked_on: Date,
    /// A Dutch sentence that a reader should know.
    pub note: Option<&'static str>,
    pub sources: &'static [Source],
}

#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    pub title: &'static str,
    pub href: Option<&'static str>,
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Stated in the source that is named.
    Fixed,
    /// Our reading of a source: it widens the range.
    Derived,
    /// No value.
    Unknown,
}

/// Which date picks the value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectedBy {
    /// The day of the assessment.
    On,
    /// The reference date of the children's scheme.
    ReferenceDate,
    /// The day on which a notice of default was received.
    NoticeReceivedOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Eurocent,
    Ppm,
    Month,
    Week,
    Day,
    HalfYear,
    Year,
    Age,
    Date,
    Dates,
    Count,
    EurocentByAge,
    Availability,
    Phone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Cents(Cents),
    CentsBetween(Range),
    Ppm(Ppm),
    Count(u32),
    CountBetween(u32, u32),
    Date(Date),
    Dates(&'static [Date]),
    ByAge(&'static [AgeBand]),
    Availability(Availability),
    Text(&'static str),
}

/// The amount for someone of at least this age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeBand {
    /// Years.
    pub from_age: u16,
    pub amount: Cents,
}

/// Whether a route can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    Open,
    /// No new cases; those that run go on.
    RunningOnly,
    Closed,
    /// Not sure enough to say: ask.
    Check,
}

impl<T: FromValue> Parameter<T> {
    #[must_use]
    pub const fn new(entry: &'static Entry) -> Parameter<T> {
        Parameter { entry, kind: PhantomData }
    }

    /// The value that holds on that day; `None` where it isn't known, never an older one.
    #[must_use]
    pub fn at(&self, on: Date) -> Option<T> {
        self.entry.at(on)?.value.and_then(T::from_value)
    }
}

impl Entry {
    /// The dated value, known or not, that holds on that day.
    #[must_use]
    pub fn at(&self, on: Date) -> Option<&'static Dated> {
        self.values.iter().rev().find(|dated| dated.from <= on)
    }
}

/// As it stands in a receipt: whole numbers in the parameter's unit, dates ISO, bands as `age:amount`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Cents(amount) => write!(f, "{}", amount.0),
            Value::CentsBetween(range) => write!(f, "{}..{}", range.low.0, range.high.0),
            Value::Ppm(share) => write!(f, "{}", share.0),
            Value::Count(count) => write!(f, "{count}"),
            Value::CountBetween(low, high) => write!(f, "{low}..{high}"),
            Value::Date(date) => write!(f, "{date}"),
            Value::Dates(dates) => {
                for (at, date) in dates.iter().enumerate() {
                    write!(f, "{}{date}", if at > 0 { " " } else { "" })?;
                }
                Ok(())
            }
            Value::ByAge(bands) => {
                for (at, band) in bands.iter().enumerate() {
                    write!(f, "{}{}:{}", if at > 0 { " " } else { "" }, band.from_age, band.amount.0)?;
                }
                Ok(())
            }
            Value::Availability(state) => f.write_str(state.id()),
            Value::Text(text) => f.write_str(text),
        }
    }
}

impl Availability {
    /// The word in files, texts and styles.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Availability::Open => "open",
            Availability::RunningOnly => "running_only",
            Availability::Closed => "closed",
            Availability::Check => "check",
        }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.id == other.id
    }
}

impl Eq for Entry {}

/// In files a parameter is named by its id.
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Entry {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ParameterId".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "Id of a parameter: <scheme>/<parameter>." })
    }
}

/// A type that a [`Value`] can be read as. The build script picks the type that fits the file's unit.
pub trait FromValue: Sized {
    fn from_value(value: Value) -> Option<Self>;
}

macro_rules! from_value {
    ($($type:ty: $pattern:pat => $result:expr;)*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<$type> {
                match value {
                    $pattern => Some($result),
                    _ => None,
                }
            }
        }
    )*};
}

from_value! {
    Cents: Value::Cents(amount) => amount;
    Range: Value::CentsBetween(range) => range;
    Ppm: Value::Ppm(share) => share;
    u32: Value::Count(count) => count;
    (u32, u32): Value::CountBetween(low, high) => (low, high);
    Date: Value::Date(date) => date;
    &'static [Date]: Value::Dates(dates) => dates;
    &'static [AgeBand]: Value::ByAge(bands) => bands;
    Availability: Value::Availability(state) => state;
    &'static str: Value::Text(text) => text;
}
