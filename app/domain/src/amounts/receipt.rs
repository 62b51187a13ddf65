//! The receipt: inputs, rule set and lines in one file, that anyone can replay.

use serde::{Deserialize, Serialize};

use super::assessment::{Assessment, Line, RouteAssessment, assess};
use super::situation::Situation;
use crate::calendar::Date;
use crate::invalid::{Invalid, Problem};
use crate::json::{self, read_only_from};
use crate::parameter::{Dated, Entry};
use crate::parameters;
use crate::range::Range;
use crate::rules::RuleSet;

/// What the first field of every receipt says.
const KIND: &str = "herstelroute.receipt";

/// What was entered, what came out, and by which rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Receipt {
    /// Always `herstelroute.receipt`.
    pub kind: String,
    pub rules: RuleSet,
    pub situation: Situation,
    /// The assessment as it was printed then.
    #[serde(deserialize_with = "json::without_repeats")]
    pub assessment: serde_json::Value,
    /// Every parameter that a line rests on, with the value of that time.
    pub parameters: Vec<UsedParameter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct UsedParameter {
    pub id: String,
    /// Whole numbers in the parameter's unit; null: it had no value.
    pub value: Option<String>,
    pub from: Date,
    pub checked_on: Date,
    /// Titles of its sources.
    pub sources: Vec<String>,
}

read_only_from!(objects: Receipt, UsedParameter);

/// A receipt computed again with the rules of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Replay {
    /// The rule set is the same. Any change then means that the file was changed.
    pub same_rules: bool,
    pub made_with: RuleSet,
    pub changes: Vec<Change>,
    /// The assessment of the same situation by the rules of today.
    pub assessment: Assessment,
}

/// A figure that comes out differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Id of the route; null for children, the former partner, what is missing or notes.
    pub route: Option<String>,
    /// Id of the line, or the field of the assessment.
    pub line: String,
    pub year: Option<i16>,
    /// Null: the line wasn't there, or it isn't an amount.
    pub before: Option<Range>,
    pub after: Option<Range>,
    pub why: Vec<Why>,
}

/// Why a figure comes out differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The parameter has another value now; null: none.
    Parameter { id: String, before: Option<String>, after: Option<String> },
    /// A line that it is computed from came out differently.
    Line(String),
    /// It is computed in another way.
    Formula,
    /// The rules are the same, so the file isn't what was saved.
    FileChanged,
}

impl Receipt {
    #[must_use]
    pub fn of(situation: Situation) -> Receipt {
        let assessment = assess(&situation);
        Receipt::with(situation, &assessment)
    }

    fn with(situation: Situation, assessment: &Assessment) -> Receipt {
        let mut parameters: Vec<UsedParameter> = Vec::new();
        for entry in assessment.routes.iter().flat_map(|route| &route.lines).flat_map(|line| &line.parameters)
        {
            if let Some(dated) = entry.at(situation.on)
                && !parameters.iter().any(|used| used.id == entry.id)
            {
                parameters.push(UsedParameter::of(entry, dated));
            }
        }
        Receipt {
            kind: KIND.to_owned(),
            rules: assessment.rules.clone(),
            assessment: serde_json::to_value(assessment).unwrap_or_default(),
            situation,
            parameters,
        }
    }

    /// Reads a receipt and checks its situation.
    ///
    /// # Errors
    /// What isn't a receipt, or holds a situation that can't be true, with the path.
    pub fn from_json(json: &str) -> Result<Receipt, Invalid> {
        let receipt: Receipt = json::read(json)?;
        if receipt.kind != KIND {
            return Err(Invalid::new("kind", Problem::NotAReceipt));
        }
        match receipt.situation.check().into_iter().next() {
            Some(invalid) => Err(Invalid::new(format!("situation.{}", invalid.path), invalid.problem)),
            None => Ok(receipt),
        }
    }

    /// The file, indented for people who open it.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Computes the situation again and says what comes out differently, and why.
    #[must_use]
    pub fn replay(&self) -> Replay {
        let assessment = assess(&self.situation);
        let now = Receipt::with(self.situation.clone(), &assessment);
        let same_rules = self.rules == now.rules;
        let mut changes: Vec<Change> =
            assessment.routes.iter().flat_map(|route| self.changed_in(route)).collect();
        for field in ["routes", "children", "former_partner", "missing", "notes"] {
            // Lines say more than their route; what else of a route differs is said once.
            let told = field == "routes" && !changes.is_empty();
            if !told && self.assessment.get(field) != now.assessment.get(field) {
                changes.push(Change::of_field(field));
            }
        }
        if same_rules {
            // The same rules give the same file, also where no figure tells.
            if changes.is_empty() && self.assessment != now.assessment {
                changes.push(Change::of_field("assessment"));
            }
            if self.parameters != now.parameters {
                changes.push(Change::of_field("parameters"));
            }
            for change in &mut changes {
                change.why = vec![Why::FileChanged];
            }
        }
        Replay { same_rules, made_with: self.rules.clone(), changes, assessment }
    }

