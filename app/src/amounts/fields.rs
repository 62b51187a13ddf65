//! The fields of the form, each with why it is asked and where its number can be found.

use domain::amounts::{DamageKind, Ground};
use maud::{Markup, html};

use super::computed::Computed;
use super::form::{CHILDREN, DAMAGES, Field, NO_DAMAGE, YEARS};
use crate::content::{amounts as text, pick};
use crate::entries::{ACTION, Entries, ROW_AT, ROW_NUMBER};
use crate::ui::{self, CHECKED, Choice, checkbox, choice, error_slot, hidden, more, words};

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
    html! {
        (hidden(typed.iter().filter(|(name, _)| name.starts_with("answer."))))
        (section(&text::section::RECOGNISED, html! {
            (choices(form, Field::Recognised, "recognised", &[("yes", text::YES), ("no", text::NO)]))
        }))
        (section(&text::section::RECEIVED, amount(form, Field::Received, "received")))
        (section(&text::section::YEARS, rows(form, YEARS, text::ADD_YEAR, year)))
        (section(&text::section::DATES, html! {
            (date(form, Field::FirstCorrectionOn, "first_correction_on"))
            (date(form, Field::DecisionOn, "decision_on"))
        }))
        (section(&text::section::LEGAL_HELP, amount(form, Field::LegalHelp, "legal_help")))
        (section(&text::section::DAMAGES, html! {
            (checkbox(NO_DAMAGE, text::NO_DAMAGE, "", typed.text(NO_DAMAGE) == CHECKED))
            (rows(form, DAMAGES, text::ADD_DAMAGE, damage))
        }))
        (section(&text::section::CHILDREN, rows(form, CHILDREN, text::ADD_CHILD, child)))
        (section(&text::section::FORMER_PARTNER, former_partner(form)))
    }
}

/// A row of a repeated group: its index and the number that people read, or the marks that the phone puts them for.
struct Row {
    at: String,
    number: String,
}

/// The rows of a group, the empty one that the phone makes more from, and the button that adds one.
fn rows(form: Form<'_>, group: &str, add: &str, row: fn(Form<'_>, &Row) -> Markup) -> Markup {
    let count = form.typed.rows(group);
    let blank = Form { typed: &Entries::default(), shown: form.shown };
    html! {
        div id=(group) tabindex="-1" { (error_slot(group, form.shown.problem_at(group))) }
        input type="hidden" name={ "rows." (group) } value=(count);
        @for at in 0..count { (row(form, &Row { at: at.to_string(), number: (at + 1).to_string() })) }
        template data-row-of=(group) { (row(blank, &Row { at: ROW_AT.to_owned(), number: ROW_NUMBER.to_owned() })) }
        div.button-row {
            button class="nl-button nl-button--secondary" type="submit" name=(ACTION) value={ "add." (group) } { (add) }
        }
    }
}

fn section(texts: &text::section::Texts, content: Markup) -> Markup {
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { h2 class="nl-heading nl-heading--level-2" { (texts.title) } }
            p.utrecht-form-field-description { (words(texts.lead)) }
            (content)
        }
    }
}

fn remove(group: &str, row: &Row, label: &str) -> Markup {
    html! { button class="nl-button nl-button--subtle" type="submit" name=(ACTION) value={ "remove." (group) "." (row.at) } { (label) } }
}

fn year(form: Form<'_>, row: &Row) -> Markup {
    let name = |field: &str| format!("{YEARS}[{}].{field}", row.at);
    let mut grounds: Vec<(&str, &str)> = Ground::ALL
        .iter()
        .map(|ground| (ground.id(), pick(text::choices::GROUND.texts, ground.id())))
        .collect();
    grounds.push(("unknown", text::UNKNOWN_CHOICE));
    html! {
        fieldset.year data-row-of=(YEARS) {
            legend { (text::year_heading(&row.number)) }
            (input(form, Field::Year, &name("year"), Look::Year))
            (choices(form, Field::Ground, &name("ground"), &grounds))
            (amount(form, Field::Reclaimed, &name("reclaimed")))
            (amount(form, Field::InterestAndCostsPaid, &name("interest_and_costs_paid")))
            (amount(form, Field::MissedInterest, &name("missed_interest")))
            (amount(form, Field::Outstanding, &name("outstanding")))
            (remove(YEARS, row, &text::remove_year(&row.number)))
        }
    }
}

