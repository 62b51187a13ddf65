//! A page as a browser without scripts takes it: what stands where, and what a press on a button sends.

use std::collections::BTreeSet;

use domain::Cents;
use scraper::{ElementRef, Html, Node, Selector};

pub struct View {
    html: Html,
}

/// A form with what stands in it; the buttons only say which of them was pressed.
#[derive(Clone, Debug)]
pub struct Form {
    pub method: String,
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// The names of those in which one types.
    pub typed_in: Vec<String>,
    buttons: Vec<Button>,
}

#[derive(Clone, Debug)]
struct Button {
    name: String,
    value: String,
    /// Where it sends the form instead.
    action: Option<String>,
}

impl View {
    pub fn of(html: &str) -> View {
        // How Leptos marks a place between two texts: allowed to be parsed, but not written nicely.
        View { html: Html::parse_document(&html.replace("<!>", "<!---->")) }
    }

    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).expect("a selector")).filter(is_there).collect()
    }

    #[track_caller]
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}");
        found[0]
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// The values of an attribute, wherever it stands.
    pub fn attributes(&self, name: &str) -> Vec<&str> {
        self.all(&format!("[{name}]")).into_iter().filter_map(|element| element.attr(name)).collect()
    }

    pub fn has_id(&self, id: &str) -> bool {
        self.attributes("id").contains(&id)
    }

    #[track_caller]
    pub fn title(&self) -> String {
        words(self.one("title"))
    }

    #[track_caller]
    pub fn heading(&self) -> String {
        words(self.one("h1"))
    }

    /// The input with that name, as typed.
    #[track_caller]
    pub fn typed(&self, name: &str) -> &str {
        self.one(&format!("input[name='{name}']:not([type='radio'])")).attr("value").unwrap_or_default()
    }

    /// The form that goes there and holds that much.
    #[track_caller]
    pub fn form(&self, selector: &str) -> Form {
        Form::read(self.one(&format!("form{selector}")))
    }

    /// Every form that stands there.
    pub fn forms(&self) -> Vec<Form> {
        self.all("form").into_iter().map(Form::read).collect()
    }

    /// The page without what was typed: each element with the names of its attributes, and what those say that lead
    /// somewhere or do something. Ids that were made at random look alike.
    pub fn skeleton(&self) -> Vec<String> {
        let telling =
            ["href", "src", "action", "formaction", "method", "type", "name", "id", "class", "for", "rel"];
        let mut parts = Vec::new();
        for node in self.html.tree.root().descendants() {
            let depth = node.ancestors().count();
            match node.value() {
                Node::Element(element) => {
                    let mut attributes: Vec<String> = element
                        .attrs()
                        .map(|(name, value)| {
                            if telling.contains(&name) {
                                format!("{name}={}", without_ids(value))
                            } else {
                                name.to_owned()
                            }
                        })
                        .collect();
                    attributes.sort();
                    parts.push(format!("{depth} {} {}", element.name(), attributes.join(" ")));
                }
                Node::Comment(comment) => parts.push(format!("{depth} <!--{}-->", &**comment)),
                Node::ProcessingInstruction(_) => parts.push(format!("{depth} <?")),
                _ => {}
            }
        }
        parts
    }

    /// What every page must hold to, whatever is on it.
    #[track_caller]
    pub fn check(&self) {
        assert_eq!(self.html.errors, Vec::<String>::new(), "not valid HTML");
        assert_eq!(self.one("html").attr("lang"), Some("nl"));
        assert!(!self.heading().is_empty());
        assert!(self.title().ends_with(" – Herstelroute"), "{}", self.title());
        assert!(
            self.has("main > #mens:last-child [href^='tel:']"),
            "the way to a person stands on every page, in the same place"
        );
        assert!(!self.has("[style]"), "the policy takes no inline styles");
        let handlers = self
            .all("*")
            .into_iter()
            .flat_map(|element| element.value().attrs())
            .filter(|(name, _)| name.starts_with("on"));
        assert_eq!(handlers.collect::<Vec<_>>(), [], "the policy takes no inline scripts");
        self.check_ids();
    }

    #[track_caller]
    fn check_ids(&self) {
        let ids = self.attributes("id");
        let mut seen = BTreeSet::new();
        let twice: Vec<&&str> = ids.iter().filter(|id| !seen.insert(**id)).collect();
        assert_eq!(twice, Vec::<&&str>::new(), "these ids stand twice");
        let fragments = self.attributes("href").into_iter().filter_map(|href| href.strip_prefix('#'));
        let named =
            ["popovertarget", "for", "aria-labelledby"].into_iter().flat_map(|name| self.attributes(name));
        let lost: Vec<&str> = fragments.chain(named).filter(|id| !seen.contains(id)).collect();
        assert_eq!(lost, Vec::<&str>::new(), "nothing has these ids");
    }
}

