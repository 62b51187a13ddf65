//! What each role may do, on which route, with whose request: one table.
//!
//! Behind [`GUARDED`] nothing is answered that has no row here (`http::guard`), so a route can't be added without one.

use Owner::{Colleagues, Foreign, Own, Unclaimed};

use super::{Role, Staff};
use crate::audit::Actor;

/// Everything under this path is guarded.
pub const GUARDED: &str = app::urls::DESK;

/// Something that can be done at the desk. Several may share a route: a form then says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Come in, and stay in.
    Arrive,
    StaySignedIn,
    /// See what waits, without name or story.
    SeeList,
    PickUp,
    /// Read a request, with name and story.
    OpenRequest,
    LogContact,
    HandOver,
    Release,
    CloseRequest,
    SetAvailability,
    SeeAids,
    /// Ask a colleague, or blow off steam.
    AskColleague,
    /// Numbers, never stories.
    SeeOverview,
    InviteStaff,
    BlockStaff,
    ChangeOrganisation,
    ReadLog,
    SeeAvailability,
    /// What colleagues ask.
    SeeColleagues,
}

/// Whose it is that something is done with: for a request, of who picked it up; else, of who is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Own,
    Unclaimed,
    /// Of someone of the same organisation.
    Colleagues,
    Foreign,
}

impl Owner {
    pub const ALL: [Owner; 4] = [Own, Unclaimed, Colleagues, Foreign];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub act: Act,
    pub method: Method,
    /// `{…}` stands for one part of a path.
    pub path: &'static str,
    /// Whose, for each of [`Role::ALL`].
    allowed: [&'static [Owner]; 6],
}

const NO: &[Owner] = &[];
const OWN: &[Owner] = &[Own];
const FREE: &[Owner] = &[Unclaimed];
const ANY: &[Owner] = &Owner::ALL;

/// What a signed-in person may do. The columns: parent, experience expert, independent expert, support worker,
/// coordinator, auditor. A coordinator moves requests without reading them; an auditor reads the log alone.
#[rustfmt::skip]
pub const TABLE: [Row; 19] = [
    //                                                                      parent experience independent support coordinator auditor
    row(Act::Arrive,             Method::Get,  "/balie",                        [NO, OWN,  OWN,  OWN, OWN, OWN]),
    row(Act::StaySignedIn,       Method::Post, "/balie/verlengen",              [NO, OWN,  OWN,  OWN, OWN, OWN]),
    row(Act::SeeList,            Method::Get,  "/balie",                        [NO, ANY,  ANY,  NO,  NO,  NO]),
    row(Act::PickUp,             Method::Post, "/balie/oppakken",               [NO, FREE, FREE, NO,  NO,  NO]),
    row(Act::OpenRequest,        Method::Get,  "/balie/aanvraag/{id}",          [NO, OWN,  OWN,  NO,  NO,  NO]),
    row(Act::LogContact,         Method::Post, "/balie/aanvraag/{id}",          [NO, OWN,  OWN,  NO,  NO,  NO]),
    row(Act::HandOver,           Method::Post, "/balie/aanvraag/{id}",          [NO, OWN,  OWN,  NO,  ANY, NO]),
    row(Act::Release,            Method::Post, "/balie/aanvraag/{id}",          [NO, OWN,  OWN,  NO,  ANY, NO]),
    row(Act::CloseRequest,       Method::Post, "/balie/aanvraag/{id}",          [NO, OWN,  OWN,  NO,  NO,  NO]),
    row(Act::SetAvailability,    Method::Post, "/balie/beschikbaar",            [NO, OWN,  OWN,  NO,  NO,  NO]),
    row(Act::SeeAids,            Method::Get,  "/balie/hulpmiddelen",           [NO, ANY,  ANY,  ANY, NO,  NO]),
    row(Act::AskColleague,       Method::Post, "/balie/collega",                [NO, OWN,  OWN,  NO,  NO,  NO]),
    row(Act::SeeOverview,        Method::Get,  "/balie/overzicht",              [NO, NO,   NO,   NO,  ANY, NO]),
    row(Act::InviteStaff,        Method::Post, "/balie/overzicht/uitnodigen",   [NO, NO,   NO,   NO,  ANY, NO]),
    row(Act::BlockStaff,         Method::Post, "/balie/overzicht/blokkeren",    [NO, NO,   NO,   NO,  ANY, NO]),
    row(Act::ChangeOrganisation, Method::Post, "/balie/overzicht/organisatie",  [NO, NO,   NO,   NO,  ANY, NO]),
    row(Act::ReadLog,            Method::Get,  "/balie/logboek",                [NO, NO,   NO,   NO,  NO,  ANY]),
    row(Act::SeeAvailability,    Method::Get,  "/balie/beschikbaar",            [NO, OWN,  OWN,  NO,  NO,  NO]),
    row(Act::SeeColleagues,      Method::Get,  "/balie/collega",                [NO, ANY,  ANY,  NO,  NO,  NO]),
];

const fn row(act: Act, method: Method, path: &'static str, allowed: [&'static [Owner]; 6]) -> Row {
    Row { act, method, path, allowed }
}

