//! Requests for help: made once, opened with number and code, erased when taken back or long closed.

use app::entries::Entries;
use app::help::form::{self, Draft};
use domain::help::{Kind, Outcome, State};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Statement};
use server::account::{Accounts, Role};
use server::audit;
use server::clock::{Clock, Now};
use server::code::Code;
use server::desk::{Claim, Contact, Desk, Kept, Profile};
use server::help::store::entity::request;
use server::help::{self, Making, Opened, Reference, Requests};
use server::seal::Keys;

use crate::desk::{asked, desk, profile};
use crate::{Database, mail};

crate::contract!(
    the_same_form_makes_one_request_also_at_once_and_with_a_newer_key,
    a_number_that_another_one_has_is_passed_over_and_nothing_is_lost,
    it_opens_with_its_number_and_its_code_together,
    what_she_tells_stands_nowhere_in_the_open,
    she_declines_and_who_had_it_doesnt_get_it_again,
    of_changes_at_once_none_undoes_another,
    taken_back_nothing_personal_is_left,
    closed_for_ninety_days_nothing_personal_is_left_and_figures_stay,
    the_two_answers_are_kept_once_and_only_at_the_end,
    everything_done_stands_in_the_log,
    news_goes_by_mail_only_to_who_wants_it,
    who_can_be_chosen_is_published_takes_on_more_and_still_works_here,
    who_she_chose_alone_sees_it,
);

const AT: i64 = 1_795_420_800;
const DAY: i64 = 24 * 60 * 60;

fn requests(database: &Database) -> Requests {
    Requests::new(database.store.clone(), Keys::of_the_demo())
}

fn now() -> Now {
    Clock::standing_at(AT).now()
}

fn later(days: i64) -> Now {
    Clock::standing_at(AT + days * DAY).now()
}

fn typed(changed: &[(&str, &str)]) -> Entries {
    let mut typed = Entries::from_pairs([
        ("urgent", "no"),
        ("kind", "legal"),
        ("about.step.objection", "yes"),
        ("wish", "find"),
        ("language", "nl"),
        ("region", "utrecht"),
        ("name", "Fatma MERK"),
        ("reach.mail", "yes"),
        ("mail", "merk@voorbeeld.nl"),
        ("story", "MERK: het besluit klopt niet"),
    ]);
    changed.iter().for_each(|(name, value)| typed.set(name, *value));
    typed
}

pub fn draft(changed: &[(&str, &str)]) -> Draft {
    form::read(&typed(changed)).expect("everything is answered")
}

fn number() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

async fn made(requests: &Requests, changed: &[(&str, &str)]) -> (Code, Reference) {
    match requests.make(&number(), &draft(changed), b"she", now()).await.unwrap() {
        Making::Made { code, reference, .. } => (code, reference),
        Making::TooMany(_) => panic!("this is the first"),
    }
}

async fn open(requests: &Requests, code: &Code) -> Opened {
    requests.open(code.clone(), None).await.unwrap().expect("it was made")
}

/// A request that a helper has.
async fn claimed(database: &Database, changed: &[(&str, &str)]) -> (Code, String, Desk) {
    let desk = desk(database);
    let (code, _) = made(&requests(database), changed).await;
    helper(&desk, "anna").await;
    let id = waiting(&desk, "anna").await.pop().expect("it waits");
    assert_eq!(desk.claim(&id, "anna", now()).await.unwrap(), Claim::Claimed);
    (code, id, desk)
}

async fn helper(desk: &Desk, id: &str) {
    desk.save_profile(&profile(id), now()).await.unwrap();
}

/// What a helper sees waiting.
async fn waiting(desk: &Desk, id: &str) -> Vec<String> {
    let list = desk.list(&profile(id)).await.unwrap();
    list.into_iter().map(|waiting| waiting.id).collect()
}

