//! Who works here: let in by a link of the demo, greeted, kept in for a while, and let through only where the table says.

use app::urls::{DESK, EXTEND, SIGN_OUT};
use axum::body::Body;
use axum::http::{Method as HttpMethod, Request, StatusCode, header};
use server::account::{Accounts, Method, Role, TABLE};
use server::config::{Config, KeysConfig};

use crate::app::{Answer, FORM, TestApp, encoded, post};
use crate::browser::{Form, View, words};

const SIGN_IN: &str = "/inloggen";
const MINUTE: i64 = 60;
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// A browser of someone who is signed in.
#[derive(Clone)]
pub struct Browser<'a> {
    pub app: &'a TestApp,
    /// As it sends it.
    pub cookie: String,
}

impl TestApp {
    /// Signs in as the first with that role, by the demo's link; each works once.
    pub async fn sign_in(&self, role: Role) -> Browser<'_> {
        let (_, code) = self.demo_links.iter().find(|(person, _)| person.role == role).expect("a link");
        let path = format!("/inloggen/demo/{}", code.signs());
        let page = self.get(&path).await.with(StatusCode::OK).view();
        page.check();
        let answer = self.submit(&page.form(".form")).await.with(StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), DESK);
        Browser { app: self, cookie: cookie(&answer) }
    }
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(HttpMethod::GET, path).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = post(path).header(header::CONTENT_TYPE, FORM).header(header::COOKIE, &self.cookie);
        self.app.send(request.body(encoded(fields).into()).expect("a request")).await
    }

    pub async fn submit(&self, form: &Form) -> Answer {
        assert_eq!(form.method, "post");
        let fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&form.action, &fields).await
    }

    async fn ask(&self, method: HttpMethod, path: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, &self.cookie);
        self.app.send(request.body(Body::empty()).expect("a request")).await
    }
}

/// Every page that signing in and the desk have, for tests that read.
pub async fn every_state() -> Vec<(&'static str, View)> {
    let app = TestApp::new().await;
    let (_, code) = &app.demo_links[0];
    let link = format!("/inloggen/demo/{}", code.signs());
    let before = app.get(&link).await.view();
    let expert = app.sign_in(Role::ExperienceExpert).await;
    vec![
        ("a link of the demo", before),
        ("a link of the demo that was used", app.get(&link).await.view()),
        ("signed in", expert.get(DESK).await.view()),
        ("signed in for longer", expert.post(EXTEND, &[]).await.view()),
        ("not for her role", expert.get("/balie/logboek").await.view()),
        ("the log", app.sign_in(Role::Auditor).await.get("/balie/logboek").await.view()),
        ("sent, and not signed in", app.post("/balie/oppakken", &[("id", "1")]).await.view()),
    ]
}

/// What a browser keeps of an answer, to send it back.
#[track_caller]
fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    set.split_once(';').map(|(pair, _)| pair.to_owned()).unwrap_or_else(|| panic!("no cookie in {set:?}"))
}

fn real(config: &mut Config) {
    config.demo = false;
    config.operator = Some("Stichting Herstel".to_owned());
    config.helpline = Some("030-1234567".to_owned());
    config.keys = KeysConfig { seal_keys: Some(KEY.into()) };
}

#[tokio::test]
async fn a_link_of_the_demo_lets_in_once_and_the_desk_greets_by_name_and_role() {
    let app = TestApp::new().await;
    assert_eq!(app.demo_links.len(), 6);
    for (person, code) in &app.demo_links {
        let path = format!("/inloggen/demo/{}", code.signs());
        // Opening it, as a preview of a message does, uses up nothing.
        app.get(&path).await.with(StatusCode::OK);
        let form = app.get(&path).await.with(StatusCode::OK).view().form(".form");
        let answer = app.submit(&form).await.with(StatusCode::SEE_OTHER);
        let desk = Browser { app: &app, cookie: cookie(&answer) }.get(DESK).await.with(StatusCode::OK);
        assert_eq!(desk.header("cache-control"), "no-store");
        let desk = desk.view();
        desk.check();
        assert_eq!(desk.heading(), format!("Welkom, {}", person.name));
        let role = app::content::desk::role::of(person.role).name;
        assert!(words(desk.one(".nl-paragraph--lead")).contains(role), "{role}");

        let again = app.submit(&form).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.header("set-cookie"), "");
        app.get(&path).await.with(StatusCode::UNPROCESSABLE_ENTITY).view().check();
    }
}

