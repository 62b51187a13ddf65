//! A situation and what the rules say of it, side by side: what every view of amounts starts from.

use domain::Date;
use domain::amounts::{Assessment, Invalid, Route, RouteAssessment, Situation, assess};

use super::form;
use crate::entries::Entries;
use crate::ui::problem_at;

/// What was typed, read and computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    pub situation: Situation,
    pub problems: Vec<Invalid>,
    pub assessment: Assessment,
}

impl Computed {
    #[must_use]
    pub fn of(typed: &Entries, on: Date) -> Computed {
        let reading = form::read(typed, on);
        let assessment = assess(&reading.situation);
        Computed { situation: reading.situation, problems: reading.problems, assessment }
    }

    #[must_use]
    pub fn of_situation(situation: Situation) -> Computed {
        Computed { assessment: assess(&situation), situation, problems: Vec::new() }
    }

    #[must_use]
    pub fn route(&self, route: Route) -> Option<&RouteAssessment> {
        self.assessment.routes.iter().find(|assessed| assessed.route == route)
    }

    /// What is wrong with a field, if anything.
    #[must_use]
    pub fn problem_at(&self, path: &str) -> Option<&'static str> {
        problem_at(&self.problems, path, form::problem_words)
    }
}