async fn the_same_form_makes_one_request_also_at_once_and_with_a_newer_key(database: Database) {
    let form = number();
    let at_once = (0..8).map(|_| {
        let (requests, form) = (requests(&database), form.clone());
        tokio::spawn(async move { requests.make(&form, &draft(&[]), b"she", now()).await.unwrap() })
    });
    let mut codes = Vec::new();
    for made in at_once.collect::<Vec<_>>() {
        let Making::Made { code, reference, .. } = made.await.unwrap() else { panic!("refused") };
        codes.push((code.to_string(), reference.to_string()));
    }
    codes.dedup();
    assert_eq!(codes.len(), 1);
    let old = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let new = old.replace("00", "ff");
    let form = number();
    let before = Requests::new(database.store.clone(), Keys::read(old).unwrap());
    let after = Requests::new(database.store.clone(), Keys::read(&format!("{new},{old}")).unwrap());
    let [one, other] = [before, after].map(|requests| {
        let form = form.clone();
        async move { requests.make(&form, &draft(&[]), b"she", now()).await.unwrap() }
    });
    let (Making::Made { code: one, .. }, Making::Made { code: other, .. }) = (one.await, other.await) else {
        panic!("refused");
    };
    assert_eq!(one.to_string(), other.to_string());
}

async fn a_number_that_another_one_has_is_passed_over_and_nothing_is_lost(database: Database) {
    let form = number();
    let secret = Keys::of_the_demo().hash(b"new request");
    let first = Reference::of(Code::from_secret(&secret, form.as_bytes()).finder("request"));
    let other = request::Model { reference: first.signs().to_owned(), ..asked("another") };
    request::Entity::insert(other.into_active_model())
        .exec_without_returning(database.store.db())
        .await
        .unwrap();
    let requests = requests(&database);
    let make = async || match requests.make(&form, &draft(&[]), b"she", now()).await.unwrap() {
        Making::Made { code, reference, .. } => (code, reference),
        Making::TooMany(_) => panic!("this is the first"),
    };
    let (code, reference) = make().await;
    assert_ne!(reference, first);
    assert!(make().await == (code.clone(), reference.clone()), "sent again, it is the same one");
    let opened = requests.open(code, Some(&reference)).await.unwrap().expect("it is kept");
    assert_eq!(opened.personal, Some(draft(&[]).personal));
}

async fn it_opens_with_its_number_and_its_code_together(database: Database) {
    let requests = requests(&database);
    let ((hers, her_number), (his, his_number)) = (made(&requests, &[]).await, made(&requests, &[]).await);
    let opened = requests.open(hers.clone(), Some(&her_number)).await.unwrap().expect("both are right");
    assert_eq!(opened.state, State::Received);
    assert_eq!(opened.personal.expect("it is there").text("name"), "Fatma MERK");
    for (code, number) in [(&hers, &his_number), (&his, &her_number), (&Code::random(), &her_number)] {
        assert!(requests.open(code.clone(), Some(number)).await.unwrap().is_none());
    }
}

async fn what_she_tells_stands_nowhere_in_the_open(database: Database) {
    let (code, id, desk) = claimed(&database, &[]).await;
    let note = "MERK wil gebeld worden";
    desk.log_contact(&id, "anna", Contact::Reached, note, now()).await.unwrap();
    let stolen = Requests::new(database.store.clone(), Keys::read(&"ab".repeat(32)).unwrap());
    assert!(stolen.open(code.clone(), None).await.is_err(), "the code alone opens nothing without the key");
    if let Some(path) = database.url.strip_prefix("sqlite:") {
        database.store.clone().close().await;
        let bytes = std::fs::read(path).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(holds("legal"), "its rows stand in this file");
        for secret in ["MERK", "merk@", &code.to_string(), code.signs()] {
            assert!(!holds(secret), "{secret} can be read in the database");
        }
    }
}

async fn she_declines_and_who_had_it_doesnt_get_it_again(database: Database) {
    let (code, id, desk) = claimed(&database, &[]).await;
    let requests = requests(&database);
    assert!(requests.decline(&open(&requests, &code).await, None, now()).await.unwrap());
    assert_eq!(open(&requests, &code).await.state, State::Received);
    assert!(waiting(&desk, "anna").await.is_empty(), "she said no to this one");
    assert_ne!(desk.claim(&id, "anna", now()).await.unwrap(), Claim::Claimed);
    assert!(desk.open(&id, "anna", now()).await.unwrap().is_none(), "nor read any more");
    helper(&desk, "bea").await;
    assert_eq!(waiting(&desk, "bea").await, [id]);
    assert!(!requests.decline(&open(&requests, &code).await, None, now()).await.unwrap(), "nobody has it");
}

