//! Told to stop, under load: who is halfway gets her answer, and behind a proxy that asks whether it is ready nobody notices.

use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use crate::ask::{Ask, whole_answer};
use crate::cluster;
use crate::figure;
use crate::life::{Life, Start};
use crate::site::site;
use crate::write::request;

const CLIENTS: u32 = 8;
/// How many answers come between one server's stop and the next.
const BETWEEN: u32 = 60;
const ROUNDS: u32 = 2;
const PROXY_ASKS_EVERY: Duration = Duration::from_millis(100);
const STOP_AFTER_SECONDS: &str = "2";
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn of_servers_that_stop_one_after_the_other_nobody_notices() {
    let rounds = figure::times("STOPS", ROUNDS);
    let database_url = cluster::postgres();
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let begin = || {
        let mut start = Start::on(&database_url, site.path(), &folder.path().join("log"));
        start.program.args(["--stop-after-seconds", STOP_AFTER_SECONDS]);
        let mut life = start.begin();
        let address = life.address();
        (life, address)
    };
    let proxy = Proxy::default();
    let ((mut old, first), longest) = (begin(), Mutex::new(Duration::ZERO));
    proxy.knows(&[&first]);
    scope(|scope| {
        let _at_the_end = Over(&proxy);
        scope.spawn(|| proxy.asks_who_is_ready());
        for client in 0..CLIENTS {
            let (proxy, longest) = (&proxy, &longest);
            scope.spawn(move || proxy.client(client, longest));
        }
        let mut address = first;
        for _ in 0..rounds {
            let (new, another) = begin();
            proxy.knows(&[&address, &another]);
            proxy.wait_for_more(BETWEEN);
            old.terminate();
            assert!(old.ended().success(), "it didn't end well: {}", old.logged());
            proxy.knows(&[&another]);
            proxy.wait_for_more(BETWEEN);
            (old, address) = (new, another);
        }
    });
    let failed = proxy.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    let answered = proxy.answered.into_inner();
    figure::add(
        &format!(
            "{} servers on one PostgreSQL told to stop one after the other, under {CLIENTS} clients behind a proxy that asks \
             /readyz: failed of answered; longest answer",
            figure::count(rounds)
        ),
        &format!(
            "{} of {}; {} ms",
            failed.len(),
            figure::count(answered),
            longest.into_inner().unwrap_or_default().as_millis()
        ),
        "0",
    );
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Sends everyone to a server that said that it is ready.
#[derive(Default)]
struct Proxy {
    servers: RwLock<Vec<String>>,
    ready: RwLock<Vec<String>>,
    is_over: AtomicBool,
    answered: AtomicU32,
    failed: Mutex<Vec<String>>,
}

/// Also when something is wrong.
struct Over<'a>(&'a Proxy);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}

impl Proxy {
    fn knows(&self, servers: &[&str]) {
        *self.servers.write().expect("servers") = servers.iter().map(|it| (*it).to_owned()).collect();
    }

    fn asks_who_is_ready(&self) {
        while !self.is_over() {
            let servers = self.servers.read().expect("servers").clone();
            let says_so = |address: &&String| {
                Ask::get("/readyz").answer(address).is_some_and(|answer| answer.status == 200)
            };
            *self.ready.write().expect("servers") = servers.iter().filter(says_so).cloned().collect();
            sleep(PROXY_ASKS_EVERY);
        }
    }

    /// One line after the other, each for as long as its server is ready: pages and requests for help.
    fn client(&self, number: u32, longest: &Mutex<Duration>) {
        while !self.is_over() {
            let ready = self.ready.read().expect("servers").clone();
            let Some(address) = ready.get(number as usize % ready.len().max(1)) else {
                sleep(PROXY_ASKS_EVERY);
                continue;
            };
            let Ok(mut line) = TcpStream::connect(address) else {
                self.fail(format!("{address} takes nobody"));
                continue;
            };
            line.set_read_timeout(Some(PATIENCE)).expect("a limit");
            while !self.is_over() && self.ready.read().expect("servers").contains(address) {
                let sent = self.answered.load(Ordering::Relaxed);
                let form = uuid::Uuid::new_v4().simple().to_string();
                let ask =
                    if sent.is_multiple_of(2) { Ask::get("/") } else { request::sent(&form, &[]).by(sent) };
                let asked = Instant::now();
                match ask.answer_on(&mut line, address) {
                    Some(answer) if answer.status == 200 => {}
                    answer => {
                        self.fail(format!("{address}: {:?}", answer.map(|answer| answer.status)));
                        break;
                    }
                }
                self.answered.fetch_add(1, Ordering::Relaxed);
                let mut longest = longest.lock().unwrap_or_else(PoisonError::into_inner);
                *longest = longest.max(asked.elapsed());
            }
        }
    }

    fn fail(&self, how: String) {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).push(how);
        sleep(PROXY_ASKS_EVERY);
    }

    fn wait_for_more(&self, more: u32) {
        let (started, before) = (Instant::now(), self.answered.load(Ordering::Relaxed));
        while self.answered.load(Ordering::Relaxed) < before + more {
            assert!(started.elapsed() < PATIENCE, "nobody is answered any more");
            sleep(Duration::from_millis(5));
        }
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

#[test]
fn who_is_halfway_a_form_when_it_is_told_to_stop_gets_her_answer() {
    let (site, folder) = (site(), tempfile::tempdir().expect("a folder"));
    let database_url = format!("sqlite:{}", folder.path().join("test.db").display());
    let mut life = Life::begin(&database_url, site.path(), &folder.path().join("log"));
    let address = life.address();
    let forms: Vec<String> = (0..CLIENTS).map(|_| uuid::Uuid::new_v4().simple().to_string()).collect();
    let halves: Vec<(TcpStream, Vec<u8>)> = forms
        .iter()
        .zip(0..)
        .map(|(form, number)| {
            let whole = request::sent(form, &[]).by(number).bytes(&address);
            let (half, rest) = whole.split_at(whole.len() - 20);
            let mut line = TcpStream::connect(&address).expect("a line");
            line.set_read_timeout(Some(PATIENCE)).expect("a limit");
            line.write_all(half).expect("half of it");
            (line, rest.to_vec())
        })
        .collect();
    // What was sent has come in by now: it was there before this question.
    assert_eq!(Ask::get("/healthz").answer(&address).map(|answer| answer.status), Some(200));
    life.terminate();
    sleep(Duration::from_millis(300));
    for (mut line, rest) in halves {
        line.write_all(&rest).expect("the rest of it");
        let answer = whole_answer(line).expect("an answer");
        request::number_and_code(&answer);
    }
    assert!(life.ended().success(), "it didn't end well: {}", life.logged());
}
