//! The pages of /dossier: open, confirm, the code, the letters, another version meanwhile, delete.

use domain::calendar::Date;
use domain::figures::Spread;
use domain::timeline::Event;
use leptos::prelude::view;
use maud::{Markup, html};

use super::filled_in::{line, list};
pub use super::form::{CODE, TICKET, VERSION};
use super::form::{LETTERS, OFFICE, Told, answer};
use super::page::letters;
use super::scanned::Scanned;
use crate::content::{dossier as text, timeline};
use crate::entries::{ACTION, Entries};
use crate::shell::{Document, island};
use crate::ui::{code_field, error_summary, hidden, notice, qr};
use crate::urls::Page;
use crate::visit::Visit;

/// Names of the fields that go along.
pub const FORM: &str = "form";
pub const LINK_CODE: &str = "link_code";
/// Ids of the buttons that say what to do.
pub mod action {
    pub use super::super::form::{ASK, SAVE};
    pub const MAKE: &str = "make";
    pub const OPEN: &str = "open";
    pub const KEEP_THEIRS: &str = "keep_theirs";
    pub const MERGE: &str = "merge";
    pub const SHOW_VERSION: &str = "version";
    pub const LINK: &str = "link";
    pub const UNLINK: &str = "unlink";
    pub const EXPORT: &str = "export";
    pub const ASK_DELETE: &str = "ask_delete";
    pub const DELETE: &str = "delete";
}

/// Why a dossier didn't open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    NoCode,
    UnknownCode,
    /// Minutes until it may be tried again.
    TooOften(i64),
    /// The page stood open for too long.
    TicketEnded,
}

/// Where a dossier is opened. Letters that weren't saved yet go along.
#[must_use]
pub fn start(refused: Option<Refused>, unsaved: &Entries) -> Document {
    let problem = refused.map(|refused| match refused {
        Refused::NoCode => text::start::NO_CODE.to_owned(),
        Refused::UnknownCode => text::start::UNKNOWN_CODE.to_owned(),
        Refused::TooOften(minutes) => text::start::too_often(minutes),
        Refused::TicketEnded => text::start::COME_AGAIN.to_owned(),
    });
    let body = html! {
        @if let Some(problem) = &problem { (error_summary(&[(CODE.to_owned(), problem)])) }
        h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::start::LEAD) }
        form.form method="post" action=(Page::Dossier.path()) novalidate autocomplete="off" {
            h2 class="nl-heading nl-heading--level-2" { (text::start::OPEN_HEADING) }
            (hidden(unsaved.iter()))
            (code_field(CODE, text::start::CODE_LABEL, text::start::CODE_HINT, "", problem.as_deref()))
            (button(action::OPEN, text::start::OPEN, "primary"))
        }
        (island(view! { <Scanned /> }))
        h2 class="nl-heading nl-heading--level-2" { (text::start::NEW_HEADING) }
        p.nl-paragraph { (text::start::NEW_TEXT) }
        p.nl-paragraph { a.nl-link href=(Page::Timeline.path()) { (text::start::NEW_LINK) } }
        h2 class="nl-heading nl-heading--level-2" { (text::start::LOST_HEADING) }
        p.nl-paragraph { (text::start::LOST_TEXT) }
    };
    document(text::TITLE, problem.is_some(), body)
}

/// What keeping means, before anything is kept. `form` is the number that makes sending twice do it once.
#[must_use]
pub fn confirm(letters: &Entries, form: &str, on: Date) -> Document {
    let told = Told::of(letters, on, &[]);
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::confirm::TITLE) }
        @if told.case.events.is_empty() {
            p class="nl-paragraph nl-paragraph--lead" { (text::confirm::NO_LETTERS) }
            p.nl-paragraph { a.nl-link href=(Page::Timeline.path()) { (text::start::NEW_LINK) } }
        } @else {
            p class="nl-paragraph nl-paragraph--lead" { (text::confirm::LEAD) }
            ul.todo { @for promise in text::confirm::PROMISES { li { (promise) } } }
            p.nl-paragraph { a.nl-link href=(Page::Privacy.path()) { (text::confirm::PRIVACY_LINK) } }
            h2 class="nl-heading nl-heading--level-2" { (text::confirm::LETTERS_HEADING) }
            (list(&told.case.events))
            form.form method="post" action=(Page::Dossier.path()) {
                (hidden(letters.iter().chain([(FORM, form)])))
                (button(action::MAKE, text::confirm::MAKE, "primary"))
            }
            form method="post" action=(Page::Timeline.path()) {
                (hidden(letters.iter()))
                button class="nl-button nl-button--subtle" type="submit" { (text::confirm::BACK) }
            }
        }
    };
    document(text::confirm::TITLE, false, body)
}

