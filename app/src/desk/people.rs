//! Who works here, on /balie/overzicht: invited, let in no more, and what each organisation may see.

use domain::help::{Kind, Region};
use maud::{Markup, html};

use super::fields::{Form, Problem, button};
use super::page::{heading, page, subheading};
use super::{Role, SignedIn};
use crate::content::{desk::people as text, help};
use crate::entries::Entries;
use crate::help::form::{checked, of};
use crate::shell::Document;
use crate::ui::{CHECKED, hidden, more};
use crate::urls::{DESK_BLOCK, DESK_INVITE, DESK_ORGANISATION, DESK_OVERVIEW};

/// Names of the fields.
pub const NAME: &str = "name";
pub const ROLE: &str = "role";
pub const ORGANISATION: &str = "organisation";
pub const STAFF: &str = "staff";
const KINDS: &str = "kinds";
const REGIONS: &str = "regions";

/// Someone who was invited once.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub has_signed_in: bool,
    pub is_blocked: bool,
    /// Who looks.
    pub is_you: bool,
}

/// An organisation, and what its people may see; nothing: all.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: String,
    pub name: String,
    pub kinds: Vec<Kind>,
    pub regions: Vec<Region>,
}

/// What can be read of the form of an organisation.
#[must_use]
pub fn sees(typed: &Entries) -> (Vec<Kind>, Vec<Region>) {
    (
        checked(KINDS, typed, Kind::ALL, |kind| kind.id()),
        checked(REGIONS, typed, Region::ALL, |region| region.id()),
    )
}

pub(super) fn people(
    people: &[Person],
    organisations: &[Organisation],
    typed: &Entries,
    problems: &[Problem],
) -> Markup {
    html! {
        section id="wie-werkt-hier" {
            (subheading(text::HEADING))
            dl.answers { @for person in people { (one(person)) } }
            h3.nl-heading.nl-heading--level-3 { (text::INVITE_HEADING) }
            (invite(organisations, Form { typed, problems }))
            @for organisation in organisations { (of_organisation(organisation)) }
        }
    }
}

fn one(person: &Person) -> Markup {
    html! {
        div {
            dt { (person.name) }
            dd { (person.role.in_words()) }
            @if person.is_blocked { dd { (text::BLOCKED) } } @else if !person.has_signed_in { dd { (text::INVITED) } }
            @if !person.is_blocked && !person.is_you {
                dd {
                    form method="post" action=(DESK_BLOCK) {
                        (hidden([(STAFF, person.id.as_str())]))
                        button.nl-button.nl-button--subtle type="submit" aria-label=(text::block_which(&person.name)) { (text::BLOCK) }
                    }
                }
            }
        }
    }
}

fn invite(organisations: &[Organisation], form: Form<'_>) -> Markup {
    html! {
        form.form method="post" action=(DESK_INVITE) novalidate autocomplete="off" {
            (form.input(NAME, text::NAME, ""))
            (form.radios(ROLE, text::ROLE, "", Role::STAFF.into_iter().map(|role| (role.id(), role.in_words()))))
            div.field {
                label.utrecht-form-label for=(ORGANISATION) { (text::ORGANISATION) }
                select.utrecht-select id=(ORGANISATION) name=(ORGANISATION) {
                    option value="" { (text::NO_ORGANISATION) }
                    @for it in organisations { option value=(it.id) selected[form.typed.text(ORGANISATION) == it.id] { (it.name) } }
                }
            }
            (button(text::INVITE, "secondary"))
        }
    }
}

/// Ids of its fields hold the organisation's, as every organisation has the same ones.
fn of_organisation(it: &Organisation) -> Markup {
    let boxes = |group: &'static str, options: Vec<(&'static str, &'static str, bool)>| {
        html! {
            @for (id, label, is_checked) in options {
                @let field = format!("{}-{group}-{id}", it.id);
                label.choice for=(field) {
                    input.utrecht-checkbox type="checkbox" id=(field) name=(of(group, id)) value=(CHECKED) checked[is_checked];
                    span.choice-text { (label) }
                }
            }
        }
    };
    let kinds = Kind::ALL.iter().map(|kind| (kind.id(), help::kind::of(*kind).name, it.kinds.contains(kind)));
    let regions = Region::ALL
        .iter()
        .map(|region| (region.id(), help::region::of(*region).name, it.regions.contains(region)));
    let form = html! {
        form.form method="post" action=(DESK_ORGANISATION) {
            (hidden([(ORGANISATION, it.id.as_str())]))
            p.nl-paragraph { (text::SEES_HINT) }
            fieldset.utrecht-form-fieldset { legend.utrecht-form-fieldset__legend { (text::KINDS) } (boxes(KINDS, kinds.collect())) }
            fieldset.utrecht-form-fieldset { legend.utrecht-form-fieldset__legend { (text::REGIONS) } (boxes(REGIONS, regions.collect())) }
            (button(&text::save(&it.name), "secondary"))
        }
    };
    more(&text::organisation_heading(&it.name), None, form)
}

/// The code of an invitation, the only time that it is shown.
#[must_use]
pub fn invited(who: &SignedIn, name: &str, code: &str) -> Document {
    let body = html! {
        (heading(text::CODE_TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::code_text(name)) }
        p.code #code { (code) }
        p.nl-paragraph { (text::CODE_HOW) }
        a.nl-button.nl-button--primary href=(DESK_OVERVIEW) { (text::BACK) }
    };
    page(who, text::CODE_TITLE, false, body)
}