async fn of_changes_at_once_none_undoes_another(database: Database) {
    let requests = requests(&database);
    let (code, _) = made(&requests, &[]).await;
    let (one, other) = (open(&requests, &code).await, open(&requests, &code).await);
    let changed = |opened: &Opened, name: &str| {
        let personal = opened.personal.as_ref().expect("it is there");
        personal.reached_by(&typed(&[("name", name)])).expect("nothing is wrong")
    };
    assert!(requests.change(&one, &changed(&one, "F."), now()).await.unwrap());
    assert!(!requests.change(&other, &changed(&other, "Fa."), now()).await.unwrap(), "of an older page");
    let personal = open(&requests, &code).await.personal.expect("it is there");
    assert_eq!((personal.text("name"), personal.text("story")), ("F.", "MERK: het besluit klopt niet"));
}

async fn taken_back_nothing_personal_is_left(database: Database) {
    let (code, id, desk) = claimed(&database, &[]).await;
    desk.log_contact(&id, "anna", Contact::Tried, "voicemail", now()).await.unwrap();
    let requests = requests(&database);
    let opened = open(&requests, &code).await;
    assert!(requests.withdraw(&opened, now()).await.unwrap());
    assert!(!requests.withdraw(&opened, now()).await.unwrap(), "once is enough");
    let after = open(&requests, &code).await;
    assert_eq!((after.state, after.personal), (State::Withdrawn, None));
    assert_eq!(sealed_left(&database).await, 0, "nothing sealed is left");
    assert!(desk.open(&id, "anna", now()).await.unwrap().is_none());
    assert!(desk.own("anna", now().on).await.unwrap().is_empty());
    assert_eq!(desk.close(&id, "anna", Outcome::Helped, now()).await.unwrap(), Kept::Stale);
}

async fn closed_for_ninety_days_nothing_personal_is_left_and_figures_stay(database: Database) {
    let (code, id, desk) = claimed(&database, &[]).await;
    let requests = requests(&database);
    desk.close(&id, "anna", Outcome::Helped, now()).await.unwrap();
    assert_eq!(help::forget(&database.store, later(90)).await.unwrap(), 0, "not yet");
    assert!(open(&requests, &code).await.personal.is_some());
    assert_eq!(help::forget(&database.store, later(91)).await.unwrap(), 1);
    assert_eq!(help::forget(&database.store, later(91)).await.unwrap(), 0, "twice does nothing more");
    let after = open(&requests, &code).await;
    assert_eq!((after.state, after.personal), (State::Closed, None));
    assert_eq!(sealed_left(&database).await, 0);
    let months = desk.overview(&Clock::standing_at(AT + 91 * DAY)).await.unwrap().months;
    assert_eq!(months.iter().map(|month| month.closed).sum::<i64>(), 1, "figures stay");
}

async fn the_two_answers_are_kept_once_and_only_at_the_end(database: Database) {
    let (code, id, desk) = claimed(&database, &[]).await;
    let requests = requests(&database);
    let opened = open(&requests, &code).await;
    assert!(!requests.answer(&opened, Some(3), None, now()).await.unwrap(), "it isn't over");
    desk.close(&id, "anna", Outcome::Helped, now()).await.unwrap();
    assert!(requests.answer(&opened, Some(1), None, now()).await.unwrap());
    assert!(!requests.answer(&opened, Some(3), Some(3), now()).await.unwrap(), "once");
}

