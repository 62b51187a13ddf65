//! All that is kept of a request, for her: question by question, in words.

use domain::help::{Gender, Request};

use super::answers::personal;
use super::fields::about_name;
use super::follow::{Followed, happened};
use super::step::Step;
use crate::content::help as text;

/// A heading, and the lines that go with it; without those that have none.
#[must_use]
pub fn export(it: &Followed) -> Vec<(&'static str, Vec<String>)> {
    let mut all = vec![
        (text::follow::REFERENCE, vec![it.reference.clone()]),
        (text::export::MADE, vec![it.made.clone()]),
        (text::export::STATE, vec![text::follow::state::of(it.state).name.to_owned()]),
        (text::export::HELPER, it.helper.iter().cloned().collect()),
    ];
    all.extend(it.asked.iter().flat_map(asked));
    all.extend(it.personal.iter().flat_map(personal));
    let said = |said: Option<i64>| said.map(|said| answer(said).to_owned()).into_iter().collect();
    let [was_fair, can_go_on] = it.answers;
    all.push((text::answers::WAS_FAIR, said(was_fair)));
    all.push((text::answers::CAN_GO_ON, said(can_go_on)));
    let events = it
        .events
        .iter()
        .map(|(moment, event, helper)| format!("{moment}: {}", happened(*event, helper.as_deref())));
    all.push((text::export::EVENTS, events.collect()));
    all.retain(|(_, lines)| !lines.is_empty());
    all
}

fn asked(request: &Request) -> Vec<(&'static str, Vec<String>)> {
    let urgent = if request.is_urgent { text::YES } else { text::NO };
    let preferences = &request.preferences;
    let gender = preferences.gender.map(|gender: Gender| text::gender::of(gender).name.to_owned());
    let same = preferences.same_background.then(|| text::ask::preferences::SAME_BACKGROUND.to_owned());
    let ties = preferences.no_ties.iter();
    let ties = ties.map(|tie| format!("{}: {}", text::ask::preferences::TIES, text::tie::of(*tie).name));
    let about = request.about.iter().map(|about| about_name(*about).to_owned());
    let one = |words: &str| vec![words.to_owned()];
    [
        (Step::Urgent, one(urgent)),
        (Step::Kind, one(text::kind::of(request.kind).name)),
        (Step::About, about.collect()),
        (Step::Preferences, gender.into_iter().chain(same).chain(ties).collect()),
        (Step::Language, one(text::language::of(request.language).name)),
        (Step::Region, one(text::region::of(request.region).name)),
    ]
    .map(|(step, lines)| (text::step::of(step).short, lines))
    .to_vec()
}

fn answer(said: i64) -> &'static str {
    match said {
        3 => text::answers::YES,
        2 => text::answers::A_LITTLE,
        _ => text::answers::NO,
    }
}
