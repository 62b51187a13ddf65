//! What stands around every page, and the one place where pages become HTML.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::glossary::Term;
use hydration_context::SsrSharedContext;
use leptos::prelude::{IntoView, Owner, RenderHtml};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Deserialize;

use crate::about;
use crate::content::{person, shell as text};
use crate::ui;
use crate::urls::{LEAVE, Page, TOGETHER};
use crate::visit::Visit;

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

/// Addresses of the built files, as `assets.json` lists them.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Assets {
    pub css: String,
    /// What a page with islands loads, by [`Page::bundle`].
    pub bundles: BTreeMap<String, Bundle>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Bundle {
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
    /// What its islands work with; `None` for reading matter.
    pub visit: Option<Visit>,
    pub body: Markup,
}

/// A page as HTML.
pub struct Rendered {
    pub html: String,
    /// It tells of something that was refused.
    pub has_error: bool,
    /// It has islands, which come in scripts.
    pub has_scripts: bool,
}

/// Renders a page. While its reader `is_together` with someone, every page has the script that shows so.
pub fn render(site: &Site, is_together: bool, page: impl FnOnce() -> Document) -> Rendered {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let rendered = owner.with(|| {
        let document = page();
        let has_scripts = is_together || document.page.and_then(Page::bundle).is_some();
        Rendered {
            has_error: document.has_error,
            has_scripts,
            html: house(site, is_together, document).into_string(),
        }
    });
    owner.unset_with_forced_cleanup();
    rendered
}

/// An island as it stands in the page, for the phone to make live. Only while a page is made by [`render`].
pub fn island(view: impl IntoView) -> Markup {
    PreEscaped(view.into_view().to_html())
}

fn house(site: &Site, is_together: bool, document: Document) -> Markup {
    let bundle = document.page.and_then(Page::bundle).and_then(|group| site.assets.bundles.get(group));
    let on_demand = document.page.and_then(Page::on_demand).and_then(|group| site.assets.bundles.get(group));
    let beside = document.page.and_then(Page::bundle) != Some(TOGETHER);
    let together = site.assets.bundles.get(TOGETHER).filter(|_| is_together && beside);
    let visit = document.visit.as_ref();
    let error = if document.has_error { text::ERROR_PREFIX } else { "" };
    html! {
        (DOCTYPE)
        html lang="nl" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (error) (document.title) " – " (text::SITE_NAME) }
                meta name="description" content=(document.description);
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(site.assets.css);
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="manifest" href="/manifest.webmanifest";
                @for bundle in bundle.into_iter().chain(together) { (scripts(bundle)) }
                @if let Some(bundle) = on_demand { meta name="on-demand" content=(bundle.boot); }
            }
            body {
                a.nl-skip-link href="#inhoud" { (text::SKIP_LINK) }
                div { (PreEscaped(ui::MARKS)) }
                (header(site, document.page))
                main #inhoud.page tabindex="-1" data-on=[visit.map(|visit| visit.on)] data-form=[visit.map(|visit| visit.form.encode())] data-observed=[visit.and_then(Visit::observed)] {
                    (document.body)
                    // What only the site that runs can say of itself.
                    @if document.page == Some(Page::About) { (about::this_site(site)) }
                    (ui::term_notes(&document.terms))
                    (way_to_a_person(site))
                }
                (footer())
            }
        }
    }
}

/// The head scripts, written by hand: none stands in the page itself, so none needs a nonce, and what everyone sees first can
/// be the same for everyone.
fn scripts(bundle: &Bundle) -> Markup {
    html! {
        link rel="modulepreload" href=(bundle.js);
        link rel="preload" href=(bundle.wasm) as="fetch" type="application/wasm" crossorigin="anonymous";
        script type="module" src=(bundle.boot) {}
    }
}

fn header(site: &Site, current: Option<Page>) -> Markup {
    let links = [
        (Page::Chooser, text::nav::CHOOSER),
        (Page::Amounts, text::nav::AMOUNTS),
        (Page::Comparison, text::nav::COMPARISON),
        (Page::Timeline, text::nav::TIMELINE),
        (Page::Help, text::nav::HELP),
        (Page::Examples, text::nav::EXAMPLES),
        (Page::Onward, text::nav::ONWARD),
        (Page::Glossary, text::nav::GLOSSARY),
    ];
    html! {
        header.site-header {
            a.site-name href="/" { (text::SITE_NAME) }
            a.person-link href="#mens" { (ui::icon("icon-person")) (person::HEADER_LINK) }
            @if current.is_some_and(Page::is_for_together) {
                a.together-link href=(Page::Together.path()) { (text::TOGETHER) }
            }
            p.site-owner {
                (text::owner_line(&site.operator))
                @if site.demo { " " strong.site-demo { (text::DEMO_BANNER) } }
            }
            nav.site-nav aria-label=(text::nav::LABEL) {
                details {
                    summary { (text::nav::LABEL) }
                    ul {
                        @for (page, label) in links {
                            li { a href=(page.path()) aria-current=[(current == Some(page)).then_some("page")] { (label) } }
                        }
                    }
                }
            }
        }
    }
}

/// A human within reach: the same block in the same place on every page.
fn way_to_a_person(site: &Site) -> Markup {
    use domain::parameters::contacts;
    let own_notes = [site.demo.then_some(person::DEMO_NOTE.to_owned()), Some(hours(&site.helpline))];
    let own_notes = own_notes.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let known = [
        (person::PEERS, &contacts::PEER_LINE),
        (person::EMERGENCY, &contacts::EMERGENCY),
        (person::SUICIDE_PREVENTION, &contacts::SUICIDE_PREVENTION),
        (person::SUICIDE_PREVENTION_FREE, &contacts::SUICIDE_PREVENTION_FREE),
        (person::SAFE_AT_HOME, &contacts::SAFE_AT_HOME),
        (person::OMBUDSMAN, &contacts::OMBUDSMAN),
    ];
    html! {
        aside #mens.person aria-labelledby="mens-kop" tabindex="-1" {
            h2.nl-heading.nl-heading--level-2 #mens-kop { (person::HEADING) }
            p.nl-paragraph { (person::INTRO) " " (person::NO_REASON_NEEDED) }
            ul.numbers {
                (ui::call(person::HELPLINE, &site.helpline.phone, &own_notes))
                @for (label, contact) in known { (ui::known_number(label, contact)) }
            }
        }
    }
}

fn hours(helpline: &Helpline) -> String {
    helpline.hours.clone().unwrap_or_else(|| person::HOURS_UNKNOWN.to_owned())
}

fn footer() -> Markup {
    let links = [
        (Page::Figures, text::nav::FIGURES),
        (Page::About, text::nav::ABOUT),
        (Page::Privacy, text::nav::PRIVACY),
        (Page::Accessibility, text::nav::ACCESSIBILITY),
        (Page::SignIn, text::nav::SIGN_IN),
    ];
    html! {
        footer.site-footer {
            p { (text::footer::INDEPENDENT) " " (text::footer::ESTIMATE) }
            nav aria-label=(text::footer::LABEL) {
                ul { @for (page, label) in links { li { a.nl-link href=(page.path()) { (label) } } } }
            }
            p { (text::footer::OPEN_SOURCE) }
            a.leave href=(LEAVE) rel="nofollow" { (ui::icon("icon-leave")) (text::LEAVE_BUTTON) }
        }
    }
}
