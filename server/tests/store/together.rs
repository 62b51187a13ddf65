//! Meetings whose two chairs are in two processes: the database is all that these share.

use std::time::Duration;

use domain::together::{Badge, CODE_LASTS, Ending, MEETING_LASTS, MOST_FRAME_BYTES, Notice};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, Query};
use server::account::{Accounts, Role, Staff};
use server::clock::Clock;
use server::jobs;
use server::store::Store;
use server::together::{Item, MeetingName, NoSeat, Seat, Ticket, Together};

use crate::Database;

crate::contract!(
    both_are_told_and_frames_go_across_in_order,
    the_helper_of_another_process_is_known_or_not_any_more,
    of_many_who_join_at_once_one_does,
    a_code_is_good_for_a_while_and_in_no_process_twice,
    stopping_in_one_process_ends_it_in_the_other,
    a_newer_line_in_another_process_wins,
    who_comes_back_at_once_keeps_her_chair,
    who_asks_in_turns_here_and_there_is_never_sent_away,
    too_much_in_one_process_ends_it_in_both,
    time_is_up_in_both,
    what_is_for_nobody_isnt_kept,
    what_a_process_left_behind_is_swept_up,
    forgetting_ends_what_lasted_long_enough,
    many_that_end_at_once_leave_nothing,
);

const PATIENCE: Duration = Duration::from_secs(20);
const MORNING: i64 = 1_795_420_800;

/// Two processes on one database, with one clock.
struct Two {
    here: Together,
    there: Together,
    clock: Clock,
    store: Store,
}

impl Two {
    async fn on(database: &Database) -> Two {
        let clock = Clock::standing_at(MORNING);
        let start = |store| Together::start(store, clock.clone());
        let (here, there) = (start(database.store.clone()), start(database.another().await));
        Two { here, there, clock, store: database.store.clone() }
    }

    /// The parent's ticket from here and the helper's from there.
    async fn tickets(&self) -> (Ticket, Ticket) {
        let parent = self.here.begin(&name(1)).await.unwrap().expect("a ticket");
        let helper = self.there.join(&name(1), None).await.unwrap().expect("a ticket");
        (parent, helper)
    }

    /// Both in their chairs, who know of each other.
    async fn seats(&self) -> (Seat, Seat) {
        let (parent, helper) = self.tickets().await;
        let (parent, helper) = (sat(&self.here, &parent).await, sat(&self.there, &helper).await);
        assert_eq!(notice(&parent).await, Notice::Joined(None));
        assert_eq!(notice(&helper).await, Notice::Joined(None));
        (parent, helper)
    }

    async fn rows(&self, table: &'static str) -> i64 {
        let question = Query::select().expr_as(Expr::cust("count(*)"), "n").from(table).to_owned();
        let row = self.store.db().query_one(&question).await.unwrap().expect("a row");
        row.try_get_by("n").unwrap()
    }

    /// Waits until nothing is on its way.
    async fn is_still(&self) {
        let still = async {
            while self.rows("meeting_frame").await > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, still).await.expect("all of it arrives");
    }
}

fn name(mark: u8) -> MeetingName {
    MeetingName::read(&[mark; 32]).expect("a name")
}

async fn sat(together: &Together, ticket: &Ticket) -> Seat {
    together.sit(ticket).await.expect("a seat")
}

async fn next(seat: &Seat) -> Item {
    tokio::time::timeout(PATIENCE, seat.next()).await.expect("something comes")
}

async fn notice(seat: &Seat) -> Notice {
    match next(seat).await {
        Item::Notice(notice) => notice,
        other => panic!("no notice: {other:?}"),
    }
}

fn frame(mark: u8, bytes: usize) -> Item {
    Item::Frame(vec![mark; bytes].into())
}

async fn both_are_told_and_frames_go_across_in_order(database: Database) {
    let two = Two::on(&database).await;
    let parent = two.here.begin(&name(1)).await.unwrap().expect("a ticket");
    let parent = sat(&two.here, &parent).await;
    assert_eq!(notice(&parent).await, Notice::Waiting);
    let helper = two.there.join(&name(1), None).await.unwrap().expect("a ticket");
    assert_eq!(notice(&parent).await, Notice::Joined(None));
    let helper = sat(&two.there, &helper).await;
    assert_eq!(notice(&helper).await, Notice::Joined(None));
    for mark in 0..30_u8 {
        two.here.pass(&parent, vec![mark; 300].into()).await.unwrap();
        two.there.pass(&helper, vec![100 + mark; 10].into()).await.unwrap();
    }
    for mark in 0..30_u8 {
        assert_eq!(next(&helper).await, frame(mark, 300));
        assert_eq!(next(&parent).await, frame(100 + mark, 10));
    }
    two.is_still().await;
}

