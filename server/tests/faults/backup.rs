//! The drill: a backup while many write, all is destroyed, it is put back – and all that was told before it began is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database};

use crate::ask::Ask;
use crate::book::verified;
use crate::cluster;
use crate::figure;
use crate::life::{Life, Place};
use crate::line::{Line, now_ms};
use crate::program::run;
use crate::site::site;
use crate::write::{Kept, Requests, Writer};

const WRITERS: usize = 8;
const BEFORE: u32 = 40;

#[test]
fn on_sqlite_all_that_was_told_before_a_backup_is_back_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    drill("SQLite", &format!("sqlite:{}", path.display()), || {
        fs::remove_file(&path).expect("destroyed");
        // What is left of another database mustn't come into this one.
        fs::write(folder.path().join("test.db-wal"), b"debris").expect("debris");
    });
}

#[test]
fn on_postgresql_all_that_was_told_before_a_backup_is_back_after_it() {
    let url = cluster::postgres();
    drill("PostgreSQL", &url, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let db = Database::connect(&url).await.expect("a database");
            db.execute_unprepared("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                .await
                .expect("destroyed");
            db.close().await.expect("closed");
        });
    });
}

fn drill(database: &str, database_url: &str, destroy: impl FnOnce()) {
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let (log, file) = (folder.path().join("log"), folder.path().join("backup"));
    let file_name = file.to_str().expect("a path");
    let command = |name: &str| run(&[name, file_name, "--database-url", database_url], b"");
    let mut life = Life::begin(database_url, site.path(), &log);
    let address = life.address();
    let dossier = make_dossier(&address);
    let line = Line::to(life_at(address));
    let (kept, began, printed, took) = scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut requests = Requests::default();
                    requests.go_on(&line);
                    requests.kept
                })
            })
            .collect();
        line.wait_for(BEFORE);
        // Those were told in an earlier millisecond.
        sleep(Duration::from_millis(2));
        let (began, started) = (now_ms(), Instant::now());
        let printed = command("backup").printed();
        let took = started.elapsed();
        // More than can have been under way.
        line.wait_for_more(WRITERS as u32 + 1);
        line.end();
        let kept = writers.into_iter().flat_map(|writer| writer.join().expect("a writer"));
        (kept.collect::<Vec<Kept>>(), began, printed, took)
    });
    drop(life);
    let head = printed.lines().nth(2).expect("a head").to_owned();
    let (before, since): (Vec<Kept>, Vec<Kept>) = kept.into_iter().partition(|kept| kept.told_at < began);
    assert!(before.len() >= BEFORE as usize && !since.is_empty(), "it was made while they wrote");

    destroy();
    let started = Instant::now();
    let restored = command("restore").printed();
    let took = [took, started.elapsed()].map(|took| took.as_millis());
    verified(database_url, &["--expect", &head]);
    let mut life = Life::begin(database_url, site.path(), &log);
    let address = life.address();
    let lost: Vec<&Kept> = before.iter().filter(|kept| !kept.opens(&address)).collect();
    println!(
        "{} requests, {} of them before the backup; {printed}{restored}",
        before.len() + since.len(),
        before.len()
    );
    figure::add(
        &format!(
            "a backup while {WRITERS} write, all destroyed, restored, on {database}: acknowledged before it and lost; \
             how long the backup took · restoring it"
        ),
        &format!("{}; {} · {} ms", lost.len(), took[0], took[1]),
        "0",
    );
    assert!(lost.is_empty(), "doesn't open, or opens another one: {lost:?}");
    assert!(opens_dossier(&address, &dossier), "her code opens her dossier still");
}

/// Nobody signs in here.
fn life_at(address: String) -> Place {
    Place { address, links: BTreeMap::new() }
}

/// Gives its code.
fn make_dossier(address: &str) -> String {
    let form = uuid::Uuid::new_v4().simple().to_string();
    let fields = [
        ("action", "make"),
        ("form", &form),
        ("letters[0].kind", "registered"),
        ("letters[0].on", "16-1-2023"),
    ];
    let page = Ask::form("/dossier", &fields).answer(address).expect("a page").text();
    let code =
        page.split_once("class=\"code\"").and_then(|(_, rest)| rest.split_once('>')?.1.split_once('<'));
    code.unwrap_or_else(|| panic!("no code on the page: {page}")).0.to_owned()
}

fn opens_dossier(address: &str, code: &str) -> bool {
    let page = Ask::form("/dossier", &[("action", "open"), ("code", code)]).answer(address);
    page.is_some_and(|page| page.text().contains("value=\"16-1-2023\""))
}

/// The program can be told so on a path that holds anything.
#[test]
fn a_path_with_signs_of_its_own_is_a_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("één ' map%20\" 100%25");
    fs::create_dir(&odd).expect("a folder");
    let written = |path: &Path| path.to_str().expect("a path").replace('%', "%25");
    let database = format!("sqlite:{}", written(&odd.join("test.db")));
    run(&["migrate", "--database-url", &database], b"").printed();
    let file = odd.join("back'up");
    let file = file.to_str().expect("a path");
    run(&["backup", file, "--database-url", &database], b"").printed();
    let other = format!("sqlite:{}", written(&odd.join("other.db")));
    run(&["restore", file, "--database-url", &other], b"").printed();
    assert!(odd.join("other.db").exists());
}
