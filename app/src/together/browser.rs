//! The browser's clock, its events, and parts of a page that are made anew.

use maud::Markup;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::phone::{document, elements};

/// Milliseconds since 1970.
#[must_use]
pub fn now() -> u64 {
    // A clock before 1970 is no clock.
    js_sys::Date::now().max(0.0) as u64
}

/// Milliseconds since a moment; none, where the clock was set back meanwhile.
#[must_use]
pub fn since(moment: u64) -> u64 {
    now().saturating_sub(moment)
}

/// The hour of a moment on this phone's own clock: `14.05`.
#[must_use]
pub fn hour(at: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    format!("{:02}.{:02}", date.get_hours(), date.get_minutes())
}

/// All elements that fit the selector, in the order of the page.
pub fn all(selector: &str) -> Vec<Element> {
    elements(document().and_then(|document| document.query_selector_all(selector).ok())).collect()
}

/// The text of an element as it is read: without the spaces of its HTML.
#[must_use]
pub fn text_of(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address of this page, without the site.
#[must_use]
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Calls back on each of these events.
pub fn on_window(events: &[&str], call: impl Fn() + 'static) {
    let call = Closure::<dyn Fn()>::new(call);
    for event in events {
        // That the page is seen again is told to the document, and bubbles.
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        }
    }
    call.forget();
}

/// Calls back when "verlaat deze pagina snel" is pressed.
pub fn on_leave(call: impl Fn() + 'static) {
    let call = Closure::<dyn Fn()>::new(call);
    for leave in all("a.leave") {
        let _ = leave.add_event_listener_with_callback("click", call.as_ref().unchecked_ref());
    }
    call.forget();
}

/// Calls back with the nearest element around what was pressed or sent that bears `data-together`, and what that says.
pub fn on_action(event: &str, call: impl Fn(&Event, &str, &HtmlElement) + 'static) {
    let call = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let found = target.and_then(|target| target.closest("[data-together]").ok().flatten());
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let action = found.get_attribute("data-together").unwrap_or_default();
            call(&event, &action, &found);
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
    }
    call.forget();
}

/// Puts it where the pages of this folder have room for what the phone makes.
pub fn put(markup: Markup) {
    if let Some(place) = crate::phone::element(super::PLACE) {
        show(&place, &markup.into_string());
    }
}

/// What is filled in there.
#[must_use]
pub fn value_of(element: Element) -> String {
    match element.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
    }
}

/// Where an element bears what was put into it: only in this page's memory.
const SHOWN: &str = "herstelrouteShown";

/// Makes the inside of an element anew, if it says something else now. What was being typed inside, what stands open and
/// where the focus is stay as they are; if what had the focus is gone, the element itself gets it.
pub fn show(element: &Element, html: &str) {
    let known = js_sys::Reflect::get(element, &SHOWN.into()).ok().and_then(|known| known.as_string());
    if known.as_deref() == Some(html) {
        return;
    }
    let focus = document().and_then(|document| document.active_element());
    let focus = focus.filter(|active| active != element && element.contains(Some(active)));
    let focus = focus.map(|active| (active.id(), Caret::of(&active)));
    let typed: Vec<(String, String)> =
        fields_in(element).into_iter().map(|(id, field)| (id, field.value())).collect();
    let open: Vec<String> = inside(element, "details[open]").iter().map(Element::id).collect();
    element.set_inner_html(html);
    let _ = js_sys::Reflect::set(element, &SHOWN.into(), &html.into());
    for (id, field) in fields_in(element) {
        if let Some((_, value)) = typed.iter().find(|(known, _)| *known == id) {
            field.set_value(value);
        }
    }
    for details in inside(element, "details").iter().filter(|details| open.contains(&details.id())) {
        let _ = details.set_attribute("open", "");
    }
    if let Some((id, caret)) = focus {
        let again = inside(element, "[id]").into_iter().find(|it| !id.is_empty() && it.id() == id);
        let again = again.unwrap_or_else(|| {
            let _ = element.set_attribute("tabindex", "-1");
            element.clone()
        });
        focus_in_place(&again);
        caret.put_in(&again);
    }
}

/// Moves the focus, and leaves the page where it is.
fn focus_in_place(element: &Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus_with_options(&options);
    }
}

/// Where in a field the next sign comes, and what is selected.
struct Caret(Option<(u32, u32)>);

impl Caret {
    fn of(element: &Element) -> Caret {
        let input = element.dyn_ref::<HtmlInputElement>();
        let area = element.dyn_ref::<HtmlTextAreaElement>();
        // Refused where nothing is typed.
        let start = input
            .and_then(|it| it.selection_start().ok()?)
            .or(area.and_then(|it| it.selection_start().ok()?));
        let end =
            input.and_then(|it| it.selection_end().ok()?).or(area.and_then(|it| it.selection_end().ok()?));
        Caret(start.zip(end))
    }

    fn put_in(&self, element: &Element) {
        let Some((start, end)) = self.0 else { return };
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let _ = input.set_selection_range(start, end);
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            let _ = area.set_selection_range(start, end);
        }
    }
}

/// Something that is filled in.
enum Field {
    Input(HtmlInputElement),
    Check(HtmlInputElement),
    Area(HtmlTextAreaElement),
}

impl Field {
    fn value(&self) -> String {
        match self {
            Field::Input(input) => input.value(),
            Field::Check(input) if input.checked() => input.value(),
            Field::Check(_) => String::new(),
            Field::Area(area) => area.value(),
        }
    }

    fn set_value(&self, value: &str) {
        match self {
            Field::Input(input) => input.set_value(value),
            Field::Check(input) => input.set_checked(!value.is_empty()),
            Field::Area(area) => area.set_value(value),
        }
    }
}

fn fields_in(element: &Element) -> Vec<(String, Field)> {
    let field = |it: Element| {
        let id = it.id();
        match it.dyn_into::<HtmlInputElement>() {
            Ok(input) if ["radio", "checkbox"].contains(&input.type_().as_str()) => {
                Some((id, Field::Check(input)))
            }
            Ok(input) => Some((id, Field::Input(input))),
            Err(it) => Some((id, Field::Area(it.dyn_into().ok()?))),
        }
    };
    inside(element, "input[id], textarea[id]").into_iter().filter_map(field).collect()
}

/// The same inside an element.
pub fn inside(element: &Element, selector: &str) -> Vec<Element> {
    elements(element.query_selector_all(selector).ok()).collect()
}
