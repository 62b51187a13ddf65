//! /balie/beschikbaar: what a helper does, and how much.

use domain::Date;
use domain::help::{Gender, Kind, Language, Region, Tie};
use maud::{Markup, html};

use super::SignedIn;
use super::fields::{Form, Problem, button};
use super::page::{Said, heading, page};
use crate::content::{desk::availability as text, help};
use crate::entries::Entries;
use crate::help::form::{checked, is_checked, of};
use crate::shell::Document;
use crate::ui::CHECKED;
use crate::urls::DESK_AVAILABILITY;

const KINDS: &str = "kinds";
const LANGUAGES: &str = "languages";
const REGIONS: &str = "regions";
const GENDER: &str = "gender";
const TIES: &str = "ties";
const ABOUT_ME: &str = "about_me";
const PUBLISHED: &str = "published";
const MOST: &str = "most";
const PAUSED: &str = "paused";
const MAIL: &str = "mail";
/// Instead of a gender.
const UNTOLD: &str = "untold";
const MOST_ABOUT_ME: usize = 1_000;

/// What a helper tells of herself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    pub kinds: Vec<Kind>,
    pub languages: Vec<Language>,
    pub regions: Vec<Region>,
    pub gender: Option<Gender>,
    pub ties: Vec<Tie>,
    pub about_me: String,
    pub is_published: bool,
    pub most_requests: i64,
    pub paused_until: Option<Date>,
    pub mail: Option<String>,
}

impl Availability {
    /// As the form holds it.
    #[must_use]
    pub fn typed(&self) -> Entries {
        let boxes = |group: &str, ids: Vec<&'static str>| {
            ids.into_iter().map(|id| (of(group, id), CHECKED.to_owned())).collect::<Vec<_>>()
        };
        let mut typed = boxes(KINDS, self.kinds.iter().map(|kind| kind.id()).collect());
        typed.extend(boxes(LANGUAGES, self.languages.iter().map(|it| it.id()).collect()));
        typed.extend(boxes(REGIONS, self.regions.iter().map(|it| it.id()).collect()));
        typed.extend(boxes(TIES, self.ties.iter().map(|it| it.id()).collect()));
        let dutch = |day: Date| format!("{}-{}-{}", day.day(), day.month(), day.year());
        typed.extend(
            [
                (GENDER, self.gender.map_or(UNTOLD, Gender::id).to_owned()),
                (ABOUT_ME, self.about_me.clone()),
                (PUBLISHED, if self.is_published { CHECKED.to_owned() } else { String::new() }),
                (MOST, self.most_requests.to_string()),
                (PAUSED, self.paused_until.map(dutch).unwrap_or_default()),
                (MAIL, self.mail.clone().unwrap_or_default()),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        Entries::from_pairs(typed)
    }

    /// What the form says, or what is wrong with it. `most`: no helper takes on more at once.
    ///
    /// # Errors
    /// Each field that can't be read.
    pub fn read(
        typed: &Entries,
        most: i64,
        is_mail: impl Fn(&str) -> bool,
    ) -> Result<Availability, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut refuse = |field: &'static str, words: String| problems.push(Problem { field, words });
        let kinds: Vec<Kind> = checked(KINDS, typed, Kind::ALL, |it| it.id());
        if kinds.is_empty() {
            refuse(KINDS, text::KINDS_MISSING.to_owned());
        }
        let languages: Vec<Language> = checked(LANGUAGES, typed, Language::ALL, |it| it.id());
        if languages.is_empty() {
            refuse(LANGUAGES, text::LANGUAGES_MISSING.to_owned());
        }
        let about_me = typed.text(ABOUT_ME);
        if about_me.chars().count() > MOST_ABOUT_ME {
            refuse(ABOUT_ME, text::ABOUT_ME_LONG.to_owned());
        }
        let most_requests = typed.text(MOST).parse().ok().filter(|count| (1..=most).contains(count));
        if most_requests.is_none() {
            refuse(MOST, text::most_wrong(most));
        }
        let paused = typed.text(PAUSED);
        let paused_until = Date::parse_dutch(paused);
        if paused_until.is_none() && !paused.is_empty() {
            refuse(PAUSED, text::PAUSED_WRONG.to_owned());
        }
        let mail = typed.text(MAIL);
        if !mail.is_empty() && !is_mail(mail) {
            refuse(MAIL, text::MAIL_WRONG.to_owned());
        }
        let Some(most_requests) = most_requests.filter(|_| problems.is_empty()) else { return Err(problems) };
        Ok(Availability {
            kinds,
            languages,
            regions: checked(REGIONS, typed, Region::ALL, |it| it.id()),
            gender: Gender::parse(typed.text(GENDER)),
            ties: checked(TIES, typed, Tie::ALL, |it| it.id()),
            about_me: about_me.to_owned(),
            is_published: is_checked(typed, PUBLISHED),
            most_requests,
            paused_until,
            mail: (!mail.is_empty()).then(|| mail.to_owned()),
        })
    }
}

