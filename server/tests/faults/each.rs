//! Each write and each flush of one submission fails once: the answer is true, and what was told is there after a SIGKILL.
//!
//! Normally a few of them, drawn; `EACH=1`: every one, with every error.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::ask::Answer;
use crate::book::{Book, Wrong, verified};
use crate::figure;
use crate::life::Life;
use crate::line::Line;
use crate::site::site;
use crate::tool::program;
use crate::write::{Requests, Writer};

/// All that changes a file, or waits until the disk has it.
pub const CALLS: &str = "write,pwrite64,pwritev,ftruncate,fallocate,fsync,fdatasync";
const ERRORS: [&str; 3] = ["EIO", "ENOSPC", "EROFS"];
/// One in so many calls, and one error for each.
const NORMALLY: u32 = 5;
/// After so many it is killed.
const BETWEEN_KILLS: usize = 4;

#[test]
fn an_error_at_any_write_of_a_submission_is_told_and_nothing_told_is_lost() {
    let one_in = figure::times("EACH", NORMALLY);
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let (database, log) = (folder.path().join("test.db"), folder.path().join("log"));
    let database_url = format!("sqlite:{}", database.display());
    // One line to all lives: nobody on it has the same address.
    let line = Line::default();
    let begin = || {
        let mut life = Life::begin(&database_url, site.path(), &log);
        line.announce(Some(life.place()));
        life
    };
    let mut life = begin();
    let mut kept = Requests::default();
    // Before it has done so once it does more.
    kept.keep(&line);
    let calls = calls_of_one(&life, &line, &mut kept, &database, folder.path());
    assert!(
        calls.contains_key("fdatasync") || calls.contains_key("fsync"),
        "it waits for the disk: {calls:?}"
    );
    let (mut tried, mut refused) = (0, 0);
    for (at, (call, when, error)) in faults(&calls, one_in).into_iter().enumerate() {
        if at % BETWEEN_KILLS == BETWEEN_KILLS - 1 {
            life.kill();
            verified(&database_url, &[]);
            life = begin();
        }
        let inject = format!("inject={call}:error={error}:when={when}");
        let strace = Strace::attach(&life, &database, &["-e", &inject, "-o", "/dev/null"]);
        let answer = kept.send_once(&line);
        drop(strace);
        tried += 1;
        if !told_true(&answer) {
            refused += 1;
        }
        // Sent again, it is kept, by the same process: nothing has to be put right.
        kept.send_on(&line);
    }
    life.kill();
    let mut life = begin();
    kept.look(&line.place().expect("a place").address);
    life.kill();
    verified(&database_url, &[]);
    let mut book = Book::open(&database_url);
    kept.account(&mut book);
    book.nothing_else(&["request.made"]);
    let wrong: Wrong = book.close();
    println!("{calls:?}; {tried} failed, of which {refused} were told so");
    figure::add(
        &format!(
            "an error of the disk at each of {} calls that write or flush one submission, on SQLite ({tried} tried): told to \
             be kept and lost · doubled · missing in the log",
            calls.values().sum::<u32>()
        ),
        &wrong.counted(),
        "0 · 0 · 0",
    );
    assert!(refused > 0, "no error came through");
    assert!(wrong.is_nothing(), "{wrong:#?}");
}

/// Kept; or a page that says that it isn't.
fn told_true(answer: &Answer) -> bool {
    if answer.status == 200 {
        return true;
    }
    assert_eq!(answer.status, 503);
    answer.says_when_to_try_again();
    false
}

/// How often one submission makes each call.
fn calls_of_one(
    life: &Life,
    line: &Line,
    kept: &mut Requests,
    database: &Path,
    folder: &Path,
) -> BTreeMap<String, u32> {
    let trace = folder.join("trace");
    let strace = Strace::attach(life, database, &["-o", trace.to_str().expect("a path")]);
    kept.keep(line);
    drop(strace);
    let mut calls = BTreeMap::new();
    for line in fs::read_to_string(trace).expect("a trace").lines() {
        let call = line.split_whitespace().nth(1).and_then(|call| call.split_once('('));
        if let Some((call, _)) = call {
            *calls.entry(call.to_owned()).or_default() += 1;
        }
    }
    calls
}

fn faults(calls: &BTreeMap<String, u32>, one_in: u32) -> Vec<(String, u32, &'static str)> {
    let mut all = Vec::new();
    for (call, times) in calls {
        // Of those that flush there are few, and each counts.
        let step = if call.contains("sync") { 1 } else { one_in };
        let first = fastrand::u32(1..=step);
        for when in (first..=*times).step_by(step as usize) {
            let errors = if one_in == 1 { &ERRORS[..] } else { &ERRORS[fastrand::usize(..3)..][..1] };
            all.extend(errors.iter().map(|error| (call.clone(), when, *error)));
        }
    }
    all
}

/// Between the program and its files, until it is dropped.
pub struct Strace(Child);

impl Strace {
    pub fn attach(life: &Life, database: &Path, more: &[&str]) -> Strace {
        let mut strace = program("strace", "strace");
        strace.args(["-f", "-e", &format!("trace={CALLS}")]);
        for file in ["", "-wal"] {
            strace.arg("-P").arg(format!("{}{file}", database.display()));
        }
        strace.args(more).args(["-p", &life.id().to_string()]);
        let mut strace = strace.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("strace runs");
        let mut told = BufReader::new(strace.stderr.take().expect("what it tells"));
        let mut line = String::new();
        told.read_line(&mut line).expect("a line");
        assert!(line.contains("attached"), "{line}");
        // It goes on telling of new threads.
        std::thread::spawn(move || told.lines().for_each(drop));
        Strace(strace)
    }
}

impl Drop for Strace {
    fn drop(&mut self) {
        let told = std::process::Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "strace can't be told to let go");
        let _ = self.0.wait();
    }
}
