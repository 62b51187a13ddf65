//! The form of /bedragen: fields as typed ↔ the situation that the rules take.

use domain::amounts::{
    Child, Damage, DamageKind, FormerPartner, FormerPartnerAnswers, Ground, Invalid, Problem, Situation, Year,
};
use domain::calendar::Date;
use domain::money::{AmountProblem, Cents};

use crate::chooser::answers_in;
use crate::content::amounts as text;
use crate::entries::Entries;

/// An input of the form, with its own label, hint and reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Recognised,
    Received,
    Year,
    Ground,
    Reclaimed,
    InterestAndCostsPaid,
    MissedInterest,
    Outstanding,
    FirstCorrectionOn,
    DecisionOn,
    LegalHelp,
    DamageKind,
    DamageLow,
    DamageHigh,
    BornOn,
    FormerPartner,
    ExRecognised,
    EarlierCompensation,
    PartedBeforePayment,
    BenefitPartner,
    HarmedYearOwnChildren,
    DecisionAndYearAfter,
}

/// Groups that can be repeated.
pub const YEARS: &str = "years";
pub const DAMAGES: &str = "damages";
pub const CHILDREN: &str = "children";
pub const GROUPS: [&str; 3] = [YEARS, DAMAGES, CHILDREN];

/// Ticked by who had no damage beyond the assessment.
pub const NO_DAMAGE: &str = "no_damage";

/// What a form says, as far as it can be read, and what can't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub situation: Situation,
    pub problems: Vec<Invalid>,
}

/// What was typed, with what the chooser's answers say filled in where nothing was typed, and with one year to start from.
#[must_use]
pub fn with_defaults(typed: &Entries, on: Date) -> Entries {
    let answers = answers_in(typed);
    let before = answers.situation(on);
    let mut filled = typed.clone();
    let mut default = |name: &str, value: &str| {
        if filled.get(name).is_none() {
            filled.set(name, value);
        }
    };
    default("recognised", if answers.recognised() == Some(false) { "no" } else { "yes" });
    if let Some(received) = before.received {
        default("received", &written(received));
    }
    if before.damages.is_some() && typed.get("rows.damages").is_none() {
        default(NO_DAMAGE, "yes");
    }
    default("former_partner", if before.former_partner == FormerPartner::default() { "no" } else { "yes" });
    for (group, at_first) in [(YEARS, 1), (DAMAGES, 0), (CHILDREN, 0)] {
        default(&format!("rows.{group}"), &typed.rows(group).max(at_first).to_string());
    }
    filled
}

/// Reads the form. What is empty is not known; what can't be read is a problem at its field and counts as not known.
#[must_use]
pub fn read(typed: &Entries, on: Date) -> Reading {
    let typed = &with_defaults(typed, on);
    let mut reader = Reader { typed, problems: Vec::new(), rows: Rows::default() };
    let mut situation = Situation::new(on, typed.text("recognised") != "no");
    situation.received = reader.amount("received");
    situation.years = reader.years();
    situation.first_correction_on = reader.date("first_correction_on");
    situation.decision_on = reader.date("decision_on");
    situation.legal_help = reader.amount("legal_help");
    situation.damages = reader.damages();
    situation.children = reader.children();
    situation.former_partner = reader.former_partner();

    let refused = situation.check();
    clear(&mut situation, &refused);
    let mut problems = reader.problems;
    for mut found in refused {
        found.path = reader.rows.path_in_form(&found.path);
        if !problems.iter().any(|known| known.path == found.path) {
            problems.push(found);
        }
    }
    Reading { situation, problems }
}

/// Which rows of the form the entries of a situation come from: empty rows are left out.
#[derive(Default)]
struct Rows {
    years: Vec<usize>,
    damages: Vec<usize>,
    children: Vec<usize>,
}

impl Rows {
    fn path_in_form(&self, path: &str) -> String {
        let Place { group, row: Some(row), field } = Place::of(path) else { return path.to_owned() };
        let rows = match group {
            YEARS => &self.years,
            DAMAGES => &self.damages,
            _ => &self.children,
        };
        format!("{group}[{}].{field}", rows.get(row).unwrap_or(&row))
    }
}

