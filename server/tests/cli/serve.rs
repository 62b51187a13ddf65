//! `herstelroute serve`: what it won't start without, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{program, run};
use crate::site::{STYLES, STYLESHEET, site};

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn outside_the_demo_it_wont_start_without_a_way_to_a_person() {
    let built = site();
    let site = built.path().to_str().expect("a path");
    let operator = ["--operator", "Stichting Herstel"];
    for (settings, lacks) in [
        (vec![], "--operator"),
        (vec!["--helpline", "030-1234567"], "--operator"),
        (operator.to_vec(), "--helpline"),
        ([&operator[..], &["--helpline", ""]].concat(), "--helpline"),
        ([&operator[..], &["--helpline", "volgt nog"]].concat(), "--helpline"),
    ] {
        check_wont_start(
            &[&["serve", "--listen", "127.0.0.1:0", "--site", site], &settings[..]].concat(),
            lacks,
        );
    }
}

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

#[test]
fn outside_the_demo_it_wont_start_without_a_key_and_never_prints_one() {
    let built = site();
    let start = ["serve", "--listen", "127.0.0.1:0", "--site", built.path().to_str().expect("a path")];
    let real = [&start[..], &["--operator", "Stichting Herstel", "--helpline", "030-1234567"]].concat();
    check_wont_start(&real, "HERSTELROUTE_SEAL_KEYS");
    let half = &KEY[..32];
    let ran = run(&[&real[..], &["--seal-keys", half]].concat(), b"");
    assert_ne!(ran.code, Some(0));
    assert!(ran.told.contains("--seal-keys") && !ran.told.contains(half), "{}", ran.told);
}

#[test]
fn it_wont_start_with_mail_that_cant_go_and_never_prints_where_it_goes() {
    let built = site();
    let start = ["serve", "--listen", "127.0.0.1:0", "--site", built.path().to_str().expect("a path")];
    let real = ["--operator", "Stichting Herstel", "--helpline", "030-1234567", "--seal-keys", KEY];
    let start = [&start[..], &real].concat();
    for (settings, why) in [
        (vec!["--mail-folder", "mail"], "--mail-from"),
        (vec!["--mail-folder", "mail", "--mail-from", "nobody"], "--mail-from"),
        (vec!["--smtp-url", "pop3://me:merkteken5150@mail.example"], "HERSTELROUTE_SMTP_URL"),
        (
            vec![
                "--mail-folder",
                "mail",
                "--mail-from",
                "post@herstel.example",
                "--public-address",
                "herstel",
            ],
            "--public-address",
        ),
    ] {
        check_wont_start(&[&start[..], &settings].concat(), why);
        let told = run(&[&start[..], &settings].concat(), b"").told;
        assert!(!told.contains("merkteken5150"), "{told}");
    }
}

#[test]
fn without_a_way_for_mail_it_says_so() {
    let real = ["--operator", "Stichting Herstel", "--helpline", "030-1234567", "--seal-keys", KEY];
    let log = |settings: &[&str]| {
        let mut server = Server::start(settings);
        server.ask("GET / HTTP/1.1", "");
        server.stop()
    };
    assert!(log(&real).contains("no mail is sent"));
    let folder = tempfile::tempdir().expect("a folder");
    let mail =
        ["--mail-folder", folder.path().to_str().expect("a path"), "--mail-from", "post@herstel.example"];
    assert!(!log(&[&real[..], &mail].concat()).contains("no mail is sent"));
}

#[test]
fn it_wont_start_without_built_files() {
    let empty = tempfile::tempdir().expect("a folder");
    let site = empty.path().to_str().expect("a path");
    let start = ["serve", "--demo", "--listen", "127.0.0.1:0", "--site", site];
    check_wont_start(&start, "cargo xtask build");
    fs::write(empty.path().join("assets.json"), r#"{"css":"/x.css","bundles":{}}"#).expect("a file");
    check_wont_start(&start, "bundle");
}

#[test]
fn it_wont_start_on_an_address_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let built = site();
    check_wont_start(
        &["serve", "--demo", "--listen", &address, "--site", built.path().to_str().expect("a path")],
        &address,
    );
}

