//! What she fills in: which fields there are, what is wrong with them, and what is made of them.

use domain::help::{About, Gender, Kind, Language, Moment, Preferences, Reach, Region, Request, Tie, Wish};

use super::step::Step;
use crate::content::help as text;
use crate::entries::Entries;
use crate::ui::CHECKED;

/// The page that a form was sent from.
pub const AT: &str = "at";
/// She saw all her answers already.
pub const LOOKED_OVER: &str = "checked";
/// A number made at random with the first page: however often the form is sent, it makes one request.
pub const FORM: &str = "form";

pub const URGENT: &str = "urgent";
pub const KIND: &str = "kind";
pub const WISH: &str = "wish";
pub const CHOSEN: &str = "chosen";
pub const GENDER: &str = "gender";
pub const SAME_BACKGROUND: &str = "same_background";
pub const LANGUAGE: &str = "language";
pub const REGION: &str = "region";
pub const DISCREET: &str = "discreet";

/// What is hers alone, in her own words.
pub const OWN_HELPER: &str = "own_helper";
pub const BACKGROUND: &str = "background";
pub const NO_ONE_FROM: &str = "no_one_from";
pub const MUNICIPALITY: &str = "municipality";
pub const NAME: &str = "name";
pub const PHONE: &str = "phone";
pub const MAIL: &str = "mail";
pub const TIMES: &str = "times";
pub const STORY: &str = "story";

/// How many characters fit in each.
const TEXTS: [(&str, Step, usize); 9] = [
    (OWN_HELPER, Step::OwnHelper, 300),
    (BACKGROUND, Step::Preferences, 300),
    (NO_ONE_FROM, Step::Preferences, 300),
    (MUNICIPALITY, Step::Region, 100),
    (NAME, Step::Reach, 100),
    (PHONE, Step::Reach, 40),
    (MAIL, Step::Reach, 254),
    (TIMES, Step::Moments, 300),
    (STORY, Step::Story, 5_000),
];
/// Seven digits are a number on Saba; fifteen are the most that there are.
const DIGITS_OF_A_PHONE: std::ops::RangeInclusive<usize> = 7..=15;
/// Name of the box for one of several answers.
#[must_use]
pub fn of(group: &str, id: &str) -> String {
    format!("{group}.{id}")
}

pub const ABOUT: &str = "about";
pub const NO_TIES: &str = "no_ties";
pub const REACH: &str = "reach";
pub const MOMENTS: &str = "moments";

/// What is wrong with a field: its id, and words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: &'static str,
    pub words: &'static str,
}

/// What is wrong on a page.
#[must_use]
pub fn problems(step: Step, typed: &Entries) -> Vec<Problem> {
    let mut found = missing(step, typed);
    let too_long = TEXTS
        .into_iter()
        .filter(|(field, of, most)| *of == step && typed.text(field).chars().count() > *most)
        .map(|(field, ..)| Problem { field, words: text::trouble::TOO_LONG });
    found.extend(too_long);
    found
}

fn missing(step: Step, typed: &Entries) -> Vec<Problem> {
    let unless = |is_there: bool, field: &'static str, words: &'static str| {
        if is_there { Vec::new() } else { vec![Problem { field, words }] }
    };
    match step {
        Step::Urgent => unless(is_urgent(typed).is_some(), URGENT, text::ask::urgent::CHOOSE),
        Step::Kind => unless(Kind::parse(typed.text(KIND)).is_some(), KIND, text::ask::kind::CHOOSE),
        Step::About => unless(!about(typed).is_empty(), ABOUT, text::ask::about::CHOOSE),
        Step::Wish => unless(Wish::parse(typed.text(WISH)).is_some(), WISH, text::ask::wish::CHOOSE),
        Step::Profile => unless(!typed.text(CHOSEN).is_empty(), CHOSEN, text::ask::profile::CHOOSE),
        Step::OwnHelper => {
            unless(!typed.text(OWN_HELPER).is_empty(), OWN_HELPER, text::ask::own_helper::MISSING)
        }
        Step::Language => {
            unless(Language::parse(typed.text(LANGUAGE)).is_some(), LANGUAGE, text::ask::language::CHOOSE)
        }
        Step::Region => {
            unless(Region::parse(typed.text(REGION)).is_some(), REGION, text::ask::region::CHOOSE)
        }
        Step::Reach => reach_problems(typed),
        Step::Preferences | Step::Moments | Step::Story | Step::Check => Vec::new(),
    }
}

fn reach_problems(typed: &Entries) -> Vec<Problem> {
    let ways: Vec<Reach> = checked(REACH, typed, Reach::ALL, |way| way.id());
    let (phone, mail) = (typed.text(PHONE), typed.text(MAIL));
    let needs_phone = ways.iter().any(|way| matches!(way, Reach::Phone | Reach::Message));
    let checks = [
        (typed.text(NAME).is_empty(), NAME, text::ask::reach::NAME_MISSING),
        (ways.is_empty(), REACH, text::ask::reach::CHOOSE),
        (needs_phone && phone.is_empty(), PHONE, text::ask::reach::PHONE_MISSING),
        (!phone.is_empty() && !is_phone(phone), PHONE, text::ask::reach::PHONE_UNREADABLE),
        (ways.contains(&Reach::Mail) && mail.is_empty(), MAIL, text::ask::reach::MAIL_MISSING),
        (!mail.is_empty() && !is_mail(mail), MAIL, text::ask::reach::MAIL_UNREADABLE),
    ];
    let wrong = checks.into_iter().filter(|(is_wrong, ..)| *is_wrong);
    wrong.map(|(_, field, words)| Problem { field, words }).collect()
}