#[tokio::test]
async fn outside_the_demo_no_link_leads_anywhere() {
    let demo = TestApp::new().await;
    let (_, code) = &demo.demo_links[0];
    let app = TestApp::set(real).await;
    assert!(app.demo_links.is_empty() && app.services.demo_accounts.is_none());
    let path = format!("/inloggen/demo/{}", code.signs());
    app.get(&path).await.with(StatusCode::NOT_FOUND);
    let posted = app.post(&path, &[("", "")]).await;
    assert!(posted.status.is_client_error() && posted.header("set-cookie").is_empty(), "{}", posted.status);
}

#[tokio::test]
async fn a_demo_that_becomes_real_ends_its_accounts_and_its_sessions() {
    let demo = TestApp::new().await;
    let expert = demo.sign_in(Role::ExperienceExpert).await;
    let mut config = None;
    TestApp::set(|it| {
        real(it);
        config = Some(it.clone());
    })
    .await;
    let services = &demo.services;
    let accounts = Accounts::new(services.store.clone());
    let config = config.expect("settings");
    let made =
        server::account::DemoAccounts::of(&config, &accounts, services.clock.now()).await.expect("done");
    assert!(made.is_none());
    assert!(accounts.everyone().await.expect("a list").iter().all(|member| member.blocked_at.is_some()));
    expert.get(DESK).await.with(StatusCode::SEE_OTHER);
}

/// Every role, and nobody, at every route that the table knows.
#[tokio::test]
async fn every_guarded_route_lets_through_whom_the_table_allows_and_nobody_else() {
    let app = TestApp::new().await;
    let mut routes: Vec<(Method, &str)> = TABLE.iter().map(|row| (row.method, row.path)).collect();
    routes.dedup();
    for (method, path) in &routes {
        let address = path.replace("{id}", "0190b1a2c3d44e5f8a9b0c1d2e3f4a5b");
        let nobody = if *method == Method::Get {
            let answer = app.get(&address).await.with(StatusCode::SEE_OTHER);
            assert_eq!(answer.header("location"), SIGN_IN, "{path}");
            answer
        } else {
            app.post(&address, &[("id", "1")]).await.with(StatusCode::UNAUTHORIZED)
        };
        assert_eq!(nobody.header("cache-control"), "no-store", "{path}");
        // A cookie of one's own making is nobody too.
        let forged = Browser { app: &app, cookie: format!("__Host-balie={}", "0".repeat(64)) };
        let forged = if *method == Method::Get {
            forged.get(&address).await
        } else {
            forged.post(&address, &[]).await
        };
        assert_eq!(forged.status, nobody.status, "{path}");
    }
    for role in Role::STAFF {
        let browser = app.sign_in(role).await;
        for (method, path) in &routes {
            let address = path.replace("{id}", "0190b1a2c3d44e5f8a9b0c1d2e3f4a5b");
            let answer = if *method == Method::Get {
                browser.get(&address).await
            } else {
                browser.post(&address, &[("id", "1")]).await
            };
            let rows = TABLE.iter().filter(|row| (row.method, row.path) == (*method, *path));
            if rows.into_iter().any(|row| row.is_for(role)) {
                let refused = [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
                let is_back_at_sign_in = answer.header("location") == SIGN_IN;
                assert!(
                    !refused.contains(&answer.status)
                        || (answer.status == StatusCode::SEE_OTHER && !is_back_at_sign_in),
                    "{role:?} {method:?} {path}: {}",
                    answer.status
                );
            } else {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} {method:?} {path}");
                answer.view().check();
            }
        }
    }
}