#[test]
fn with_an_operator_and_a_number_it_starts_and_shows_them() {
    let server = Server::start(&[
        "--operator",
        "Stichting Herstel",
        "--helpline",
        "030-1234567",
        "--helpline-hours",
        "Elke werkdag",
        "--seal-keys",
        KEY,
    ]);
    let page = server.ask("GET / HTTP/1.1", "");
    for shown in ["Stichting Herstel", "href=\"tel:0301234567\"", "Elke werkdag"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("site-demo"));
    assert!(server.ask(&format!("GET {STYLESHEET} HTTP/1.1"), "").ends_with(STYLES));
}

#[test]
fn a_demo_prints_a_link_for_each_role_that_signs_in_once() {
    let mut server = Server::start(&["--demo"]);
    let links: Vec<String> = (0..6).map(|_| server.line()).collect();
    for role in ["experience-expert", "independent-expert", "support-worker", "coordinator", "auditor"] {
        assert!(links.iter().any(|line| line.contains(&format!("({role})"))), "{role}: {links:?}");
    }
    let path = links[0].split_once(&server.address).expect("a link").1.trim().to_owned();
    assert!(server.ask(&format!("GET {path} HTTP/1.1"), "").starts_with("HTTP/1.1 200"));
    let first = server.ask(&format!("POST {path} HTTP/1.1"), "");
    assert!(first.starts_with("HTTP/1.1 303") && first.contains("__Host-balie="), "{first}");
    assert!(server.ask(&format!("POST {path} HTTP/1.1"), "").starts_with("HTTP/1.1 422"));
    let log = server.stop();
    assert!(!log.contains(path.rsplit('/').next().expect("a code")), "{log}");
}

#[test]
fn outside_the_demo_no_link_is_printed() {
    let mut server =
        Server::start(&["--operator", "Stichting Herstel", "--helpline", "030-1234567", "--seal-keys", KEY]);
    server.ask("GET / HTTP/1.1", "");
    server.terminate();
    server.ended();
    assert_eq!(server.line(), "");
}

#[test]
fn a_login_provider_that_cant_be_used_safely_stops_it_from_starting() {
    let built = site();
    let start =
        ["serve", "--demo", "--listen", "127.0.0.1:0", "--site", built.path().to_str().expect("a path")];
    let issuer = ["--login-issuer", "https://inloggen.example"];
    let client = [&issuer[..], &["--login-client-id", "herstelroute"]].concat();
    let key = "--login-key=-----BEGIN PRIVATE KEY-----\nmerkteken\n-----END PRIVATE KEY-----";
    for (settings, lacks) in [
        (issuer.to_vec(), "--login-client-id"),
        (client.clone(), "HERSTELROUTE_LOGIN_KEY"),
        ([&client[..], &[key]].concat(), "P-256"),
        ([&client[..], &["--login-key", "/nergens/sleutel.pem"]].concat(), "HERSTELROUTE_LOGIN_KEY"),
        (vec!["--login-issuer", "http://inloggen.example"], "https://"),
        (vec!["--login-issuer", "inloggen"], "--login-issuer"),
    ] {
        check_wont_start(&[&start[..], &settings].concat(), lacks);
        let told = run(&[&start[..], &settings].concat(), b"").told;
        assert!(!told.contains("merkteken"), "{told}");
    }
}

#[test]
fn what_is_typed_reaches_nothing_that_it_writes_down() {
    let mut server = Server::start(&["--demo"]);
    let answer = server.ask("POST /bedragen HTTP/1.1", "received=merkteken5150");
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.contains("merkteken5150"), "the page keeps it for her");
    let log = server.stop();
    assert!(log.contains("http.path=\"/bedragen\" http.status=422"), "plain text, also for a file: {log}");
    assert!(!log.contains("merkteken5150"), "{log}");
}

