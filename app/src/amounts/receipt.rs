//! The receipt (*rekenbewijs*): saved as a file, opened again, told what changed.

use domain::Range;
use domain::amounts::{Change, Receipt, Replay, Why};
use domain::calendar::Date;
use domain::parameter::Unit;
use domain::parameters;
use leptos::prelude::*;

use super::form;
use super::lines::name_of;
use crate::content::amounts::{self, receipt as text};
use crate::content::routes;
use crate::entries::Entries;
use crate::ui::{FieldError, icon};
use crate::urls::{RECEIPT_OPEN, RECEIPT_SAVE};

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
            Ok(receipt) => (ReceiptMessage::Opened(Box::new(receipt.replay())), Some(form::write(&receipt.situation))),
            Err(_) => (ReceiptMessage::Refused, None),
        }
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self, ReceiptMessage::Refused)
    }
}

/// Tells what became of a file that was opened.
#[component]
pub fn Message(message: ReceiptMessage) -> impl IntoView {
    match message {
        ReceiptMessage::Refused => view! { <FieldError id="bestand-fout".to_owned() problem=text::UNREADABLE.to_owned() /> }.into_any(),
        ReceiptMessage::Opened(replay) => opened(&replay).into_any(),
    }
}

fn opened(replay: &Replay) -> impl IntoView + use<> {
    let (state, verdict) = match (replay.same_rules, replay.changes.is_empty()) {
        (true, true) => ("done", text::SAME),
        (true, false) => ("late", text::FILE_CHANGED),
        (false, true) => ("done", text::CHANGED_RULES_SAME_OUTCOME),
        (false, false) => ("waiting", text::CHANGED_RULES),
    };
    let changes = replay.changes.iter().filter_map(change_words).map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <div class=format!("notice notice--{state}") role="status">
            {icon(&format!("icon-{state}"))}
            <div>
                <p><strong>{text::OPENED}</strong> " " {verdict}</p>
                <ul>{changes}</ul>
                <p class="source">{text::rules(&replay.made_with.version)}</p>
            </div>
        </div>
    }
}

/// A changed figure in words: where, what, why. Ids never reach the page.
fn change_words(change: &Change) -> Option<String> {
    let route = change.route.as_deref()?;
    let route = domain::amounts::Route::ALL.into_iter().find(|known| known.id() == route)?;
    let year = change.year.map(amounts::by_year).unwrap_or_default();
    let line = format!("{} – {}{year}", routes::route::of(route).short_name, name_of(&change.line));
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
            let shown = |value: &Option<String>| value.as_deref().map_or(amounts::UNKNOWN_VALUE.to_owned(), |value| in_unit(value, entry.unit));
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
pub fn ReceiptTools(form: Entries, on: Date) -> impl IntoView {
    let typed = RwSignal::new(form);
    let message = RwSignal::new(None::<ReceiptMessage>);
    let can_print = RwSignal::new(false);
    Effect::new(move |_| {
        can_print.set(true);
        if typed.with_untracked(Entries::is_empty) {
            typed.set(crate::phone::entries());
        }
        #[cfg(feature = "hydrate")]
        if let Some(json) = live::just_opened() {
            message.set(Some(ReceiptMessage::open(&json).0));
        }
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        {
            event.prevent_default();
            let receipt = typed.with_untracked(|typed| receipt_of(typed, on));
            crate::phone::save_as_file(&file_name(on), &receipt.to_json());
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let open = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        live::open(&event, message);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let print = move |_| {
        #[cfg(feature = "hydrate")]
        crate::phone::print();
    };
    let fields = move || typed.get().iter().map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }).collect_view();
    view! {
        <section class="receipt" aria-labelledby="bewijs-kop">
            <h2 class="nl-heading nl-heading--level-2" id="bewijs-kop">{text::TITLE}</h2>
            <p class="nl-paragraph">{text::LEAD}</p>
            {move || message.get().map(|message| view! { <Message message=message /> })}
            <form method="post" action=RECEIPT_SAVE on:submit=save hidden=move || typed.with(Entries::is_empty)>
                {fields}
                <button class="nl-button nl-button--secondary" type="submit">{icon("icon-save")} {text::SAVE}</button>
                <p class="nl-paragraph">{text::SAVE_HELP}</p>
            </form>
            <p hidden=move || !can_print.get()>
                <button class="nl-button nl-button--secondary" type="button" on:click=print>{icon("icon-print")} {text::PRINT}</button>
            </p>
            <form method="post" action=RECEIPT_OPEN enctype="multipart/form-data" on:submit=open>
                <div class="field">
                    <label class="utrecht-form-label" for="bestand">{text::OPEN}</label>
                    <p class="utrecht-form-field-description" id="bestand-uitleg">{text::OPEN_HELP}</p>
                    <input class="file" type="file" id="bestand" name="bestand" accept="application/json,.json" aria-describedby="bestand-uitleg" />
                </div>
                <noscript><p class="nl-paragraph">{text::NO_SCRIPTS_OPEN}</p></noscript>
                <button class="nl-button nl-button--secondary" type="submit">{icon("icon-open-file")} {text::OPEN}</button>
            </form>
            <p class="nl-paragraph">{text::REPLAY_HELP}</p>
            <p class="source">{text::on(on.in_dutch())} ". " {text::rules(domain::rules::VERSION)} ". " {text::fingerprint(domain::rules::SHA256)}</p>
        </section>
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

    use super::ReceiptMessage;
    use crate::phone;

    /// Reads the chosen file on the phone. A receipt becomes what was typed, and the page starts anew with it.
    pub fn open(event: &SubmitEvent, message: RwSignal<Option<ReceiptMessage>>) {
        event.prevent_default();
        let input = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id("bestand"));
        let file = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).and_then(|input| input.files()).and_then(|files| files.get(0));
        leptos::task::spawn_local(async move {
            let json = match file {
                Some(file) => wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()),
                None => None,
            };
            let (told, typed) = ReceiptMessage::open(&json.clone().unwrap_or_default());
            match (typed, json) {
                (Some(typed), Some(json)) => {
                    phone::keep_for_this_visit(&typed);
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
