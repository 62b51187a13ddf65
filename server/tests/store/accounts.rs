//! Accounts: bound once, ended at once, with sessions that a copy of the database doesn't open.

use domain::Date;
use server::account::{Accounts, Represented, Role};
use server::audit::{Act, Actor, Kind};
use server::clock::Now;

use crate::Database;

crate::contract!(
    an_invited_person_is_listed_with_role_and_organisation,
    the_same_organisation_is_made_once,
    what_an_organisation_sees_can_be_changed,
    a_session_opens_with_its_own_secret_alone,
    a_session_of_a_clock_that_was_put_back_is_over,
    processes_share_sessions,
    an_account_that_is_ended_ends_its_sessions,
    what_is_over_is_forgotten,
    every_change_of_an_account_stands_in_the_log,
);

fn accounts(database: &Database) -> Accounts {
    Accounts::new(database.store.clone())
}

fn at(seconds: i64) -> Now {
    Now { at: 1_795_420_800 + seconds, on: Date::constant(2026, 11, 23) }
}

fn represented(id: &str) -> Represented {
    Represented { issuer: "urn:register".to_owned(), id_type: "urn:oin".to_owned(), id: id.to_owned() }
}

async fn an_invited_person_is_listed_with_role_and_organisation(database: Database) {
    let accounts = accounts(&database);
    let made =
        accounts.make_organisation("Stichting A", represented("1"), ["", ""], at(0)).await.unwrap().unwrap();
    let (first, _) = accounts.invite(Role::ExperienceExpert, "Samira", Some(&made.id), at(0)).await.unwrap();
    let (second, _) = accounts.invite(Role::Auditor, "Ans", None, at(1)).await.unwrap();
    let everyone = accounts.everyone().await.unwrap();
    let [samira, ans] = &everyone[..] else { panic!("{everyone:?}") };
    assert_eq!((&samira.staff.id, &ans.staff.id), (&first, &second));
    assert_eq!((samira.staff.role, ans.staff.role), (Role::ExperienceExpert, Role::Auditor));
    assert_eq!(samira.staff.organisation, Some((made.id, "Stichting A".to_owned())));
    assert_eq!((ans.staff.organisation.as_ref(), ans.signed_in_at, ans.blocked_at), (None, None, None));
    assert!(accounts.invite(Role::Auditor, "X", Some("nowhere"), at(0)).await.is_err());
    assert_eq!(accounts.everyone().await.unwrap().len(), 2, "nothing of it is kept");
}

async fn the_same_organisation_is_made_once(database: Database) {
    let accounts = accounts(&database);
    assert!(accounts.make_organisation("A", represented("1"), ["", ""], at(0)).await.unwrap().is_some());
    assert!(accounts.make_organisation("B", represented("1"), ["", ""], at(0)).await.unwrap().is_none());
    assert!(accounts.make_organisation("B", represented("2"), ["", ""], at(1)).await.unwrap().is_some());
    let names: Vec<String> = accounts.organisations().await.unwrap().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["A", "B"]);
}

async fn what_an_organisation_sees_can_be_changed(database: Database) {
    let accounts = accounts(&database);
    let made = accounts.make_organisation("A", represented("1"), ["", ""], at(0)).await.unwrap().unwrap();
    assert!(accounts.set_what_it_sees(&made.id, ["legal peer", "utrecht"], at(1)).await.unwrap());
    assert!(!accounts.set_what_it_sees("nowhere", ["legal", ""], at(1)).await.unwrap());
    let kept = accounts.organisations().await.unwrap().remove(0);
    assert_eq!((kept.kinds.as_str(), kept.regions.as_str()), ("legal peer", "utrecht"));
}

async fn a_session_opens_with_its_own_secret_alone(database: Database) {
    let accounts = accounts(&database);
    let (id, _) = accounts.invite(Role::Auditor, "Ans", None, at(0)).await.unwrap();
    let secret = accounts.begin_session(&id, None, at(0)).await.unwrap();
    let session = accounts.session(&secret, at(10)).await.unwrap().expect("hers");
    assert_eq!(
        (session.staff.id.as_str(), session.begun_at, session.ends_at()),
        (id.as_str(), at(0).at, at(900).at)
    );
    let other = accounts.begin_session(&id, None, at(0)).await.unwrap();
    assert_ne!(secret, other);
    accounts.end_session(&secret, at(5)).await.unwrap();
    assert!(accounts.session(&secret, at(10)).await.unwrap().is_none());
    assert!(accounts.session(&other, at(10)).await.unwrap().is_some(), "another browser's stays");
    let members = accounts.everyone().await.unwrap();
    assert_eq!(members[0].signed_in_at, Some(at(0).at));
}

