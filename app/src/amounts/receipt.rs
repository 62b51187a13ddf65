//! The receipt (*rekenbewijs*): saved as a file, opened again, told what changed.

use domain::Range;
use domain::amounts::{Change, Receipt, Replay, Why};
use domain::calendar::Date;
use domain::parameter::Unit;
use domain::parameters;
use leptos::prelude::*;
use maud::{Markup, html};

use super::form;
use super::lines::name_of;
use crate::content::amounts::{self, receipt as text};
use crate::content::routes;
use crate::entries::Entries;
use crate::ui::{field_error, hidden, icon, notice, version_in_words};
use crate::urls::{RECEIPT_OPEN, RECEIPT_SAVE};
use crate::visit::Visit;

/// The receipt of what was typed.
#[must_use]
pub fn receipt_of(typed: &Entries, on: Date) -> Receipt {
    Receipt::of(form::read(typed, on).situation)
}

/// What became of a file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptMessage {
    Opened(Box<Replay>),
    /// It isn't a receipt, or can't be read.
    Refused,
}

impl ReceiptMessage {
    /// Opens a receipt: what to tell of it, and the fields to go on with.
    #[must_use]
    pub fn open(json: &str) -> (ReceiptMessage, Option<Entries>) {
        match Receipt::from_json(json) {
            Ok(receipt) => {
                (ReceiptMessage::Opened(Box::new(receipt.replay())), Some(form::write(&receipt.situation)))
            }
            Err(_) => (ReceiptMessage::Refused, None),
        }
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self, ReceiptMessage::Refused)
    }
}

/// Tells what became of a file that was opened.
#[must_use]
pub fn told(message: &ReceiptMessage) -> Markup {
    match message {
        ReceiptMessage::Refused => field_error("bestand", text::UNREADABLE),
        ReceiptMessage::Opened(replay) => opened(replay),
    }
}

fn opened(replay: &Replay) -> Markup {
    let (state, verdict) = match (replay.same_rules, replay.changes.is_empty()) {
        (true, true) => ("done", text::SAME),
        (true, false) => ("late", text::FILE_CHANGED),
        (false, true) => ("done", text::CHANGED_RULES_SAME_OUTCOME),
        (false, false) => ("waiting", text::CHANGED_RULES),
    };
    let content = html! {
        p { (verdict) }
        ul { @for change in replay.changes.iter().filter_map(change_words) { li { (change) } } }
        p.source { (text::rules(version_in_words(&replay.made_with.version))) }
    };
    html! { div role="status" { (notice(state, text::OPENED, content)) } }
}

/// A changed figure in words: where, what, why. Ids never reach the page.
fn change_words(change: &Change) -> Option<String> {
    let route = change.route.as_deref()?;
    let route = domain::amounts::Route::ALL.into_iter().find(|known| known.id() == route)?;
    let year = change.year.map(amounts::by_year).unwrap_or_default();
    let line = format!("{} – {}{year}", routes::name::of(route).short, name_of(&change.line));
    let shown = |range: Range| range.to_string();
    let what = match (change.before, change.after) {
        (Some(before), Some(after)) => text::changed_line(line, shown(before), shown(after)),
        (None, Some(after)) => text::new_line(line, shown(after)),
        (Some(before), None) => text::gone_line(line, shown(before)),
        (None, None) => return None,
    };
    let why: Vec<String> = change.why.iter().filter_map(why_words).collect();
    Some(if why.is_empty() { what } else { format!("{what} ({})", why.join(", ")) })
}

fn why_words(why: &Why) -> Option<String> {
    Some(match why {
        Why::Parameter { id, before, after } => {
            let entry = parameters::ALL.iter().find(|entry| entry.id == id)?;
            let shown = |value: &Option<String>| {
                value.as_deref().map_or(amounts::UNKNOWN_VALUE.to_owned(), |value| in_unit(value, entry.unit))
            };
            text::why_parameter(entry.name, shown(before), shown(after))
        }
        Why::Line(id) => text::why_line(name_of(id)),
        Why::Formula => text::WHY_FORMULA.to_owned(),
        Why::FileChanged => return None,
    })
}

/// A stored value as people read it.
fn in_unit(value: &str, unit: Unit) -> String {
    match (unit, value.parse::<i64>()) {
        (Unit::Eurocent, Ok(cents)) => domain::Cents(cents).to_string(),
        (Unit::Ppm, Ok(share)) => domain::Ppm(share).to_string(),
        _ => value.to_owned(),
    }
}

