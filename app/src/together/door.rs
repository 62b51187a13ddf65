//! The door to a meeting, /samen/mee: the helper gives the code, and says who they are.

use domain::together::{Chair, Guidance, MeetingCode};
use maud::{Markup, html};
use wasm_bindgen_futures::spawn_local;

use super::browser::{all, now, on_action, on_window, put, value_of};
use super::kept::{self, Kept};
use super::seal::Seal;
use super::{PLACE, helper, line};
use crate::content::together as text;
use crate::phone;
use crate::ui::{TextField, code_field, error_summary, text_field};

const CODE: &str = "code";
const NAME: &str = "naam";

/// What was filled in at the door, and what is wrong with it.
#[derive(Default)]
struct Door {
    code: String,
    name: String,
    no_code: bool,
    no_name: bool,
    trouble: Option<String>,
}

/// A link or a scanned code has it behind the `#`; it leaves the address at once.
fn take_code() -> Option<MeetingCode> {
    phone::take_fragment(|it| MeetingCode::read(it).is_some()).and_then(|it| MeetingCode::read(&it))
}

/// Asks for the code, and who it is.
pub fn stand_at() {
    let code = take_code().map(|code| code.to_string()).unwrap_or_default();
    show(&Door { code, ..Door::default() });
    // The link may be opened while its page is already there.
    on_window(&["hashchange"], || {
        if let Some(code) = take_code() {
            phone::type_in(CODE, &code.to_string());
        }
    });
    on_action("submit", |event, action, _| {
        if action == "join" {
            event.prevent_default();
            knock();
        }
    });
}

/// Who the server says is signed in on this phone.
fn signed_in() -> Option<String> {
    phone::element(PLACE)?.get_attribute("data-name")
}

fn knock() {
    let typed = |id: &str| all(&format!("#{id}")).into_iter().next().map(value_of).unwrap_or_default();
    let mut it = Door { code: typed(CODE), name: typed(NAME), ..Door::default() };
    let code = MeetingCode::read(&it.code);
    let name = signed_in().unwrap_or_else(|| Guidance::name(&it.name));
    it.no_name = name.is_empty();
    let Some(code) = code.filter(|_| !it.no_name) else {
        it.no_code = MeetingCode::read(&it.code).is_none();
        return show(&it);
    };
    spawn_local(async move {
        match join(&code, name).await {
            Ok(kept) => {
                phone::judge(false);
                helper::sit_down(kept).await;
            }
            Err(trouble) => {
                it.trouble = Some(trouble);
                show(&it);
            }
        }
    });
}

fn show(it: &Door) {
    put(door(it));
    let has_problems = it.no_code || it.no_name || it.trouble.is_some();
    phone::judge(has_problems);
    if has_problems {
        phone::focus_on(".error-summary");
    }
}

async fn join(code: &MeetingCode, name: String) -> Result<Kept, String> {
    let seal = Seal::of(code, Chair::Helper).await.ok_or(text::trouble::INSECURE)?;
    let ticket = line::join(&seal.name).await.map_err(super::start::trouble)?;
    let mut kept = Kept::new(Chair::Helper, code, ticket, now());
    kept.guidance.name = name;
    kept.save();
    kept::forget_log();
    Ok(kept)
}

fn door(it: &Door) -> Markup {
    let mut problems: Vec<(String, &str)> = Vec::new();
    if let Some(trouble) = &it.trouble {
        problems.push((CODE.to_owned(), trouble));
    }
    if it.no_code {
        problems.push((CODE.to_owned(), text::join::NO_CODE));
    }
    if it.no_name {
        problems.push((NAME.to_owned(), text::join::NO_NAME));
    }
    let of = |field: &str| problems.iter().find(|(at, _)| at == field).map(|(_, words)| *words);
    html! {
        @if !problems.is_empty() { (error_summary(&problems)) }
        form.form data-together="join" novalidate autocomplete="off" {
            (code_field(CODE, text::join::CODE_LABEL, text::join::CODE_HINT, &it.code, of(CODE)))
            @if signed_in().is_none() {
                (text_field(&TextField {
                    name: NAME,
                    label: text::join::NAME_LABEL,
                    hint: text::join::NAME_HINT,
                    typed: &it.name,
                    problem: of(NAME),
                    autocomplete: "name",
                }))
            }
            div.button-row { button class="nl-button nl-button--primary" type="submit" { (text::join::BUTTON) } }
        }
    }
}