fn is_phone(typed: &str) -> bool {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    DIGITS_OF_A_PHONE.contains(&digits)
        && typed.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/'))
}

/// Whether mail could be sent there; only sending tells whether it arrives.
fn is_mail(typed: &str) -> bool {
    let Some((name, domain)) = typed.rsplit_once('@') else { return false };
    let is_plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"');
    !name.is_empty()
        && typed.is_ascii()
        && typed.chars().all(is_plain)
        && !name.contains('@')
        && domain.split('.').count() > 1
        && domain.split('.').all(|part| !part.is_empty())
}

fn is_urgent(typed: &Entries) -> Option<bool> {
    match typed.text(URGENT) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// What she wants help with.
#[must_use]
pub fn about(typed: &Entries) -> Vec<About> {
    About::all().filter(|about| is_checked(typed, &of(ABOUT, &about.id()))).collect()
}

#[must_use]
pub fn is_checked(typed: &Entries, name: &str) -> bool {
    typed.text(name) == CHECKED
}

/// Those of a group of boxes that are checked.
#[must_use]
pub fn checked<T: Copy>(group: &str, typed: &Entries, all: &[T], id: fn(T) -> &'static str) -> Vec<T> {
    all.iter().copied().filter(|it| is_checked(typed, &of(group, id(*it)))).collect()
}

/// A request as it can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What finds who can help.
    pub request: Request,
    /// What only who picks it up may read.
    pub personal: Personal,
}

/// What is hers: her name, how she is reached, her story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Personal(Entries);

impl Personal {
    /// What of a form is hers.
    #[must_use]
    pub fn of(typed: &Entries) -> Personal {
        Personal(filled(typed, is_personal))
    }

    /// Reads back what was kept.
    #[must_use]
    pub fn decode(kept: &[u8]) -> Personal {
        Personal(Entries::decode(kept))
    }

    /// As it is sealed.
    #[must_use]
    pub fn encode(&self) -> String {
        self.0.encode()
    }

    /// What stands in one of its fields; empty where she left it so.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.0.text(field)
    }

    /// As a form would hold it.
    #[must_use]
    pub fn entries(&self) -> &Entries {
        &self.0
    }

    #[must_use]
    pub fn reach(&self) -> Vec<Reach> {
        checked(REACH, &self.0, Reach::ALL, |way| way.id())
    }

    #[must_use]
    pub fn moments(&self) -> Vec<Moment> {
        checked(MOMENTS, &self.0, Moment::ALL, |moment| moment.id())
    }

    /// Nothing may be said of this where someone else may hear or read it.
    #[must_use]
    pub fn is_discreet(&self) -> bool {
        is_checked(&self.0, DISCREET)
    }

    /// Where news may be mailed; `None`: nowhere.
    #[must_use]
    pub fn mail_for_news(&self) -> Option<&str> {
        let mail = self.text(MAIL);
        (!mail.is_empty() && !self.is_discreet() && self.reach().contains(&Reach::Mail)).then_some(mail)
    }

    /// The same, with what she changed about reaching her; what is wrong with that, else.
    ///
    /// # Errors
    /// What a form like this would refuse.
    pub fn reached_by(&self, typed: &Entries) -> Result<Personal, Vec<Problem>> {
        let problems = [Step::Reach, Step::Moments].into_iter().flat_map(|step| problems(step, typed));
        let problems: Vec<Problem> = problems.collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut changed = self.0.only(|name| !is_about_reaching(name));
        changed.merge(&filled(typed, is_about_reaching));
        Ok(Personal(changed))
    }
}

/// Reads all answers; `None`: one is missing.
#[must_use]
pub fn read(typed: &Entries) -> Option<Draft> {
    if Step::on_her_way(typed).any(|step| !problems(step, typed).is_empty()) {
        return None;
    }
    let wish = Wish::parse(typed.text(WISH))?;
    let preferences = match wish {
        Wish::Find => Preferences {
            gender: Gender::parse(typed.text(GENDER)),
            same_background: is_checked(typed, SAME_BACKGROUND),
            no_ties: checked(NO_TIES, typed, Tie::ALL, |tie| tie.id()),
        },
        Wish::Chosen | Wish::Own => Preferences::default(),
    };
    let request = Request {
        kind: Kind::parse(typed.text(KIND))?,
        about: about(typed),
        is_urgent: is_urgent(typed)?,
        language: Language::parse(typed.text(LANGUAGE))?,
        region: Region::parse(typed.text(REGION))?,
        chosen: (wish == Wish::Chosen).then(|| typed.text(CHOSEN).to_owned()),
        preferences,
    };
    // What stands on a page that she left behind isn't sent along.
    let on_her_way = |name: &str| {
        let page = TEXTS.into_iter().find(|(field, ..)| *field == name).map(|(_, page, _)| page);
        page.is_none_or(|page| Step::on_her_way(typed).any(|step| step == page))
    };
    let personal = filled(typed, |name| is_personal(name) && on_her_way(name));
    Some(Draft { request, personal: Personal(personal) })
}

fn filled(typed: &Entries, fits: impl Fn(&str) -> bool) -> Entries {
    let filled = typed.iter().filter(|(name, value)| fits(name) && !value.trim().is_empty());
    Entries::from_pairs(filled.map(|(name, value)| (name, value.trim())))
}

fn is_personal(name: &str) -> bool {
    is_about_reaching(name) || TEXTS.into_iter().any(|(field, ..)| field == name)
}

fn is_about_reaching(name: &str) -> bool {
    matches!(name, NAME | PHONE | MAIL | TIMES | DISCREET)
        || Reach::ALL.iter().any(|way| of(REACH, way.id()) == name)
        || Moment::ALL.iter().any(|moment| of(MOMENTS, moment.id()) == name)
}