/// `years[0].reclaimed`, taken apart.
struct Place<'a> {
    group: &'a str,
    row: Option<usize>,
    field: &'a str,
}

impl Place<'_> {
    fn of(path: &str) -> Place<'_> {
        let parts = path.split_once('[').and_then(|(group, rest)| Some((group, rest.split_once("].")?)));
        match parts {
            Some((group, (row, field))) => Place { group, row: row.parse().ok(), field },
            None => Place { group: path, row: None, field: "" },
        }
    }
}

/// The rules never see what can't be true: what is refused counts as not filled in.
fn clear(situation: &mut Situation, refused: &[Invalid]) {
    let places: Vec<Place<'_>> = refused.iter().map(|invalid| Place::of(&invalid.path)).collect();
    for place in &places {
        let year = place.row.and_then(|row| situation.years.as_mut()?.get_mut(row));
        match (place.group, place.field) {
            ("received", _) => situation.received = None,
            ("first_correction_on", _) => situation.first_correction_on = None,
            ("decision_on", _) => situation.decision_on = None,
            ("legal_help", _) => situation.legal_help = None,
            (YEARS, "reclaimed") => year.into_iter().for_each(|year| year.reclaimed = None),
            (YEARS, "interest_and_costs_paid") => {
                year.into_iter().for_each(|year| year.interest_and_costs_paid = None)
            }
            (YEARS, "missed_interest") => year.into_iter().for_each(|year| year.missed_interest = None),
            (YEARS, "outstanding") => year.into_iter().for_each(|year| year.outstanding = Cents::ZERO),
            (DAMAGES, field) if place.row.is_some() => {
                let damage = place.row.and_then(|row| situation.damages.as_mut()?.get_mut(row));
                damage
                    .into_iter()
                    .for_each(|damage| if field == "low" { damage.low = None } else { damage.high = None });
            }
            _ => {}
        }
    }
    // An entry that names no possible year or birthday goes as a whole, and so does a list that is too long.
    let gone = |group: &str, row: usize| {
        places.iter().any(|place| {
            place.group == group
                && (place.row.is_none()
                    || (place.row == Some(row) && ["year", "born_on"].contains(&place.field)))
        })
    };
    if let Some(years) = situation.years.take() {
        let years: Vec<Year> = years
            .into_iter()
            .enumerate()
            .filter(|(row, _)| !gone(YEARS, *row))
            .map(|(_, year)| year)
            .collect();
        situation.years = (!years.is_empty()).then_some(years);
    }
    if let Some(damages) = &mut situation.damages {
        damages.truncate(if gone(DAMAGES, usize::MAX) { 0 } else { damages.len() });
    }
    let children = std::mem::take(&mut situation.children).into_iter().enumerate();
    situation.children = children.filter(|(row, _)| !gone(CHILDREN, *row)).map(|(_, child)| child).collect();
}

struct Reader<'a> {
    typed: &'a Entries,
    problems: Vec<Invalid>,
    rows: Rows,
}

