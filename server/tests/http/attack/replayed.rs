//! What opened something once opens nothing again, and nothing that an attacker chose opens anything. What providers send
//! back is tried in `sign_in`, tickets that are over in `together::join`.

use app::entries::Entries;
use app::urls::{DESK, EXTEND, SIGN_OUT, TOGETHER_JOIN};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures_util::future::join_all;
use server::account::{Accounts, Role};
use server::code::Code;
use server::office::Offices;
use server::timeline::Dossiers;

use crate::app::{Answer, FORM, TestApp, encoded, post};
use crate::browser::{Form, View, words};
use crate::dossier;
use crate::help;
use crate::staff::Browser;
use crate::together::table::Table;

const MINUTE: i64 = 60;
/// So many at the same moment.
const AT_ONCE: usize = 8;

fn chosen() -> String {
    format!("__Host-balie={}", "a1".repeat(32))
}

/// She presses the button of a link while her browser sends that cookie.
async fn let_in_with(app: &TestApp, role: Role, cookie: &str) -> Answer {
    let (_, code) = app.demo_links.iter().find(|(person, _)| person.role == role).expect("a link");
    let request = post(&format!("/inloggen/demo/{}", code.signs())).header(header::CONTENT_TYPE, FORM);
    app.send(request.header(header::COOKIE, cookie).body(Body::empty()).expect("a request")).await
}

async fn desk_with(app: &TestApp, cookie: &str) -> StatusCode {
    let request = Request::get(DESK).header(header::COOKIE, cookie);
    app.send(request.body(Body::empty()).expect("a request")).await.status
}

#[tokio::test]
async fn a_session_that_an_attacker_chose_is_not_taken_over() {
    let app = TestApp::new().await;
    let answer = let_in_with(&app, Role::ExperienceExpert, &chosen()).await.with(StatusCode::SEE_OTHER);
    let set = answer.header("set-cookie").split_once(';').expect("a cookie").0.to_owned();
    assert_ne!(set, chosen());
    assert_eq!(desk_with(&app, &chosen()).await, StatusCode::SEE_OTHER, "the chosen one opens nothing");
    assert_eq!(desk_with(&app, &set).await, StatusCode::OK);
    // Neither does one that he opened himself: hers is another, and his is over.
    let his = app.sign_in(Role::IndependentExpert).await.cookie;
    let answer = let_in_with(&app, Role::SupportWorker, &his).await.with(StatusCode::SEE_OTHER);
    assert!(!answer.header("set-cookie").contains(&his));
    assert_eq!(desk_with(&app, &his).await, StatusCode::SEE_OTHER);
}

/// What ends a session, and how long after its beginning.
#[tokio::test]
async fn an_old_cookie_opens_nothing_whatever_ended_its_session() {
    for (what, is_kept_up, minutes) in [
        ("signing out", false, 0),
        ("being blocked", false, 0),
        ("doing nothing", false, 15),
        ("two hours", true, 120),
    ] {
        let app = TestApp::new().await;
        let expert = app.sign_in(Role::ExperienceExpert).await;
        match what {
            "signing out" => drop(expert.post(SIGN_OUT, &[]).await.with(StatusCode::SEE_OTHER)),
            "being blocked" => {
                let accounts = Accounts::new(app.services.store.clone());
                assert!(accounts.block("demo-samira", app.services.clock.now()).await.expect("an answer"));
            }
            _ => {}
        }
        for minute in 0..minutes {
            if is_kept_up && minute % 10 == 0 {
                expert.get(DESK).await.with(StatusCode::OK);
            }
            app.services.clock.move_by(MINUTE);
        }
        check_over(&expert, what).await;
        // A clock that is set back doesn't bring it back where it was ended by somebody.
        if minutes == 0 {
            app.services.clock.move_by(-MINUTE);
            check_over(&expert, what).await;
        }
    }
}

