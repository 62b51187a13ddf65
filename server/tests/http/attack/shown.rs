//! What one person tells is text where it is shown to another, and so is what a request carries besides a form.

use app::urls::{
    DESK, DESK_AVAILABILITY, DESK_COLLEAGUE, DESK_LOG, DESK_OVERVIEW, LEAVE, Page, SIGN_IN_RETURN,
};
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, header};
use domain::Date;
use domain::timeline::{Event, EventKind};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use serde_json::Value;
use server::account::{Accounts, Represented, Role};
use server::office::{Offices, Row};

use super::payloads::{self, Fill, harmless};
use super::typed::check_alike;
use super::walk::Seen;
use crate::amounts::receipt;
use crate::app::{CLIENT_ADDRESS, TestApp, post};
use crate::browser::View;
use crate::staff::Browser;
use crate::{desk, dossier, help};

const DAY: i64 = 24 * 60 * 60;
/// What fits in every field of a request.
const MOST: usize = 90;

/// What everyone tells, and what was seen of it.
struct Scene {
    fill: Fill,
    seen: Vec<Seen>,
}

impl Scene {
    fn text(&self, field: &str) -> String {
        String::from_utf8_lossy(&(self.fill)(field)).chars().take(MOST).collect()
    }

    async fn look(&mut self, browser: &Browser<'_>, what: &str, path: &str) -> View {
        let answer = browser.get(path).await;
        let view = answer.view();
        self.seen.push(Seen { what: what.to_owned(), answer });
        view
    }

    fn keep(&mut self, what: &str, answer: crate::app::Answer) {
        self.seen.push(Seen { what: what.to_owned(), answer });
    }
}

/// All that is shown of what each told to somebody else.
async fn told(fill: impl Fn(&str) -> Vec<u8> + 'static) -> Vec<Seen> {
    let app = TestApp::new().await;
    let mut scene = Scene { fill: Box::new(fill), seen: Vec::new() };
    let experts = [app.sign_in(Role::ExperienceExpert).await, app.sign_in(Role::IndependentExpert).await];
    let coordinator = app.sign_in(Role::Coordinator).await;
    profile(&mut scene, &experts[0]).await;
    desk::tells(&experts[1]).await;
    requests(&mut scene, &app, &experts).await;
    colleagues(&mut scene, &experts).await;
    people(&mut scene, &app, &coordinator).await;
    letters(&mut scene, &app).await;
    app.services.clock.move_by(4 * DAY);
    let coordinator = session(&app, "demo-henk").await;
    scene.look(&coordinator, "overview, late", DESK_OVERVIEW).await;
    let auditor = session(&app, "demo-ans").await;
    scene.look(&auditor, "log", DESK_LOG).await;
    scene.seen
}

async fn session<'a>(app: &'a TestApp, staff: &str) -> Browser<'a> {
    let accounts = Accounts::new(app.services.store.clone());
    let begun = accounts.begin_session(staff, None, app.services.clock.now()).await.expect("a session");
    Browser { app, cookie: format!("__Host-balie={}", begun.show()) }
}

/// A helper who can be chosen tells of herself.
async fn profile(scene: &mut Scene, expert: &Browser<'_>) {
    desk::tells(expert).await;
    let form = scene.look(expert, "profile", DESK_AVAILABILITY).await.form(".form");
    let form = form.with("about_me", &scene.text("about_me")).with("published", "yes");
    scene.keep("profile, saved", expert.submit(&form).await);
}

async fn requests(scene: &mut Scene, app: &TestApp, [one, other]: &[Browser<'_>; 2]) {
    let fields = ["name", "story", "times", "no_one_from", "municipality"];
    let told: Vec<(&str, String)> = fields.into_iter().map(|field| (field, scene.text(field))).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(field, text)| (*field, text.as_str())).collect();
    let check = help::answered(app, &told).await;
    let wish = app.submit(&check.form(".form:has([name='at'])").press("wish")).await.view();
    let chosen = wish.form(".form:has([name='at'])").with("wish", "chosen").press("next");
    scene.keep("whom she can choose", app.submit(&chosen).await);
    let held = help::made(app, &told).await;
    scene.keep("followed", help::opened(app, &held).await);
    let place = desk::pick_up(one).await;
    let page = scene.look(one, "a request", &place).await;
    let contact = page.form("[action]:has([value='contact'])");
    scene.keep("a contact, refused", one.submit(&contact.clone().with("note", &scene.text("note"))).await);
    let note = contact.with("way", "reached").with("note", &scene.text("note"));
    scene.keep("a contact", one.submit(&note).await);
    scene.look(one, "a request with a note", &place).await;
    scene.look(one, "her own", DESK).await;
    let give = page.form("[action]:has([value='hand_over'])").with("to", "demo-willem");
    scene.keep("handed over", one.submit(&give).await);
    scene.keep("a note to nobody", one.submit(&note).await);
    let page = scene.look(other, "another's request", &place).await;
    let followed = help::opened(app, &held).await;
    let export = followed.view().form(":has([value='export'])").press("export");
    scene.keep("followed, handed over", followed);
    scene.keep("all that is kept", app.submit(&export).await);
    let close = page.form("[action]:has([value='close'])").with("outcome", "helped");
    scene.keep("closed", other.submit(&close).await);
}

