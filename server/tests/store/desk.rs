//! The desk: what fits is found, of two who pick up one gets it, and only who has a request opens it.

use app::entries::Entries;
use domain::Date;
use domain::help::{Event, Gender, Helper, Kind, Language, Outcome, Region, State, Tie};
use sea_orm::{EntityTrait, IntoActiveModel};
use server::account::{Accounts, Represented, Role};
use server::clock::{Clock, Now};
use server::desk::{Claim, Contact, Desk, Due, HandOver, Kept, MOST_SHOWN, Profile, Taken};
use server::help::store::entity::{declined, event, request};
use server::seal::Keys;

use crate::Database;

crate::contract!(
    a_profile_is_kept_as_it_was_told,
    the_list_holds_what_fits_the_most_fitting_first,
    what_is_near_stands_before_older_things_elsewhere,
    the_list_keeps_to_what_the_organisation_may_see,
    of_sixteen_who_pick_up_one_gets_it,
    nobody_picks_up_more_than_they_can_take_on,
    of_sixteen_picked_up_at_once_no_more_than_the_limit,
    who_pauses_picks_up_nothing,
    what_doesnt_fit_or_was_declined_isnt_picked_up,
    only_who_has_it_opens_it_and_every_opening_is_told,
    getting_in_touch_is_written_down_once,
    what_is_put_back_waits_for_others,
    a_request_is_handed_over_with_its_notes,
    a_helper_without_room_is_handed_nothing,
    what_is_closed_is_nobodys_work_any_more,
    of_releasing_and_closing_at_once_one_counts,
    a_helper_is_reminded_once_a_day,
    of_two_colleagues_one_takes_it_up,
    what_nobody_closed_goes_after_two_weeks,
    the_overview_puts_what_lies_too_long_on_top,
    the_overview_counts_by_month,
    answers_are_shown_from_ten_on,
    the_database_tells_nothing_of_notes_and_asks,
);

const MORNING: i64 = 1_795_420_800;
const TODAY: Date = Date::constant(2026, 11, 23);
const NOW: Now = Now { at: MORNING, on: TODAY };
const DAY: i64 = 24 * 60 * 60;
const MARKER: &str = "Zonnebloem 31";

pub fn desk(database: &Database) -> Desk {
    Desk::new(database.store.clone(), Keys::of_the_demo())
}

fn later(days: i32) -> Now {
    Now { at: MORNING + i64::from(days) * DAY, on: TODAY.plus_days(days).unwrap() }
}

/// A request as it stands when it was just made.
pub fn asked(id: &str) -> request::Model {
    let told = Entries::from_pairs([("name", MARKER), ("story", "wat er gebeurde")]);
    let keys = Keys::of_the_demo();
    request::Model {
        id: id.to_owned(),
        finder: id.as_bytes().to_vec(),
        reference: format!("HR-{id}"),
        state: State::Received.id().to_owned(),
        kind: Kind::Legal.id().to_owned(),
        about: "else".to_owned(),
        urgent: 0,
        language: Language::Dutch.id().to_owned(),
        region: Region::Utrecht.id().to_owned(),
        chosen: None,
        gender: None,
        same_background: 0,
        no_ties: String::new(),
        sealed: Some(keys.seal(&format!("request {id}"), told.encode().as_bytes()).unwrap()),
        made_at: MORNING,
        claim_due_on: "2026-11-25".to_owned(),
        helper_id: None,
        claimed_at: None,
        contact_due_on: None,
        contacted_at: None,
        closed_at: None,
        outcome: None,
        was_fair: None,
        can_go_on: None,
        erased_at: None,
    }
}

pub async fn put(database: &Database, requests: impl IntoIterator<Item = request::Model>) {
    for request in requests {
        let row = request.into_active_model();
        request::Entity::insert(row).exec_without_returning(database.store.db()).await.unwrap();
    }
}

async fn forget(database: &Database, now: Now) -> u64 {
    server::desk::forget(&database.store, now).await.unwrap()
}

async fn able(desk: &Desk, id: &str) -> Vec<String> {
    let mut able = desk.colleagues(&[id.to_owned()], TODAY).await.unwrap();
    able.remove(id).unwrap_or_default().into_iter().map(|it| it.id).collect()
}

async fn row(database: &Database, id: &str) -> request::Model {
    request::Entity::find_by_id(id.to_owned()).one(database.store.db()).await.unwrap().expect("a request")
}