/// The code, the only time that it is shown. `address` opens the dossier on another phone; `None`: not known.
#[must_use]
pub fn made(code: &str, address: Option<&str>, ticket: &str, ends_on: Date) -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::made::TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::made::LEAD) }
        p.code aria-label=(text::made::CODE_LABEL) { (code) }
        ul.todo { @for step in text::made::WHAT_TO_DO { li { (step) } } }
        @if let Some(address) = address { (qr(address, text::made::QR_LABEL)) }
        p.nl-paragraph { (text::made::keep_until(ends_on.in_dutch())) }
        form.form method="post" action=(Page::Dossier.path()) {
            (hidden([(TICKET, ticket)]))
            (button(action::OPEN, text::made::GO_ON, "primary"))
        }
    };
    document(text::made::TITLE, false, body)
}

/// What the page of an opened dossier tells.
#[derive(Clone, Debug)]
pub struct Opened {
    pub ticket: String,
    pub version: i64,
    /// The letters in the form: those saved, or what she is about to save.
    pub letters: Entries,
    pub message: Message,
    pub ends_on: Date,
    /// Number and moment in words, the newest first.
    pub versions: Vec<(i64, String)>,
    /// What the office tells; `None`: not linked.
    pub office: Option<Vec<Event>>,
    /// How long steps took others, as far as that was estimated.
    pub estimated: Vec<Spread>,
    pub link_refused: Option<LinkRefused>,
}

/// Why a dossier wasn't linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefused {
    UnknownCode,
    TooOften(i64),
}

impl LinkRefused {
    fn words(self) -> String {
        match self {
            LinkRefused::UnknownCode => text::office::UNKNOWN_CODE.to_owned(),
            LinkRefused::TooOften(minutes) => text::start::too_often(minutes),
        }
    }
}

/// What happened just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    None,
    Saved,
    /// The form holds what isn't saved yet.
    NotSaved,
    /// Somebody saved these letters meanwhile.
    Stale(Entries),
    Merged,
    /// The form shows an earlier version.
    Shown(i64),
    Linked,
    Unlinked,
}

/// An opened dossier.
#[must_use]
pub fn opened(it: &Opened, on: Date) -> Document {
    let mut form = it.letters.clone();
    form.set(TICKET, it.ticket.clone());
    form.set(VERSION, it.version.to_string());
    add_office(&mut form, it.office.as_deref().unwrap_or_default());
    let visit = Visit { on, form, observed: Spread::encode(&it.estimated) };
    let shown = letters(&visit);
    let problem = it.link_refused.map(LinkRefused::words);
    let body = html! {
        @if let Some(problem) = &problem { (error_summary(&[(LINK_CODE.to_owned(), problem)])) }
        h1 class="nl-heading nl-heading--level-1" { (text::TITLE) }
        (message(it, on))
        p class="nl-paragraph nl-paragraph--lead" { (text::opened::LEAD) }
        @if let Some(events) = &it.office { (office(events)) }
        (shown.html)
        (link(it, problem.as_deref()))
        (versions(it))
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::export::HEADING) }
            p.nl-paragraph { (text::export::TEXT) }
            (small_form(it, html! { (button(action::EXPORT, text::export::BUTTON, "secondary")) }))
        }
        section {
            h2 class="nl-heading nl-heading--level-2" { (text::delete::HEADING) }
            p.nl-paragraph { (text::opened::keep_until(it.ends_on.in_dutch())) " " (text::delete::TEXT) }
            (small_form(it, html! { (button(action::ASK_DELETE, text::delete::ASK, "secondary")) }))
            p.nl-paragraph { a.nl-link href=(Page::Dossier.path()) { (text::opened::SHUT) } }
        }
    };
    Document {
        terms: timeline::TERMS.to_vec(),
        visit: Some(visit),
        ..document(text::TITLE, shown.has_error || problem.is_some(), body)
    }
}

