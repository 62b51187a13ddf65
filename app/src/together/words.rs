//! How a meeting ended, and an answer that is proposed, in words.

use domain::together::{Control, Ending};

use crate::content::together as text;

/// How it ended, told to her.
#[must_use]
pub(super) fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::StoppedByParent => text::over::STOPPED_BY_PARENT,
        Ending::StoppedByHelper => text::over::STOPPED_BY_HELPER,
        Ending::TimeIsUp => text::over::TIME_IS_UP,
        Ending::TooMuch => text::over::TOO_MUCH,
        Ending::Elsewhere => text::banner::ELSEWHERE,
        Ending::Unknown => text::over::UNKNOWN,
    }
}

/// How it ended, told to the helper.
#[must_use]
pub(super) fn ending_for_helper(ending: Ending) -> &'static str {
    match ending {
        Ending::StoppedByParent => text::guide_over::STOPPED_BY_PARENT,
        Ending::StoppedByHelper => text::guide_over::STOPPED_BY_HELPER,
        Ending::TimeIsUp => text::guide_over::TIME_IS_UP,
        Ending::TooMuch => text::guide_over::TOO_MUCH,
        Ending::Elsewhere => text::guide_over::ELSEWHERE,
        Ending::Unknown => text::guide_over::UNKNOWN,
    }
}

/// An answer that is proposed, in words. `None`: it can be no answer to that question.
#[must_use]
pub(super) fn answer(control: &Control, value: &str) -> Option<String> {
    let words = control.in_words(value)?;
    Some(match control {
        Control::Check(_) if value.is_empty() => text::guidance::PROPOSES_UNCHECKED.to_owned(),
        Control::Check(_) => text::guidance::PROPOSES_CHECKED.to_owned(),
        Control::Amount if !value.is_empty() => format!("€ {words}"),
        _ if value.is_empty() => text::guidance::PROPOSES_NOTHING.to_owned(),
        _ => words,
    })
}