pub fn profile(id: &str) -> Profile {
    let helper = Helper {
        id: id.to_owned(),
        kinds: vec![Kind::Legal, Kind::PeerOfRegion],
        languages: vec![Language::Dutch, Language::Turkish],
        regions: vec![Region::Utrecht, Region::Zeeland],
        gender: Some(Gender::Woman),
        ties: vec![Tie::Municipality],
    };
    Profile { helper, ..Profile::new(id, &format!("Naam van {id}")) }
}

/// Helpers with that profile.
async fn helpers(desk: &Desk, ids: &[&str]) {
    for id in ids {
        desk.save_profile(&profile(id), NOW).await.unwrap();
    }
}

async fn claim(desk: &Desk, id: &str, staff: &str) -> Claim {
    desk.claim(id, staff, NOW).await.unwrap()
}

async fn listed(desk: &Desk, profile: &Profile) -> Vec<String> {
    let list = desk.list(profile).await.unwrap();
    list.into_iter().map(|waiting| waiting.id).collect()
}

async fn a_profile_is_kept_as_it_was_told(database: Database) {
    let desk = desk(&database);
    assert_eq!(desk.profile("a").await.unwrap(), None);
    let first = Profile { mail: Some("a@example.org".to_owned()), ..profile("a") };
    desk.save_profile(&first, NOW).await.unwrap();
    assert_eq!(desk.profile("a").await.unwrap(), Some(first.clone()));
    let second = Profile {
        helper: Helper { gender: None, ties: vec![], regions: vec![], ..first.helper },
        about_me: "Ik luister.".to_owned(),
        is_published: true,
        most_requests: 2,
        paused_until: Some(TODAY),
        mail: None,
        ..first
    };
    desk.save_profile(&second, NOW).await.unwrap();
    assert_eq!(desk.profile("a").await.unwrap(), Some(second.clone()));
    assert!(second.is_paused(TODAY) && !second.is_paused(TODAY.plus_days(1).unwrap()));
}

async fn the_list_holds_what_fits_the_most_fitting_first(database: Database) {
    let desk = desk(&database);
    put(
        &database,
        [
            asked("near"),
            request::Model { made_at: MORNING - 10, ..asked("older") },
            request::Model { region: "groningen".to_owned(), made_at: MORNING - 99, ..asked("far") },
            request::Model { urgent: 1, region: "groningen".to_owned(), ..asked("urgent") },
            request::Model {
                chosen: Some("a".to_owned()),
                region: "groningen".to_owned(),
                ..asked("chosen")
            },
            request::Model { chosen: Some("b".to_owned()), ..asked("of-another") },
            request::Model { kind: "financial".to_owned(), ..asked("other-kind") },
            request::Model { language: "pl".to_owned(), ..asked("other-language") },
            request::Model { gender: Some("man".to_owned()), ..asked("a-man") },
            request::Model { no_ties: "uht municipality".to_owned(), ..asked("no-ties") },
            request::Model { state: "matched".to_owned(), helper_id: Some("b".to_owned()), ..asked("taken") },
            request::Model {
                kind: "peer_of_region".to_owned(),
                region: "groningen".to_owned(),
                ..asked("far-peer")
            },
            asked("declined"),
        ],
    )
    .await;
    let declined = declined::Model { request_id: "declined".to_owned(), staff_id: "a".to_owned() };
    declined::Entity::insert(declined.into_active_model())
        .exec_without_returning(database.store.db())
        .await
        .unwrap();
    assert_eq!(listed(&desk, &profile("a")).await, ["urgent", "chosen", "older", "near", "far"]);
    let everywhere =
        Profile { helper: Helper { regions: Region::ALL.to_vec(), ..profile("a").helper }, ..profile("a") };
    assert_eq!(
        listed(&desk, &everywhere).await,
        ["urgent", "chosen", "far", "older", "far-peer", "near"].map(str::to_owned),
        "all is near, so the oldest comes first"
    );
    let silent =
        Profile { helper: Helper { gender: None, ties: vec![], ..profile("a").helper }, ..profile("a") };
    assert!(listed(&desk, &silent).await.contains(&"no-ties".to_owned()));
    assert_eq!(listed(&desk, &Profile::new("c", "Niemand")).await, Vec::<String>::new());
}

