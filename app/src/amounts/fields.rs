//! The fields of the form, each with why it is asked and where its number can be found.

use domain::amounts::{DamageKind, Ground};
use domain::chooser::QuestionId;
use domain::parameter::Value;
use domain::parameters::floor;
use maud::{Markup, html};

use super::computed::Computed;
use super::form::{ACTION, CHILDREN, DAMAGES, Field, NO_DAMAGE, YEARS, written};
use crate::chooser::answers_in;
use crate::content::{amounts as text, pick};
use crate::entries::Entries;
use crate::ui::{Choice, choice, error_slot, hidden, more};

/// What the fields start from: what was typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    pub typed: &'a Entries,
    pub shown: &'a Computed,
}

/// All fields, in the order in which people know them.
#[must_use]
pub fn fields(form: Form<'_>) -> Markup {
    let typed = form.typed;
    let recognised = match typed.get("recognised") {
        Some(answer) => answer,
        None if answers_in(typed).recognised() == Some(false) => "no",
        None => "yes",
    };
    // A fresh form offers one empty year; none where she took the last one out.
    let years = if typed.get("rows.years").is_some() { typed.rows(YEARS) } else { typed.rows(YEARS).max(1) };
    let no_damage = typed.text(NO_DAMAGE) == "yes" || (typed.get("rows.damages").is_none() && said_no_damage(typed));
    html! {
        (hidden(typed.iter().filter(|(name, _)| name.starts_with("answer."))))
        (section(&text::section::RECOGNISED, html! {
            (choices(form, Field::Recognised, "recognised", recognised, &[("yes", text::YES), ("no", text::NO)]))
        }))
        (section(&text::section::RECEIVED, amount(form, Field::Received, "received")))
        (section(&text::section::YEARS, html! {
            (row_count(YEARS, years))
            @for row in 0..years { (year(form, row)) }
            (add(YEARS, text::ADD_YEAR))
        }))
        (section(&text::section::DATES, html! {
            (date(form, Field::FirstCorrectionOn, "first_correction_on"))
            (date(form, Field::DecisionOn, "decision_on"))
        }))
        (section(&text::section::LEGAL_HELP, amount(form, Field::LegalHelp, "legal_help")))
        (section(&text::section::DAMAGES, html! {
            (row_count(DAMAGES, typed.rows(DAMAGES)))
            label.choice for=(NO_DAMAGE) {
                input.utrecht-checkbox type="checkbox" id=(NO_DAMAGE) name=(NO_DAMAGE) value="yes" checked[no_damage];
                span.choice-text { (text::NO_DAMAGE) }
            }
            @for row in 0..typed.rows(DAMAGES) { (damage(form, row)) }
            (add(DAMAGES, text::ADD_DAMAGE))
        }))
        (section(&text::section::CHILDREN, html! {
            (row_count(CHILDREN, typed.rows(CHILDREN)))
            @for row in 0..typed.rows(CHILDREN) { (child(form, row)) }
            (add(CHILDREN, text::ADD_CHILD))
        }))
        (section(&text::section::FORMER_PARTNER, former_partner(form)))
    }
}

/// She told the chooser that there was no damage beyond the assessment.
fn said_no_damage(typed: &Entries) -> bool {
    answers_in(typed).get(QuestionId::FurtherDamage).is_some_and(|answer| answer.id == "no")
}

fn section(texts: &text::section::Texts, content: Markup) -> Markup {
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (texts.title) } }
            p.utrecht-form-field-description { (texts.lead) }
            (content)
        }
    }
}

fn row_count(group: &str, rows: usize) -> Markup {
    html! { input type="hidden" name={ "rows." (group) } value=(rows); }
}

fn add(group: &str, label: &str) -> Markup {
    html! {
        div.button-row {
            button class="nl-button nl-button--secondary" type="submit" name=(ACTION) value={ "add." (group) } { (label) }
        }
    }
}

fn remove(group: &str, row: usize, label: &str) -> Markup {
    html! { button class="nl-button nl-button--subtle" type="submit" name=(ACTION) value={ "remove." (group) "." (row) } { (label) } }
}

fn year(form: Form<'_>, row: usize) -> Markup {
    let name = |field: &str| format!("{YEARS}[{row}].{field}");
    let typed = form.typed.text(&name("year"));
    let known = if typed.is_empty() { (row + 1).to_string() } else { typed.to_owned() };
    let mut grounds: Vec<(&str, &str)> =
        Ground::ALL.iter().map(|ground| (ground.id(), pick(text::choices::GROUND.texts, ground.id()))).collect();
    grounds.push(("unknown", text::UNKNOWN_CHOICE));
    html! {
        fieldset.year {
            legend { (text::year_heading(row + 1)) }
            (input(form, Field::Year, &name("year"), Look::Year))
            (choices(form, Field::Ground, &name("ground"), form.typed.text(&name("ground")), &grounds))
            (amount(form, Field::Reclaimed, &name("reclaimed")))
            (amount(form, Field::InterestAndCostsPaid, &name("interest_and_costs_paid")))
            (amount(form, Field::MissedInterest, &name("missed_interest")))
            (amount(form, Field::Outstanding, &name("outstanding")))
            (remove(YEARS, row, &text::remove_year(known)))
        }
    }
}