/// What was done with a dossier, and when it was.
pub struct Done {
    /// In words.
    pub when: String,
    pub what: &'static str,
}

/// All that is kept of her, for her: what each version held (number, moment and letters), and what was done with it.
#[must_use]
pub fn export(versions: &[(i64, String, Entries)], done: &[Done], on: Date) -> Vec<(String, Vec<String>)> {
    let version = |(number, moment, letters): &(i64, String, Entries)| {
        let events = Told::of(letters, on, &[]).case.events;
        (text::versions::version(number, moment), events.iter().map(line).collect())
    };
    let done = done.iter().map(|done| format!("{}: {}", done.when, done.what));
    let events = (text::export::EVENTS.to_owned(), done.collect());
    versions.iter().map(version).chain([events]).collect()
}

/// "Weet u het zeker?"
#[must_use]
pub fn confirm_delete(ticket: &str) -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::delete::SURE_TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::delete::TEXT) }
        form.form method="post" action=(Page::Dossier.path()) {
            (hidden([(TICKET, ticket)]))
            div.button-row {
                (button(action::OPEN, text::delete::NO, "secondary"))
                (button(action::DELETE, text::delete::SURE, "primary"))
            }
        }
    };
    document(text::delete::SURE_TITLE, false, body)
}

#[must_use]
pub fn deleted() -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::delete::DONE_TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::delete::DONE_TEXT) }
        p.nl-paragraph { a.nl-link href=(Page::Timeline.path()) { (text::start::NEW_LINK) } }
    };
    document(text::delete::DONE_TITLE, false, body)
}

/// It was deleted while this page stood open: what she typed goes along to the timeline.
#[must_use]
pub fn gone(letters: &Entries) -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::delete::DONE_TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::delete::GONE) }
        form.form method="post" action=(Page::Timeline.path()) {
            (hidden(letters.iter()))
            button class="nl-button nl-button--primary" type="submit" { (text::start::NEW_LINK) }
        }
    };
    document(text::delete::DONE_TITLE, false, body)
}

/// Why it didn't work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Through a fault of ours.
    Ours,
    TooLarge,
    /// Too many came from one address; minutes until the next may.
    TooMany(i64),
}

/// It didn't work: everything that she sent can be sent again.
#[must_use]
pub fn again(sent: &Entries, why: Trouble) -> Document {
    let words = match why {
        Trouble::Ours => text::trouble::TEXT.to_owned(),
        Trouble::TooLarge => text::trouble::TOO_LARGE.to_owned(),
        Trouble::TooMany(minutes) => text::trouble::too_many(minutes),
    };
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::trouble::TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (words) }
        form.form method="post" action=(Page::Dossier.path()) {
            (hidden(sent.iter()))
            button class="nl-button nl-button--primary" type="submit" { (text::trouble::AGAIN) }
        }
    };
    document(text::trouble::TITLE, true, body)
}

fn document(title: &str, has_error: bool, body: Markup) -> Document {
    Document {
        page: Some(Page::Dossier),
        title: title.to_owned(),
        description: text::DESCRIPTION,
        has_error,
        terms: Vec::new(),
        visit: None,
        body,
    }
}

fn button(action: &str, words: &str, kind: &str) -> Markup {
    html! { button class={ "nl-button nl-button--" (kind) } type="submit" name=(ACTION) value=(action) { (words) } }
}

/// A form that only says which dossier, and what to do.
fn small_form(it: &Opened, content: Markup) -> Markup {
    html! {
        form.form method="post" action=(Page::Dossier.path()) novalidate autocomplete="off" {
            (hidden([(TICKET, it.ticket.as_str())]))
            (content)
        }
    }
}