async fn what_is_near_stands_before_older_things_elsewhere(database: Database) {
    let desk = desk(&database);
    let elsewhere = (0..2 * MOST_SHOWN as i64).map(|at| request::Model {
        region: "groningen".to_owned(),
        made_at: MORNING - 1_000 + at,
        ..asked(&format!("far-{at:03}"))
    });
    put(&database, elsewhere).await;
    put(&database, [asked("near")]).await;
    let list = listed(&desk, &profile("a")).await;
    assert_eq!(list.len(), MOST_SHOWN);
    assert_eq!(list[..3], ["near", "far-000", "far-001"]);
}

async fn the_list_keeps_to_what_the_organisation_may_see(database: Database) {
    let desk = desk(&database);
    put(
        &database,
        [
            asked("near"),
            request::Model { region: "groningen".to_owned(), ..asked("far") },
            request::Model { kind: "peer_of_region".to_owned(), ..asked("peer") },
            request::Model {
                chosen: Some("a".to_owned()),
                region: "groningen".to_owned(),
                ..asked("chosen")
            },
        ],
    )
    .await;
    let accounts = Accounts::new(database.store.clone());
    let represented =
        |id: &str| Represented { issuer: "i".to_owned(), id_type: "t".to_owned(), id: id.to_owned() };
    let bounded = accounts
        .make_organisation("Bureau", represented("1"), ["legal", "utrecht"], NOW)
        .await
        .unwrap()
        .unwrap();
    let (a, _) = accounts.invite(Role::IndependentExpert, "A", Some(&bounded.id), NOW).await.unwrap();
    let free =
        accounts.make_organisation("Stichting", represented("2"), ["", ""], NOW).await.unwrap().unwrap();
    let (b, _) = accounts.invite(Role::IndependentExpert, "B", Some(&free.id), NOW).await.unwrap();
    helpers(&desk, &[&a, &b]).await;
    assert_eq!(
        listed(&desk, &profile(&b)).await,
        ["near", "peer", "far"],
        "nothing keeps it from who is bound by nothing"
    );
    assert_eq!(able(&desk, "near").await, [a.clone(), b.clone()]);
    assert_eq!(able(&desk, "far").await, std::slice::from_ref(&b));
    assert_eq!(desk.hand_over("far", None, &a, "c", NOW).await.unwrap(), HandOver::Unfitting);
    assert_eq!(listed(&desk, &profile(&a)).await, ["near"]);
    for id in ["far", "peer"] {
        assert_eq!(claim(&desk, id, &a).await, Claim::Unfitting, "{id}");
    }
    assert_eq!(claim(&desk, "near", &a).await, Claim::Claimed);
    // Whose account was ended gets nothing more, and what they had stands where a coordinator sees it.
    assert!(accounts.block(&a, NOW).await.unwrap());
    assert_eq!(listed(&desk, &profile(&a)).await, Vec::<String>::new());
    assert_eq!(desk.hand_over("peer", None, &a, "c", NOW).await.unwrap(), HandOver::Unfitting);
    let load = desk.overview(&Clock::standing_at(MORNING)).await.unwrap().load;
    assert_eq!(
        load.iter().map(|it| (it.running, it.is_blocked)).collect::<Vec<_>>(),
        [(1, true), (0, false)]
    );
    assert!(accounts.block(&b, NOW).await.unwrap());
    let load = desk.overview(&Clock::standing_at(MORNING)).await.unwrap().load;
    assert_eq!(load.len(), 1, "who has nothing is gone");
}

async fn of_sixteen_who_pick_up_one_gets_it(database: Database) {
    let desk = desk(&database);
    put(&database, [asked("r")]).await;
    let ids: Vec<String> = (0..16).map(|at| format!("helper-{at}")).collect();
    helpers(&desk, &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let other = Desk::new(database.another().await, Keys::of_the_demo());
    let tries: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let (desk, id) = (if at % 2 == 0 { desk.clone() } else { other.clone() }, id.clone());
            tokio::spawn(async move { (claim(&desk, "r", &id).await, id) })
        })
        .collect();
    let mut winners = Vec::new();
    for tried in tries {
        match tried.await.unwrap() {
            (Claim::Claimed, id) => winners.push(id),
            (other, _) => assert_eq!(other, Claim::Taken),
        }
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(row(&database, "r").await.helper_id, Some(winners[0].clone()));
    assert_eq!(row(&database, "r").await.contact_due_on.as_deref(), Some("2026-11-25"));
    // Pressed twice.
    assert_eq!(claim(&desk, "r", &winners[0]).await, Claim::Claimed);
    assert_eq!(happened(&database, "r").await, [("claimed".to_owned(), Some(winners.remove(0)))]);
}