async fn colleagues(scene: &mut Scene, [one, other]: &[Browser<'_>; 2]) {
    let ask = scene.look(one, "colleagues", DESK_COLLEAGUE).await.form(".form");
    let ask = ask.with("text", &scene.text("text")).with("reach", &scene.text("reach"));
    scene.keep("asked", one.submit(&ask).await);
    let seen = scene.look(other, "what a colleague asks", DESK_COLLEAGUE).await;
    scene.keep("taken", other.submit(&seen.form("[action]:has([value='take'])")).await);
    scene.look(other, "how to reach", DESK_COLLEAGUE).await;
    scene.look(one, "who listens", DESK_COLLEAGUE).await;
}

async fn people(scene: &mut Scene, app: &TestApp, coordinator: &Browser<'_>) {
    let (accounts, now) = (Accounts::new(app.services.store.clone()), app.services.clock.now());
    let text = scene.text("organisation");
    let represented = Represented { issuer: text.clone(), id_type: text.clone(), id: text.clone() };
    let made = accounts.make_organisation(&text, represented, ["", ""], now).await.expect("an answer");
    let organisation = made.expect("a new one").id;
    let invite = scene.look(coordinator, "overview", DESK_OVERVIEW).await;
    let invite = invite.form("[action='/balie/overzicht/uitnodigen']").with("name", &scene.text("invited"));
    scene.keep("an invitation, refused", coordinator.submit(&invite).await);
    let invite = invite.with("role", "experience-expert").with("organisation", &organisation);
    scene.keep("invited", coordinator.submit(&invite).await);
    scene.look(coordinator, "overview with her", DESK_OVERVIEW).await;
    let everyone = accounts.everyone().await.expect("a list");
    // These names stand in the lists of the command line too.
    assert!(everyone.iter().all(|it| !it.staff.name.chars().any(char::is_control)), "{everyone:?}");
    let invited = everyone.into_iter().find(|it| !it.staff.id.starts_with("demo-")).expect("she");
    let hers = session(app, &invited.staff.id).await;
    scene.look(&hers, "her own desk", DESK).await;
    scene.look(&hers, "how a parent is told who she is", Page::JoinTogether.path()).await;
}

/// Her letters, and what an office tells of the case.
async fn letters(scene: &mut Scene, app: &TestApp) {
    let made = dossier::made(app).await.1;
    let page = app.submit(&made.form(".form").press("open")).await.view();
    let form = page.form("[action='/dossier']:has([name='letters[0].kind'])");
    let names: Vec<String> = form.fields.iter().map(|(name, _)| name.clone()).collect();
    let names = names.iter().filter(|name| name.starts_with("letters["));
    let form = names.fold(form, |form, name| form.with(name, &scene.text(name)));
    let saved = app.submit(&form.press("save")).await;
    let page = saved.view();
    scene.keep("letters", saved);
    let offices = Offices::new(app.services.store.clone());
    let (now, text) = (app.services.clock.now(), scene.text("code"));
    let (kind, on) = (EventKind::Other, Date::constant(2025, 3, 3));
    let event =
        Event { on, kind, step: None, outcome: None, until: None, way: None, code: Some(text.clone()) };
    let row = Row { line: 1, case: text.clone(), event, withdrawn: false };
    offices.import("Kantoor", vec![row], now).await.expect("an answer");
    let links = offices.make_links("Kantoor", vec![text], now).await.expect("an answer").expect("its case");
    let link = page.form(":has([value='link'])").with("link_code", &links[0].code.to_string()).press("link");
    let linked = app.submit(&link).await;
    assert!(linked.view().has(".office"), "what the office tells is there");
    scene.keep("linked", linked);
    scene.keep("her file", app.submit(&page.form(":has([value='export'])").press("export")).await);
}

#[tokio::test]
async fn what_one_tells_is_text_wherever_it_is_shown_to_another() {
    for turn in 0..payloads::turns() {
        let fill = move |field: &str| payloads::of(field, turn);
        let typed = told(fill).await;
        let plain = told(move |field| harmless(&fill(field))).await;
        assert!(typed.len() > 25, "{} answers", typed.len());
        for (typed, plain) in typed.iter().zip(&plain) {
            check_alike(typed, plain);
        }
    }
}

/// Each text in a receipt in turn, whatever it is for.
#[tokio::test]
async fn every_text_in_a_receipt_that_is_opened_stays_text() {
    let app = TestApp::new().await;
    for (kind, file) in receipt::every_kind() {
        let mut places = Vec::new();
        find_texts(&file, String::new(), &mut places);
        for (turn, place) in places.iter().enumerate() {
            let typed = payloads::of(place, turn);
            let mut answers = Vec::new();
            for text in [typed.clone(), harmless(&typed)] {
                let mut file = file.clone();
                *file.pointer_mut(place).expect("a text") = Value::from(String::from_utf8_lossy(&text));
                let answer = receipt::open(&app, file.to_string().as_bytes()).await;
                answers.push(Seen { what: format!("{kind}: {place}"), answer });
            }
            check_alike(&answers[0], &answers[1]);
        }
    }
}

fn find_texts(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::String(_) => places.push(at),
        Value::Array(values) => {
            values
                .iter()
                .enumerate()
                .for_each(|(index, value)| find_texts(value, format!("{at}/{index}"), places));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| find_texts(value, format!("{at}/{name}"), places));
        }
        _ => {}
    }
}

