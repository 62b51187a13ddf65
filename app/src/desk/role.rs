//! What someone is to this portal.

use crate::content::desk;

/// Each has its own column in the table of what may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anyone who isn't signed in. She acts with a reference and a code, and has no account.
    Parent,
    /// Ervaringsdeskundige.
    ExperienceExpert,
    /// Onafhankelijk deskundige.
    IndependentExpert,
    /// Ondersteuner.
    SupportWorker,
    Coordinator,
    Auditor,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::Parent,
        Role::ExperienceExpert,
        Role::IndependentExpert,
        Role::SupportWorker,
        Role::Coordinator,
        Role::Auditor,
    ];
    /// Those with an account.
    pub const STAFF: [Role; 5] = [
        Role::ExperienceExpert,
        Role::IndependentExpert,
        Role::SupportWorker,
        Role::Coordinator,
        Role::Auditor,
    ];

    /// The word in the command line and the database.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Role::Parent => "parent",
            Role::ExperienceExpert => "experience-expert",
            Role::IndependentExpert => "independent-expert",
            Role::SupportWorker => "support-worker",
            Role::Coordinator => "coordinator",
            Role::Auditor => "auditor",
        }
    }

    /// As people read it.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        desk::role::of(self).name
    }

    /// The role of an account with that word.
    #[must_use]
    pub fn of_staff(id: &str) -> Option<Role> {
        Role::STAFF.into_iter().find(|role| role.id() == id)
    }
}
