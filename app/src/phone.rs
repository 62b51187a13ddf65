//! What the phone itself keeps, and what it can do: storage, the clock of focus and history, files, its voice.
//!
//! On the server all of this is absent: the functions exist only with the feature `hydrate`, but for the few that islands
//! call while they are rendered.

use crate::entries::Entries;

/// The key of a text that one page hands to the next.
pub const HANDED_OVER: &str = "herstelroute.opened";

/// The keys of what a tab keeps of a meeting with someone who looks along, and of what happened in it.
pub const MEETING: &str = "herstelroute.meeting";
pub const MEETING_LOG: &str = "herstelroute.meeting.log";

/// What is kept apart, each under its own key in the browser's storages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The chooser's answers and the figures.
    Situation,
    /// The letters of her case.
    Case,
    /// The letter that she writes.
    Letter,
    /// What she prepares for the conversation.
    Conversation,
}

#[cfg(feature = "hydrate")]
impl Part {
    const ALL: [Part; 4] = [Part::Situation, Part::Case, Part::Letter, Part::Conversation];

    const fn key(self) -> &'static str {
        match self {
            Part::Situation => "herstelroute",
            Part::Case => "herstelroute.case",
            Part::Letter => "herstelroute.letter",
            Part::Conversation => "herstelroute.conversation",
        }
    }
}

/// What was typed since this tab was opened.
#[must_use]
pub fn entries(part: Part) -> Entries {
    #[cfg(feature = "hydrate")]
    if let Some(typed) = read(session(), part) {
        return typed;
    }
    let _ = part;
    Entries::default()
}

/// Keeps what was typed, for the next page in this tab.
#[cfg(feature = "hydrate")]
pub fn keep_for_this_visit(part: Part, typed: &Entries) {
    write(session(), part, typed);
}

/// Keeps what was typed on this phone, because she asked for it.
#[cfg(feature = "hydrate")]
pub fn keep_on_this_phone() -> bool {
    Part::ALL.into_iter().all(|part| {
        let typed = entries(part);
        write(local(), part, &typed);
        read(local(), part).as_ref() == Some(&typed)
    })
}

/// She kept something on this phone before, and this tab is still empty.
#[must_use]
pub fn is_kept() -> bool {
    #[cfg(feature = "hydrate")]
    return Part::ALL.into_iter().any(|part| read(local(), part).is_some_and(|typed| !typed.is_empty()))
        && Part::ALL.into_iter().all(|part| entries(part).is_empty());
    #[cfg(not(feature = "hydrate"))]
    false
}

/// Takes what she kept on this phone into this visit.
#[cfg(feature = "hydrate")]
pub fn go_on_with_kept() {
    for part in Part::ALL {
        if let Some(typed) = read(local(), part) {
            keep_for_this_visit(part, &typed);
        }
    }
}

/// Hands a text to this same page, once it has started anew.
#[cfg(feature = "hydrate")]
pub fn hand_over(text: &str) {
    keep_text(HANDED_OVER, text);
}

/// Takes what was handed over, once.
#[cfg(feature = "hydrate")]
pub fn take_over() -> Option<String> {
    let storage = session()?;
    let text = storage.get_item(HANDED_OVER).ok()??;
    let _ = storage.remove_item(HANDED_OVER);
    Some(text)
}

/// Wipes everything typed, from this tab and from this phone.
#[cfg(feature = "hydrate")]
pub fn wipe() {
    for storage in [session(), local()].into_iter().flatten() {
        for part in Part::ALL {
            let _ = storage.remove_item(part.key());
        }
        for key in [HANDED_OVER, MEETING, MEETING_LOG] {
            let _ = storage.remove_item(key);
        }
    }
}

/// A text that this tab keeps.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn text(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Keeps a text for this tab.
#[cfg(feature = "hydrate")]
pub fn keep_text(key: &str, text: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(key, text);
    }
}

#[cfg(feature = "hydrate")]
pub fn forget(key: &str) {
    if let Some(storage) = session() {
        let _ = storage.remove_item(key);
    }
}

#[cfg(feature = "hydrate")]
pub use browser::*;

#[cfg(feature = "hydrate")]
fn session() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

#[cfg(feature = "hydrate")]
fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(feature = "hydrate")]
fn read(storage: Option<web_sys::Storage>, part: Part) -> Option<Entries> {
    storage?.get_item(part.key()).ok()?.map(|kept| Entries::decode(kept.as_bytes()))
}

