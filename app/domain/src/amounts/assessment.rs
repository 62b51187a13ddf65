//! The assessment itself: four routes side by side, children, former partner, what is missing and what to note.

use std::fmt;

use serde::{Serialize, Serializer};

use super::situation::Situation;
use super::years::Years;
use super::{children, damage, floor, former_partner, integral, intent};
use crate::calendar::Date;
use crate::money::{Cents, Ppm};
use crate::parameter::{Availability, Certainty, Entry, FromValue, Parameter};
use crate::range::Range;
use crate::rules::RuleSet;

/// What the rules say of a situation.
///
/// Pure: the same situation gives the same assessment, bit for bit. A missing input is a result, not an error.
#[must_use]
pub fn assess(situation: &Situation) -> Assessment {
    let mut missing = Vec::new();
    let mut notes = Vec::new();
    let routes = if situation.recognised {
        recognised(situation, &mut missing, &mut notes)
    } else {
        notes.push(Note::NotRecognised);
        Route::ALL.map(|route| RouteAssessment::without_amounts(route, situation.on)).to_vec()
    };
    let children = children::answers(situation);
    let former_partner = former_partner::answer(situation, &mut missing);
    Assessment { rules: RuleSet::current(), routes, children, former_partner, missing, notes }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment {
    pub rules: RuleSet,
    /// All four, always in the order of [`Route::ALL`].
    pub routes: Vec<RouteAssessment>,
    pub children: Vec<ChildAnswer>,
    pub former_partner: Option<FormerPartnerAnswer>,
    /// Paths of inputs that would say more.
    pub missing: Vec<String>,
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RouteAssessment {
    pub route: Route,
    pub availability: Availability,
    /// False: an input is missing, `total` adds up what is known and has no upper end yet.
    pub complete: bool,
    /// What the route could add up to for the parent; null for who isn't recognised.
    pub total: Option<Range>,
    /// What of that isn't paid yet; null while `received` isn't known.
    pub still_to_receive: Option<Range>,
    /// They add up to `total`, low with low and high with high.
    pub lines: Vec<Line>,
}

/// The four routes to recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// *Afronden na € 30.000*.
    #[serde(rename = "finish_after_30k")]
    FinishAfter30k,
    /// *Integrale beoordeling*.
    IntegralAssessment,
    /// *Vaststellingsovereenkomst*.
    Settlement,
    /// *Commissie Werkelijke Schade*.
    DamageCommission,
}

impl Route {
    pub const ALL: [Route; 4] =
        [Route::FinishAfter30k, Route::IntegralAssessment, Route::Settlement, Route::DamageCommission];

    /// The id in files, forms and styles.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Route::FinishAfter30k => "finish_after_30k",
            Route::IntegralAssessment => "integral_assessment",
            Route::Settlement => "settlement",
            Route::DamageCommission => "damage_commission",
        }
    }
}

/// One amount and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    pub id: &'static str,
    /// The benefit year, for lines that stand once per year. Such a line uses lines of the same year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    pub origin: Origin,
    pub amount: Range,
    pub certainty: Certainty,
    /// Line ids, parameter ids and input fields, combined.
    pub formula: &'static str,
    /// Ids of the parameters that it rests on.
    pub parameters: Vec<&'static Entry>,
    /// Ids of the lines that it is computed from.
    pub uses: Vec<&'static str>,
}

/// Where a line comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    YouSaid,
    Rule,
    Calculated,
}

impl Origin {
    /// The word in files and styles.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Origin::YouSaid => "you_said",
            Origin::Rule => "rule",
            Origin::Calculated => "calculated",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChildAnswer {
    pub born_on: Date,
    pub eligible: bool,
    /// Years; null for who was born after the reference date.
    pub age_on_reference_date: Option<u16>,
    /// Eurocents; null for who isn't eligible.
    pub amount: Option<Cents>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormerPartnerAnswer {
    /// Null: can't be said yet.
    pub eligible: Option<bool>,
    /// Eurocents that the scheme pays; hers only when `eligible` is true.
    pub amount: Option<Cents>,
}

/// Something a reader of the assessment should know. In files: its code, with what it is about behind a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    NotRecognised,
    /// A year with two grounds isn't computed; the case handler is asked.
    TwoGrounds(i16),
    HardshipBelowThreshold(i16),
    HardshipBeforeScheme(i16),
    /// Interest given with a year that the assessment doesn't count.
    InputLeftOut(i16),
    /// Legal help without a year that counts.
    LegalHelpLeftOut,
    /// There is no decision yet: half years run to the day of the assessment.
    HalfYearsRunToToday,
    /// What was never paid isn't paid out again: that debt lapses.
    DebtLapses,
    /// Nothing that was received has to be paid back.
    MoreReceivedThanTotal,
    /// The parameter has no value on that day.
    ParameterUnknown(&'static Entry),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::NotRecognised => f.write_str("not_recognised"),
            Note::TwoGrounds(year) => write!(f, "two_grounds:{year}"),
            Note::HardshipBelowThreshold(year) => write!(f, "hardship_below_threshold:{year}"),
            Note::HardshipBeforeScheme(year) => write!(f, "hardship_before_scheme:{year}"),
            Note::InputLeftOut(year) => write!(f, "input_left_out:{year}"),
            Note::LegalHelpLeftOut => f.write_str("legal_help_left_out"),
            Note::HalfYearsRunToToday => f.write_str("half_years_run_to_today"),
            Note::DebtLapses => f.write_str("debt_lapses"),
            Note::MoreReceivedThanTotal => f.write_str("more_received_than_total"),
            Note::ParameterUnknown(entry) => write!(f, "parameter_unknown:{}", entry.id),
        }
    }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Note {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Note".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A code; what it is about (a year, a parameter) behind a colon." })
    }
}