#[tokio::test]
async fn what_has_no_row_in_the_table_leads_nowhere_also_for_who_is_signed_in() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in(Role::Coordinator).await;
    for path in ["/balie/", "/balie/nergens", "/balie/aanvraag", "/balie/overzicht/alles", "/balie/oppakken"]
    {
        coordinator.get(path).await.with(StatusCode::NOT_FOUND).view().check();
    }
    coordinator.ask(HttpMethod::DELETE, DESK).await.with(StatusCode::METHOD_NOT_ALLOWED);
    // Not the desk, only alike.
    coordinator.get("/baliewerk").await.with(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_cookie_is_for_this_site_alone_and_never_for_scripts() {
    let app = TestApp::new().await;
    let (_, code) = &app.demo_links[0];
    let answer = app.post(&format!("/inloggen/demo/{}", code.signs()), &[("", "")]).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-balie=") && set.len() > 64, "{set}");
    for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(set.split("; ").any(|it| it == part), "{part} in {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn who_does_nothing_for_a_quarter_of_an_hour_is_signed_out() {
    let app = TestApp::new().await;
    let expert = app.sign_in(Role::ExperienceExpert).await;
    app.services.clock.move_by(15 * MINUTE - 1);
    expert.get(DESK).await.with(StatusCode::OK);
    app.services.clock.move_by(15 * MINUTE);
    expert.get(DESK).await.with(StatusCode::SEE_OTHER);
    // Coming back later doesn't open it again.
    expert.get(DESK).await.with(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_keeps_working_signs_in_again_after_two_hours() {
    let app = TestApp::new().await;
    let expert = app.sign_in(Role::ExperienceExpert).await;
    for _ in 0..11 {
        app.services.clock.move_by(10 * MINUTE);
        expert.get(DESK).await.with(StatusCode::OK);
    }
    app.services.clock.move_by(10 * MINUTE);
    expert.get(DESK).await.with(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_desk_tells_when_the_session_ends_and_a_button_makes_it_last() {
    let app = TestApp::new().await;
    let expert = app.sign_in(Role::ExperienceExpert).await;
    let desk = expert.get(DESK).await.with(StatusCode::OK).view();
    // Signed in at 9.00 in Amsterdam.
    let told = words(desk.one(".session"));
    assert!(told.contains("09.15 uur") && told.contains("11.00 uur"), "{told}");
    app.services.clock.move_by(14 * MINUTE);
    let stays = desk.form(&format!("[action='{EXTEND}']"));
    let extended = expert.submit(&stays).await.with(StatusCode::OK).view();
    extended.check();
    assert!(words(extended.one("main")).contains("09.29 uur"));
    app.services.clock.move_by(14 * MINUTE);
    expert.get(DESK).await.with(StatusCode::OK);
}

#[tokio::test]
async fn signing_in_again_gives_another_session_and_ends_the_first() {
    let app = TestApp::new().await;
    let first = app.sign_in(Role::ExperienceExpert).await;
    let (_, code) = app.demo_links.iter().find(|(person, _)| person.role == Role::Auditor).expect("a link");
    let answer =
        first.post(&format!("/inloggen/demo/{}", code.signs()), &[]).await.with(StatusCode::SEE_OTHER);
    let second = Browser { app: &app, cookie: cookie(&answer) };
    assert_ne!(first.cookie, second.cookie);
    first.get(DESK).await.with(StatusCode::SEE_OTHER);
    let log = second.get("/balie/logboek").await.with(StatusCode::OK).view();
    log.check();
    assert!(log.all(".answers > div").len() > 1, "her own signing in stands there too");
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let app = TestApp::new().await;
    let expert = app.sign_in(Role::ExperienceExpert).await;
    let form = expert.get(DESK).await.view().form(&format!("[action='{SIGN_OUT}']"));
    let answer = expert.submit(&form).await.with(StatusCode::SEE_OTHER);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(answer.header("location"), SIGN_IN);
    expert.get(DESK).await.with(StatusCode::SEE_OTHER);
    // Whoever isn't signed in may say so too.
    app.post(SIGN_OUT, &[("", "")]).await.with(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_blocked_helper_is_out_at_once() {
    let app = TestApp::new().await;
    let expert = app.sign_in(Role::ExperienceExpert).await;
    expert.get(DESK).await.with(StatusCode::OK);
    let accounts = Accounts::new(app.services.store.clone());
    let everyone = accounts.everyone().await.expect("a list");
    let blocked = everyone.iter().find(|member| member.staff.name == "Samira").expect("she");
    assert!(accounts.block(&blocked.staff.id, app.services.clock.now()).await.expect("done"));
    expert.get(DESK).await.with(StatusCode::SEE_OTHER);
    expert.post(EXTEND, &[]).await.with(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn no_script_runs_where_who_works_here_signs_in_or_works() {
    let app = TestApp::new().await;
    let expert = app.sign_in(Role::ExperienceExpert).await;
    for answer in [app.get(SIGN_IN).await, expert.get(DESK).await] {
        assert!(answer.header("content-security-policy").contains("script-src 'none'"));
        assert!(!answer.view().has("script, leptos-island"));
    }
}

#[tokio::test]
async fn without_a_provider_signing_in_says_that_it_isnt_available() {
    for app in [TestApp::new().await, TestApp::set(real).await] {
        let page = app.get(SIGN_IN).await.with(StatusCode::OK).view();
        page.check();
        assert!(page.has("main .notice") && !page.has("main form"));
    }
}
