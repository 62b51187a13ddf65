//! Profiles of the demo's invented helpers, so that a parent can choose one and every list holds something.

use domain::help::{Gender, Helper, Kind, Language, Region};

use super::{Desk, Profile, Result};
use crate::account::{DemoStaff, Role};
use crate::clock::Now;

/// What each of them might tell.
const TOLD: [(&str, &str); 3] = [
    ("demo-samira", "Ik maakte het zelf mee. Ik luister, en ik weet hoe lang het kan duren."),
    ("demo-joyce", "Ik help mensen die net als ik alleen voor de kinderen zorgden."),
    ("demo-willem", "Advocaat. Ik lees uw besluit met u mee, in gewone taal."),
];

impl Desk {
    /// Gives the helpers of the demo a profile, unless they told one themselves.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn keep_demo<'a>(
        &self,
        people: impl IntoIterator<Item = &'a DemoStaff>,
        now: Now,
    ) -> Result<()> {
        for person in people {
            let told = TOLD.iter().find(|(id, _)| *id == person.id);
            if let Some((id, about_me)) = told
                && self.profile(id).await?.is_none()
            {
                self.save_profile(&profile(person, about_me), now).await?;
            }
        }
        Ok(())
    }
}

fn profile(person: &DemoStaff, about_me: &str) -> Profile {
    let is_peer = person.role == Role::ExperienceExpert;
    let kinds = Kind::ALL.iter().copied().filter(|kind| kind.is_by_a_peer() == is_peer);
    let mut profile = Profile::new(&person.id, &person.name);
    profile.helper = Helper {
        kinds: kinds.collect(),
        languages: vec![Language::Dutch, Language::English, Language::Turkish],
        regions: Region::ALL.iter().copied().filter(|region| region.is_province()).collect(),
        gender: is_peer.then_some(Gender::Woman),
        ..profile.helper
    };
    profile.about_me = about_me.to_owned();
    profile.is_published = true;
    profile
}
