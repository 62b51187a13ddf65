//! Her page as it stands, read for the other chair: its title, what it asks, what she chose and typed, what comes out.
//!
//! Only what is listed here is ever told. Codes, files and hidden fields never are.

use domain::together::{Answer, Control, Covers, Part, Question, View};
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

use super::browser::{all, inside, path, text_of};

/// The id of all results of a page, which are shown or covered together.
pub const RESULTS: &str = "#uitkomst";

const PIECES: &str = "main h1, main h2, main legend, main input, main select, main textarea, \
                      main .range-row, main .timeline h4";
/// What stands in these is never told.
const APART: &str = ".together, #samen, #mens, [hidden], .error-summary, details:not([open])";

/// A page, and where its questions stand.
pub struct Reading {
    pub view: View,
    pub places: Vec<Place>,
}

/// Where a question stands on her page.
pub struct Place {
    pub id: String,
    pub label: String,
    pub is_shown: bool,
    /// What she shows or covers from here, itself included: several boxes that one question asks about, from the last of them.
    pub flips: Vec<String>,
    /// What that is called.
    pub asked: String,
    /// What she presses to show or cover it comes behind this.
    pub last: Element,
    /// What lights up.
    pub whole: Element,
}

/// Reads the page that is open.
pub fn page(covers: &Covers) -> Reading {
    let mut reading = Reading { view: View { path: path(), ..View::default() }, places: Vec::new() };
    for piece in all(PIECES) {
        if piece.closest(APART).ok().flatten().is_none() {
            reading.add(&piece, covers);
        }
    }
    reading.view = reading.view.cut_to_fit();
    reading.join_boxes();
    reading
}

impl Reading {
    fn add(&mut self, piece: &Element, covers: &Covers) {
        match piece.tag_name().as_str() {
            "H1" if self.view.title.is_empty() => self.view.title = text_of(piece),
            "H1" => {}
            "H2" => self.view.parts.push(Part::Heading(text_of(piece))),
            "LEGEND" => {
                if is_heading_of_a_group(piece) {
                    self.view.parts.push(Part::Heading(text_of(piece)));
                }
            }
            "DIV" => self.result(text_in(piece, ".range-name"), text_in(piece, ".range-text"), covers),
            "H4" => {
                let state = text_in(piece, ".timeline-state");
                let label = text_of(piece);
                let label = label.strip_suffix(&state).unwrap_or(&label).trim().to_owned();
                self.result(label, state, covers);
            }
            _ => self.question(piece, covers),
        }
    }

    fn result(&mut self, label: String, text: String, covers: &Covers) {
        let text = answer(&text, covers.shows(&self.view.path, RESULTS, true));
        self.view.parts.push(Part::Result { label, text });
    }

    fn question(&mut self, control: &Element, covers: &Covers) {
        let id = control.get_attribute("name").unwrap_or_default();
        let is_known = self.places.iter().any(|place| place.id == id);
        if id.is_empty() || is_known || control.class_list().contains("code-input") {
            return;
        }
        let Some(asked) = Asked::of(control, &id, &self.view.title) else { return };
        let is_shown = covers.shows(&self.view.path, &id, asked.control.is_covered_at_first());
        let Asked { label, hint, control, value, last, whole } = asked;
        let flips = vec![id.clone()];
        self.places.push(Place {
            id: id.clone(),
            label: label.clone(),
            asked: label.clone(),
            is_shown,
            flips,
            last,
            whole,
        });
        let question = Question { id, label, hint, control, answer: answer(&value, is_shown) };
        self.view.parts.push(Part::Question(question));
    }
}

impl Reading {
    /// Boxes to check that stand together are one question: they are shown and covered together, from the last of them.
    fn join_boxes(&mut self) {
        let mut groups: Vec<(Element, Vec<usize>)> = Vec::new();
        for (at, place) in self.places.iter().enumerate() {
            let is_box = place.last.query_selector("input[type=checkbox]").ok().flatten().is_some();
            let group = place.whole.closest("fieldset, form").ok().flatten().filter(|_| is_box);
            if let Some(group) = group {
                match groups.iter_mut().find(|(known, _)| *known == group) {
                    Some((_, places)) => places.push(at),
                    None => groups.push((group, vec![at])),
                }
            }
        }
        for (group, places) in groups.into_iter().filter(|(_, places)| places.len() > 1) {
            let asked = text_in(&group, "legend");
            let asked = if asked.is_empty() { self.view.title.clone() } else { asked };
            let ids: Vec<String> =
                places.iter().filter_map(|at| Some(self.places.get(*at)?.id.clone())).collect();
            for at in &places {
                let Some(place) = self.places.get_mut(*at) else { continue };
                place.flips.clear();
                if Some(at) == places.last() {
                    place.flips.clone_from(&ids);
                    place.asked.clone_from(&asked);
                }
            }
        }
    }
}

fn answer(value: &str, is_shown: bool) -> Answer {
    if is_shown { Answer::shown(value) } else { Answer::Covered }
}