async fn everything_done_stands_in_the_log(database: Database) {
    let (code, id, desk) = claimed(&database, &[]).await;
    let requests = requests(&database);
    desk.open(&id, "anna", now()).await.unwrap();
    desk.log_contact(&id, "anna", Contact::Reached, "", now()).await.unwrap();
    desk.close(&id, "anna", Outcome::Helped, now()).await.unwrap();
    let opened = open(&requests, &code).await;
    requests.answer(&opened, Some(3), Some(3), now()).await.unwrap();
    requests.export(&opened, &Clock::standing_at(AT)).await.unwrap();
    requests.withdraw(&opened, now()).await.unwrap();
    let done = database.store.audit_of(&audit::Kind::Request.of(&id)).await.unwrap();
    let acts: Vec<&str> = done.iter().map(|done| done.act.id()).collect();
    assert_eq!(
        acts,
        [
            "request.made",
            "request.claimed",
            "request.opened",
            "request.contacted",
            "request.closed",
            "request.answered",
            "request.exported",
            "request.withdrawn",
            "request.erased",
        ]
    );
    database.store.verify_audit(None).await.unwrap().expect("whole");
}

async fn news_goes_by_mail_only_to_who_wants_it(database: Database) {
    let (_, _, desk) = claimed(&database, &[]).await;
    let requests = requests(&database);
    for changed in [("discreet", "yes"), ("reach.mail", ""), ("story", "")] {
        made(&requests, &[changed, ("reach.phone", "yes"), ("phone", "06 12345678")]).await;
    }
    for id in waiting(&desk, "anna").await {
        assert_eq!(desk.claim(&id, "anna", now()).await.unwrap(), Claim::Claimed);
    }
    let (postman, mails) = mail::in_memory(&database.store);
    postman.deliver(&Clock::standing_at(AT)).await.unwrap();
    let mails = mails.lock().unwrap();
    assert_eq!(mails.len(), 2, "to the two who want mail and may be named in it: {mails:?}");
    for mail in mails.iter() {
        assert!(!mail.contains("MERK") && !mail.contains("hulp"), "{mail}");
    }
}

/// How much is left that only the server's key opens.
async fn sealed_left(database: &Database) -> i64 {
    let count = "SELECT (SELECT count(*) FROM request WHERE sealed IS NOT NULL) \
                 + (SELECT count(*) FROM request_event WHERE sealed IS NOT NULL) AS n";
    let db = database.store.db();
    let count = Statement::from_string(db.get_database_backend(), count);
    db.query_one_raw(count).await.unwrap().unwrap().try_get_by("n").unwrap()
}

async fn who_can_be_chosen_is_published_takes_on_more_and_still_works_here(database: Database) {
    let (requests, desk) = (requests(&database), desk(&database));
    let offered = async || {
        let profiles = requests.profiles(Kind::Legal, now().on).await.unwrap();
        profiles.into_iter().map(|profile| profile.id).collect::<Vec<_>>()
    };
    let accounts = Accounts::new(database.store.clone());
    let (ended, _) = accounts.invite(Role::IndependentExpert, "Ended", None, now()).await.unwrap();
    let published = |id: &str| Profile { is_published: true, ..profile(id) };
    for shown in [
        published("anna"),
        profile("unpublished"),
        Profile { paused_until: Some(now().on), ..published("paused") },
        Profile { most_requests: 0, ..published("full") },
        published(&ended),
    ] {
        desk.save_profile(&shown, now()).await.unwrap();
    }
    assert!(offered().await.contains(&ended));
    accounts.block(&ended, now()).await.unwrap();
    assert_eq!(offered().await, ["anna"]);
    assert!(requests.profiles(Kind::Financial, now().on).await.unwrap().is_empty(), "she does other work");
}

async fn who_she_chose_alone_sees_it(database: Database) {
    let (requests, desk) = (requests(&database), desk(&database));
    for id in ["anna", "bea"] {
        helper(&desk, id).await;
    }
    let (code, _) = made(&requests, &[("wish", "chosen"), ("chosen", "anna")]).await;
    assert_eq!(waiting(&desk, "bea").await, Vec::<String>::new());
    let id = waiting(&desk, "anna").await.pop().expect("she was chosen");
    assert_eq!(desk.claim(&id, "bea", now()).await.unwrap(), Claim::Unfitting);
    assert_eq!(desk.claim(&id, "anna", now()).await.unwrap(), Claim::Claimed);
    let opened = open(&requests, &code).await;
    assert!(requests.decline(&opened, Some("bea"), now()).await.unwrap());
    assert_eq!(waiting(&desk, "bea").await, [id], "swapped for whom she chose now");
}