async fn happened(database: &Database, id: &str) -> Vec<(String, Option<String>)> {
    let mut events = event::Entity::find().all(database.store.db()).await.unwrap();
    events.retain(|event| event.request_id == id);
    events.sort_by_key(|event| event.id);
    events.into_iter().map(|event| (event.kind, event.staff_id)).collect()
}

async fn nobody_picks_up_more_than_they_can_take_on(database: Database) {
    let desk = desk(&database);
    put(&database, ["1", "2", "3"].map(asked)).await;
    desk.save_profile(&Profile { most_requests: 2, ..profile("a") }, NOW).await.unwrap();
    assert_eq!(claim(&desk, "1", "a").await, Claim::Claimed);
    assert_eq!(claim(&desk, "2", "a").await, Claim::Claimed);
    assert_eq!(claim(&desk, "3", "a").await, Claim::LimitReached);
    assert_eq!(row(&database, "3").await.state, "received");
    desk.close("1", "a", Outcome::Helped, NOW).await.unwrap();
    assert_eq!(claim(&desk, "3", "a").await, Claim::Claimed, "there is room again");
}

async fn of_sixteen_picked_up_at_once_no_more_than_the_limit(database: Database) {
    let desk = desk(&database);
    let ids: Vec<String> = (0..16).map(|at| format!("r{at}")).collect();
    put(&database, ids.iter().map(|id| asked(id))).await;
    desk.save_profile(&Profile { most_requests: 3, ..profile("a") }, NOW).await.unwrap();
    let tries: Vec<_> = ids
        .into_iter()
        .map(|id| {
            let desk = desk.clone();
            tokio::spawn(async move { claim(&desk, &id, "a").await })
        })
        .collect();
    let mut claimed = 0;
    for tried in tries {
        match tried.await.unwrap() {
            Claim::Claimed => claimed += 1,
            other => assert_eq!(other, Claim::LimitReached),
        }
    }
    assert_eq!(claimed, 3);
    assert_eq!(desk.own("a", TODAY).await.unwrap().len(), 3);
}

async fn who_pauses_picks_up_nothing(database: Database) {
    let desk = desk(&database);
    put(&database, [asked("r")]).await;
    desk.save_profile(&Profile { paused_until: Some(TODAY), ..profile("a") }, NOW).await.unwrap();
    assert_eq!(claim(&desk, "r", "a").await, Claim::Paused);
    let tomorrow = later(1);
    assert_eq!(desk.claim("r", "a", tomorrow).await.unwrap(), Claim::Claimed);
}

async fn what_doesnt_fit_or_was_declined_isnt_picked_up(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    put(
        &database,
        [
            request::Model { kind: "financial".to_owned(), ..asked("other-kind") },
            request::Model { chosen: Some("b".to_owned()), ..asked("of-b") },
            request::Model { state: "withdrawn".to_owned(), ..asked("withdrawn") },
            asked("released"),
        ],
    )
    .await;
    assert_eq!(claim(&desk, "other-kind", "a").await, Claim::Unfitting);
    assert_eq!(claim(&desk, "of-b", "a").await, Claim::Unfitting);
    assert_eq!(claim(&desk, "of-b", "nobody").await, Claim::Unfitting);
    assert_eq!(claim(&desk, "withdrawn", "a").await, Claim::Taken);
    assert_eq!(claim(&desk, "nowhere", "a").await, Claim::Taken);
    assert_eq!(claim(&desk, "released", "a").await, Claim::Claimed);
    assert_eq!(desk.release("released", "a", "a", NOW).await.unwrap(), Kept::Done);
    assert_eq!(claim(&desk, "released", "a").await, Claim::Unfitting);
    assert_eq!(claim(&desk, "released", "b").await, Claim::Claimed);
}