fn message(it: &Opened, on: Date) -> Markup {
    match &it.message {
        Message::None => html! {},
        Message::Saved => notice("done", text::opened::SAVED, html! {}),
        Message::NotSaved => notice("waiting", text::opened::NOT_SAVED, html! {}),
        Message::Merged => notice("waiting", text::stale::MERGED, html! {}),
        Message::Shown(number) => notice("waiting", &text::versions::shown(number), html! {}),
        Message::Linked => notice("done", text::office::LINKED, html! {}),
        Message::Unlinked => notice("done", text::office::UNLINKED, html! {}),
        Message::Stale(theirs) => stale(it, theirs, on),
    }
}

/// Both versions side by side; none of the choices loses one.
fn stale(it: &Opened, theirs: &Entries, on: Date) -> Markup {
    let lists = [(text::stale::MINE, &it.letters), (text::stale::THEIRS, theirs)];
    html! {
        section.stale {
            (notice("waiting", text::stale::HEADING, html! { p { (text::stale::TEXT) } }))
            @for (heading, letters) in lists {
                h2 class="nl-heading nl-heading--level-3" { (heading) }
                (list(&Told::of(letters, on, &[]).case.events))
            }
            form.form method="post" action=(Page::Dossier.path()) {
                (hidden(it.letters.iter()))
                (hidden([(TICKET, it.ticket.as_str()), (VERSION, &it.version.to_string())]))
                div.button-row {
                    (button(action::SAVE, text::stale::KEEP_MINE, "secondary"))
                    (button(action::KEEP_THEIRS, text::stale::KEEP_THEIRS, "secondary"))
                    (button(action::MERGE, text::stale::BOTH, "primary"))
                }
            }
        }
    }
}

/// What the office tells, marked as theirs.
fn office(events: &[Event]) -> Markup {
    html! {
        section.office aria-labelledby="organisatie-kop" {
            h2 class="nl-heading nl-heading--level-2" id="organisatie-kop" { (text::office::HEADING) }
            p.nl-paragraph { (text::office::TEXT) }
            @if events.is_empty() { p.nl-paragraph { (text::office::NONE_YET) } } @else { (list(events)) }
        }
    }
}

fn link(it: &Opened, problem: Option<&str>) -> Markup {
    html! {
        section {
            @if it.office.is_some() {
                (small_form(it, button(action::UNLINK, text::office::UNLINK, "secondary")))
            } @else {
                h2 class="nl-heading nl-heading--level-2" { (text::office::LINK_HEADING) }
                p.nl-paragraph { (text::office::LINK_TEXT) }
                (small_form(it, html! {
                    (code_field(LINK_CODE, text::office::LINK_LABEL, text::office::LINK_HINT, "", problem))
                    (button(action::LINK, text::office::LINK, "secondary"))
                }))
            }
        }
    }
}

