//! /balie/overzicht: what a coordinator looks after. Numbers, never stories.

use domain::Date;
use domain::help::{Kind, Language, Region};
use maud::{Markup, html};

use super::SignedIn;
use super::fields::{Form, Problem};
use super::page::{Said, heading, page, subheading};
use super::people::{Organisation, Person, people};
use super::request::{TO, action, choose};
use crate::content::desk::overview as text;
use crate::content::{desk, help};
use crate::entries::{ACTION, Entries};
use crate::shell::Document;
use crate::ui::{hidden, more};
use crate::urls::DESK_REQUEST;

/// Name of the field that says who had it when the page was made.
pub const OWNER: &str = "owner";

#[derive(Clone, Debug)]
pub struct Overview {
    pub waiting: i64,
    pub running: i64,
    pub unclaimed: Vec<Late>,
    pub uncontacted: Vec<Late>,
    pub load: Vec<Load>,
    pub months: Vec<Month>,
    pub answers: Option<Answers>,
    pub said: Option<Said>,
    /// What is wrong with handing over: the request's id.
    pub refused: Option<(String, Problem)>,
    pub people: Vec<Person>,
    pub organisations: Vec<Organisation>,
    /// An invitation as it was typed, and what is wrong with it.
    pub invitation: (Entries, Vec<Problem>),
}

/// A request that lies too long.
#[derive(Clone, Debug)]
pub struct Late {
    pub id: String,
    pub kind: Kind,
    pub language: Language,
    pub region: Region,
    pub is_urgent: bool,
    pub waiting_days: i32,
    pub due_on: Date,
    /// Id and name of who has it.
    pub whose: Option<(String, String)>,
    /// Id and name of who can take it over.
    pub colleagues: Vec<(String, String)>,
}

/// What a helper carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// As `staff` knows them.
    pub id: String,
    pub name: String,
    pub running: i64,
    pub most_requests: i64,
    pub paused_until: Option<Date>,
    pub closed_lately: i64,
    pub is_blocked: bool,
}

/// What happened in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first_on: Date,
    pub made: i64,
    pub claimed: i64,
    pub closed: i64,
    /// Of what was asked in this month, half had a first contact within so many days.
    pub days_to_contact: Option<i64>,
}

/// What parents answered at the end: how many said no, partly, yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    pub was_fair: [i64; 3],
    pub can_go_on: [i64; 3],
}

#[must_use]
pub fn overview(who: &SignedIn, it: &Overview) -> Document {
    let refused = it.refused.as_ref();
    let (typed, problems) = &it.invitation;
    let body = html! {
        @if let Some(said) = it.said { (said.notice()) }
        @if let Some((id, problem)) = refused { (crate::ui::error_summary(&[(format!("{TO}-{id}"), problem.words.as_str())])) }
        (Form { typed, problems }.summary())
        (heading(text::TITLE))
        p.nl-paragraph.nl-paragraph--lead { (text::LEAD) }
        p.nl-paragraph { (text::counts(it.waiting, it.running)) }
        (late("te-laat-opgepakt", text::UNCLAIMED_HEADING, text::UNCLAIMED_NONE, &it.unclaimed, refused))
        (late("te-laat-contact", text::UNCONTACTED_HEADING, text::UNCONTACTED_NONE, &it.uncontacted, refused))
        section id="wie-draagt-wat" {
            (subheading(text::LOAD_HEADING))
            @if it.load.is_empty() { p.nl-paragraph { (text::LOAD_NONE) } }
            @else { dl.answers { @for load in &it.load { div { dt { (load.name) } dd { (load.words()) } } } } }
        }
        section id="per-maand" {
            (subheading(text::MONTHS_HEADING))
            (plot(&it.months))
            (more(text::TABLE_LABEL, None, html! { ul { @for month in it.months.iter().rev() { li { (month.words()) } } } }))
        }
        section id="antwoorden" {
            (subheading(text::ANSWERS_HEADING))
            @match &it.answers {
                None => p.nl-paragraph { (text::ANSWERS_FEW) },
                Some(answers) => dl.answers {
                    @for (question, [no, partly, yes]) in [(text::WAS_FAIR, answers.was_fair), (text::CAN_GO_ON, answers.can_go_on)] {
                        div { dt { (question) } dd { (text::answers_line(yes, partly, no)) } }
                    }
                },
            }
        }
        (people(&it.people, &it.organisations, typed, problems))
    };
    page(who, text::TITLE, refused.is_some() || !problems.is_empty(), body)
}

fn late(id: &str, title: &str, none: &str, requests: &[Late], refused: Option<&(String, Problem)>) -> Markup {
    html! {
        section id=(id) {
            (subheading(title))
            @if requests.is_empty() { p.nl-paragraph { (none) } }
            @for late in requests { (one(late, refused)) }
        }
    }
}