async fn only_who_has_it_opens_it_and_every_opening_is_told(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    put(&database, [asked("r")]).await;
    assert_eq!(desk.open("r", "a", NOW).await.unwrap(), None, "nobody has it");
    claim(&desk, "r", "a").await;
    let opened = desk.open("r", "a", NOW).await.unwrap().expect("it is hers");
    assert_eq!(opened.personal.text("name"), MARKER);
    assert_eq!(opened.own.reference, "HR-r");
    assert_eq!(opened.own.due, Due::By(Date::constant(2026, 11, 25)));
    assert_eq!(desk.open("r", "b", NOW).await.unwrap(), None);
    let kinds: Vec<String> = happened(&database, "r").await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["claimed", "opened"], "what didn't open isn't told");
    desk.close("r", "a", Outcome::Helped, NOW).await.unwrap();
    assert_eq!(desk.open("r", "a", NOW).await.unwrap(), None, "she needs it no more");
}

async fn getting_in_touch_is_written_down_once(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    put(&database, [asked("r")]).await;
    claim(&desk, "r", "a").await;
    let log = |staff: &'static str, contact, note: &'static str, at: i64| {
        let desk = desk.clone();
        async move { desk.log_contact("r", staff, contact, note, Now { at: MORNING + at, ..NOW }).await.unwrap() }
    };
    assert_eq!(log("a", Contact::Tried, "Geen gehoor", 1).await, Kept::Done);
    assert_eq!(row(&database, "r").await.state, "matched", "she wasn't reached");
    assert_eq!(log("a", Contact::Reached, MARKER, 20).await, Kept::Done);
    assert_eq!(log("a", Contact::Reached, MARKER, 21).await, Kept::Done, "sent twice");
    assert_eq!(log("b", Contact::Reached, "Van een ander", 22).await, Kept::Stale);
    assert_eq!(log("a", Contact::Reached, "", 30).await, Kept::Done);
    let found = row(&database, "r").await;
    assert_eq!((found.state.as_str(), found.contacted_at), ("in_contact", Some(MORNING + 20)));
    let opened = desk.open("r", "a", NOW).await.unwrap().unwrap();
    assert_eq!(
        opened.log,
        [
            (MORNING + 30, Event::Contacted, None),
            (MORNING + 20, Event::Contacted, Some(MARKER.to_owned())),
            (MORNING + 1, Event::Tried, Some("Geen gehoor".to_owned())),
            (MORNING, Event::Claimed, None),
        ]
    );
    assert_eq!(opened.own.due, Due::Done);
    let too_long = "a".repeat(20_000);
    assert!(desk.log_contact("r", "a", Contact::Tried, &too_long, later(1)).await.is_err());
}

async fn what_is_put_back_waits_for_others(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    put(&database, [request::Model { chosen: Some("a".to_owned()), ..asked("r") }]).await;
    claim(&desk, "r", "a").await;
    desk.log_contact("r", "a", Contact::Tried, "Alleen voor mij", NOW).await.unwrap();
    assert_eq!(desk.release("r", "b", "b", NOW).await.unwrap(), Kept::Stale);
    assert_eq!(desk.release("r", "a", "a", NOW).await.unwrap(), Kept::Done);
    assert_eq!(desk.release("r", "a", "a", NOW).await.unwrap(), Kept::Stale, "it was put back before");
    assert_eq!(listed(&desk, &profile("a")).await, Vec::<String>::new());
    assert_eq!(listed(&desk, &profile("b")).await, ["r"]);
    claim(&desk, "r", "b").await;
    let opened = desk.open("r", "b", NOW).await.unwrap().unwrap();
    assert_eq!(opened.log, [(MORNING, Event::Claimed, None)], "notes of before stay with who wrote them");
    // Put back by a coordinator, who has it may pick it up again.
    assert_eq!(desk.release("r", "b", "coordinator", NOW).await.unwrap(), Kept::Done);
    assert_eq!(listed(&desk, &profile("b")).await, ["r"]);
}