    fn changed_in(&self, route: &RouteAssessment) -> Vec<Change> {
        let stored = self.lines_before(route.route.id());
        let before = |line: &Line| stored.iter().find(|stored| stored.is(line));
        let is_gone = |stored: &&StoredLine| !route.lines.iter().any(|line| stored.is(line));
        let here = route.lines.iter().map(|line| Pair { before: before(line), after: Some(line) });
        let gone = stored.iter().filter(is_gone).map(|stored| Pair { before: Some(stored), after: None });
        let changed: Vec<Pair<'_>> = here.chain(gone).filter(Pair::differs).collect();
        let change = |pair: &Pair<'_>| Change {
            route: Some(route.route.id().to_owned()),
            line: pair.id().to_owned(),
            year: pair.year(),
            before: pair.before.map(|line| line.amount),
            after: pair.after.map(|line| line.amount),
            why: self.why(pair, &changed),
        };
        changed.iter().map(change).collect()
    }

    fn why(&self, pair: &Pair<'_>, changed: &[Pair<'_>]) -> Vec<Why> {
        let parameters = pair.parameters().into_iter().filter_map(|id| self.changed_parameter(id));
        let of_its_year = |other: &Pair<'_>| pair.year().is_none_or(|year| other.year() == Some(year));
        let uses = pair
            .uses()
            .into_iter()
            .filter(|id| changed.iter().any(|other| other.id() == *id && of_its_year(other)));
        let why: Vec<Why> = parameters.chain(uses.map(|id| Why::Line(id.to_owned()))).collect();
        if why.is_empty() { vec![Why::Formula] } else { why }
    }

    fn changed_parameter(&self, id: &str) -> Option<Why> {
        let before = self.parameters.iter().find(|used| used.id == id)?.value.clone();
        let entry = parameters::ALL.iter().find(|entry| entry.id == id);
        let after = entry.and_then(|entry| entry.at(self.situation.on)?.value).map(|value| value.to_string());
        (before != after).then(|| Why::Parameter { id: id.to_owned(), before, after })
    }

    fn lines_before(&self, route: &str) -> Vec<StoredLine> {
        let routes = self.assessment.get("routes").and_then(serde_json::Value::as_array);
        let stored =
            routes.into_iter().flatten().find(|stored| stored.get("route").is_some_and(|id| id == route));
        let lines = stored.and_then(|stored| stored.get("lines")).and_then(serde_json::Value::as_array);
        lines.into_iter().flatten().filter_map(StoredLine::read).collect()
    }
}

impl UsedParameter {
    fn of(entry: &Entry, dated: &Dated) -> UsedParameter {
        UsedParameter {
            id: entry.id.to_owned(),
            value: dated.value.map(|value| value.to_string()),
            from: dated.from,
            checked_on: dated.checked_on,
            sources: dated.sources.iter().map(|source| source.title.to_owned()).collect(),
        }
    }
}

impl Change {
    fn of_field(field: &str) -> Change {
        Change {
            route: None,
            line: field.to_owned(),
            year: None,
            before: None,
            after: None,
            why: vec![Why::Formula],
        }
    }
}

/// What of a stored line matters for comparing.
struct StoredLine {
    id: String,
    year: Option<i16>,
    amount: Range,
    parameters: Vec<String>,
    uses: Vec<String>,
}

impl StoredLine {
    fn read(line: &serde_json::Value) -> Option<StoredLine> {
        let ids = |field: &str| Vec::deserialize(line.get(field)?).ok();
        let year = line.get("year").and_then(serde_json::Value::as_i64);
        Some(StoredLine {
            id: line.get("id")?.as_str()?.to_owned(),
            year: year.and_then(|year| i16::try_from(year).ok()),
            amount: Range::deserialize(line.get("amount")?).ok()?,
            parameters: ids("parameters").unwrap_or_default(),
            uses: ids("uses").unwrap_or_default(),
        })
    }

    fn is(&self, line: &Line) -> bool {
        self.id == line.id && self.year == line.year
    }
}

/// A line as it was stored and as it is now; at least one of them is there.
struct Pair<'a> {
    before: Option<&'a StoredLine>,
    after: Option<&'a Line>,
}

impl Pair<'_> {
    fn differs(&self) -> bool {
        self.before.map(|line| line.amount) != self.after.map(|line| line.amount)
    }

    fn id(&self) -> &str {
        self.after.map(|line| line.id).or(self.before.map(|line| &*line.id)).unwrap_or_default()
    }

    fn year(&self) -> Option<i16> {
        self.after.map_or_else(|| self.before?.year, |line| line.year)
    }

    /// Parameters that it rests on, then or now.
    fn parameters(&self) -> Vec<&str> {
        let now = self.after.into_iter().flat_map(|line| &line.parameters).map(|entry| entry.id);
        each_once(now.chain(self.before.into_iter().flat_map(|line| &line.parameters).map(|id| &**id)))
    }

    /// Lines that it is computed from, then or now.
    fn uses(&self) -> Vec<&str> {
        let now = self.after.into_iter().flat_map(|line| &line.uses).copied();
        each_once(now.chain(self.before.into_iter().flat_map(|line| &line.uses).map(|id| &**id)))
    }
}

fn each_once<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    ids.fold(Vec::new(), |mut seen, id| {
        if !seen.contains(&id) {
            seen.push(id);
        }
        seen
    })
}