impl Form {
    fn read(form: ElementRef<'_>) -> Form {
        let attribute =
            |element: ElementRef<'_>, name: &str| element.attr(name).unwrap_or_default().to_owned();
        let selector = Selector::parse("input, select, textarea, button").expect("a selector");
        let mut read = Form {
            method: attribute(form, "method"),
            action: attribute(form, "action"),
            fields: Vec::new(),
            typed_in: Vec::new(),
            buttons: Vec::new(),
        };
        for control in form.select(&selector).filter(is_there) {
            let name = attribute(control, "name");
            let value = match (control.value().name(), control.attr("type")) {
                ("button", Some("submit")) => {
                    let action = control.attr("formaction").map(str::to_owned);
                    read.buttons.push(Button { name, value: attribute(control, "value"), action });
                    continue;
                }
                ("button", _) | ("input", Some("file")) => continue,
                ("input", Some("radio" | "checkbox")) if control.attr("checked").is_none() => continue,
                ("select", _) => {
                    let chosen = Selector::parse("option[selected]").expect("a selector");
                    control
                        .select(&chosen)
                        .next()
                        .map_or_else(String::new, |option| attribute(option, "value"))
                }
                ("textarea", _) => control.text().collect(),
                _ => attribute(control, "value"),
            };
            let is_typed = match control.value().name() {
                "input" => {
                    !matches!(control.attr("type"), Some("hidden" | "radio" | "checkbox" | "submit" | "file"))
                }
                element => element == "textarea",
            };
            if is_typed {
                read.typed_in.push(name.clone());
            }
            read.fields.push((name, value));
        }
        read
    }

    /// What goes out for each of its buttons; without any, for the form itself.
    pub fn presses(&self) -> Vec<Form> {
        if self.buttons.is_empty() {
            return vec![self.clone()];
        }
        self.buttons.iter().map(|button| self.pressed(button)).collect()
    }

    /// The same form with something typed in a field, or chosen.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Form {
        match self.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// What goes out when the button with that value is pressed.
    #[track_caller]
    pub fn press(&self, value: &str) -> Form {
        let pressed = self
            .buttons
            .iter()
            .find(|button| button.value == value || button.action.as_deref() == Some(value));
        let pressed = pressed.unwrap_or_else(|| panic!("no button {value:?} among {:?}", self.buttons));
        self.pressed(pressed)
    }

    fn pressed(&self, button: &Button) -> Form {
        let mut sent = self.clone();
        if let Some(action) = &button.action {
            sent.action.clone_from(action);
        }
        if !button.name.is_empty() {
            sent.fields.push((button.name.clone(), button.value.clone()));
        }
        sent
    }

    pub fn has_button(&self, value: &str) -> bool {
        self.buttons.iter().any(|button| button.value == value)
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What stands in a template is only there for scripts.
fn is_there(element: &ElementRef<'_>) -> bool {
    !element.ancestors().filter_map(ElementRef::wrap).any(|around| around.value().name() == "template")
}

/// Thirty-two hexadecimal signs in a row are an id.
pub fn without_ids(text: &str) -> String {
    let mut parts: Vec<&str> = text.split(|sign: char| !sign.is_ascii_hexdigit()).collect();
    parts.retain(|part| part.len() == 32);
    parts.into_iter().fold(text.to_owned(), |text, id| text.replace(id, "{id}"))
}

/// The words in an element, each gap one space.
pub fn words(element: ElementRef<'_>) -> String {
    // A no-break space holds an amount together, so it stays.
    let text: String = element.text().collect();
    text.split(' ')
        .flat_map(|part| part.split('\n'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every amount of money in a text, in order.
pub fn amounts(text: &str) -> Vec<Cents> {
    let amount = |behind: &str| {
        let written: String =
            behind.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        Cents::parse(written.trim_end_matches(['.', ','])).expect("an amount")
    };
    text.split("€\u{a0}").skip(1).map(amount).collect()
}
