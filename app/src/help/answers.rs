//! What she answered, in words: before she sends it, and for who picks it up.

use domain::help::{Gender, Kind, Language, Region, Tie, Wish};

use super::fields::{Profile, about_name};
use super::form::{self, Personal, checked, is_checked};
use super::step::Step;
use crate::content::help as text;
use crate::entries::Entries;

/// What was answered on a page, line by line; empty: nothing.
#[must_use]
pub fn answers(step: Step, typed: &Entries, profiles: &[Profile]) -> Vec<String> {
    let say = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    let lines: Vec<Option<String>> = match step {
        Step::Urgent => match typed.text(form::URGENT) {
            "yes" => vec![say(text::YES)],
            "no" => vec![say(text::NO)],
            _ => Vec::new(),
        },
        Step::Kind => vec![Kind::parse(typed.text(form::KIND)).and_then(|it| say(text::kind::of(it).name))],
        Step::About => form::about(typed).into_iter().map(|about| say(about_name(about))).collect(),
        Step::Wish => vec![Wish::parse(typed.text(form::WISH)).and_then(|it| say(text::wish::of(it).name))],
        Step::Profile => {
            let chosen = profiles.iter().find(|profile| profile.id == typed.text(form::CHOSEN));
            vec![chosen.and_then(|profile| say(&profile.name))]
        }
        Step::OwnHelper => vec![say(typed.text(form::OWN_HELPER))],
        Step::Preferences => preferences(typed),
        Step::Language => {
            vec![Language::parse(typed.text(form::LANGUAGE)).and_then(|it| say(text::language::of(it).name))]
        }
        Step::Region => vec![
            Region::parse(typed.text(form::REGION)).and_then(|it| say(text::region::of(it).name)),
            say(typed.text(form::MUNICIPALITY)),
        ],
        Step::Reach => reach(typed).into_iter().map(Some).collect(),
        Step::Moments => moments(typed).into_iter().map(Some).collect(),
        Step::Story => vec![say(typed.text(form::STORY))],
        Step::Check => Vec::new(),
    };
    lines.into_iter().flatten().collect()
}

fn preferences(typed: &Entries) -> Vec<Option<String>> {
    let gender =
        Gender::parse(typed.text(form::GENDER)).map(|gender| text::gender::of(gender).name.to_owned());
    let same =
        is_checked(typed, form::SAME_BACKGROUND).then(|| text::ask::preferences::SAME_BACKGROUND.to_owned());
    let ties = checked(form::NO_TIES, typed, Tie::ALL, |tie| tie.id());
    let ties = ties
        .into_iter()
        .map(|tie| Some(format!("{}: {}", text::ask::preferences::TIES, text::tie::of(tie).name)));
    let mut lines = vec![gender, same];
    lines.extend(ties);
    lines.extend([form::BACKGROUND, form::NO_ONE_FROM].map(|field| {
        let said = typed.text(field);
        (!said.is_empty()).then(|| said.to_owned())
    }));
    lines
}

fn reach(typed: &Entries) -> Vec<String> {
    let personal = Personal::of(typed);
    let ways = personal.reach().into_iter().map(|way| text::reach::of(way).name.to_owned());
    let said = [form::NAME, form::PHONE, form::MAIL].map(|field| typed.text(field).to_owned());
    let [name, phone, mail] = said;
    [name].into_iter().chain(ways).chain([phone, mail]).filter(|line| !line.is_empty()).collect()
}

fn moments(typed: &Entries) -> Vec<String> {
    let personal = Personal::of(typed);
    let moments = personal.moments().into_iter().map(|moment| text::moment::of(moment).name.to_owned());
    let discreet = personal.is_discreet().then(|| text::ask::moments::DISCREET.to_owned());
    let times = typed.text(form::TIMES);
    moments.chain((!times.is_empty()).then(|| times.to_owned())).chain(discreet).collect()
}

/// What is personal in a request, for who picked it up: heading and lines.
#[must_use]
pub fn personal(personal: &Personal) -> Vec<(&'static str, Vec<String>)> {
    [Step::Reach, Step::Moments, Step::Region, Step::OwnHelper, Step::Preferences, Step::Story]
        .into_iter()
        .map(|step| (text::step::of(step).short, answers(step, personal.entries(), &[])))
        .filter(|(_, lines)| !lines.is_empty())
        .collect()
}