/// Headers, addresses and queries: whatever a request carries besides a form.
#[tokio::test]
async fn what_an_address_or_a_header_carries_stays_text() {
    let app = TestApp::new().await;
    // All of them where there is time, else one in five.
    let step = if payloads::turns() == payloads::COUNT { 1 } else { 5 };
    for number in (0..payloads::COUNT).step_by(step) {
        let payload = payloads::payload(number);
        let payload = &payload[..payload.len().min(2_000)];
        let answers = [payload.to_vec(), harmless(payload)].map(async |bytes| carried(&app, &bytes).await);
        let [typed, plain] = answers;
        for (typed, plain) in typed.await.iter().zip(&plain.await) {
            check_alike(typed, plain);
        }
    }
}

async fn carried(app: &TestApp, bytes: &[u8]) -> Vec<Seen> {
    // A path that isn't UTF-8 is no path here.
    let told = percent_encode(String::from_utf8_lossy(bytes).as_bytes(), NON_ALPHANUMERIC).to_string();
    let mut requests = Vec::new();
    for folder in ["", "/assets", "/inloggen/demo", "/balie", "/balie/aanvraag", "/api/v1"] {
        requests.push(Request::get(format!("{folder}/{told}")).header(CLIENT_ADDRESS, &told));
    }
    for path in ["/", DESK, DESK_LOG, Page::Amounts.path(), SIGN_IN_RETURN, LEAVE] {
        for name in ["klaar", "voor", "code", "state", "iss", "error", &told] {
            requests.push(Request::get(format!("{path}?{name}={told}")).header(CLIENT_ADDRESS, &told));
        }
    }
    // No header holds a line's end; a client that can send one was stopped before.
    let printable: Vec<u8> =
        bytes.iter().map(|byte| if *byte < 32 || *byte == 127 { b' ' } else { *byte }).collect();
    let value = HeaderValue::from_bytes(&printable).expect("a value");
    for name in [
        header::COOKIE,
        header::AUTHORIZATION,
        header::ACCEPT_LANGUAGE,
        header::USER_AGENT,
        header::REFERER,
        header::IF_NONE_MATCH,
        header::RANGE,
        HeaderName::from_static("x-forwarded-host"),
        HeaderName::from_static("x-original-url"),
        CLIENT_ADDRESS,
    ] {
        for path in ["/", Page::Dossier.path(), DESK, "/api/v1/batches/1"] {
            requests.push(Request::get(path).header(&name, &value).header(CLIENT_ADDRESS, &told));
        }
    }
    let cookies = [
        &b"__Host-balie="[..],
        &printable,
        b"; __Host-samen=",
        &printable,
        b"; __Host-inloggen=",
        &printable,
    ];
    let cookies = HeaderValue::from_bytes(&cookies.concat()).expect("a value");
    for path in [DESK, Page::Amounts.path(), Page::JoinTogether.path(), SIGN_IN_RETURN, "/"] {
        requests.push(Request::get(path).header(header::COOKIE, &cookies));
    }
    let mut seen = Vec::new();
    for (at, request) in requests.into_iter().enumerate() {
        let request = request.body(Body::empty()).expect("a request");
        let what = format!("request {at}");
        seen.push(Seen { what, answer: app.send(request).await });
    }
    let mut made = post(Page::Dossier.path());
    let origin = [&b"https://"[..], &printable].concat();
    if let Some(headers) = made.headers_mut() {
        headers.insert(header::ORIGIN, HeaderValue::from_bytes(&origin).expect("a value"));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(crate::app::FORM));
        headers.insert(CLIENT_ADDRESS, HeaderValue::from_str(&told).expect("a value"));
    }
    let form = uuid::Uuid::new_v4().simple().to_string();
    let body = format!("action=make&form={form}&letters[0].kind=registered&letters[0].on=1-1-2023");
    let answer = app.send(made.body(body.into()).expect("a request")).await;
    seen.push(Seen { what: "where her code leads".to_owned(), answer });
    seen
}