fn damage(form: Form<'_>, row: usize) -> Markup {
    let name = |field: &str| format!("{DAMAGES}[{row}].{field}");
    let id = name("kind");
    let chosen = form.typed.text(&id);
    let texts = text::field::of(Field::DamageKind);
    let problem = form.shown.problem_at(&id);
    html! {
        fieldset.year {
            legend { (text::damage_heading(row + 1)) }
            div.field.field--invalid[problem.is_some()] {
                label.utrecht-form-label for=(id) { (texts.label) }
                (error_slot(&id, problem))
                select.utrecht-select id=(id) name=(id) aria-invalid=[problem.map(|_| "true")] {
                    option value="" { (texts.hint) }
                    @for kind in DamageKind::ALL {
                        option value=(kind.id()) selected[kind.id() == chosen] { (pick(text::choices::DAMAGE_KIND.texts, kind.id())) }
                    }
                }
            }
            (amount(form, Field::DamageLow, &name("low")))
            (amount(form, Field::DamageHigh, &name("high")))
            (remove(DAMAGES, row, &text::remove_damage(row + 1)))
        }
    }
}

fn child(form: Form<'_>, row: usize) -> Markup {
    html! {
        fieldset.year {
            legend { (text::child_heading(row + 1)) }
            (date(form, Field::BornOn, &format!("{CHILDREN}[{row}].born_on")))
            (remove(CHILDREN, row, &text::remove_child(row + 1)))
        }
    }
}

/// The ex-partner's decision tree, open for who says that she is one.
fn former_partner(form: Form<'_>) -> Markup {
    let said = answers_in(form.typed).get(QuestionId::FormerPartner).map(|answer| answer.id);
    let is_one = form.typed.get("former_partner").or(said).unwrap_or("no");
    let questions = [
        (Field::ExRecognised, "ex_recognised"),
        (Field::EarlierCompensation, "earlier_compensation"),
        (Field::PartedBeforePayment, "parted_before_payment"),
        (Field::BenefitPartner, "benefit_partner"),
        (Field::HarmedYearOwnChildren, "harmed_year_own_children"),
        (Field::DecisionAndYearAfter, "decision_and_year_after"),
    ];
    html! {
        (choices(form, Field::FormerPartner, "former_partner", is_one, &[("yes", text::YES), ("no", text::NO)]))
        details.more open[is_one == "yes"] data-keep="former-partner" {
            summary { (text::FORMER_PARTNER_QUESTIONS) }
            @for (field, question) in questions {
                @let name = format!("former_partner.{question}");
                (choices(form, field, &name, form.typed.text(&name), &[("yes", text::YES), ("no", text::NO), ("unknown", text::UNKNOWN_CHOICE)]))
            }
        }
    }
}

/// A question with a few answers.
fn choices(form: Form<'_>, field: Field, name: &str, given: &str, answers: &[(&str, &str)]) -> Markup {
    let texts = text::field::of(field);
    html! {
        fieldset class="utrecht-form-fieldset field" id=(name) {
            legend.utrecht-form-label { (texts.label) }
            p.utrecht-form-field-description { (texts.hint) }
            (error_slot(name, form.shown.problem_at(name)))
            @for (value, label) in answers {
                (choice(&Choice { name, value, label, hint: "", checked: *value == given, described_by: None }))
            }
            (why_and_where(field))
        }
    }
}

/// How an input looks and which keyboard a phone shows for it.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Amount,
    Date,
    Year,
}

fn amount(form: Form<'_>, field: Field, name: &str) -> Markup {
    input(form, field, name, Look::Amount)
}

fn date(form: Form<'_>, field: Field, name: &str) -> Markup {
    input(form, field, name, Look::Date)
}

fn input(form: Form<'_>, field: Field, name: &str, look: Look) -> Markup {
    let texts = text::field::of(field);
    let problem = form.shown.problem_at(name);
    let typed = match (form.typed.get(name), field) {
        (None, Field::Received) => received_by_answers(form.typed),
        (typed, _) => typed.unwrap_or_default().to_owned(),
    };
    let mode = match look {
        Look::Amount => "decimal",
        Look::Year => "numeric",
        Look::Date => "text",
    };
    let control = html! {
        input.utrecht-textbox.textbox--short[look != Look::Amount] type="text" inputmode=(mode) autocomplete="off" id=(name) name=(name)
            value=(typed) aria-describedby={ (name) "-uitleg " (name) "-fout" } aria-invalid=[problem.map(|_| "true")];
    };
    html! {
        div.field.field--invalid[problem.is_some()] {
            label.utrecht-form-label for=(name) { (texts.label) }
            p.utrecht-form-field-description id={ (name) "-uitleg" } { (texts.hint) }
            (error_slot(name, problem))
            @if look == Look::Amount {
                span.amount-input { span aria-hidden="true" { "€" } (control) }
            } @else {
                (control)
            }
            (why_and_where(field))
        }
    }
}

/// What the chooser's answers say was received, until she types something else.
fn received_by_answers(typed: &Entries) -> String {
    match answers_in(typed).get(QuestionId::Received).map(|answer| answer.id) {
        Some("thirty_thousand") => match floor::AMOUNT.entry.values.last().and_then(|dated| dated.value) {
            Some(Value::Cents(amount)) => written(amount),
            _ => String::new(),
        },
        Some("nothing") => "0".to_owned(),
        _ => String::new(),
    }
}

/// Why it is asked, and where it stands: with a drawn letter where one helps.
fn why_and_where(field: Field) -> Markup {
    let texts = text::field::of(field);
    let content = html! {
        p { (texts.why) }
        p { strong { (text::WHERE_LABEL) } " " (texts.r#where) }
        @if let Some((letter, mark)) = drawing(field) {
            svg.letter viewBox="0 0 320 420" role="img" aria-label=(texts.drawing) {
                use href={ "#" (letter) } {}
                use href={ "#" (mark) } {}
            }
            p { (text::DRAWING_NOTE) }
        }
    };
    more(text::WHY_LABEL, Some(texts.label), content)
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
