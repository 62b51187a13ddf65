//! The fields of each page.

use domain::help::{About, Gender, Kind, Language, Moment, Reach, Region, Tie, Wish};
use maud::{Markup, html};

use super::form::{self, Problem, is_checked, of};
use super::step::Step;
use crate::content::{help as text, routes, timeline};
use crate::entries::Entries;
use crate::ui::{
    self, Choice, Select, TextField, choice, error_slot, known_number, notice, select, text_area, text_field,
};

/// A helper who made themselves known, as parents see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub id: String,
    pub name: String,
    pub about_me: String,
    pub languages: Vec<Language>,
    pub regions: Vec<Region>,
    pub ties: Vec<Tie>,
}

/// A form with what was typed in it, and what is wrong with that.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    pub typed: &'a Entries,
    pub problems: &'a [Problem],
    pub profiles: &'a [Profile],
}

impl Form<'_> {
    fn problem(self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.words)
    }
}

/// The fields of a page; the last one has none.
#[must_use]
pub fn fields(form: Form<'_>, step: Step) -> Markup {
    match step {
        Step::Urgent => urgent(form),
        Step::Kind => kind(form),
        Step::About => about(form),
        Step::Wish => radios(
            form,
            form::WISH,
            Wish::ALL.iter().map(|wish| {
                let texts = text::wish::of(*wish);
                (wish.id(), texts.name, texts.hint)
            }),
        ),
        Step::Profile => profiles(form),
        Step::OwnHelper => input(form, form::OWN_HELPER, text::ask::own_helper::LABEL, "", "off"),
        Step::Preferences => preferences(form),
        Step::Language => language(form),
        Step::Region => region(form),
        Step::Reach => reach(form),
        Step::Moments => moments(form),
        Step::Story => area(form, form::STORY, text::ask::story::LABEL, "", 10),
        Step::Check => html! {},
    }
}

/// How she can be reached, and when: asked at first, and changed later.
#[must_use]
pub fn contact(form: Form<'_>) -> Markup {
    html! { (reach(form)) (moments(form)) }
}

fn urgent(form: Form<'_>) -> Markup {
    use domain::parameters::contacts;
    html! {
        (radios(form, form::URGENT, [("yes", text::YES, ""), ("no", text::NO, "")]))
        (notice("late", text::ask::urgent::NOW_TITLE, html! {
            p { (text::ask::urgent::NOW_TEXT) }
            ul.numbers {
                (known_number(crate::content::person::EMERGENCY, &contacts::EMERGENCY))
                (known_number(crate::content::person::SAFE_AT_HOME, &contacts::SAFE_AT_HOME))
            }
        }))
    }
}

fn kind(form: Form<'_>) -> Markup {
    let group = |by_a_peer: bool, first: usize| {
        let kinds = Kind::ALL.iter().filter(move |kind| kind.is_by_a_peer() == by_a_peer);
        html! {
            @for (at, kind) in kinds.enumerate() {
                @let texts = text::kind::of(*kind);
                (radio(form, form::KIND, first + at, (kind.id(), texts.name, texts.hint)))
            }
        }
    };
    let experts = Kind::ALL.iter().filter(|kind| !kind.is_by_a_peer()).count();
    html! {
        (error_slot(form::KIND, form.problem(form::KIND)))
        h2 class="nl-heading nl-heading--level-3" #(form::KIND) tabindex="-1" { (text::ask::kind::EXPERTS) }
        (group(false, 1))
        h2 class="nl-heading nl-heading--level-3" { (text::ask::kind::PEERS) }
        (group(true, experts + 1))
    }
}