/// A question as the page asks it.
struct Asked {
    label: String,
    hint: String,
    control: Control,
    value: String,
    last: Element,
    whole: Element,
}

impl Asked {
    fn of(element: &Element, id: &str, title: &str) -> Option<Asked> {
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            return match input.type_().as_str() {
                "radio" => Asked::one_of(element, id, title),
                "checkbox" => {
                    let value = if input.checked() { input.value() } else { String::new() };
                    let row = element.closest("label").ok().flatten()?;
                    let control = Control::Check(input.value());
                    let label = choice_words(&row);
                    Some(Asked { label, hint: String::new(), control, value, last: row.clone(), whole: row })
                }
                "text" | "tel" | "email" | "search" => {
                    let is_amount = input.input_mode() == "decimal";
                    let control = if is_amount { Control::Amount } else { Control::Text };
                    Asked::typed(element, control, input.value())
                }
                _ => None,
            };
        }
        if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            return Asked::typed(element, Control::Lines, area.value());
        }
        let select = element.dyn_ref::<HtmlSelectElement>()?;
        let choices = inside(select, "option")
            .into_iter()
            .map(|option| (option.get_attribute("value").unwrap_or_default(), text_of(&option)))
            .filter(|(value, _)| !value.is_empty());
        Asked::typed(element, Control::Choice(choices.collect()), select.value())
    }

    /// A field in its own box.
    fn typed(element: &Element, control: Control, value: String) -> Option<Asked> {
        let whole = element.closest(".field").ok().flatten()?;
        let (label, hint) = (text_in(&whole, "label"), text_in(&whole, ".utrecht-form-field-description"));
        let last = element.closest(".amount-input").ok().flatten().unwrap_or_else(|| element.clone());
        Some(Asked { label, hint, control, value, last, whole })
    }

    /// One of several answers. Where no legend asks, the page's title does.
    fn one_of(first: &Element, id: &str, title: &str) -> Option<Asked> {
        let group = first.closest("fieldset").ok().flatten();
        let label = group.as_ref().map(|group| text_in(group, "legend")).unwrap_or_default();
        let label = if label.is_empty() { title.to_owned() } else { label };
        let hint = group.as_ref().map(|group| text_in(group, ".utrecht-form-field-description"));
        let radios = radios(id);
        let value = radios.iter().find(|radio| radio.checked()).map(HtmlInputElement::value);
        let rows: Vec<(String, Element)> = radios
            .iter()
            .filter_map(|radio| Some((radio.value(), radio.closest("label").ok().flatten()?)))
            .collect();
        let choices = rows.iter().map(|(value, row)| (value.clone(), choice_words(row))).collect();
        let last = rows.last()?.1.clone();
        let whole = group.unwrap_or_else(|| last.clone());
        let control = Control::Choice(choices);
        Some(Asked {
            label,
            hint: hint.unwrap_or_default(),
            control,
            value: value.unwrap_or_default(),
            last,
            whole,
        })
    }
}

/// A legend that asks nothing itself and holds no heading.
fn is_heading_of_a_group(legend: &Element) -> bool {
    let asks = legend.closest("fieldset").ok().flatten().is_some_and(|it| it.class_list().contains("field"));
    let holds_heading = legend.query_selector("h1, h2").ok().flatten().is_some();
    !asks && !holds_heading
}

fn radios(name: &str) -> Vec<HtmlInputElement> {
    let radios =
        all("main input[type=radio]").into_iter().filter_map(|it| it.dyn_into::<HtmlInputElement>().ok());
    radios.filter(|radio| radio.name() == name).collect()
}

/// The words of an answer, without what explains them.
fn choice_words(row: &Element) -> String {
    let all = text_of(row);
    let explained = text_in(row, "small");
    all.strip_suffix(&explained).unwrap_or(&all).trim().to_owned()
}

fn text_in(element: &Element, selector: &str) -> String {
    element.query_selector(selector).ok().flatten().map(|found| text_of(&found)).unwrap_or_default()
}

/// The control of a question, to bring her there.
pub fn control(id: &str) -> Option<HtmlElement> {
    let controls = all("main input, main select, main textarea");
    let named = controls.into_iter().find(|it| it.get_attribute("name").as_deref() == Some(id))?;
    named.dyn_into().ok()
}

/// Puts an answer where she would have put it, and tells the page as if she had. `false`: the page has no place for it.
pub fn fill_in(id: &str, value: &str) -> bool {
    let controls = all("main input, main select, main textarea");
    for control in controls.iter().filter(|it| it.get_attribute("name").as_deref() == Some(id)) {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "radio" if input.value() != value => continue,
                "radio" => input.set_checked(true),
                "checkbox" => input.set_checked(!value.is_empty()),
                "hidden" => continue,
                _ => input.set_value(value),
            }
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value);
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(value);
        }
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        for event in ["input", "change"] {
            if let Ok(event) = Event::new_with_event_init_dict(event, &bubbles) {
                let _ = control.dispatch_event(&event);
            }
        }
        return true;
    }
    false
}