fn versions(it: &Opened) -> Markup {
    html! {
        @if it.versions.len() > 1 {
            section {
                h2 class="nl-heading nl-heading--level-2" { (text::versions::HEADING) }
                p.nl-paragraph { (text::versions::LEAD) }
                (small_form(it, html! {
                    ul.versions {
                        @for (number, moment) in &it.versions {
                            li {
                                (text::versions::version(number, moment)) " "
                                @if *number == it.version {
                                    (text::versions::NOW)
                                } @else {
                                    (button(&format!("{}.{number}", action::SHOW_VERSION), &text::versions::show(number), "subtle"))
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// What the office tells goes along with the form, so that the phone counts it too. It is never read back.
fn add_office(form: &mut Entries, events: &[Event]) {
    for (row, event) in events.iter().enumerate() {
        let mut set = |field: &str, value: Option<String>| {
            if let Some(value) = value {
                form.set(&format!("{OFFICE}[{row}].{field}"), value);
            }
        };
        set("kind", Some(event.kind.id().to_owned()));
        set("on", Some(event.on.to_string()));
        set("step", event.step.map(|step| step.id().to_owned()));
        set("outcome", event.outcome.map(|outcome| answer(outcome).to_owned()));
        set("until", event.until.map(|until| until.to_string()));
        set("way", event.way.map(|way| way.id().to_owned()));
    }
}

/// Only the letters of a form, without what was left empty.
#[must_use]
pub fn letters_of(form: &Entries) -> Entries {
    from_rows(rows_of(form))
}

/// Letters of two forms in one: those of the first, then what only the second has.
#[must_use]
pub fn merged(mine: &Entries, theirs: &Entries) -> Entries {
    let mut rows = rows_of(mine);
    let more: Vec<Row> = rows_of(theirs).into_iter().filter(|row| !rows.contains(row)).collect();
    rows.extend(more);
    from_rows(rows)
}

/// What was filled in of one letter.
type Row = Vec<(String, String)>;

fn rows_of(form: &Entries) -> Vec<Row> {
    let row = |at: usize| -> Row {
        let prefix = format!("{LETTERS}[{at}].");
        let fields =
            form.iter().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value.trim())));
        let filled = fields.filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    (0..form.rows(LETTERS)).map(row).filter(|row| !row.is_empty()).collect()
}

fn from_rows(rows: Vec<Row>) -> Entries {
    let count = rows.len();
    let fields = rows.into_iter().enumerate().flat_map(|(at, row)| {
        row.into_iter().map(move |(field, value)| (format!("{LETTERS}[{at}].{field}"), value))
    });
    let mut letters = Entries::from_pairs(fields);
    letters.set(&format!("rows.{LETTERS}"), count.to_string());
    letters
}

#[cfg(test)]
mod tests {
    use domain::timeline::{EventKind, Outcome, Step, Way};

    use super::*;

    fn letters(rows: &[(&str, &str)]) -> Entries {
        let pairs = rows.iter().enumerate().flat_map(|(row, (kind, on))| {
            [("kind", kind), ("on", on)]
                .map(|(field, value)| (format!("{LETTERS}[{row}].{field}"), (*value).to_owned()))
        });
        Entries::from_pairs(pairs)
    }

    #[test]
    fn letters_of_both_stand_together_once() {
        let mine = letters(&[("registered", "16-1-2023"), ("first_test_decided", "1-5-2023")]);
        let theirs = letters(&[("registered", "16-1-2023"), ("objection_lodged", "2-6-2023")]);
        let merged = merged(&mine, &theirs);
        assert_eq!(merged.rows(LETTERS), 3);
        assert_eq!(merged.get("letters[2].kind"), Some("objection_lodged"));
    }

    #[test]
    fn what_the_office_tells_is_counted_whole() {
        let told = |kind, month| Event {
            on: Date::constant(2024, month, 1),
            kind,
            step: None,
            outcome: None,
            until: None,
            way: None,
            code: None,
        };
        let events = [
            told(EventKind::Registered, 1),
            Event { outcome: Some(Outcome::Refused), ..told(EventKind::FirstTestDecided, 2) },
            told(EventKind::ObjectionLodged, 3),
            Event {
                step: Some(Step::Objection),
                until: Some(Date::constant(2024, 5, 5)),
                ..told(EventKind::InformationAsked, 4)
            },
            Event { outcome: Some(Outcome::Granted), ..told(EventKind::ObjectionDecided, 5) },
            Event { way: Some(Way::MijnHerstel), ..told(EventKind::SettlementRequested, 6) },
        ];
        let mut form = Entries::default();
        add_office(&mut form, &events);
        assert_eq!(Told::of(&form, Date::constant(2026, 11, 23), &[]).case.events, events);
    }

    #[test]
    fn only_letters_are_kept_and_only_what_was_filled_in() {
        let mut form = letters(&[("registered", "16-1-2023"), ("", ""), ("objection_lodged", "")]);
        form.set(TICKET, "secret");
        form.set("office[0].kind", "registered");
        let kept = letters_of(&form);
        assert_eq!(kept.get(TICKET), None);
        assert_eq!(kept.get("office[0].kind"), None);
        assert_eq!(kept.rows(LETTERS), 2);
        assert_eq!(kept.get("letters[1].kind"), Some("objection_lodged"));
        assert_eq!(letters_of(&kept), kept, "tidied once, it stays as it is");
    }
}
