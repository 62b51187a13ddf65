//! The pages of a request: a question, all answers, and that it arrived.

use domain::calendar::Date;
use maud::{Markup, html};

use super::answers::answers;
use super::fields::{Form, Profile, fields};
use super::form::{ABOUT, AT, FORM, LOOKED_OVER, of};
use super::place::{BACK, NEXT, Place, SEND};
use super::step::Step;
use crate::content::help as text;
use crate::entries::{ACTION, Entries};
use crate::shell::Document;
use crate::ui::{error_summary, hidden, more, words};
use crate::urls::Page;

/// A page of the request, with all that was answered before in it.
#[must_use]
pub fn question(place: &Place, typed: &Entries, profiles: &[Profile]) -> Document {
    let texts = text::step::of(place.step);
    let form = Form { typed, problems: &place.problems, profiles };
    let problems: Vec<(String, &str)> =
        place.problems.iter().map(|problem| (problem.field.to_owned(), problem.words)).collect();
    let own = own_fields(place.step);
    let elsewhere = typed.only(|name| !own(name) && ![AT, ACTION].contains(&name));
    let is_first = place.step == Step::Urgent;
    let body = html! {
        @if !problems.is_empty() { (error_summary(&problems)) }
        @if is_first { p.recognition { (text::RECOGNITION) } }
        (progress(place.step, typed))
        form.form method="post" action=(Page::Help.path()) novalidate autocomplete="off" {
            (hidden([(AT, place.step.id())]))
            (hidden(elsewhere.iter()))
            h1 class="nl-heading nl-heading--level-1" { (texts.title) }
            p.utrecht-form-field-description { (texts.help) }
            @if place.step == Step::Check {
                p.nl-paragraph { (text::check::LEAD) }
                (hidden([(LOOKED_OVER, "yes")]))
                (all_answers(typed, profiles))
            } @else {
                (fields(form, place.step))
            }
            (more(text::WHY, None, html! { p { (words(texts.why)) } }))
            div.button-row {
                @if place.step == Step::Check {
                    (button(SEND, text::check::SEND, "primary"))
                } @else {
                    (button(NEXT, text::NEXT, "primary"))
                }
                @if !is_first { (button(BACK, text::BACK, "secondary")) }
            }
        }
        @if is_first {
            p.nl-paragraph { (text::LEAD) " " (text::KEPT_NOTE) }
            p.nl-paragraph { a.nl-link href=(Page::FollowHelp.path()) { (text::FOLLOW_LINK) } }
        }
    };
    document(Page::Help, texts.title, !problems.is_empty(), body)
}

/// Whether a field stands on that page: then it isn't sent along hidden too.
fn own_fields(step: Step) -> impl Fn(&str) -> bool {
    use super::form::{
        BACKGROUND, CHOSEN, DISCREET, GENDER, KIND, LANGUAGE, MAIL, MOMENTS, MUNICIPALITY, NAME, NO_ONE_FROM,
        NO_TIES, OWN_HELPER, PHONE, REACH, REGION, SAME_BACKGROUND, STORY, TIMES, URGENT, WISH,
    };
    let names: &[&str] = match step {
        Step::Urgent => &[URGENT],
        Step::Kind => &[KIND],
        Step::About => &[ABOUT],
        Step::Wish => &[WISH],
        Step::Profile => &[CHOSEN],
        Step::OwnHelper => &[OWN_HELPER],
        Step::Preferences => &[GENDER, SAME_BACKGROUND, BACKGROUND, NO_TIES, NO_ONE_FROM],
        Step::Language => &[LANGUAGE],
        Step::Region => &[REGION, MUNICIPALITY],
        Step::Reach => &[NAME, REACH, PHONE, MAIL],
        Step::Moments => &[MOMENTS, TIMES, DISCREET],
        Step::Story => &[STORY],
        Step::Check => &[LOOKED_OVER],
    };
    // A box is named after its group: `about.step.objection`.
    move |name| names.contains(&name) || name.split_once('.').is_some_and(|(group, _)| names.contains(&group))
}

fn progress(at: Step, typed: &Entries) -> Markup {
    let way: Vec<Step> = Step::on_her_way(typed).filter(|step| *step != Step::Check).collect();
    let done = way.iter().filter(|step| **step < at).count();
    html! {
        div.steps {
            p { @if at == Step::Check { (text::CHECK_PROGRESS) } @else { (text::progress(done + 1, way.len())) } }
            progress.progress max=(way.len()) value=(done) aria-hidden="true" {}
        }
    }
}