fn about(form: Form<'_>) -> Markup {
    let group = |about: &About| match about {
        About::Route(_) => text::ask::about::ROUTES,
        About::Step(_) => text::ask::about::STEPS,
        About::Else => text::ask::about::ELSE_GROUP,
    };
    let groups = [text::ask::about::ROUTES, text::ask::about::STEPS, text::ask::about::ELSE_GROUP];
    html! {
        div id=(form::ABOUT) tabindex="-1" { (error_slot(form::ABOUT, form.problem(form::ABOUT))) }
        @for heading in groups {
            h2 class="nl-heading nl-heading--level-3" { (heading) }
            @for about in About::all().filter(|about| group(about) == heading) { (checkbox(form, &of(form::ABOUT, &about.id()), about_name(about), "")) }
        }
    }
}

/// What she wants help with, in words.
#[must_use]
pub fn about_name(about: About) -> &'static str {
    match about {
        About::Route(route) => routes::name::of(route).long,
        About::Step(step) => timeline::step::of(step).name,
        About::Else => text::ask::about::ELSE,
    }
}

fn profiles(form: Form<'_>) -> Markup {
    html! {
        @if form.profiles.is_empty() {
            div id=(form::CHOSEN) tabindex="-1" { (error_slot(form::CHOSEN, form.problem(form::CHOSEN))) }
            (notice("waiting", text::ask::profile::NOBODY, html! {}))
        } @else {
            (radios_of(form, form::CHOSEN, form.profiles.iter().map(|it| (it.id.as_str(), it.name.as_str(), told(it)))))
        }
    }
}