async fn a_session_of_a_clock_that_was_put_back_is_over(database: Database) {
    const DAY: i64 = 24 * 60 * 60;
    let accounts = accounts(&database);
    let (id, _) = accounts.invite(Role::Auditor, "Ans", None, at(0)).await.unwrap();
    let secret = accounts.begin_session(&id, None, at(DAY)).await.unwrap();
    assert!(accounts.session(&secret, at(DAY - 50)).await.unwrap().is_some(), "clocks of servers may differ");
    assert!(accounts.session(&secret, at(0)).await.unwrap().is_none(), "it would last for 26 hours");
}

async fn processes_share_sessions(database: Database) {
    let here = accounts(&database);
    let (id, _) = here.invite(Role::Auditor, "Ans", None, at(0)).await.unwrap();
    let secret = here.begin_session(&id, None, at(0)).await.unwrap();
    let elsewhere = Accounts::new(database.another().await);
    assert!(elsewhere.session(&secret, at(10)).await.unwrap().is_some());
    elsewhere.end_session(&secret, at(5)).await.unwrap();
    assert!(here.session(&secret, at(10)).await.unwrap().is_none());
}

async fn an_account_that_is_ended_ends_its_sessions(database: Database) {
    let accounts = accounts(&database);
    let (id, _) = accounts.invite(Role::Auditor, "Ans", None, at(0)).await.unwrap();
    let secret = accounts.begin_session(&id, None, at(0)).await.unwrap();
    assert!(accounts.block(&id, at(10)).await.unwrap());
    assert!(!accounts.block(&id, at(11)).await.unwrap(), "it was ended before");
    assert!(!accounts.block("nobody", at(11)).await.unwrap());
    assert!(accounts.session(&secret, at(12)).await.unwrap().is_none());
    assert_eq!(accounts.everyone().await.unwrap()[0].blocked_at, Some(at(10).at));
}

async fn what_is_over_is_forgotten(database: Database) {
    const WEEK: i64 = 7 * 24 * 60 * 60;
    let accounts = accounts(&database);
    let (id, _) = accounts.invite(Role::Auditor, "Ans", None, at(0)).await.unwrap();
    accounts.begin_session(&id, None, at(0)).await.unwrap();
    assert_eq!(accounts.forget(at(899)).await.unwrap(), 0);
    assert_eq!(accounts.forget(at(900)).await.unwrap(), 1, "the session");
    assert_eq!(accounts.forget(at(WEEK)).await.unwrap(), 0);
    assert_eq!(accounts.forget(at(WEEK + 1)).await.unwrap(), 1, "the invitation");
    assert_eq!(accounts.forget(at(WEEK + 1)).await.unwrap(), 0);
}

async fn every_change_of_an_account_stands_in_the_log(database: Database) {
    let accounts = accounts(&database);
    let henk = accounts.by(Actor::Staff("henk".to_owned()));
    let (id, _) = henk.invite(Role::Auditor, "Ans", None, at(0)).await.unwrap();
    let secret = accounts.begin_session(&id, None, at(1)).await.unwrap();
    accounts.end_session(&secret, at(2)).await.unwrap();
    accounts.end_session(&secret, at(3)).await.unwrap();
    assert!(henk.block(&id, at(4)).await.unwrap());
    let done = database.store.audit_of(&Kind::Staff.of(&id)).await.unwrap();
    let told: Vec<_> = done.into_iter().map(|done| (done.actor, done.act)).collect();
    let (by_henk, by_ans) = (Actor::Staff("henk".to_owned()), Actor::Staff(id));
    assert_eq!(
        told,
        [
            (by_henk.clone(), Act::StaffInvited),
            (by_ans.clone(), Act::StaffSignedIn),
            (by_ans, Act::StaffSignedOut),
            (by_henk, Act::StaffBlocked),
        ],
        "once each"
    );
}