async fn check_over(browser: &Browser<'_>, what: &str) {
    for _ in 0..2 {
        assert_eq!(browser.get(DESK).await.status, StatusCode::SEE_OTHER, "{what}");
        assert_eq!(browser.post(EXTEND, &[]).await.status, StatusCode::UNAUTHORIZED, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_the_demo_that_many_press_at_the_same_moment_lets_in_one() {
    let app = TestApp::new().await;
    let presses = join_all((0..AT_ONCE).map(|_| let_in_with(&app, Role::ExperienceExpert, ""))).await;
    let let_in = presses.iter().filter(|answer| answer.status == StatusCode::SEE_OTHER);
    assert_eq!(let_in.count(), 1);
    let cookies = presses.iter().filter(|answer| !answer.header("set-cookie").is_empty());
    assert_eq!(cookies.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_code_that_many_type_at_the_same_moment_ties_one_dossier() {
    let app = TestApp::new().await;
    let letter = dossier::told_by_an_office(&app).await;
    let mut forms = Vec::new();
    for _ in 0..AT_ONCE {
        let made = dossier::made(&app).await.1;
        let page = app.submit(&made.form(".form").press("open")).await.view();
        forms.push(page.form(":has([value='link'])").with("link_code", &letter).press("link"));
    }
    let answers = join_all(forms.iter().map(|form| app.submit(form))).await;
    let tied = answers.iter().filter(|answer| answer.view().has(".office"));
    assert_eq!(tied.count(), 1);
    assert!(answers.iter().all(|answer| [200, 422].contains(&answer.status.as_u16())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_many_join_at_the_same_moment_lets_in_one() {
    let table = Table::new().await;
    table.begin(1).await;
    let joins = join_all((0..AT_ONCE).map(|_| table.ask(TOGETHER_JOIN, 1))).await;
    assert_eq!(joins.iter().filter(|answer| answer.status == StatusCode::OK).count(), 1);
    assert_eq!(joins.iter().filter(|answer| answer.status == StatusCode::NOT_FOUND).count(), AT_ONCE - 1);
}

#[tokio::test]
async fn a_page_of_a_dossier_that_was_deleted_shows_nothing_of_it_again() {
    let app = TestApp::new().await;
    let (_, made) = dossier::made(&app).await;
    let page = app.submit(&made.form(".form").press("open")).await.with(StatusCode::OK).view();
    let forms =
        page.forms().into_iter().flat_map(|form| form.presses()).filter(|form| form.action == "/dossier");
    let forms: Vec<Form> = forms.collect();
    assert!(forms.len() > 5, "{}", forms.len());
    let sure = app.submit(&page.form(":has([value='ask_delete'])").press("ask_delete")).await.view();
    app.submit(&sure.form(".form").press("delete")).await.with(StatusCode::OK);
    let ticket = forms[0].value("ticket").expect("a ticket").to_owned();
    for form in forms.iter().chain(&sure.form(".form").presses()) {
        let mut bare = form.clone();
        bare.fields.retain(|(name, _)| !name.starts_with("letters") && !name.starts_with("rows"));
        let answer = app.submit(&bare).await;
        assert!(!answer.text().contains("16-1-2023"), "{:?}", form.value("action"));
        assert!(!answer.header("content-disposition").contains("dossier"), "{:?}", form.value("action"));
    }
    // Nor is a ticket of one thing a ticket of another.
    let other = app.post("/hulpvraag/volgen", &[("ticket", &ticket), ("action", &"export".to_owned())]).await;
    other.with(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn tickets_of_a_request_end_after_two_hours_and_with_what_is_hers() {
    let app = TestApp::new().await;
    let held = help::made(&app, &[]).await;
    let page = help::opened(&app, &held).await.view();
    let export = page.form(":has([value='export'])").press("export");
    app.submit(&export).await.with(StatusCode::OK);
    app.services.clock.move_by(120 * MINUTE + 1);
    app.submit(&export).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    let page = help::opened(&app, &held).await.view();
    let (export, sure) =
        (page.form(":has([value='export'])").press("export"), ask_withdraw(&app, &page).await);
    app.submit(&sure).await.with(StatusCode::OK);
    let again = app.submit(&export).await.text();
    assert!(!again.contains("Fatma") && !again.contains("06 12345678"), "{again}");
}

async fn ask_withdraw(app: &TestApp, page: &View) -> Form {
    let sure = app.submit(&page.form(":has([value='ask_withdraw'])").press("ask_withdraw")).await.view();
    sure.form(".form").press("withdraw")
}

#[tokio::test]
async fn a_link_code_of_before_a_newer_one_is_void_and_of_another_office_reaches_no_case() {
    let app = TestApp::new().await;
    let older = dossier::told_by_an_office(&app).await;
    let offices = Offices::new(app.services.store.clone());
    let now = app.services.clock.now();
    let newer = offices.make_links("Kantoor", vec!["Z-1".to_owned()], now).await.expect("an answer");
    let newer = newer.expect("its case")[0].code.to_string();
    let stolen = offices.make_links("Ander kantoor", vec!["Z-1".to_owned()], now).await.expect("an answer");
    assert!(stolen.is_err(), "the number is another case with them");
    let dossiers = Dossiers::new(app.services.store.clone(), app.services.keys.clone());
    let hers = dossiers.make("1", &Entries::default(), b"she", now).await.expect("a dossier");
    let opened = dossiers.open(hers, now).await.expect("an answer").expect("a dossier");
    let link = async |code: &str| {
        dossiers.link(&opened, &Code::read(code).expect("a code"), now).await.expect("an answer")
    };
    assert!(link(&older).await.is_none());
    assert!(link(&newer).await.is_some());
}

#[tokio::test]
async fn a_number_on_the_form_gives_nobody_what_another_made_with_it() {
    let app = TestApp::new().await;
    let line =
        app.post("/tijdlijn", &crate::timeline::letters(&[("registered", "16-1-2023", "")])).await.view();
    let confirm = app.submit(&line.form(".form").press("/dossier")).await.view().form(".form").press("make");
    let code = words(app.submit(&confirm).await.view().one(".code"));
    // Who saw only the code of a request, or made up a number, gets another dossier.
    let made_up = confirm.clone().with("form", &"0".repeat(32));
    assert_ne!(words(app.submit(&made_up).await.view().one(".code")), code);
    let elsewhere = post("/dossier").header(header::CONTENT_TYPE, FORM);
    let body = encoded(&confirm.clone().with("form", &"0".repeat(31)).fields);
    let answer = app.send(elsewhere.body(body.into()).expect("a request")).await.view();
    assert!(!answer.has(".code"));
}
