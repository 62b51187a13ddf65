//! The fields of the form, each with why it is asked and where its number can be found.

use domain::amounts::{DamageKind, Ground};
use leptos::prelude::*;

use super::computed::Computed;
use super::form::{ACTION, CHILDREN, DAMAGES, Field, NO_DAMAGE, YEARS};
use crate::chooser::answers_in;
use crate::content::amounts as text;
use crate::content::pick;
use crate::entries::Entries;
use crate::ui::{Choice, FieldError};

/// What a field view starts from: what was typed, and what is wrong with it now.
#[derive(Clone)]
pub struct Form {
    pub typed: Entries,
    /// What was refused, as it is to be shown; live on the phone.
    pub shown: Signal<Computed>,
}

impl Form {
    fn problem_at(&self, name: &str) -> Signal<Option<&'static str>> {
        let (shown, name) = (self.shown, name.to_owned());
        Signal::derive(move || shown.with(|shown| shown.problem_at(&name)))
    }
}

/// All fields, in the order in which people know them.
#[must_use]
pub fn fields(form: &Form) -> impl IntoView + use<> {
    let answers = answers_in(&form.typed);
    let recognised = match form.typed.get("recognised") {
        Some(answer) => answer.to_owned(),
        None if answers.recognised() == Some(false) => "no".to_owned(),
        None => "yes".to_owned(),
    };
    // A fresh form offers one empty year; none where she took the last one out.
    let years = if form.typed.get("rows.years").is_some() { form.typed.rows(YEARS) } else { form.typed.rows(YEARS).max(1) };
    let year_rows = (0..years).map(|row| year(form, row)).collect_view();
    let damage_rows = (0..form.typed.rows(DAMAGES)).map(|row| damage(form, row)).collect_view();
    let child_rows = (0..form.typed.rows(CHILDREN)).map(|row| child(form, row)).collect_view();
    let no_damage = form.typed.text(NO_DAMAGE) == "yes" || (form.typed.get("rows.damages").is_none() && said_no_damage(&form.typed));
    view! {
        {section("recognised", choices(form, Field::Recognised, "recognised", &recognised, &[("yes", text::YES), ("no", text::NO)]).into_any())}
        {section("received", amount(form, Field::Received, "received".to_owned()).into_any())}
        {section("years", view! {
            {hidden_rows(YEARS, years)}
            {year_rows}
            {add(YEARS, text::ADD_YEAR)}
        }.into_any())}
        {section("dates", view! {
            {date(form, Field::FirstCorrectionOn, "first_correction_on".to_owned())}
            {date(form, Field::DecisionOn, "decision_on".to_owned())}
        }.into_any())}
        {section("legal_help", amount(form, Field::LegalHelp, "legal_help".to_owned()).into_any())}
        {section("damages", view! {
            {hidden_rows(DAMAGES, form.typed.rows(DAMAGES))}
            <label class="choice" for=NO_DAMAGE>
                <input type="checkbox" class="utrecht-checkbox" id=NO_DAMAGE name=NO_DAMAGE value="yes" checked=no_damage />
                <span class="choice-text">{text::NO_DAMAGE}</span>
            </label>
            {damage_rows}
            {add(DAMAGES, text::ADD_DAMAGE)}
        }.into_any())}
        {section("children", view! {
            {hidden_rows(CHILDREN, form.typed.rows(CHILDREN))}
            {child_rows}
            {add(CHILDREN, text::ADD_CHILD)}
        }.into_any())}
        {section("former_partner", former_partner(form).into_any())}
    }
}

/// She told the chooser that there was no damage beyond the assessment.
fn said_no_damage(typed: &Entries) -> bool {
    use domain::chooser::QuestionId;
    answers_in(typed).get(QuestionId::FurtherDamage).is_some_and(|answer| answer.id == "no")
}

fn section(id: &str, content: AnyView) -> impl IntoView + use<> {
    let texts = text::section::ALL.iter().find(|(known, _)| *known == id).map(|(_, texts)| *texts);
    view! {
        <fieldset class="utrecht-form-fieldset" id=format!("deel-{id}")>
            <legend class="utrecht-form-fieldset__legend">
                <h2 class="nl-heading nl-heading--level-2">{texts.map(|texts| texts.title)}</h2>
            </legend>
            <p class="utrecht-form-field-description">{texts.map(|texts| texts.lead)}</p>
            {content}
        </fieldset>
    }
}

fn hidden_rows(group: &str, rows: usize) -> impl IntoView + use<> {
    view! { <input type="hidden" name=format!("rows.{group}") value=rows /> }
}

fn add(group: &str, label: &'static str) -> impl IntoView + use<> {
    view! {
        <div class="button-row">
            <button class="nl-button nl-button--secondary" type="submit" name=ACTION value=format!("add.{group}")>{label}</button>
        </div>
    }
}

fn remove(group: &str, row: usize, label: String) -> impl IntoView + use<> {
    view! {
        <button class="nl-button nl-button--subtle" type="submit" name=ACTION value=format!("remove.{group}.{row}")>{label}</button>
    }
}