/// Each answer with a button that leads to its question.
fn all_answers(typed: &Entries, profiles: &[Profile]) -> Markup {
    html! {
        dl.answers {
            @for step in Step::on_her_way(typed).filter(|step| *step != Step::Check) {
                @let texts = text::step::of(step);
                @let lines = answers(step, typed, profiles);
                div {
                    dt { (texts.short) }
                    @if lines.is_empty() { dd { (text::NONE) } }
                    @for line in lines { dd.as-typed { (line) } }
                    dd {
                        button class="nl-button nl-button--subtle" type="submit" name=(ACTION) value=(step.id()) {
                            (text::CHANGE) span.visually-hidden { " " (texts.short) }
                        }
                    }
                }
            }
        }
    }
}

/// What she holds on to once a request arrived.
pub struct Made<'a> {
    pub reference: &'a str,
    pub code: &'a str,
    /// Opens it without typing, for as long as this page is fresh.
    pub ticket: &'a str,
    pub is_urgent: bool,
    pub gets_mail: bool,
    pub claim_due_on: Date,
}

/// It arrived: the number, the code, and what happens next.
#[must_use]
pub fn made(it: &Made<'_>) -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (text::made::TITLE) }
        p class="nl-paragraph nl-paragraph--lead" { (text::made::LEAD) }
        h2 class="nl-heading nl-heading--level-3" { (text::made::REFERENCE) }
        p.code #nummer { (it.reference) }
        h2 class="nl-heading nl-heading--level-3" { (text::made::CODE) }
        p.code #code { (it.code) }
        ul.todo { @for line in text::made::KEEP { li { (line) } } }
        h2 class="nl-heading nl-heading--level-2" { (text::made::NEXT_HEADING) }
        ul.todo {
            @if it.is_urgent { li { strong { (text::made::URGENT) } } }
            @for line in text::made::NEXT { li { (line) } }
            li { (text::made::claim_due(it.claim_due_on.in_dutch())) }
            li { @if it.gets_mail { (text::made::MAIL) } @else { (text::made::NO_MAIL) } }
        }
        form.form method="post" action=(Page::FollowHelp.path()) {
            (hidden([(super::follow::TICKET, it.ticket)]))
            (button("", text::made::FOLLOW, "primary"))
        }
    };
    document(Page::Help, text::made::TITLE, false, body)
}

/// Too many came from one address: nothing is lost, and a person is near.
#[must_use]
pub fn too_many(sent: &Entries, minutes: i64) -> Document {
    let words = html! { (text::trouble::too_many(minutes)) " " (text::trouble::CALL) };
    again(Page::Help, sent, text::trouble::TOO_MANY_TITLE, words)
}

/// It didn't work, through no fault of hers: all that she sent to a page can be sent to it again.
#[must_use]
pub fn trouble(page: Page, sent: &Entries) -> Document {
    again(page, sent, text::trouble::TITLE, html! { (text::trouble::TEXT) })
}

fn again(page: Page, sent: &Entries, title: &str, words: Markup) -> Document {
    let body = html! {
        h1 class="nl-heading nl-heading--level-1" { (title) }
        p class="nl-paragraph nl-paragraph--lead" { (words) }
        form.form method="post" action=(page.path()) {
            (hidden(sent.iter()))
            button class="nl-button nl-button--primary" type="submit" { (text::trouble::AGAIN) }
        }
    };
    document(page, title, true, body)
}

pub(super) fn document(page: Page, title: &str, has_error: bool, body: Markup) -> Document {
    let description = if page == Page::Help { text::DESCRIPTION } else { text::follow::DESCRIPTION };
    Document {
        page: Some(page),
        title: title.to_owned(),
        description,
        has_error,
        terms: if page == Page::Help { text::TERMS.to_vec() } else { Vec::new() },
        visit: None,
        body,
    }
}

pub(super) fn button(action: &str, words: &str, kind: &str) -> Markup {
    html! { button class={ "nl-button nl-button--" (kind) } type="submit" name=(ACTION) value=(action) { (words) } }
}

/// What a new request begins with: from another page, only what she wants help with. `form` is the number that makes
/// sending twice do it once.
#[must_use]
pub fn begin(form: &str, sent: Entries) -> Entries {
    let mut typed = match sent.get(AT) {
        Some(_) => sent,
        None => sent.only(|name| name.starts_with(&of(ABOUT, ""))),
    };
    typed.set(FORM, form);
    typed
}