async fn the_helper_of_another_process_is_known_or_not_any_more(database: Database) {
    let two = Two::on(&database).await;
    let accounts = Accounts::new(database.store.clone());
    let (id, _) = accounts.invite(Role::SupportWorker, "Samira", None, two.clock.now()).await.unwrap();
    let staff =
        Staff { id: id.clone(), name: "Samira".to_owned(), role: Role::SupportWorker, organisation: None };
    let role = Role::SupportWorker.in_words().to_owned();
    let badge = Badge { name: "Samira".to_owned(), organisation: None, role };

    let ticket = two.here.begin(&name(1)).await.unwrap().expect("a ticket");
    let parent = sat(&two.here, &ticket).await;
    assert_eq!(notice(&parent).await, Notice::Waiting);
    let helper = two.there.join(&name(1), Some(&staff)).await.unwrap().expect("a ticket");
    assert_eq!(notice(&parent).await, Notice::Joined(Some(badge.clone())));
    for seat in [&sat(&two.there, &helper).await, &sat(&two.here, &ticket).await] {
        assert_eq!(notice(seat).await, Notice::Joined(Some(badge.clone())));
    }
    assert!(accounts.block(&id, two.clock.now()).await.unwrap());
    assert_eq!(notice(&sat(&two.there, &ticket).await).await, Notice::Joined(None));
}

async fn of_many_who_join_at_once_one_does(database: Database) {
    let two = Two::on(&database).await;
    two.here.begin(&name(1)).await.unwrap().expect("a ticket");
    let tries = (0..20).map(|number| {
        let together = if number % 2 == 0 { two.here.clone() } else { two.there.clone() };
        tokio::spawn(async move { together.join(&name(1), None).await.unwrap() })
    });
    let mut joined = 0;
    for tried in tries.collect::<Vec<_>>() {
        joined += usize::from(tried.await.unwrap().is_some());
    }
    assert_eq!(joined, 1);
}

async fn a_code_is_good_for_a_while_and_in_no_process_twice(database: Database) {
    let two = Two::on(&database).await;
    assert!(two.here.join(&name(1), None).await.unwrap().is_none(), "nobody began it");
    two.tickets().await;
    assert!(two.here.join(&name(1), None).await.unwrap().is_none(), "it was used");
    assert!(two.there.begin(&name(1)).await.unwrap().is_none(), "there is one of that name");
    two.here.begin(&name(2)).await.unwrap().expect("a ticket");
    two.clock.move_by(CODE_LASTS);
    assert!(two.there.join(&name(2), None).await.unwrap().is_none(), "it is too old");
}

async fn stopping_in_one_process_ends_it_in_the_other(database: Database) {
    let two = Two::on(&database).await;
    let (ticket, helper) = two.tickets().await;
    let (parent, helper) = (sat(&two.here, &ticket).await, sat(&two.there, &helper).await);
    for seat in [&parent, &helper] {
        assert_eq!(notice(seat).await, Notice::Joined(None));
    }
    two.there.stop(&ticket).await.unwrap();
    for seat in [&parent, &helper] {
        assert_eq!(notice(seat).await, Notice::Ended(Ending::StoppedByParent));
    }
    two.is_still().await;
    assert_eq!(two.rows("meeting").await, 0);
    assert!(matches!(two.here.sit(&ticket).await, Err(NoSeat::Unknown)));
    two.here.stop(&ticket).await.unwrap();
}

async fn a_newer_line_in_another_process_wins(database: Database) {
    let two = Two::on(&database).await;
    let (ticket, helper) = two.tickets().await;
    let (older, helper) = (sat(&two.here, &ticket).await, sat(&two.there, &helper).await);
    for seat in [&older, &helper] {
        assert_eq!(notice(seat).await, Notice::Joined(None));
    }
    let newer = sat(&two.there, &ticket).await;
    assert_eq!(notice(&older).await, Notice::Ended(Ending::Elsewhere));
    drop(older);
    assert_eq!(notice(&newer).await, Notice::Joined(None));
    two.there.pass(&helper, vec![1; 5].into()).await.unwrap();
    assert_eq!(next(&newer).await, frame(1, 5));
    two.is_still().await;
}

async fn who_comes_back_at_once_keeps_her_chair(database: Database) {
    let two = Two::on(&database).await;
    let (ticket, helper) = two.tickets().await;
    let helper = sat(&two.there, &helper).await;
    // Faster than processes tell each other: what was meant for an earlier line mustn't end the last one.
    let mut earlier = Vec::new();
    for _ in 0..3 {
        earlier.push(sat(&two.here, &ticket).await);
        earlier.push(sat(&two.there, &ticket).await);
    }
    let last = sat(&two.here, &ticket).await;
    two.is_still().await;
    drop(earlier);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(notice(&last).await, Notice::Joined(None));
    assert_eq!(notice(&helper).await, Notice::Joined(None));
    two.there.pass(&helper, vec![1; 5].into()).await.unwrap();
    assert_eq!(next(&last).await, frame(1, 5));
}