fn year(form: &Form, row: usize) -> impl IntoView + use<> {
    let name = |field: &str| format!("{YEARS}[{row}].{field}");
    let typed = form.typed.text(&name("year")).to_owned();
    let known = if typed.is_empty() { (row + 1).to_string() } else { typed };
    let ground = form.typed.text(&name("ground")).to_owned();
    let grounds = Ground::ALL.map(|ground| (ground.id(), pick(text::choices::GROUND.texts, ground.id())));
    let grounds: Vec<_> = grounds.into_iter().chain([("unknown", text::UNKNOWN_CHOICE)]).collect();
    view! {
        <fieldset class="year">
            <legend>{text::year_heading(row + 1)}</legend>
            {input(form, Field::Year, name("year"), Look::Year)}
            {choices(form, Field::Ground, &name("ground"), &ground, &grounds)}
            {amount(form, Field::Reclaimed, name("reclaimed"))}
            {amount(form, Field::InterestAndCostsPaid, name("interest_and_costs_paid"))}
            {amount(form, Field::MissedInterest, name("missed_interest"))}
            {amount(form, Field::Outstanding, name("outstanding"))}
            {remove(YEARS, row, text::remove_year(known))}
        </fieldset>
    }
}

fn damage(form: &Form, row: usize) -> impl IntoView + use<> {
    let name = |field: &str| format!("{DAMAGES}[{row}].{field}");
    let chosen = form.typed.text(&name("kind")).to_owned();
    let options = DamageKind::ALL
        .map(|kind| view! { <option value=kind.id() selected=kind.id() == chosen>{pick(text::choices::DAMAGE_KIND.texts, kind.id())}</option> })
        .collect_view();
    let texts = text::field::of(Field::DamageKind);
    let id = name("kind");
    let problem = form.problem_at(&id);
    view! {
        <fieldset class="year">
            <legend>{text::damage_heading(row + 1)}</legend>
            <div class="field">
                <label class="utrecht-form-label" for=id.clone()>{texts.label}</label>
                {error(&id, problem)}
                <select class="utrecht-select" id=id.clone() name=id.clone() aria-invalid=move || problem.get().map(|_| "true")>
                    <option value="">{texts.hint}</option>
                    {options}
                </select>
            </div>
            {amount(form, Field::DamageLow, name("low"))}
            {amount(form, Field::DamageHigh, name("high"))}
            {remove(DAMAGES, row, text::remove_damage(row + 1))}
        </fieldset>
    }
}

fn child(form: &Form, row: usize) -> impl IntoView + use<> {
    view! {
        <fieldset class="year">
            <legend>{text::child_heading(row + 1)}</legend>
            {date(form, Field::BornOn, format!("{CHILDREN}[{row}].born_on"))}
            {remove(CHILDREN, row, text::remove_child(row + 1))}
        </fieldset>
    }
}

/// The ex-partner's decision tree, open for who says that she is one.
fn former_partner(form: &Form) -> impl IntoView + use<> {
    use domain::chooser::QuestionId;
    let said = answers_in(&form.typed).get(QuestionId::FormerPartner).map(|answer| answer.id);
    let is_one = form.typed.get("former_partner").or(said).unwrap_or("no").to_owned();
    let questions = [
        (Field::ExRecognised, "ex_recognised"),
        (Field::EarlierCompensation, "earlier_compensation"),
        (Field::PartedBeforePayment, "parted_before_payment"),
        (Field::BenefitPartner, "benefit_partner"),
        (Field::HarmedYearOwnChildren, "harmed_year_own_children"),
        (Field::DecisionAndYearAfter, "decision_and_year_after"),
    ];
    let rows = questions.map(|(field, question)| {
        let name = format!("former_partner.{question}");
        let given = form.typed.text(&name).to_owned();
        choices(form, field, &name, &given, &[("yes", text::YES), ("no", text::NO), ("unknown", text::UNKNOWN_CHOICE)])
    });
    let yes = is_one == "yes";
    view! {
        {choices(form, Field::FormerPartner, "former_partner", &is_one, &[("yes", text::YES), ("no", text::NO)])}
        <details class="more" open=yes>
            <summary>{text::FORMER_PARTNER_QUESTIONS}</summary>
            {rows.into_iter().collect_view()}
        </details>
    }
}

/// A question with a few answers.
fn choices(
    form: &Form,
    field: Field,
    name: &str,
    given: &str,
    answers: &[(&'static str, &'static str)],
) -> impl IntoView + use<> {
    let texts = text::field::of(field);
    let problem = form.problem_at(name);
    let rows = answers
        .iter()
        .map(|(value, label)| view! { <Choice name=name.to_owned() value=*value label=*label checked=*value == given /> })
        .collect_view();
    view! {
        <fieldset class="utrecht-form-fieldset field" id=name.to_owned()>
            <legend class="utrecht-form-label">{texts.label}</legend>
            <p class="utrecht-form-field-description">{texts.hint}</p>
            {error(name, problem)}
            {rows}
            {more(field)}
        </fieldset>
    }
}