fn one(late: &Late, refused: Option<&(String, Problem)>) -> Markup {
    let (kind, region) = (help::kind::of(late.kind).name, help::region::of(late.region).name);
    let day = late.due_on.in_dutch();
    let waiting = match late.waiting_days {
        1 => text::one_day(day),
        days => text::waiting_days(days, day),
    };
    let owner = late.whose.as_ref().map_or("", |(id, _)| id.as_str());
    let place = format!("{DESK_REQUEST}/{}", late.id);
    let field = format!("{TO}-{}", late.id);
    let problem = refused.filter(|(id, _)| *id == late.id).map(|(_, problem)| problem.words.as_str());
    html! {
        article.desk-request {
            h3.nl-heading.nl-heading--level-3 { (kind) ", " (region) }
            p.nl-paragraph {
                @if late.is_urgent { strong { (desk::list::URGENT) } ". " }
                (waiting) " " (help::language::of(late.language).name) "."
                @if let Some((_, name)) = &late.whose { " " (text::whose(name)) "." }
            }
            @if late.colleagues.is_empty() {
                p.nl-paragraph id=(field) tabindex="-1" { (desk::request::hand_over::NOBODY) }
            } @else {
                form.form method="post" action=(place) novalidate {
                    (hidden([(ACTION, action::HAND_OVER), (OWNER, owner)]))
                    (choose(&field, TO, &late.colleagues, "", problem))
                    button.nl-button.nl-button--secondary type="submit" aria-label=(text::hand_over_which(kind, region)) { (desk::request::hand_over::BUTTON) }
                }
            }
            @if !owner.is_empty() {
                form method="post" action=(place) {
                    (hidden([(ACTION, action::RELEASE), (OWNER, owner)]))
                    button.nl-button.nl-button--subtle type="submit" aria-label=(text::release_which(kind, region)) { (desk::request::release::BUTTON) }
                }
            }
        }
    }
}

impl Load {
    fn words(&self) -> String {
        let mut words =
            vec![text::running(self.running, self.most_requests), text::load_closed(self.closed_lately)];
        words.extend(self.paused_until.map(|day| text::load_paused(day.in_dutch())));
        words.extend(self.is_blocked.then(|| text::LOAD_BLOCKED.to_owned()));
        words.join("; ")
    }
}

impl Month {
    fn name(&self) -> String {
        let day = self.first_on.in_dutch();
        day.split_once(' ').map_or(day.clone(), |(_, month)| month.to_owned())
    }

    fn words(&self) -> String {
        let line = text::month_line(self.name(), self.made, self.claimed, self.closed);
        match self.days_to_contact {
            Some(days) => format!("{line}; {}", text::month_contact(days)),
            None => line,
        }
    }
}

/// The drawing and the part of it within the axes, in its own units; about as many as pixels on a phone.
const WIDTH: i64 = 360;
const HEIGHT: i64 = 200;
const LEFT: i64 = 44;
const RIGHT: i64 = 346;
const TOP: i64 = 16;
const BOTTOM: i64 = 156;

/// What was asked and what was closed, by month, as two lines: the full one and the dashed one.
fn plot(months: &[Month]) -> Markup {
    let most = months.iter().flat_map(|month| [month.made, month.closed]).max().unwrap_or(0).max(1);
    let count = i64::try_from(months.len()).unwrap_or(1).max(1);
    let x = |at: usize| LEFT + (RIGHT - LEFT) * (2 * i64::try_from(at).unwrap_or(0) + 1) / (2 * count);
    let y = |value: i64| BOTTOM - (BOTTOM - TOP) * value / most;
    let line = |value: fn(&Month) -> i64| {
        let points = months.iter().enumerate().map(|(at, month)| format!("{} {}", x(at), y(value(month))));
        format!("M{}", points.collect::<Vec<_>>().join("L"))
    };
    let said = months.last().map(Month::words).unwrap_or_default();
    html! {
        svg.plot viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(text::plot_label(said)) {
            @for value in if most > 1 { vec![0, most] } else { vec![0, 1] } {
                text.plot-share x=(LEFT - 6) y=(y(value) + 5) { (value) }
                path.plot-grid d={ "M" (LEFT) " " (y(value)) "H" (RIGHT) } {}
            }
            path.plot-axis d={ "M" (LEFT) " " (TOP) "V" (BOTTOM) "H" (RIGHT) } {}
            @if !months.is_empty() {
                path.plot-curve d=(line(|month| month.made)) {}
                path.plot-found d=(line(|month| month.closed)) {}
            }
            @for (at, month) in months.iter().enumerate() { text.plot-time x=(x(at)) y=(BOTTOM + 20) { (month.first_on.month()) } }
            path.plot-curve d={ "M" (LEFT) " " (HEIGHT - 8) "h24" } {}
            text x=(LEFT + 30) y=(HEIGHT - 3) { (text::MADE) }
            path.plot-found d={ "M" (LEFT + 130) " " (HEIGHT - 8) "h24" } {}
            text x=(LEFT + 160) y=(HEIGHT - 3) { (text::CLOSED) }
        }
    }
}