/// What someone tells of themselves, in a few lines.
fn told(profile: &Profile) -> String {
    let names = |names: Vec<&'static str>| names.join(", ");
    let languages = names(profile.languages.iter().map(|it| text::language::of(*it).name).collect());
    let regions = names(profile.regions.iter().map(|it| text::region::of(*it).name).collect());
    let ties = names(profile.ties.iter().map(|it| text::tie::of(*it).name).collect());
    let ties = if ties.is_empty() {
        text::ask::profile::NO_TIES.to_owned()
    } else {
        format!("{}: {ties}.", text::ask::profile::TIES)
    };
    let languages = format!("{}: {languages}.", text::ask::profile::LANGUAGES);
    let regions = if regions.is_empty() {
        String::new()
    } else {
        format!("{}: {regions}.", text::ask::profile::REGIONS)
    };
    [profile.about_me.trim(), &languages, &regions, &ties]
        .iter()
        .filter(|line| !line.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

fn preferences(form: Form<'_>) -> Markup {
    let genders = Gender::ALL.iter().map(|gender| (gender.id(), text::gender::of(*gender).name, ""));
    html! {
        (group(text::ask::preferences::GENDER, radios(form, form::GENDER, genders.chain([("any", text::ask::preferences::ANY, "")]))))
        (group(text::ask::preferences::BACKGROUND, html! {
            (checkbox(form, form::SAME_BACKGROUND, text::ask::preferences::SAME_BACKGROUND, ""))
            (input(form, form::BACKGROUND, text::ask::preferences::WHICH_BACKGROUND, "", "off"))
        }))
        (group(text::ask::preferences::TIES, html! {
            @for tie in Tie::ALL { (checkbox(form, &of(form::NO_TIES, tie.id()), text::tie::of(*tie).name, "")) }
        }))
        (input(form, form::NO_ONE_FROM, text::ask::preferences::NO_ONE_FROM, "", "off"))
    }
}

fn language(form: Form<'_>) -> Markup {
    let languages = Language::ALL.iter().map(|it| (it.id(), text::language::of(*it).name)).collect();
    select(
        &Select {
            name: form::LANGUAGE,
            label: text::ask::language::LABEL,
            hint: text::ask::language::CHOOSE,
            chosen: form.typed.text(form::LANGUAGE),
            problem: form.problem(form::LANGUAGE),
        },
        [("", languages)],
    )
}

fn region(form: Form<'_>) -> Markup {
    let regions = |provinces: bool| {
        let regions = Region::ALL.iter().filter(move |it| it.is_province() == provinces);
        regions.map(|it| (it.id(), text::region::of(*it).name)).collect()
    };
    html! {
        (select(
            &Select {
                name: form::REGION,
                label: text::ask::region::LABEL,
                hint: text::ask::region::CHOOSE,
                chosen: form.typed.text(form::REGION),
                problem: form.problem(form::REGION),
            },
            [(text::ask::region::PROVINCES, regions(true)), (text::ask::region::COUNTRIES, regions(false))],
        ))
        (input(form, form::MUNICIPALITY, text::ask::region::MUNICIPALITY, text::ask::region::MUNICIPALITY_HINT, "off"))
    }
}

fn reach(form: Form<'_>) -> Markup {
    html! {
        (input(form, form::NAME, text::ask::reach::NAME, "", "off"))
        (group(text::ask::reach::HOW, html! {
            div id=(form::REACH) tabindex="-1" { (error_slot(form::REACH, form.problem(form::REACH))) }
            @for way in Reach::ALL { (checkbox(form, &of(form::REACH, way.id()), text::reach::of(*way).name, "")) }
        }))
        (input(form, form::PHONE, text::ask::reach::PHONE, text::ask::reach::PHONE_HINT, "tel"))
        (input(form, form::MAIL, text::ask::reach::MAIL, text::ask::reach::MAIL_HINT, "email"))
    }
}

fn moments(form: Form<'_>) -> Markup {
    html! {
        (group(text::ask::moments::WHEN, html! {
            @for moment in Moment::ALL { (checkbox(form, &of(form::MOMENTS, moment.id()), text::moment::of(*moment).name, "")) }
        }))
        (area(form, form::TIMES, text::ask::moments::TIMES, text::ask::moments::TIMES_HINT, 3))
        (checkbox(form, form::DISCREET, text::ask::moments::DISCREET, text::ask::moments::DISCREET_HINT))
    }
}

fn group(legend: &str, content: Markup) -> Markup {
    html! {
        fieldset.utrecht-form-fieldset {
            legend.utrecht-form-fieldset__legend { (legend) }
            (content)
        }
    }
}

fn radios<'a>(
    form: Form<'_>,
    name: &'static str,
    answers: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
) -> Markup {
    radios_of(form, name, answers.into_iter().map(|(value, label, hint)| (value, label, hint.to_owned())))
}

fn radios_of<'a>(
    form: Form<'_>,
    name: &'static str,
    answers: impl IntoIterator<Item = (&'a str, &'a str, String)>,
) -> Markup {
    html! {
        div id=(name) tabindex="-1" { (error_slot(name, form.problem(name))) }
        @for (at, (value, label, hint)) in answers.into_iter().enumerate() { (radio(form, name, at + 1, (value, label, &hint))) }
    }
}

fn radio(form: Form<'_>, name: &str, number: usize, (value, label, hint): (&str, &str, &str)) -> Markup {
    let error = format!("{name}-fout");
    choice(&Choice {
        name,
        number,
        value,
        label,
        hint,
        checked: form.typed.text(name) == value,
        described_by: form.problem(name).map(|_| error.as_str()),
    })
}

fn checkbox(form: Form<'_>, name: &str, label: &str, hint: &str) -> Markup {
    ui::checkbox(name, label, hint, is_checked(form.typed, name))
}

fn input(form: Form<'_>, name: &'static str, label: &str, hint: &str, autocomplete: &str) -> Markup {
    text_field(&as_typed(form, name, label, hint, autocomplete))
}

fn area(form: Form<'_>, name: &'static str, label: &str, hint: &str, rows: usize) -> Markup {
    text_area(&as_typed(form, name, label, hint, "off"), rows)
}

fn as_typed<'a>(
    form: Form<'a>,
    name: &'static str,
    label: &'a str,
    hint: &'a str,
    autocomplete: &'a str,
) -> TextField<'a> {
    TextField {
        name,
        label,
        hint,
        typed: form.typed.get(name).unwrap_or_default(),
        problem: form.problem(name),
        autocomplete,
    }
}