impl Reader<'_> {
    fn amount(&mut self, name: &str) -> Option<Cents> {
        let typed = self.typed.text(name);
        if typed.is_empty() {
            return None;
        }
        match Cents::parse(typed) {
            Ok(amount) => Some(amount),
            Err(problem) => {
                let problem = match problem {
                    AmountProblem::NotAnAmount => Problem::NotAnAmount,
                    AmountProblem::Ambiguous => Problem::AmbiguousAmount,
                    AmountProblem::Negative => Problem::NegativeAmount,
                    AmountProblem::TooLarge => Problem::AmountTooLarge,
                };
                self.refuse(name, problem)
            }
        }
    }

    fn date(&mut self, name: &str) -> Option<Date> {
        let typed = self.typed.text(name);
        if typed.is_empty() {
            return None;
        }
        let date = Date::parse_dutch(typed).or_else(|| Date::parse_iso(typed));
        if date.is_none() { self.refuse(name, Problem::NotADate) } else { date }
    }

    fn refuse<T>(&mut self, name: &str, problem: Problem) -> Option<T> {
        self.problems.push(Invalid::new(name, problem));
        None
    }

    /// `None` while no year is filled in.
    fn years(&mut self) -> Option<Vec<Year>> {
        let mut years = Vec::new();
        for row in 0..self.typed.rows(YEARS) {
            let name = |field: &str| format!("years[{row}].{field}");
            let amounts = ["reclaimed", "interest_and_costs_paid", "missed_interest", "outstanding"];
            let [reclaimed, interest_and_costs_paid, missed_interest, outstanding] =
                amounts.map(|field| self.amount(&name(field)));
            let ground =
                Ground::ALL.into_iter().find(|ground| ground.id() == self.typed.text(&name("ground")));
            let typed = self.typed.text(&name("year")).to_owned();
            let is_empty = typed.is_empty()
                && ground.is_none()
                && amounts.iter().all(|field| self.typed.text(&name(field)).is_empty());
            if is_empty {
                continue;
            }
            let year = match typed.parse::<i16>() {
                Ok(year) if typed.len() == 4 => Some(year),
                _ => self.refuse(&name("year"), Problem::NotAYear),
            };
            if let Some(year) = year {
                self.rows.years.push(row);
                years.push(Year {
                    year,
                    ground,
                    reclaimed,
                    interest_and_costs_paid,
                    missed_interest,
                    outstanding: outstanding.unwrap_or_default(),
                });
            }
        }
        (!years.is_empty()).then_some(years)
    }

    /// `None` while nothing is said about damage.
    fn damages(&mut self) -> Option<Vec<Damage>> {
        let mut damages = Vec::new();
        for row in 0..self.typed.rows(DAMAGES) {
            let name = |field: &str| format!("damages[{row}].{field}");
            let kind = DamageKind::ALL.into_iter().find(|kind| kind.id() == self.typed.text(&name("kind")));
            let (low, high) = (self.amount(&name("low")), self.amount(&name("high")));
            let amounts_typed =
                !self.typed.text(&name("low")).is_empty() || !self.typed.text(&name("high")).is_empty();
            match kind {
                Some(kind) => {
                    self.rows.damages.push(row);
                    damages.push(Damage { kind, low, high });
                }
                None if amounts_typed => {
                    self.refuse::<()>(&name("kind"), Problem::NotAChoice);
                }
                None => {}
            }
        }
        let said_none = self.typed.text(NO_DAMAGE) == "yes";
        (said_none || !damages.is_empty()).then_some(damages)
    }

    fn children(&mut self) -> Vec<Child> {
        let mut children = Vec::new();
        for row in 0..self.typed.rows(CHILDREN) {
            if let Some(born_on) = self.date(&format!("children[{row}].born_on")) {
                self.rows.children.push(row);
                children.push(Child { born_on });
            }
        }
        children
    }

    fn former_partner(&self) -> FormerPartner {
        if self.typed.text("former_partner") != "yes" {
            return FormerPartner::Is(false);
        }
        let known = |question: &str| match self.typed.text(&format!("former_partner.{question}")) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        FormerPartner::Answers(FormerPartnerAnswers {
            ex_recognised: known("ex_recognised"),
            earlier_compensation: known("earlier_compensation"),
            parted_before_payment: known("parted_before_payment"),
            benefit_partner: known("benefit_partner"),
            harmed_year_own_children: known("harmed_year_own_children"),
            decision_and_year_after: known("decision_and_year_after"),
        })
    }
}

/// Whether anything in the form can't be read; what depends on the day is told beside its field.
#[must_use]
pub fn has_problem(typed: &Entries, on: Date) -> bool {
    !read(typed, on).problems.is_empty()
}