fn recognised(
    situation: &Situation,
    missing: &mut Vec<String>,
    notes: &mut Vec<Note>,
) -> Vec<RouteAssessment> {
    if situation.received.is_none() {
        missing.push("received".into());
    }
    let years = Years::of(situation, missing, notes);
    let mut working = Working { situation, complete: true, missing, notes };

    let finish = floor::alone(&mut working).into_iter().collect();
    let finish = working.route(Route::FinishAfter30k, finish);

    working.complete = true;
    let mut assessed = integral::lines(&years, &mut working);
    assessed.extend(intent::lines(&years, &mut working));
    let assessment = working.with_floor(Route::IntegralAssessment, assessed.clone());

    let mut with_damage = assessed;
    with_damage.extend(damage::lines(&mut working));
    let settlement = working.with_floor(Route::Settlement, with_damage.clone());
    let damage_commission = working.with_floor(Route::DamageCommission, with_damage);

    let routes = vec![finish, assessment, settlement, damage_commission];
    if situation.outstanding() > Cents::ZERO {
        notes.push(Note::DebtLapses);
    }
    let most = routes.iter().filter_map(|route| route.total).map(|total| total.high).max();
    if situation.received.zip(most).is_some_and(|(received, most)| received > most) {
        notes.push(Note::MoreReceivedThanTotal);
    }
    routes
}

impl Situation {
    /// All that was reclaimed but never paid.
    fn outstanding(&self) -> Cents {
        self.years.iter().flatten().map(|year| year.outstanding).sum()
    }
}

/// What the rules write down while they work: lines are returned, gaps and remarks gather here.
pub(super) struct Working<'a> {
    pub situation: &'a Situation,
    pub notes: &'a mut Vec<Note>,
    missing: &'a mut Vec<String>,
    complete: bool,
}

impl Working<'_> {
    /// The route under way lacks something that [`Years`] has already named.
    pub fn incomplete(&mut self) {
        self.complete = false;
    }

    /// An input is missing.
    pub fn miss(&mut self, path: &str) {
        self.missing.push(path.to_owned());
        self.complete = false;
    }

    /// The parameter's value on the day of the assessment; a gap is noted, once.
    pub fn value<T: FromValue>(&mut self, parameter: &'static Parameter<T>) -> Option<T> {
        let value = parameter.at(self.situation.on);
        if value.is_none() {
            let gap = Note::ParameterUnknown(parameter.entry);
            if !self.notes.contains(&gap) {
                self.notes.push(gap);
            }
            self.complete = false;
        }
        value
    }

    /// A calculated line: a share of an amount.
    pub fn share_of(
        &mut self,
        id: &'static str,
        formula: &'static str,
        of: Range,
        share: &'static Parameter<Ppm>,
    ) -> Option<Line> {
        let rate = self.value(share)?;
        Some(Line::new(id, Origin::Calculated, formula, of.map(|amount| amount.share(rate))).by(share.entry))
    }

    fn with_floor(&mut self, route: Route, mut lines: Vec<Line>) -> RouteAssessment {
        let lift = floor::above(&lines, self);
        lines.extend(lift);
        self.route(route, lines)
    }

    /// `still_to_receive = max(0, total − received)` (BAC 2022-09068); its low end is less by what was never paid.
    fn route(&self, route: Route, lines: Vec<Line>) -> RouteAssessment {
        let total: Range = lines.iter().map(|line| line.amount).sum();
        let still_to_receive = self.situation.received.map(|received| Range {
            low: total.low.less(received).less(self.situation.outstanding()),
            high: total.high.less(received),
        });
        RouteAssessment {
            route,
            availability: route.availability_on(self.situation.on),
            complete: self.complete,
            total: Some(total),
            still_to_receive,
            lines,
        }
    }
}

impl RouteAssessment {
    fn without_amounts(route: Route, on: Date) -> RouteAssessment {
        RouteAssessment {
            route,
            availability: route.availability_on(on),
            complete: true,
            total: None,
            still_to_receive: None,
            lines: Vec::new(),
        }
    }
}

impl Line {
    pub(super) fn new(id: &'static str, origin: Origin, formula: &'static str, amount: Range) -> Line {
        Line {
            id,
            year: None,
            origin,
            amount,
            certainty: Certainty::Fixed,
            formula,
            parameters: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// An amount as she entered it.
    pub(super) fn said(id: &'static str, field: &'static str, amount: Cents) -> Line {
        Line::new(id, Origin::YouSaid, field, Range::exactly(amount))
    }

    pub(super) fn of_year(mut self, year: i16) -> Line {
        self.year = Some(year);
        self
    }

    pub(super) fn by(mut self, parameter: &'static Entry) -> Line {
        self.parameters.push(parameter);
        self
    }

    pub(super) fn using(mut self, lines: &[&'static str]) -> Line {
        self.uses = lines.to_vec();
        self
    }

    /// The ids of some lines, each once.
    pub(super) fn ids<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Vec<&'static str> {
        let mut ids = Vec::new();
        for line in lines {
            if !ids.contains(&line.id) {
                ids.push(line.id);
            }
        }
        ids
    }

    pub(super) fn derived(mut self) -> Line {
        self.certainty = Certainty::Derived;
        self
    }
}