#[must_use]
pub fn availability(who: &SignedIn, typed: &Entries, problems: &[Problem], said: Option<Said>) -> Document {
    let form = Form { typed, problems };
    let body = html! {
        @if let Some(said) = said { (said.notice()) }
        (form.summary())
        (heading(text::TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        form.form method="post" action=(DESK_AVAILABILITY) novalidate autocomplete="off" {
            (how_much(form))
            (what(form))
            (whom(form))
            (button(text::BUTTON, "primary"))
        }
    };
    page(who, text::TITLE, !problems.is_empty(), body)
}

fn how_much(form: Form<'_>) -> Markup {
    html! {
        (form.input(MOST, text::MOST, text::MOST_HINT))
        (form.input(PAUSED, text::PAUSED, text::PAUSED_HINT))
        p.nl-paragraph { (text::REST) }
        (form.input(MAIL, text::MAIL, text::MAIL_HINT))
    }
}

fn what(form: Form<'_>) -> Markup {
    html! {
        (form.checkboxes(KINDS, text::KINDS, "", Kind::ALL.iter().map(|it| (it.id(), help::kind::of(*it).name))))
        (form.checkboxes(LANGUAGES, text::LANGUAGES, "", Language::ALL.iter().map(|it| (it.id(), help::language::of(*it).name))))
        (form.checkboxes(REGIONS, text::REGIONS, text::REGIONS_HINT, Region::ALL.iter().map(|it| (it.id(), help::region::of(*it).name))))
    }
}

fn whom(form: Form<'_>) -> Markup {
    let genders = Gender::ALL.iter().map(|it| (it.id(), help::gender::of(*it).name));
    html! {
        (form.radios(GENDER, text::GENDER, text::GENDER_HINT, genders.chain([(UNTOLD, text::GENDER_NONE)])))
        (form.checkboxes(TIES, text::TIES, text::TIES_HINT, Tie::ALL.iter().map(|it| (it.id(), help::tie::of(*it).name))))
        (form.area(ABOUT_ME, text::ABOUT_ME, text::ABOUT_ME_HINT))
        (form.checkbox(PUBLISHED, text::PUBLISHED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_holds_is_read_back() {
        let told = Availability {
            kinds: vec![Kind::Legal, Kind::ReadAlong],
            languages: vec![Language::Turkish],
            regions: vec![Region::Utrecht, Region::Aruba],
            gender: None,
            ties: vec![Tie::Municipality],
            about_me: "Ik luister.".to_owned(),
            is_published: true,
            most_requests: 3,
            paused_until: Some(Date::constant(2027, 2, 1)),
            mail: Some("a@example.org".to_owned()),
        };
        assert_eq!(Availability::read(&told.typed(), 30, |_| true), Ok(told));
    }

    #[test]
    fn every_wrong_field_is_told() {
        let typed = Entries::from_pairs([(MOST, "0"), (PAUSED, "morgen"), (MAIL, "x")]);
        let problems = Availability::read(&typed, 30, |_| false).expect_err("much is wrong");
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, [KINDS, LANGUAGES, MOST, PAUSED, MAIL]);
    }
}