/// Whether a role may do this with what is that owner's.
#[must_use]
pub const fn may(role: Role, act: Act, owner: Owner) -> bool {
    let allowed = TABLE[act as usize].allowed[role as usize];
    let mut at = 0;
    while at < allowed.len() {
        if allowed[at] as u8 == owner as u8 {
            return true;
        }
        at += 1;
    }
    false
}

/// That someone may do something: only the table makes one, so what asks for it can't be reached past the table.
#[derive(Clone, Copy, Debug)]
pub struct Allowed<'a> {
    staff: &'a Staff,
    act: Act,
}

impl Allowed<'_> {
    #[must_use]
    pub fn staff(&self) -> &Staff {
        self.staff
    }

    /// As the audit log tells it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.id.clone())
    }

    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }
}

impl Staff {
    /// `None`: she may not.
    #[must_use]
    pub fn allowed(&self, act: Act, owner: Owner) -> Option<Allowed<'_>> {
        may(self.role, act, owner).then_some(Allowed { staff: self, act })
    }
}

impl Row {
    /// Whether a role may do this with anything at all.
    #[must_use]
    pub fn is_for(&self, role: Role) -> bool {
        Owner::ALL.into_iter().any(|owner| may(role, self.act, owner))
    }

    /// Whether it is about this path.
    #[must_use]
    pub fn fits(&self, path: &str) -> bool {
        let (mut of_row, mut asked) = (self.path.split('/'), path.split('/'));
        loop {
            match (of_row.next(), asked.next()) {
                (None, None) => return true,
                (Some(part), Some(given)) if part == given => {}
                (Some(part), Some(given)) if part.starts_with('{') && !given.is_empty() => {}
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Said once more, by itself: who may do what with whose. What isn't said here may nobody do.
    const ALLOWED: [(Role, Act, &[Owner]); 39] = {
        use Act::*;
        use Role::{Auditor, Coordinator, ExperienceExpert, IndependentExpert, SupportWorker};
        [
            (ExperienceExpert, Arrive, &[Own]),
            (ExperienceExpert, StaySignedIn, &[Own]),
            (ExperienceExpert, SeeList, &[Own, Unclaimed, Colleagues, Foreign]),
            (ExperienceExpert, PickUp, &[Unclaimed]),
            (ExperienceExpert, OpenRequest, &[Own]),
            (ExperienceExpert, LogContact, &[Own]),
            (ExperienceExpert, HandOver, &[Own]),
            (ExperienceExpert, Release, &[Own]),
            (ExperienceExpert, CloseRequest, &[Own]),
            (ExperienceExpert, SetAvailability, &[Own]),
            (ExperienceExpert, SeeAids, &[Own, Unclaimed, Colleagues, Foreign]),
            (ExperienceExpert, AskColleague, &[Own]),
            (IndependentExpert, Arrive, &[Own]),
            (IndependentExpert, StaySignedIn, &[Own]),
            (IndependentExpert, SeeList, &[Own, Unclaimed, Colleagues, Foreign]),
            (IndependentExpert, PickUp, &[Unclaimed]),
            (IndependentExpert, OpenRequest, &[Own]),
            (IndependentExpert, LogContact, &[Own]),
            (IndependentExpert, HandOver, &[Own]),
            (IndependentExpert, Release, &[Own]),
            (IndependentExpert, CloseRequest, &[Own]),
            (IndependentExpert, SetAvailability, &[Own]),
            (IndependentExpert, SeeAids, &[Own, Unclaimed, Colleagues, Foreign]),
            (IndependentExpert, AskColleague, &[Own]),
            (SupportWorker, Arrive, &[Own]),
            (SupportWorker, StaySignedIn, &[Own]),
            (SupportWorker, SeeAids, &[Own, Unclaimed, Colleagues, Foreign]),
            (Coordinator, Arrive, &[Own]),
            (Coordinator, StaySignedIn, &[Own]),
            (Coordinator, HandOver, &[Own, Unclaimed, Colleagues, Foreign]),
            (Coordinator, Release, &[Own, Unclaimed, Colleagues, Foreign]),
            (Coordinator, SeeOverview, &[Own, Unclaimed, Colleagues, Foreign]),
            (Auditor, Arrive, &[Own]),
            (Auditor, StaySignedIn, &[Own]),
            (Auditor, ReadLog, &[Own, Unclaimed, Colleagues, Foreign]),
            (ExperienceExpert, SeeAvailability, &[Own]),
            (IndependentExpert, SeeAvailability, &[Own]),
            (ExperienceExpert, SeeColleagues, &[Own, Unclaimed, Colleagues, Foreign]),
            (IndependentExpert, SeeColleagues, &[Own, Unclaimed, Colleagues, Foreign]),
        ]
    };
    /// Only a coordinator, for anyone.
    const COORDINATION: [Act; 3] = [Act::InviteStaff, Act::BlockStaff, Act::ChangeOrganisation];

    #[test]
    fn every_role_may_do_with_every_owners_what_is_said_and_nothing_else() {
        let mut asked = 0;
        for role in Role::ALL {
            for row in TABLE {
                for owner in Owner::ALL {
                    let said = ALLOWED
                        .iter()
                        .any(|(of, act, owners)| (*of, *act) == (role, row.act) && owners.contains(&owner))
                        || (role == Role::Coordinator && COORDINATION.contains(&row.act));
                    assert_eq!(may(role, row.act, owner), said, "{role:?} {:?} {owner:?}", row.act);
                    asked += 1;
                }
            }
        }
        assert_eq!(asked, 6 * 19 * 4);
    }

    #[test]
    fn every_act_stands_at_its_own_place_and_behind_the_guard() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.act as usize, at, "{:?}", row.act);
            assert!(row.path == GUARDED || row.path.starts_with(&format!("{GUARDED}/")), "{}", row.path);
        }
        for (at, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, at, "{role:?} is column {at}");
        }
    }

    #[test]
    fn a_path_fits_its_own_row_alone() {
        let fitting =
            |path: &str| TABLE.iter().filter(|row| row.fits(path)).map(|row| row.act).collect::<Vec<_>>();
        assert_eq!(fitting("/balie/oppakken"), [Act::PickUp]);
        assert_eq!(fitting("/balie/aanvraag/0190b1a2").len(), 5);
        for nothing in
            ["/balie/", "/balie/aanvraag", "/balie/aanvraag/", "/balie/aanvraag/1/2", "/Balie", "/", ""]
        {
            assert_eq!(fitting(nothing), [], "{nothing}");
        }
    }
}