#[cfg(feature = "hydrate")]
fn write(storage: Option<web_sys::Storage>, part: Part, typed: &Entries) {
    if let Some(storage) = storage {
        let _ = storage.set_item(part.key(), &typed.encode());
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::prelude::*;
    use web_sys::{
        Blob, BlobPropertyBag, Element, FormData, HtmlAnchorElement, HtmlDetailsElement, HtmlElement,
        HtmlFormElement, HtmlInputElement, HtmlSelectElement, NodeList, Url,
    };

    use domain::calendar::Date;

    use crate::content::shell;
    use crate::entries::{Entries, ROW_AT, ROW_NUMBER};
    use crate::visit::Visit;

    /// Everything that stands in a form now, unchecked choices left out, as a browser would send it.
    #[must_use]
    pub fn entries_of(form: &HtmlFormElement) -> Entries {
        let Ok(data) = FormData::new_with_form(form) else { return Entries::default() };
        let mut pairs = Vec::new();
        if let Ok(Some(all)) = js_sys::try_iter(&data) {
            for pair in all.flatten() {
                let pair: js_sys::Array = pair.unchecked_into();
                if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                    pairs.push((name, value));
                }
            }
        }
        Entries::from_pairs(pairs)
    }

    /// Moves the focus to the first element that fits, so that a screen reader says it.
    pub fn focus_on(selector: &str) {
        let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }

    /// Moves the focus once the views under way have been made.
    pub fn focus_soon(selector: String) {
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            focus_on(&selector);
        });
    }

    /// What the server made this page for.
    #[must_use]
    pub fn visit() -> Option<Visit> {
        let main = element("inhoud")?;
        Some(Visit {
            on: Date::parse_iso(&main.get_attribute("data-on")?)?,
            form: Entries::decode(main.get_attribute("data-form").unwrap_or_default().as_bytes()),
            observed: main.get_attribute("data-observed").unwrap_or_default(),
        })
    }

    /// Puts HTML into every element that fits the selector.
    pub fn fill(selector: &str, html: &str) {
        let found = document().and_then(|document| document.query_selector_all(selector).ok());
        elements(found).for_each(|element| element.set_inner_html(html));
    }

    /// The elements that were found.
    pub fn elements(found: Option<NodeList>) -> impl Iterator<Item = Element> {
        let nodes =
            found.into_iter().flat_map(|found| (0..found.length()).filter_map(move |at| found.item(at)));
        nodes.filter_map(|node| node.dyn_into().ok())
    }

    /// Puts each text that changed into the element with the same place among those that fit the selector.
    pub fn fill_changed(selector: &str, before: &[String], after: &[String]) {
        let found = document().and_then(|document| document.query_selector_all(selector).ok());
        for (at, html) in after.iter().enumerate().filter(|(at, html)| before.get(*at) != Some(*html)) {
            let element = u32::try_from(at).ok().and_then(|at| found.as_ref()?.item(at));
            if let Some(element) = element.and_then(|element| element.dyn_into::<Element>().ok()) {
                element.set_inner_html(html);
            }
        }
    }

    /// Makes a repeated group have so many rows: new ones come from its template, the last ones go.
    pub fn set_rows(group: &str, count: usize) {
        let find =
            |selector: String| document().and_then(|document| document.query_selector_all(&selector).ok());
        let Some(rows) = find(format!("fieldset[data-row-of='{group}']")) else { return };
        let have = usize::try_from(rows.length()).unwrap_or(0);
        for at in count..have {
            let row = u32::try_from(at)
                .ok()
                .and_then(|at| rows.item(at))
                .and_then(|row| row.dyn_into::<Element>().ok());
            row.into_iter().for_each(|row| row.remove());
        }
        let template = find(format!("template[data-row-of='{group}']"))
            .and_then(|found| found.item(0))
            .and_then(|found| found.dyn_into::<Element>().ok());
        let Some(template) = template else { return };
        let html = template.inner_html();
        for at in have..count {
            let row = html.replace(ROW_AT, &at.to_string()).replace(ROW_NUMBER, &(at + 1).to_string());
            let _ = template.insert_adjacent_html("beforebegin", &row);
        }
    }

    /// Puts into every field of a form what the entries say of it.
    pub fn fill_in(form: &HtmlFormElement, typed: &Entries) {
        let controls = form.elements();
        for control in (0..controls.length()).filter_map(|at| controls.item(at)) {
            let name = control.get_attribute("name").unwrap_or_default();
            if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
                match input.type_().as_str() {
                    "radio" | "checkbox" => {
                        input.set_checked(typed.get(&name) == Some(input.value().as_str()))
                    }
                    _ => input.set_value(typed.get(&name).unwrap_or_default()),
                }
            } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
                select.set_value(typed.get(&name).unwrap_or_default());
            }
        }
    }

    /// The element with that id.
    #[must_use]
    pub fn element(id: &str) -> Option<Element> {
        document()?.get_element_by_id(id)
    }

    /// The first form inside what fits the selector.
    #[must_use]
    pub fn form_in(selector: &str) -> Option<HtmlFormElement> {
        document()?.query_selector(&format!("{selector} form")).ok()??.dyn_into().ok()
    }

    /// Tells at every field what is wrong with it, if anything, and leaves the fields themselves alone.
    pub fn tell_problems(problem_at: impl Fn(&str) -> Option<String>) {
        let Some(slots) =
            document().and_then(|document| document.query_selector_all("[data-problem-of]").ok())
        else {
            return;
        };
        for at in 0..slots.length() {
            let Some(slot) = slots.item(at).and_then(|slot| slot.dyn_into::<Element>().ok()) else {
                continue;
            };
            let Some(path) = slot.get_attribute("data-problem-of") else { continue };
            let problem = problem_at(&path);
            let field = slot.closest(".field").ok().flatten();
            if let Some(field) = field {
                let _ = field.class_list().toggle_with_force("field--invalid", problem.is_some());
            }
            if let Some(input) = element(&path) {
                let _ = if problem.is_some() {
                    input.set_attribute("aria-invalid", "true")
                } else {
                    input.remove_attribute("aria-invalid")
                };
            }
            let html = problem.unwrap_or_default();
            if slot.inner_html().is_empty() != html.is_empty() || !html.is_empty() {
                slot.set_inner_html(&html);
            }
        }
    }

    thread_local! {
        /// What she opened, by `data-keep`: figures are made anew while she types, and stay open.
        static OPENED: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
    }

    /// Remembers what she opens from now on.
    pub fn remember_opened() {
        let on_toggle = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
            let details = event.target().and_then(|target| target.dyn_into::<HtmlDetailsElement>().ok());
            if let Some((details, key)) =
                details.and_then(|details| details.get_attribute("data-keep").map(|key| (details, key)))
            {
                OPENED.with_borrow_mut(|opened| {
                    opened.retain(|known| *known != key);
                    if details.open() {
                        opened.push(key);
                    }
                });
            }
        });
        if let Some(document) = document() {
            let _ = document.add_event_listener_with_callback_and_bool(
                "toggle",
                on_toggle.as_ref().unchecked_ref(),
                true,
            );
        }
        on_toggle.forget();
    }

    /// Opens again what she had opened, once the views under way have been made.
    pub fn reopen() {
        leptos::task::spawn_local(async {
            leptos::task::tick().await;
            for key in OPENED.with_borrow(Clone::clone) {
                let found = document().and_then(|document| {
                    document.query_selector(&format!("[data-keep='{key}']")).ok().flatten()
                });
                if let Some(details) = found.and_then(|found| found.dyn_into::<HtmlDetailsElement>().ok()) {
                    details.set_open(true);
                }
            }
        });
    }

    /// What stands behind the `#` of the address, if it is what is looked for. The address loses it.
    pub fn take_fragment(is_wanted: fn(&str) -> bool) -> Option<String> {
        let window = web_sys::window()?;
        let location = window.location();
        let fragment = location.hash().ok()?.trim_start_matches('#').to_owned();
        if !is_wanted(&fragment) {
            return None;
        }
        let path = location.pathname().ok()?;
        let _ = window.history().ok()?.replace_state_with_url(&JsValue::NULL, "", Some(&path));
        Some(fragment)
    }

    /// Puts a value into the field with that id.
    pub fn type_in(id: &str, value: &str) {
        if let Some(input) = element(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(value);
        }
    }

    /// Says that what was to be made live is.
    pub fn mark_ready() {
        if let Some(root) = document().and_then(|document| document.document_element()) {
            let _ = root.set_attribute("data-ready", "");
        }
    }

    fn title() -> String {
        document().map(|document| document.title()).unwrap_or_default()
    }

    pub fn set_title(title: &str) {
        if let Some(document) = document() {
            document.set_title(title);
        }
    }

    /// Says in the title whether something was refused.
    pub fn judge(has_problems: bool) {
        let error = if has_problems { shell::ERROR_PREFIX } else { "" };
        let title = title();
        set_title(&format!("{error}{}", title.strip_prefix(shell::ERROR_PREFIX).unwrap_or(&title)));
    }

    pub fn go_to(path: &str) {
        if let Some(window) = web_sys::window() {
            let _ = window.location().set_href(path);
        }
    }

    pub fn reload() {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    }

    pub fn print() {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    }

    /// Offers a text as a file to save; it is made on the phone and sent nowhere.
    pub fn save_as_file(name: &str, kind: &str, text: &str) {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let parts = js_sys::Array::of1(&JsValue::from_str(text));
        let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
        let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
        let link = document()
            .and_then(|document| document.create_element("a").ok())
            .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = link {
            link.set_href(&url);
            link.set_download(name);
            link.click();
        }
        let _ = Url::revoke_object_url(&url);
    }

    pub(crate) fn document() -> Option<web_sys::Document> {
        web_sys::window()?.document()
    }
}