fn damage(form: Form<'_>, row: &Row) -> Markup {
    let name = |field: &str| format!("{DAMAGES}[{}].{field}", row.at);
    let id = name("kind");
    let chosen = form.typed.text(&id);
    let texts = text::field::of(Field::DamageKind);
    let problem = form.shown.problem_at(&id);
    html! {
        fieldset.year data-row-of=(DAMAGES) {
            legend { (text::damage_heading(&row.number)) }
            (ui::field(&id, text::label::of(Field::DamageKind).text, "", problem, html! {
                select.utrecht-select id=(id) name=(id) aria-invalid=[problem.map(|_| "true")] {
                    option value="" { (texts.hint) }
                    @for kind in DamageKind::ALL {
                        option value=(kind.id()) selected[kind.id() == chosen] { (pick(text::choices::DAMAGE_KIND.texts, kind.id())) }
                    }
                }
            }))
            (amount(form, Field::DamageLow, &name("low")))
            (amount(form, Field::DamageHigh, &name("high")))
            (remove(DAMAGES, row, &text::remove_damage(&row.number)))
        }
    }
}

fn child(form: Form<'_>, row: &Row) -> Markup {
    html! {
        fieldset.year data-row-of=(CHILDREN) {
            legend { (text::child_heading(&row.number)) }
            (date(form, Field::BornOn, &format!("{CHILDREN}[{}].born_on", row.at)))
            (remove(CHILDREN, row, &text::remove_child(&row.number)))
        }
    }
}

/// The ex-partner's decision tree, open for who says that she is one.
fn former_partner(form: Form<'_>) -> Markup {
    let questions = [
        (Field::ExRecognised, "ex_recognised"),
        (Field::EarlierCompensation, "earlier_compensation"),
        (Field::PartedBeforePayment, "parted_before_payment"),
        (Field::BenefitPartner, "benefit_partner"),
        (Field::HarmedYearOwnChildren, "harmed_year_own_children"),
        (Field::DecisionAndYearAfter, "decision_and_year_after"),
    ];
    html! {
        (choices(form, Field::FormerPartner, "former_partner", &[("yes", text::YES), ("no", text::NO)]))
        details.more open[form.typed.text("former_partner") == "yes"] {
            summary { (text::FORMER_PARTNER_QUESTIONS) }
            @for (field, question) in questions {
                (choices(
                    form,
                    field,
                    &format!("former_partner.{question}"),
                    &[("yes", text::YES), ("no", text::NO), ("unknown", text::UNKNOWN_CHOICE)],
                ))
            }
        }
    }
}

/// A question with a few answers.
fn choices(form: Form<'_>, field: Field, name: &str, answers: &[(&str, &str)]) -> Markup {
    let texts = text::field::of(field);
    let given = form.typed.text(name);
    html! {
        fieldset class="utrecht-form-fieldset field" id=(name) {
            legend.utrecht-form-label { (text::label::of(field).text) }
            p.utrecht-form-field-description { (texts.hint) }
            (error_slot(name, form.shown.problem_at(name)))
            @for (at, (value, label)) in answers.iter().enumerate() {
                (choice(&Choice { name, number: at + 1, value, label, hint: "", checked: *value == given, described_by: None }))
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
    let typed = form.typed.get(name).unwrap_or_default();
    let mode = match look {
        Look::Amount => "decimal",
        Look::Year => "numeric",
        Look::Date => "text",
    };
    let control = html! {
        input.utrecht-textbox type="text" inputmode=(mode) autocomplete="off" id=(name) name=(name)
            value=(typed) aria-describedby={ (name) "-uitleg " (name) "-fout" } aria-invalid=[problem.map(|_| "true")];
    };
    ui::field(
        name,
        text::label::of(field).text,
        texts.hint,
        problem,
        html! {
            @if look == Look::Amount {
                span.amount-input { span aria-hidden="true" { "€" } (control) }
            } @else {
                (control)
            }
            (why_and_where(field))
        },
    )
}

/// Why it is asked, and where it stands: with a drawn letter where one helps.
fn why_and_where(field: Field) -> Markup {
    let texts = text::field::of(field);
    let content = html! {
        p { (words(texts.why)) }
        p { strong { (text::WHERE_LABEL) } " " (words(texts.r#where)) }
        @if let Some((letter, mark)) = drawing(field) {
            svg.letter viewBox="0 0 320 420" role="img" aria-label=(texts.drawing) {
                use href={ "#" (letter) } {}
                use href={ "#" (mark) } {}
            }
            p { (text::DRAWING_NOTE) }
        }
    };
    more(text::WHY_LABEL, Some(text::label::of(field).text), content)
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