async fn a_request_is_handed_over_with_its_notes(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b", "c", "d"]).await;
    desk.save_profile(
        &Profile { helper: Helper { kinds: vec![Kind::Financial], ..profile("d").helper }, ..profile("d") },
        NOW,
    )
    .await
    .unwrap();
    put(&database, [asked("r"), asked("waits")]).await;
    claim(&desk, "r", "c").await;
    desk.release("r", "c", "c", NOW).await.unwrap();
    claim(&desk, "r", "a").await;
    desk.log_contact("r", "a", Contact::Reached, MARKER, NOW).await.unwrap();
    assert_eq!(able(&desk, "r").await, ["b"], "it was c's, and d does other things");
    let give = |from: Option<&'static str>, to: &'static str| {
        let desk = desk.clone();
        async move { desk.hand_over("r", from, to, "a", later(3)).await.unwrap() }
    };
    assert_eq!(give(Some("a"), "a").await, HandOver::Unfitting);
    assert_eq!(give(Some("a"), "c").await, HandOver::Unfitting);
    assert_eq!(give(Some("a"), "d").await, HandOver::Unfitting);
    assert_eq!(give(Some("b"), "b").await, HandOver::Stale);
    assert_eq!(give(Some("a"), "b").await, HandOver::Done);
    assert_eq!(give(Some("a"), "b").await, HandOver::Stale);
    assert_eq!(desk.open("r", "a", NOW).await.unwrap(), None);
    let opened = desk.open("r", "b", later(3)).await.unwrap().unwrap();
    assert_eq!(opened.own.state, State::Matched);
    assert_eq!(opened.own.due, Due::By(Date::constant(2026, 11, 30)));
    assert!(opened.log.contains(&(MORNING + 1, Event::Contacted, Some(MARKER.to_owned()))));
    // By a coordinator, from the list.
    let given = desk.hand_over("waits", None, "b", "coordinator", NOW).await.unwrap();
    assert_eq!(given, HandOver::Done);
    assert!(desk.open("waits", "b", NOW).await.unwrap().is_some());
}

async fn a_helper_without_room_is_handed_nothing(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a"]).await;
    desk.save_profile(&Profile { most_requests: 0, ..profile("full") }, NOW).await.unwrap();
    desk.save_profile(&Profile { paused_until: Some(TODAY), ..profile("paused") }, NOW).await.unwrap();
    put(&database, [asked("r")]).await;
    claim(&desk, "r", "a").await;
    assert_eq!(able(&desk, "r").await, Vec::<String>::new());
    for (to, expected) in
        [("full", HandOver::LimitReached), ("paused", HandOver::Paused), ("x", HandOver::Unfitting)]
    {
        let given = desk.hand_over("r", Some("a"), to, "a", NOW).await.unwrap();
        assert_eq!(given, expected, "{to}");
    }
    assert!(desk.open("r", "a", NOW).await.unwrap().is_some(), "it stays where it was");
}

async fn what_is_closed_is_nobodys_work_any_more(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    put(&database, [asked("r")]).await;
    assert_eq!(desk.close("r", "a", Outcome::Helped, NOW).await.unwrap(), Kept::Stale);
    claim(&desk, "r", "a").await;
    assert_eq!(desk.close("r", "b", Outcome::Helped, NOW).await.unwrap(), Kept::Stale);
    assert_eq!(desk.close("r", "a", Outcome::Referred, NOW).await.unwrap(), Kept::Done);
    assert_eq!(desk.close("r", "a", Outcome::Helped, NOW).await.unwrap(), Kept::Stale);
    let found = row(&database, "r").await;
    assert_eq!(
        (found.state.as_str(), found.outcome.as_deref(), found.closed_at),
        ("closed", Some("referred"), Some(MORNING))
    );
    assert_eq!(desk.own("a", TODAY).await.unwrap(), []);
    let given = desk.hand_over("r", Some("a"), "b", "a", NOW).await.unwrap();
    assert_eq!(given, HandOver::Stale);
}

async fn of_releasing_and_closing_at_once_one_counts(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    for round in 0..4 {
        let id = format!("r{round}");
        put(&database, [asked(&id)]).await;
        claim(&desk, &id, "a").await;
        let tries: Vec<_> = (0..6)
            .map(|at| {
                let (desk, id) = (desk.clone(), id.clone());
                tokio::spawn(async move {
                    match at % 3 {
                        0 => desk.release(&id, "a", "a", NOW).await.unwrap() == Kept::Done,
                        1 => desk.close(&id, "a", Outcome::Helped, NOW).await.unwrap() == Kept::Done,
                        _ => {
                            let given = desk.hand_over(&id, Some("a"), "b", "a", NOW).await;
                            given.unwrap() == HandOver::Done
                        }
                    }
                })
            })
            .collect();
        let mut done = 0;
        for tried in tries {
            done += usize::from(tried.await.unwrap());
        }
        assert_eq!(done, 1, "round {round}");
        assert_eq!(happened(&database, &id).await.len(), 2, "what was claimed, and one thing more");
    }
}