/// Save, print, open again. On the phone no file leaves it; without scripts the forms do the same.
#[island]
pub fn ReceiptTools() -> impl IntoView {
    let Visit { on, form, .. } = Visit::current();
    let typed = RwSignal::new(form);
    let message = RwSignal::new(None::<ReceiptMessage>);
    Effect::new(move |_| {
        if typed.with_untracked(Entries::is_empty) {
            typed.set(crate::phone::entries(crate::phone::Part::Situation));
        }
        #[cfg(feature = "hydrate")]
        if let Some(json) = live::just_opened() {
            message.set(Some(ReceiptMessage::open(&json).0));
        }
    });
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        live::submit(&event, typed, message, on);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! {
        <section class="receipt" aria-labelledby="bewijs-kop" on:submit=on_submit>
            <div inner_html=move || message.with(|message| message.as_ref().map(told)).unwrap_or_default().into_string()></div>
            <div inner_html=move || typed.with(save_form).into_string()></div>
            <div inner_html=open_form(on).into_string()></div>
        </section>
    }
}

fn save_form(typed: &Entries) -> Markup {
    html! {
        h2 class="nl-heading nl-heading--level-2" id="bewijs-kop" { (text::TITLE) }
        p.nl-paragraph { (text::LEAD) }
        form method="post" action=(RECEIPT_SAVE) {
            (hidden(typed.iter()))
            button class="nl-button nl-button--secondary" type="submit" { (icon("icon-save")) (text::SAVE) }
            p.nl-paragraph { (text::SAVE_HELP) }
        }
    }
}

fn open_form(on: Date) -> Markup {
    html! {
        form method="post" action=(RECEIPT_OPEN) enctype="multipart/form-data" {
            div.field {
                label.utrecht-form-label for="bestand" { (text::OPEN) }
                p.utrecht-form-field-description id="bestand-uitleg" { (text::OPEN_HELP) }
                input.file type="file" id="bestand" name="bestand" accept="application/json,.json" aria-describedby="bestand-uitleg";
            }
            noscript { p.nl-paragraph { (text::NO_SCRIPTS_OPEN) } }
            button class="nl-button nl-button--secondary" type="submit" { (icon("icon-open-file")) (text::OPEN) }
        }
        p.nl-paragraph { (text::REPLAY_HELP) }
        p.source {
            (text::on(on.in_dutch())) ". " (text::rules(version_in_words(domain::rules::VERSION))) ". " (text::fingerprint(domain::rules::SHA256))
        }
    }
}

/// `herstelroute-bewijs-2026-11-22.json`.
#[must_use]
pub fn file_name(on: Date) -> String {
    format!("{}-{on}.json", text::FILE_NAME)
}

#[cfg(feature = "hydrate")]
mod live {
    use leptos::prelude::*;
    use wasm_bindgen::prelude::*;
    use web_sys::{HtmlInputElement, SubmitEvent};

    use domain::calendar::Date;

    use super::{ReceiptMessage, file_name, receipt_of};
    use crate::entries::Entries;
    use crate::phone::{self, Part};
    use crate::urls::RECEIPT_SAVE;

    /// Saves or opens, whichever form was sent; nothing leaves the phone.
    pub fn submit(
        event: &SubmitEvent,
        typed: RwSignal<Entries>,
        message: RwSignal<Option<ReceiptMessage>>,
        on: Date,
    ) {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
        if form.is_some_and(|form| form.get_attribute("action").as_deref() == Some(RECEIPT_SAVE)) {
            let receipt = typed.with_untracked(|typed| receipt_of(typed, on));
            phone::save_as_file(&file_name(on), "application/json", &receipt.to_json());
        } else {
            open(message);
        }
    }

    /// Reads the chosen file on the phone. A receipt becomes what was typed, and the page starts anew with it.
    fn open(message: RwSignal<Option<ReceiptMessage>>) {
        let input = phone::element("bestand");
        let file = input
            .and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
            .and_then(|input| input.files())
            .and_then(|files| files.get(0));
        leptos::task::spawn_local(async move {
            let json = match file {
                Some(file) => wasm_bindgen_futures::JsFuture::from(file.text())
                    .await
                    .ok()
                    .and_then(|text| text.as_string()),
                None => None,
            };
            let (told, typed) = ReceiptMessage::open(&json.clone().unwrap_or_default());
            match (typed, json) {
                (Some(typed), Some(json)) => {
                    phone::keep_for_this_visit(Part::Situation, &typed);
                    phone::hand_over(&json);
                    phone::reload();
                }
                _ => message.set(Some(told)),
            }
        });
    }

    /// The receipt that was opened right before this page started anew.
    pub fn just_opened() -> Option<String> {
        phone::take_over()
    }
}
