//! How long the list of the desk takes among 100.000 open requests, on both databases. By hand, as the figures depend on
//! the machine: `cargo test --release -p server --test store desk_speed -- --ignored --nocapture --test-threads 1`

use std::time::{Duration, Instant};

use domain::help::{Helper, Kind, Language, Region};
use sea_orm::{EntityTrait, IntoActiveModel};
use server::desk::{MOST_SHOWN, Profile};
use server::help::store::entity::request;

use crate::Database;
use crate::desk::{asked, desk, profile};

const REQUESTS: usize = 100_000;
const ROWS_AT_ONCE: usize = 500;
const TIMES: usize = 40;
const LONGEST_P95: Duration = Duration::from_millis(30);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "by hand: a hundred thousand requests"]
async fn sqlite() {
    among_a_hundred_thousand(Database::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "by hand: a hundred thousand requests"]
async fn postgres() {
    among_a_hundred_thousand(Database::postgres().await).await;
}

async fn among_a_hundred_thousand(database: Database) {
    fill(&database).await;
    let desk = desk(&database);
    let some = profile("a").helper;
    let rare = Helper { languages: vec![Language::Tigrinya], regions: vec![Region::Aruba], ..some.clone() };
    let all = Helper {
        kinds: Kind::ALL.to_vec(),
        languages: vec![Language::Dutch, Language::Turkish, Language::English],
        regions: Region::ALL.iter().copied().filter(|region| region.is_province()).collect(),
        ..some.clone()
    };
    let six = Helper { regions: all.regions[..6].to_vec(), ..all.clone() };
    let nobody_near = Helper { regions: vec![Region::Elsewhere; 7], ..all.clone() };
    let mut slow = false;
    for (who, helper) in
        [("some", some), ("rare", rare), ("six", six), ("all", all), ("nobody near", nobody_near)]
    {
        let profile = Profile { helper, ..profile("a") };
        let mut took = Vec::new();
        for _ in 0..TIMES {
            let started = Instant::now();
            let list = desk.list(&profile).await.expect("an answer");
            took.push(started.elapsed());
            assert!(list.len() == MOST_SHOWN || who == "rare", "{who}: {}", list.len());
        }
        took.sort_unstable();
        let (median, p95) = (took[TIMES / 2], took[TIMES * 95 / 100]);
        println!("{who}: median {median:?}, p95 {p95:?}");
        slow |= p95 >= LONGEST_P95;
    }
    assert!(!slow, "one of these takes longer than {LONGEST_P95:?}");
}

/// Most in Dutch, one in fifty urgent, all over the country; nobody lives elsewhere.
async fn fill(database: &Database) {
    let sealed = asked("r").sealed;
    let languages =
        |at: usize| if at % 10 < 6 { Language::Dutch } else { Language::ALL[at / 10 % Language::ALL.len()] };
    let regions = Region::ALL.len() - 1;
    for first in (0..REQUESTS).step_by(ROWS_AT_ONCE) {
        let rows = (first..first + ROWS_AT_ONCE).map(|at| {
            let request = request::Model {
                kind: Kind::ALL[at % Kind::ALL.len()].id().to_owned(),
                language: languages(at / 9).id().to_owned(),
                region: Region::ALL[at / 7 % regions].id().to_owned(),
                urgent: i64::from(at % 50 == 0),
                gender: (at % 11 == 0).then(|| "man".to_owned()),
                made_at: 1_780_000_000 + at as i64,
                sealed: sealed.clone(),
                ..asked_plain(&format!("{at:06}"))
            };
            request.into_active_model()
        });
        request::Entity::insert_many(rows).exec_without_returning(database.store.db()).await.expect("rows");
    }
}

fn asked_plain(id: &str) -> request::Model {
    request::Model { sealed: None, ..asked(id) }
}