async fn a_helper_is_reminded_once_a_day(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    put(&database, ["1", "2", "3", "4"].map(asked)).await;
    for (id, staff) in [("1", "a"), ("2", "a"), ("3", "b")] {
        claim(&desk, id, staff).await;
    }
    desk.log_contact("3", "b", Contact::Reached, "", NOW).await.unwrap();
    assert_eq!(desk.remind(later(1)).await.unwrap(), 0, "not before its day");
    let tries: Vec<_> = (0..4)
        .map(|_| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.remind(later(2)).await.unwrap() })
        })
        .collect();
    let mut reminded = 0;
    for tried in tries {
        reminded += tried.await.unwrap();
    }
    assert_eq!(reminded, 1, "a, for both");
    assert_eq!(desk.remind(later(2)).await.unwrap(), 0);
    assert_eq!(desk.remind(later(3)).await.unwrap(), 1, "again the day after");
    assert_eq!(forget(&database, later(32)).await, 0);
    assert_eq!(forget(&database, later(33)).await, 2);
}

async fn of_two_colleagues_one_takes_it_up(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b", "c"]).await;
    desk.ask_colleague("a", "Even praten?", MARKER, NOW).await.unwrap();
    desk.ask_colleague("a", "Even praten?", MARKER, NOW).await.unwrap();
    let seen = desk.needs("b", NOW).await.unwrap();
    let [need] = seen.as_slice() else { panic!("sent twice, asked once: {seen:?}") };
    assert_eq!((need.name.as_str(), need.text.as_str(), &need.reach), ("Naam van a", "Even praten?", &None));
    assert_eq!(desk.take_need(&need.id, "a", NOW).await.unwrap(), Taken::Gone, "not one's own");
    let tries: Vec<_> = ["b", "c"]
        .into_iter()
        .map(|staff| {
            let (desk, id) = (desk.clone(), need.id.clone());
            tokio::spawn(async move { (desk.take_need(&id, staff, NOW).await.unwrap(), staff) })
        })
        .collect();
    let mut taken = Vec::new();
    let mut too_late = Vec::new();
    for tried in tries {
        let (result, staff) = tried.await.unwrap();
        if result == Taken::Taken { taken.push(staff) } else { too_late.push(staff) }
    }
    assert_eq!((taken.len(), too_late.len()), (1, 1));
    assert_eq!(desk.needs(taken[0], NOW).await.unwrap()[0].reach.as_deref(), Some(MARKER));
    assert_eq!(desk.needs(too_late[0], NOW).await.unwrap(), []);
    let own = desk.needs("a", NOW).await.unwrap();
    assert_eq!(own[0].taker, Some(format!("Naam van {}", taken[0])));
    desk.close_need(&need.id, taken[0], NOW).await.unwrap();
    assert_eq!(desk.needs("a", NOW).await.unwrap().len(), 1, "only who asked closes it");
    desk.close_need(&need.id, "a", NOW).await.unwrap();
    assert_eq!(desk.needs("a", NOW).await.unwrap(), []);
}

async fn what_nobody_closed_goes_after_two_weeks(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a"]).await;
    desk.ask_colleague("a", "Even praten?", "", NOW).await.unwrap();
    assert_eq!(forget(&database, later(14)).await, 0);
    assert_eq!(desk.needs("a", later(14)).await.unwrap().len(), 1);
    assert_eq!(desk.needs("a", later(15)).await.unwrap(), [], "before it is deleted too");
    assert_eq!(forget(&database, later(15)).await, 1);
    assert_eq!(forget(&database, later(15)).await, 0, "twice does nothing more");
}