/// A situation as fields, for a receipt that is opened again.
#[must_use]
pub fn write(situation: &Situation) -> Entries {
    let mut typed = Entries::default();
    let amount = |amount: Option<Cents>| amount.map(written).unwrap_or_default();
    let date = |date: Option<Date>| {
        date.map(|date| format!("{}-{}-{}", date.day(), date.month(), date.year())).unwrap_or_default()
    };
    let yes_no = |known: bool| if known { "yes" } else { "no" };
    typed.set("recognised", yes_no(situation.recognised));
    typed.set("received", amount(situation.received));
    for (row, year) in situation.years.iter().flatten().enumerate() {
        let mut set = |field: &str, value: String| typed.set(&format!("years[{row}].{field}"), value);
        set("year", year.year.to_string());
        set("ground", year.ground.map(|ground| ground.id().to_owned()).unwrap_or_default());
        set("reclaimed", amount(year.reclaimed));
        set("interest_and_costs_paid", amount(year.interest_and_costs_paid));
        set("missed_interest", amount(year.missed_interest));
        set("outstanding", amount(Some(year.outstanding).filter(|debt| *debt > Cents::ZERO)));
    }
    typed.set("first_correction_on", date(situation.first_correction_on));
    typed.set("decision_on", date(situation.decision_on));
    typed.set("legal_help", amount(situation.legal_help));
    if let Some(damages) = &situation.damages {
        if damages.is_empty() {
            typed.set(NO_DAMAGE, "yes");
        }
        for (row, damage) in damages.iter().enumerate() {
            typed.set(&format!("damages[{row}].kind"), damage.kind.id());
            typed.set(&format!("damages[{row}].low"), amount(damage.low));
            typed.set(&format!("damages[{row}].high"), amount(damage.high));
        }
        typed.set("rows.damages", damages.len().to_string());
    }
    for (row, child) in situation.children.iter().enumerate() {
        typed.set(&format!("children[{row}].born_on"), date(Some(child.born_on)));
    }
    if let FormerPartner::Answers(answers) = situation.former_partner {
        typed.set("former_partner", "yes");
        for (question, answer) in [
            ("ex_recognised", answers.ex_recognised),
            ("earlier_compensation", answers.earlier_compensation),
            ("parted_before_payment", answers.parted_before_payment),
            ("benefit_partner", answers.benefit_partner),
            ("harmed_year_own_children", answers.harmed_year_own_children),
            ("decision_and_year_after", answers.decision_and_year_after),
        ] {
            if let Some(answer) = answer {
                typed.set(&format!("former_partner.{question}"), yes_no(answer));
            }
        }
    } else {
        typed.set("former_partner", yes_no(situation.former_partner == FormerPartner::Is(true)));
    }
    typed
}

/// An amount as it is typed, without the euro sign: `12.000` or `12.000,50`.
#[must_use]
pub fn written(amount: Cents) -> String {
    amount.to_string().trim_start_matches(['€', '\u{a0}']).to_owned()
}

/// What is wrong with a field, in words.
#[must_use]
pub fn problem_words(problem: &Problem) -> &'static str {
    match problem {
        Problem::NotAnAmount => text::problem::NOT_AN_AMOUNT.text,
        Problem::AmbiguousAmount => text::problem::AMBIGUOUS_AMOUNT.text,
        Problem::NegativeAmount => text::problem::NEGATIVE_AMOUNT.text,
        Problem::AmountTooLarge => text::problem::AMOUNT_TOO_LARGE.text,
        Problem::NotADate => text::problem::NOT_A_DATE.text,
        Problem::InTheFuture => text::problem::IN_THE_FUTURE.text,
        Problem::BeforeTheScheme => text::problem::BEFORE_THE_SCHEME.text,
        Problem::NotAYear => text::problem::NOT_A_YEAR.text,
        Problem::DecisionBeforeCorrection => text::problem::DECISION_BEFORE_CORRECTION.text,
        Problem::LowAboveHigh => text::problem::LOW_ABOVE_HIGH.text,
        Problem::TooMany => text::problem::TOO_MANY.text,
        // The last two are of a case, which this form has none of.
        Problem::NotAChoice | Problem::EndBeforeStart | Problem::Twice => text::problem::NOT_A_CHOICE.text,
        Problem::NotAReceipt => text::problem::NOT_A_RECEIPT.text,
        Problem::Unreadable(_) => text::problem::UNREADABLE.text,
    }
}
