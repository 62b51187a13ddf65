//! The questions of a request, one a page.

/// One page of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Urgent,
    Kind,
    About,
    Wish,
    Profile,
    OwnHelper,
    Preferences,
    Language,
    Region,
    Reach,
    Moments,
    Story,
    /// All answers, before they are sent.
    Check,
}

impl Step {
    pub const ALL: [Step; 13] = [
        Step::Urgent,
        Step::Kind,
        Step::About,
        Step::Wish,
        Step::Profile,
        Step::OwnHelper,
        Step::Preferences,
        Step::Language,
        Step::Region,
        Step::Reach,
        Step::Moments,
        Step::Story,
        Step::Check,
    ];

    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Step::Urgent => "urgent",
            Step::Kind => "kind",
            Step::About => "about",
            Step::Wish => "wish",
            Step::Profile => "profile",
            Step::OwnHelper => "own_helper",
            Step::Preferences => "preferences",
            Step::Language => "language",
            Step::Region => "region",
            Step::Reach => "reach",
            Step::Moments => "moments",
            Step::Story => "story",
            Step::Check => "check",
        }
    }

    #[must_use]
    pub fn parse(id: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.id() == id)
    }
}