async fn who_asks_in_turns_here_and_there_is_never_sent_away(database: Database) {
    let two = Two::on(&database).await;
    let (ticket, _) = two.tickets().await;
    for _ in 0..3 {
        for together in [&two.here, &two.there] {
            assert_eq!(together.poll(&ticket).await.unwrap(), [Item::Notice(Notice::Joined(None))]);
        }
    }
}

async fn too_much_in_one_process_ends_it_in_both(database: Database) {
    let two = Two::on(&database).await;
    let (parent, helper) = two.seats().await;
    for _ in 0..12 {
        two.here.pass(&parent, vec![0; MOST_FRAME_BYTES].into()).await.unwrap();
    }
    assert_eq!(notice(&parent).await, Notice::Ended(Ending::TooMuch));
    let ending = async {
        loop {
            match next(&helper).await {
                Item::Frame(_) => {}
                item => return item,
            }
        }
    };
    assert_eq!(ending.await, Item::Notice(Notice::Ended(Ending::TooMuch)));
    assert_eq!(two.rows("meeting").await, 0);
}

async fn time_is_up_in_both(database: Database) {
    let two = Two::on(&database).await;
    let (parent, helper) = two.seats().await;
    two.clock.move_by(MEETING_LASTS);
    for seat in [&parent, &helper] {
        assert_eq!(notice(seat).await, Notice::Ended(Ending::TimeIsUp));
    }
    two.is_still().await;
    assert_eq!(two.rows("meeting").await, 0);
}

async fn what_is_for_nobody_isnt_kept(database: Database) {
    let two = Two::on(&database).await;
    let (parent, helper) = two.seats().await;
    drop(helper);
    two.there.closed().await;
    two.here.pass(&parent, vec![1; 5].into()).await.unwrap();
    drop(parent);
    // Her leaving goes behind the frame: it was brought, if there was anywhere to bring it.
    two.here.closed().await;
    assert_eq!(two.rows("meeting_frame").await, 0);
    assert_eq!(two.rows("meeting").await, 1);
}

async fn what_a_process_left_behind_is_swept_up(database: Database) {
    let two = Two::on(&database).await;
    let (ticket, _) = two.tickets().await;
    // A process that was killed sits there for ever.
    let dead = Query::update()
        .table("meeting")
        .value("helper_process", "dead")
        .value("helper_seat", "dead")
        .to_owned();
    two.store.db().execute(&dead).await.unwrap();
    let parent = sat(&two.here, &ticket).await;
    two.here.pass(&parent, vec![1; 5].into()).await.unwrap();
    let lies_there = async {
        while two.rows("meeting_frame").await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, lies_there).await.expect("it is brought");
    assert_eq!(jobs::forget(&two.store, two.clock.now()).await.unwrap().meetings, 0, "it may be fetched yet");
    two.clock.move_by(60);
    assert_eq!(jobs::forget(&two.store, two.clock.now()).await.unwrap().meetings, 1);
    assert_eq!(two.rows("meeting_frame").await, 0);
}

async fn forgetting_ends_what_lasted_long_enough(database: Database) {
    let two = Two::on(&database).await;
    two.tickets().await;
    two.clock.move_by(MEETING_LASTS - 1);
    assert_eq!(jobs::forget(&two.store, two.clock.now()).await.unwrap().meetings, 0);
    two.clock.move_by(1);
    assert_eq!(jobs::forget(&two.store, two.clock.now()).await.unwrap().meetings, 1);
    assert_eq!(two.rows("meeting").await, 0);
}

async fn many_that_end_at_once_leave_nothing(database: Database) {
    const MEETINGS: u8 = 20;
    let two = Two::on(&database).await;
    let mut meetings = Vec::new();
    for mark in 0..MEETINGS {
        let parent = two.here.begin(&name(mark)).await.unwrap().expect("a ticket");
        let helper = two.there.join(&name(mark), None).await.unwrap().expect("a ticket");
        let seats = (sat(&two.here, &parent).await, sat(&two.there, &helper).await);
        meetings.push((parent, helper, seats));
    }
    let ends = meetings.into_iter().enumerate().map(|(number, (parent, helper, seats))| {
        let (here, there) = (two.here.clone(), two.there.clone());
        tokio::spawn(async move {
            for _ in 0..10 {
                here.pass(&seats.0, vec![1; 100].into()).await.unwrap();
                there.pass(&seats.1, vec![2; 100].into()).await.unwrap();
            }
            match number % 3 {
                0 => drop(seats),
                1 => here.stop(&helper).await.unwrap(),
                _ => {
                    let (one, other) = tokio::join!(here.stop(&parent), there.stop(&helper));
                    one.and(other).unwrap();
                }
            }
        })
    });
    for ended in ends.collect::<Vec<_>>() {
        ended.await.unwrap();
    }
    for together in [&two.here, &two.there] {
        tokio::time::timeout(PATIENCE, together.closed()).await.expect("everyone left");
    }
    two.is_still().await;
    assert_eq!(
        two.rows("meeting").await,
        i64::from(MEETINGS).div_euclid(3) + 1,
        "who only left can come back"
    );
}