/// How an input looks and which keyboard a phone shows for it.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Amount,
    Date,
    Year,
}

fn amount(form: &Form, field: Field, name: String) -> impl IntoView + use<> {
    input(form, field, name, Look::Amount)
}

fn date(form: &Form, field: Field, name: String) -> impl IntoView + use<> {
    input(form, field, name, Look::Date)
}

fn input(form: &Form, field: Field, name: String, look: Look) -> impl IntoView + use<> {
    let texts = text::field::of(field);
    let problem = form.problem_at(&name);
    let typed = match (form.typed.get(&name), field) {
        (None, Field::Received) => received_by_answers(&form.typed),
        (typed, _) => typed.unwrap_or_default().to_owned(),
    };
    let (hint_id, error_id) = (format!("{name}-uitleg"), format!("{name}-fout"));
    let described_by = move || match problem.get() {
        Some(_) => format!("{error_id} {hint_id}"),
        None => hint_id.clone(),
    };
    let hint_id = format!("{name}-uitleg");
    let mode = match look {
        Look::Amount => "decimal",
        Look::Year => "numeric",
        Look::Date => "text",
    };
    let class = if matches!(look, Look::Year) { "utrecht-textbox textbox--short" } else { "utrecht-textbox" };
    let control = view! {
        <input
            class=class
            type="text"
            inputmode=mode
            autocomplete="off"
            id=name.clone()
            name=name.clone()
            value=typed
            aria-describedby=described_by
            aria-invalid=move || problem.get().map(|_| "true")
        />
    };
    let control = if look == Look::Amount {
        view! { <span class="amount-input"><span aria-hidden="true">"€"</span>{control}</span> }.into_any()
    } else {
        control.into_any()
    };
    view! {
        <div class="field" class:field--invalid=move || problem.get().is_some()>
            <label class="utrecht-form-label" for=name.clone()>{texts.label}</label>
            <p class="utrecht-form-field-description" id=hint_id>{texts.hint}</p>
            {error(&name, problem)}
            {control}
            {more(field)}
        </div>
    }
}

/// What the chooser's answers say was received, until she types something else.
fn received_by_answers(typed: &Entries) -> String {
    use domain::chooser::QuestionId;
    match answers_in(typed).get(QuestionId::Received).map(|answer| answer.id) {
        Some("thirty_thousand") => domain::parameters::floor::AMOUNT.entry.values.last().and_then(|dated| match dated.value {
            Some(domain::parameter::Value::Cents(amount)) => Some(super::form::written(amount)),
            _ => None,
        }).unwrap_or_default(),
        Some("nothing") => "0".to_owned(),
        _ => String::new(),
    }
}

fn error(name: &str, problem: Signal<Option<&'static str>>) -> impl IntoView + use<> {
    let id = format!("{name}-fout");
    move || problem.get().map(|problem| view! { <FieldError id=id.clone() problem=problem.to_owned() /> })
}

/// Why it is asked, and where it stands: with a drawn letter where one helps.
fn more(field: Field) -> impl IntoView {
    let texts = text::field::of(field);
    let letter = drawing(field).map(|(letter, mark)| {
        view! {
            <svg class="letter" viewBox="0 0 320 420" role="img" aria-label=texts.drawing>
                <use href=format!("#{letter}")></use>
                <use href=format!("#{mark}")></use>
            </svg>
            <p>{text::DRAWING_NOTE}</p>
        }
    });
    view! {
        <details class="more">
            <summary>{text::WHY_LABEL} <span class="visually-hidden">": "{texts.label}</span></summary>
            <p>{texts.why}</p>
            <p><strong>{text::WHERE_LABEL}</strong> " " {texts.r#where}</p>
            {letter}
        </details>
    }
}

/// The drawn letter and the mark on it.
fn drawing(field: Field) -> Option<(&'static str, &'static str)> {
    match field {
        Field::Recognised => Some(("letter-first-test", "mark-first-test-outcome")),
        Field::Received => Some(("letter-payment", "mark-received")),
        Field::Year => Some(("letter-decision", "mark-year")),
        Field::Ground => Some(("letter-decision", "mark-ground")),
        Field::Reclaimed => Some(("letter-decision", "mark-reclaimed")),
        Field::InterestAndCostsPaid => Some(("letter-decision", "mark-interest-and-costs")),
        Field::MissedInterest => Some(("letter-decision", "mark-missed-interest")),
        Field::Outstanding => Some(("letter-decision", "mark-outstanding")),
        Field::FirstCorrectionOn => Some(("letter-correction", "mark-first-correction-date")),
        Field::DecisionOn => Some(("letter-decision", "mark-decision-date")),
        Field::LegalHelp => Some(("letter-legal-help", "mark-legal-help")),
        _ => None,
    }
}