#[test]
fn a_log_for_programs_holds_an_object_a_line_and_nothing_that_is_typed() {
    let real = ["--operator", "Stichting Herstel", "--helpline", "030-1234567", "--seal-keys", KEY];
    let mut server = Server::start(&[&real[..], &["--log-format", "json"]].concat());
    for (first_line, form) in [
        ("POST /bedragen HTTP/1.1", "received=merkteken5150"),
        ("POST /hulpvraag HTTP/1.1", "at=check&action=send&name=merkteken5150"),
        ("POST /dossier HTTP/1.1", "action=open&code=merkteken5150"),
        ("GET /merkteken5150?merkteken5150 HTTP/1.1", ""),
        ("MERKTEKEN5150 /bedragen HTTP/1.1", ""),
    ] {
        server.ask(first_line, form);
    }
    let log = server.stop();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 5, "{log}");
    assert_eq!(answered[0]["http.path"], "/bedragen");
    assert_eq!(answered[0]["http.status"], 422);
    assert!(answered.iter().all(|line| line["timestamp"].is_string() && line["level"] == "INFO"));
    assert!(lines.iter().any(|line| line["level"] == "WARN"), "{log}");
    assert!(!log.to_lowercase().contains("merkteken5150"), "{log}");
}

#[test]
fn figures_stand_on_an_address_of_their_own_and_nowhere_unless_asked_for() {
    let mut server = Server::start(&["--demo", "--metrics-listen", "127.0.0.1:0"]);
    let told = server.line();
    let address = told.trim().strip_prefix("Figures for Prometheus stand at http://").expect("an address");
    let address = address.strip_suffix("/metrics").expect("its path").to_owned();
    server.ask("GET /over HTTP/1.1", "");
    assert!(server.ask("GET /metrics HTTP/1.1", "").starts_with("HTTP/1.1 404"), "not on the portal");
    let portal = std::mem::replace(&mut server.address, address);
    let shown = server.ask("GET /metrics HTTP/1.1", "");
    assert!(
        shown.starts_with("HTTP/1.1 200") && shown.contains("content-type: text/plain; version=0.0.4"),
        "{shown}"
    );
    assert!(
        shown.contains(r#"herstelroute_requests_total{method="GET",route="/over",status="2xx"} 1"#),
        "{shown}"
    );
    assert!(server.ask("GET /over HTTP/1.1", "").starts_with("HTTP/1.1 404"), "the portal isn't here");
    let taken = portal;
    let site = site();
    let start =
        ["serve", "--demo", "--listen", "127.0.0.1:0", "--site", site.path().to_str().expect("a path")];
    check_wont_start(&[&start[..], &["--metrics-listen", &taken]].concat(), &taken);
    let plain = Server::start(&["--demo"]);
    assert!(plain.ask("GET /metrics HTTP/1.1", "").starts_with("HTTP/1.1 404"));
}

#[test]
fn told_to_stop_it_first_finishes_what_is_under_way() {
    let mut server = Server::start(&["--demo"]);
    let mut under_way = server.connect();
    let body = "received=30.000";
    let head = format!(
        "POST /bedragen HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\nConnection: close\r\n\r\n",
        server.address,
        body.len()
    );
    under_way.write_all(head.as_bytes()).expect("sent");
    let mut proceed = [0; 25];
    under_way.read_exact(&mut proceed).expect("a sign that the form is being read");
    assert_eq!(&proceed, b"HTTP/1.1 100 Continue\r\n\r\n");

    server.terminate();
    wait_until("nobody else is let in", || TcpStream::connect(&server.address).is_err());
    assert!(server.running.try_wait().expect("a state").is_none(), "it waits for her");

    under_way.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.ends_with("</html>"), "the whole page");
    server.ended();
}

#[test]
fn told_to_stop_it_can_go_on_until_the_proxy_noticed() {
    let mut server = Server::start(&["--demo", "--stop-after-seconds", "3"]);
    assert!(server.ask("GET /readyz HTTP/1.1", "").starts_with("HTTP/1.1 200"));
    let told = Instant::now();
    server.terminate();
    wait_until("it isn't ready any more", || {
        server.ask("GET /readyz HTTP/1.1", "").starts_with("HTTP/1.1 503")
    });
    assert!(server.ask("GET / HTTP/1.1", "").starts_with("HTTP/1.1 200"), "who comes is let in still");
    server.ended();
    assert!(told.elapsed() >= Duration::from_secs(3), "{:?}", told.elapsed());
}

