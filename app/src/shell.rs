//! What stands around every page, and the one place where pages become HTML.

use std::sync::Arc;

use domain::glossary::Term;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::content::{person, shell as text};
use crate::ui;
use crate::urls::{Kind, LEAVE, Page};

/// Who runs this portal and what every page refers to. Made once, when the server starts.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name of the organisation that runs it.
    pub operator: String,
    /// The operator's own line, where a person answers.
    pub helpline: Helpline,
    /// Everything about it is invented, and says so.
    pub demo: bool,
    pub assets: Assets,
}

#[derive(Clone, Debug)]
pub struct Helpline {
    pub phone: String,
    /// When someone answers; `None`: not known.
    pub hours: Option<String>,
}

/// Addresses of the built files.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    pub css: String,
    pub boot: String,
    pub js: String,
    pub wasm: String,
}

/// A page, ready to be put in the house.
pub struct Document {
    /// Which page it is; `None` for trouble.
    pub page: Option<Page>,
    pub title: String,
    pub description: &'static str,
    /// Something typed was refused: said first in the title.
    pub has_error: bool,
    /// Glossary words that the page explains in place.
    pub terms: Vec<&'static Term>,
    pub body: AnyView,
}

impl Document {
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.page.map_or(Kind::Content, Page::kind)
    }
}

/// Renders a page to HTML. `nonce` goes on the scripts of pages that have islands.
pub fn render(site: &Site, nonce: &str, page: impl FnOnce() -> Document) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| house(site, nonce, page()).to_html());
    owner.unset_with_forced_cleanup();
    html
}

fn house(site: &Site, nonce: &str, document: Document) -> impl IntoView + use<> {
    let has_islands = document.kind() == Kind::Calculator;
    let error = if document.has_error { text::ERROR_PREFIX } else { "" };
    let title = format!("{error}{} – {}", document.title, text::SITE_NAME);
    view! {
        <!DOCTYPE html>
        <html lang="nl">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                <meta name="description" content=document.description />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href=site.assets.css.clone() />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                {has_islands.then(|| scripts(&site.assets, nonce))}
            </head>
            <body>
                <a class="nl-skip-link" href="#inhoud">{text::SKIP_LINK}</a>
                <div inner_html=ui::MARKS></div>
                {header(site, document.page)}
                <main id="inhoud" class="page" tabindex="-1">
                    {document.body}
                    {way_to_a_person(site)}
                </main>
                {footer()}
                <a class="leave" href=LEAVE rel="nofollow">{ui::icon("icon-leave")} {text::LEAVE_BUTTON}</a>
                {ui::term_notes(&document.terms)}
            </body>
        </html>
    }
}

/// The head scripts, written by hand: 0.8.23 puts the nonce where `crossorigin` belongs.
fn scripts(assets: &Assets, nonce: &str) -> impl IntoView + use<> {
    view! {
        <link rel="modulepreload" href=assets.js.clone() />
        <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script r#type="module" src=assets.boot.clone() nonce=nonce.to_owned()></script>
    }
}

fn header(site: &Site, current: Option<Page>) -> impl IntoView + use<> {
    let links = [
        (Page::Chooser, text::nav::CHOOSER),
        (Page::Amounts, text::nav::AMOUNTS),
        (Page::Comparison, text::nav::COMPARISON),
        (Page::Examples, text::nav::EXAMPLES),
        (Page::Onward, text::nav::ONWARD),
        (Page::Glossary, text::nav::GLOSSARY),
    ];
    let item = move |(page, label): (Page, &'static str)| {
        let is_current = (current == Some(page)).then_some("page");
        view! { <li><a href=page.path() aria-current=is_current>{label}</a></li> }
    };
    view! {
        <header class="site-header">
            <a class="site-name" href="/">{text::SITE_NAME}</a>
            <p class="site-owner">{text::owner_line(&site.operator)}</p>
            <a class="person-link" href="#mens">{ui::icon("icon-person")} {person::HEADER_LINK}</a>
            <nav class="site-nav" aria-label=text::nav::LABEL>
                <ul>{links.into_iter().map(item).collect_view()}</ul>
            </nav>
            {site.demo.then(|| view! { <p class="site-demo">{text::DEMO_BANNER}</p> })}
        </header>
    }
}

/// A human within reach: the same block in the same place on every page.
fn way_to_a_person(site: &Site) -> impl IntoView + use<> {
    use domain::parameters::contacts;
    let own_notes = [site.demo.then_some(person::DEMO_NOTE.to_owned()), Some(hours(&site.helpline))];
    let own = line(person::HELPLINE, &site.helpline.phone, own_notes.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let known = |label: &'static str, contact: &'static domain::parameter::Parameter<&'static str>| {
        let dated = contact.entry.values.last();
        let unsure = dated.is_some_and(|dated| dated.certainty == domain::parameter::Certainty::Derived);
        let number = dated.and_then(|dated| match dated.value {
            Some(domain::parameter::Value::Text(number)) => Some(number),
            _ => None,
        });
        number.map(|number| line(label, number, if unsure { person::NOT_CERTAIN.to_owned() } else { String::new() }))
    };
    view! {
        <aside id="mens" class="person" aria-labelledby="mens-kop" tabindex="-1">
            <h2 class="nl-heading nl-heading--level-2" id="mens-kop">{person::HEADING}</h2>
            <p class="nl-paragraph">{person::INTRO} " " {person::NO_REASON_NEEDED}</p>
            <ul>
                {own}
                {known(person::PEERS, &contacts::PEER_LINE)}
                {known(person::EMERGENCY, &contacts::EMERGENCY)}
                {known(person::SUICIDE_PREVENTION, &contacts::SUICIDE_PREVENTION)}
                {known(person::SUICIDE_PREVENTION_FREE, &contacts::SUICIDE_PREVENTION_FREE)}
                {known(person::SAFE_AT_HOME, &contacts::SAFE_AT_HOME)}
            </ul>
        </aside>
    }
}

fn hours(helpline: &Helpline) -> String {
    helpline.hours.clone().unwrap_or_else(|| person::HOURS_UNKNOWN.to_owned())
}

fn line(label: &'static str, number: &str, note: String) -> impl IntoView + use<> {
    let dial: String = number.chars().filter(char::is_ascii_digit).collect();
    view! {
        <li>
            <span>{label}</span>
            " "
            <a class="nl-link" href=format!("tel:{dial}")>{number.to_owned()}</a>
            {(!note.is_empty()).then(|| view! { <small>{note}</small> })}
        </li>
    }
}

fn footer() -> impl IntoView {
    let links = [
        (Page::About, text::nav::ABOUT),
        (Page::Privacy, text::nav::PRIVACY),
        (Page::Accessibility, text::nav::ACCESSIBILITY),
    ];
    view! {
        <footer class="site-footer">
            <p>{text::footer::INDEPENDENT} " " {text::footer::ESTIMATE}</p>
            <nav aria-label=text::footer::LABEL>
                <ul>
                    {links
                        .into_iter()
                        .map(|(page, label)| view! { <li><a class="nl-link" href=page.path()>{label}</a></li> })
                        .collect_view()}
                </ul>
            </nav>
            <p>{text::footer::OPEN_SOURCE}</p>
        </footer>
    }
}
