//! What people are called, and how a meeting ended.

#[cfg(any(feature = "ssr", feature = "hydrate-together"))]
use crate::content::together as text;

/// A role in Dutch; the word itself is never shown.
#[cfg(any(feature = "ssr", feature = "hydrate-together"))]
#[must_use]
pub(super) fn role(id: &str) -> &'static str {
    match id {
        "experience-expert" => text::role::EXPERIENCE_EXPERT,
        "independent-expert" => text::role::INDEPENDENT_EXPERT,
        "support-worker" => text::role::SUPPORT_WORKER,
        "coordinator" => text::role::COORDINATOR,
        _ => text::role::OTHER,
    }
}

/// How it ended, told to her.
#[cfg(feature = "hydrate-together")]
#[must_use]
pub(super) fn ending(ending: domain::together::Ending) -> &'static str {
    use domain::together::Ending;
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
#[cfg(feature = "hydrate-together")]
#[must_use]
pub(super) fn ending_for_helper(ending: domain::together::Ending) -> &'static str {
    use domain::together::Ending;
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
#[cfg(feature = "hydrate-together")]
#[must_use]
pub(super) fn answer(control: &domain::together::Control, value: &str) -> Option<String> {
    use domain::together::Control;
    let words = control.in_words(value)?;
    Some(match control {
        Control::Check(_) if value.is_empty() => text::guidance::PROPOSES_UNCHECKED.to_owned(),
        Control::Check(_) => text::guidance::PROPOSES_CHECKED.to_owned(),
        Control::Amount if !value.is_empty() => format!("€ {words}"),
        _ if value.is_empty() => text::guidance::PROPOSES_NOTHING.to_owned(),
        _ => words,
    })
}