#[test]
fn told_to_stop_it_doesnt_wait_for_who_says_nothing() {
    let mut server = Server::start(&["--demo"]);
    let silent = server.connect();
    let mut halfway = server.connect();
    halfway.write_all(b"GET / HT").expect("sent");
    server.ask("GET / HTTP/1.1", "");
    server.terminate();
    server.ended();
    drop((silent, halfway));
}

#[test]
fn told_to_stop_it_sends_who_looks_along_elsewhere_and_doesnt_wait() {
    let mut server = Server::start(&["--demo"]);
    let begun = server.ask("POST /samen/lijn/begin HTTP/1.1", &"n".repeat(32));
    let ticket = &begun[begun.len() - 64..];
    let mut line = server.connect();
    let head = format!(
        "GET /samen/lijn HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        server.address
    );
    line.write_all(head.as_bytes()).expect("sent");
    // One text of 64 bytes, under a mask that changes nothing.
    line.write_all(&[&[0x81, 0x80 | 64, 0, 0, 0, 0], ticket.as_bytes()].concat()).expect("sent");
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"waiting") {
        line.read_exact(&mut byte).expect("an answer");
        answer.extend(byte);
    }
    let told = Instant::now();
    server.terminate();
    let mut goodbye = [0; 4];
    line.read_exact(&mut goodbye).expect("a goodbye");
    assert_eq!(goodbye, [0x88, 2, 0x03, 0xf4], "1012: come back");
    server.ended();
    assert!(told.elapsed() < Duration::from_secs(4), "{:?}", told.elapsed());
}

#[test]
fn what_the_package_sets_is_something_that_can_be_set() {
    let packaging = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging");
    let help = run(&["serve", "--help"], b"").printed();
    let mut named = 0;
    for file in ["herstelroute.service", "environment"] {
        let text = fs::read_to_string(packaging.join(file)).expect("a file");
        for line in text.lines() {
            let line = line.trim_start_matches('#').trim_start_matches("Environment=");
            let Some((name, _)) = line.split_once('=') else { continue };
            if name.starts_with("HERSTELROUTE_") {
                let is_known = ["=", "]"].iter().any(|end| help.contains(&format!("[env: {name}{end}")));
                assert!(is_known, "{file}: {name}");
                named += 1;
            }
        }
    }
    assert!(named > 10, "{named}");
}

#[track_caller]
fn check_wont_start(arguments: &[&str], why: &str) {
    let ran = run(arguments, b"");
    assert_eq!((ran.code, ran.printed.as_str()), (Some(1), ""), "{arguments:?}");
    assert!(ran.told.starts_with("herstelroute: ") && ran.told.contains(why), "{arguments:?}: {}", ran.told);
}

/// A running program on an address of its own; it goes when the test does.
struct Server {
    running: Child,
    address: String,
    output: BufReader<ChildStdout>,
    _site: TempDir,
}

impl Server {
    fn start(settings: &[&str]) -> Server {
        let site = site();
        let mut running = program()
            .args(["serve", "--listen", "127.0.0.1:0", "--site"])
            .arg(site.path())
            .args(settings)
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        let mut output = BufReader::new(running.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("a line");
        let address =
            line.trim().strip_prefix("Herstelroute listens on http://").expect("its address").to_owned();
        Server { running, address, output, _site: site }
    }

    /// The next that it prints; empty once it ended.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        line
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream
    }

    /// One request, one whole answer.
    fn ask(&self, first_line: &str, form: &str) -> String {
        let mut stream = self.connect();
        let request = format!(
            "{first_line}\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{form}",
            self.address,
            form.len()
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn terminate(&self) {
        let sent =
            Command::new("kill").args(["-TERM", &self.running.id().to_string()]).status().expect("kill");
        assert!(sent.success());
    }

    /// It ends by itself, and well.
    fn ended(&mut self) {
        let running = &mut self.running;
        wait_until("it ends", || running.try_wait().expect("a state").is_some());
        assert_eq!(running.wait().expect("a state").code(), Some(0));
    }

    /// Stops it; gives back all that it wrote down.
    fn stop(&mut self) -> String {
        self.terminate();
        self.ended();
        let mut log = String::new();
        self.running.stderr.take().expect("its log").read_to_string(&mut log).expect("UTF-8");
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

#[track_caller]
fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        thread::sleep(Duration::from_millis(20));
    }
}