async fn the_overview_puts_what_lies_too_long_on_top(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a", "b"]).await;
    desk.save_profile(&Profile { paused_until: Some(TODAY), ..profile("b") }, NOW).await.unwrap();
    put(
        &database,
        [
            asked("fresh"),
            request::Model {
                claim_due_on: "2026-11-20".to_owned(),
                made_at: MORNING - 5 * DAY,
                ..asked("old")
            },
            request::Model { claim_due_on: "2026-11-20".to_owned(), urgent: 1, ..asked("urgent") },
            request::Model { claim_due_on: "2026-11-23".to_owned(), ..asked("today") },
            asked("claimed"),
            asked("closed"),
        ],
    )
    .await;
    claim(&desk, "claimed", "a").await;
    claim(&desk, "closed", "a").await;
    desk.close("closed", "a", Outcome::Helped, NOW).await.unwrap();
    let overview = desk.overview(&Clock::standing_at(MORNING)).await.unwrap();
    assert_eq!((overview.waiting, overview.running), (4, 1));
    let late: Vec<_> = overview.unclaimed.iter().map(|late| (late.id.as_str(), late.waiting_days)).collect();
    assert_eq!(late, [("urgent", 0), ("old", 5)]);
    assert_eq!(overview.uncontacted, []);
    let load: Vec<_> = overview
        .load
        .iter()
        .map(|it| (it.id.as_str(), it.running, it.closed_lately, it.paused_until))
        .collect();
    assert_eq!(load, [("a", 1, 1, None), ("b", 0, 0, Some(TODAY))]);
    let in_time = desk.overview(&Clock::standing_at(MORNING + 2 * DAY)).await.unwrap();
    assert_eq!(in_time.uncontacted, [], "its last day");
    let overview = desk.overview(&Clock::standing_at(MORNING + 3 * DAY)).await.unwrap();
    let [late] = overview.uncontacted.as_slice() else { panic!("{:?}", overview.uncontacted) };
    assert_eq!(
        (late.id.as_str(), &late.whose),
        ("claimed", &Some(("a".to_owned(), "Naam van a".to_owned())))
    );
}

async fn the_overview_counts_by_month(database: Database) {
    let desk = desk(&database);
    helpers(&desk, &["a"]).await;
    let october = MORNING - 30 * DAY;
    put(
        &database,
        [
            request::Model { made_at: october, contacted_at: Some(october + DAY), ..asked("1") },
            request::Model { made_at: october, contacted_at: Some(october + 2 * DAY), ..asked("2") },
            request::Model { made_at: october, contacted_at: Some(october + 9 * DAY), ..asked("3") },
            request::Model { made_at: october, closed_at: Some(MORNING), ..asked("4") },
            // The last second of October in Amsterdam, and the first of November.
            request::Model { made_at: 1_793_487_599, ..asked("5") },
            request::Model { made_at: 1_793_487_600, ..asked("6") },
        ],
    )
    .await;
    claim(&desk, "6", "a").await;
    let months = desk.overview(&Clock::standing_at(MORNING)).await.unwrap().months;
    assert_eq!(months.len(), 12);
    let of = |at: usize| {
        let month = &months[at];
        (month.first_on.to_string(), month.made, month.claimed, month.closed, month.days_to_contact)
    };
    assert_eq!(of(9), ("2026-09-01".to_owned(), 0, 0, 0, None));
    assert_eq!(of(10), ("2026-10-01".to_owned(), 5, 0, 0, Some(2)));
    assert_eq!(of(11), ("2026-11-01".to_owned(), 1, 1, 1, None));
}

async fn answers_are_shown_from_ten_on(database: Database) {
    let desk = desk(&database);
    let clock = Clock::standing_at(MORNING);
    let answered = |at: i64| request::Model {
        was_fair: Some(at % 3 + 1),
        can_go_on: Some(3),
        ..asked(&format!("r{at}"))
    };
    put(&database, (0..9).map(answered)).await;
    assert_eq!(desk.overview(&clock).await.unwrap().answers, None);
    put(&database, [answered(9)]).await;
    let answers = desk.overview(&clock).await.unwrap().answers.expect("ten");
    assert_eq!((answers.was_fair, answers.can_go_on), ([4, 3, 3], [0, 0, 10]));
}

async fn the_database_tells_nothing_of_notes_and_asks(database: Database) {
    let desk = desk(&database);
    let mail = Profile { mail: Some("zonnebloem@example.org".to_owned()), ..profile("a") };
    desk.save_profile(&mail, NOW).await.unwrap();
    put(&database, [asked("r")]).await;
    claim(&desk, "r", "a").await;
    desk.log_contact("r", "a", Contact::Reached, MARKER, NOW).await.unwrap();
    desk.ask_colleague("a", MARKER, MARKER, NOW).await.unwrap();
    let stolen = Desk::new(database.store.clone(), Keys::read(&"ab".repeat(32)).unwrap());
    assert!(stolen.open("r", "a", NOW).await.is_err());
    assert!(stolen.needs("a", NOW).await.is_err());
    assert!(stolen.profile("a").await.is_err());
    if let Some(path) = database.url.strip_prefix("sqlite:") {
        database.store.clone().close().await;
        let bytes = std::fs::read(path).unwrap();
        for secret in [MARKER, "zonnebloem@example.org"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
}
