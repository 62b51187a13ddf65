//! Where someone is in a request, and where a press on a button leads.

use domain::help::Wish;

use super::form::{self, AT, LOOKED_OVER, Problem};
use super::step::Step;
use crate::entries::{ACTION, Entries};

/// Buttons; the value of any other one is the id of a step to change.
pub const NEXT: &str = "next";
pub const BACK: &str = "back";
pub const SEND: &str = "send";

/// Which page is shown, and what is wrong on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub step: Step,
    pub problems: Vec<Problem>,
}

impl Step {
    /// The pages that someone with these answers sees.
    pub fn on_her_way(typed: &Entries) -> impl Iterator<Item = Step> {
        let wish = Wish::parse(typed.text(form::WISH)).unwrap_or(Wish::Find);
        Step::ALL.into_iter().filter(move |step| match step {
            Step::Profile => wish == Wish::Chosen,
            Step::OwnHelper => wish == Wish::Own,
            Step::Preferences => wish == Wish::Find,
            _ => true,
        })
    }

    fn next(self, typed: &Entries) -> Step {
        Step::on_her_way(typed).find(|step| *step > self).unwrap_or(Step::Check)
    }

    fn before(self, typed: &Entries) -> Step {
        Step::on_her_way(typed).take_while(|step| *step < self).last().unwrap_or(Step::Urgent)
    }
}

impl Place {
    #[must_use]
    pub fn at(step: Step) -> Place {
        Place { step, problems: Vec::new() }
    }

    /// What follows when this form is sent.
    #[must_use]
    pub fn after(typed: &Entries) -> Place {
        // From another page, with what she wants help with.
        let Some(here) = Step::parse(typed.text(AT)) else { return Place::at(Step::Urgent) };
        match typed.text(ACTION) {
            BACK => Place::at(here.before(typed)),
            SEND => Place::first_incomplete(typed),
            asked => Step::parse(asked).map_or_else(|| Place::next(here, typed), Place::at),
        }
    }

    /// Where an answer is still needed; with none, the last page.
    #[must_use]
    pub fn first_incomplete(typed: &Entries) -> Place {
        let incomplete = Step::on_her_way(typed).find_map(|step| {
            let problems = form::problems(step, typed);
            (!problems.is_empty()).then_some(Place { step, problems })
        });
        incomplete.unwrap_or(Place::at(Step::Check))
    }

    fn next(here: Step, typed: &Entries) -> Place {
        let problems = form::problems(here, typed);
        if !problems.is_empty() {
            return Place { step: here, problems };
        }
        if typed.text(LOOKED_OVER).is_empty() {
            return Place::at(here.next(typed));
        }
        // She changed one answer: on to what that asks for, and else back to all of them.
        Place::at(Place::first_incomplete(typed).step)
    }
}
