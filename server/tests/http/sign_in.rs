//! Signing in at a provider: an honest one lets in whom we invited; whatever lies, lets in nobody.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use p256::pkcs8::{EncodePrivateKey, LineEnding};
use serde_json::{Value, json};
use server::account::{Accounts, ClientKey, Represented, Role};
use server::clock::Clock;
use server::code::Code;
use server::config::Config;
use server::figures::Figures;

use crate::app::{Answer, CLIENT_ADDRESS, FORM, MORNING, TestApp, encoded, post};
use crate::browser::View;
use crate::cluster;
use crate::log;
use crate::provider::hostile::{Answers, HONEST, Hostile, Lie, Says, Signed, secret};

const PATH: &str = "/inloggen";
const RETURN: &str = "/inloggen/terug";
pub const SUBSTANTIAL: &str = "http://eidas.europa.eu/LoA/substantial";
const LOW: &str = "http://eidas.europa.eu/LoA/low";
const HIGH: &str = "http://eidas.europa.eu/LoA/high";
/// Nothing of who signs in may be written down.
const SUBJECT: &str = "merkteken-van-wie-inlogt";

/// A site whose staff sign in at a provider.
pub struct Place {
    pub app: TestApp,
    pub accounts: Accounts,
    pub organisation_id: String,
}

impl Place {
    pub async fn at(issuer: String) -> Place {
        Place::of(TestApp::set(|config| configure(config, issuer)).await).await
    }

    /// With a clock that goes by itself, as that of the provider does.
    pub async fn really_at(issuer: String) -> Place {
        Place::of(TestApp::by_the_clock(|config| configure(config, issuer)).await).await
    }

    async fn of(app: TestApp) -> Place {
        let accounts = Accounts::new(app.services.store.clone());
        let now = app.services.clock.now();
        let made = accounts.make_organisation("Stichting Hulp", represented(), ["", ""], now).await;
        let organisation_id = made.expect("a database").expect("a new organisation").id;
        Place { app, accounts, organisation_id }
    }

    /// The code of a new invitation.
    pub async fn invite(&self, name: &str) -> (String, Code) {
        let now = self.app.services.clock.now();
        let (role, organisation) = (Role::ExperienceExpert, Some(self.organisation_id.as_str()));
        self.accounts.invite(role, name, organisation, now).await.expect("an invitation")
    }

    /// Off to the provider, with or without an invitation.
    pub async fn depart(&self, invitation: Option<&Code>) -> Trip {
        let page = self.app.get(PATH).await.with(StatusCode::OK).view();
        page.check();
        let code = invitation.map(ToString::to_string).unwrap_or_default();
        let form = page.form(".form").with("invitation", &code);
        let answer = self.app.submit(&form).await.with(StatusCode::SEE_OTHER);
        let [cookie] = cookies(&answer).try_into().expect("one cookie");
        Trip { address: answer.header("location").to_owned(), cookie }
    }

    /// Back from it.
    pub async fn arrive(&self, cookie: &str, told: &[(&str, &str)]) -> Answer {
        let address = format!("{RETURN}?{}", encoded(told));
        let request =
            Request::get(address).header(header::COOKIE, cookie).header("sec-fetch-site", "cross-site");
        self.app.send(request.body(Body::empty()).expect("a request")).await
    }

    async fn has_signed_in(&self, id: &str) -> bool {
        let everyone = self.accounts.everyone().await.expect("a list");
        everyone.iter().any(|member| member.staff.id == id && member.signed_in_at.is_some())
    }
}

/// A browser on its way.
pub struct Trip {
    pub address: String,
    pub cookie: String,
}

impl Trip {
    pub fn parameter(&self, name: &str) -> String {
        let (_, query) = self.address.split_once('?').expect("a query");
        let found = form_urlencoded::parse(query.as_bytes()).find(|(it, _)| it == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

/// What a browser keeps of an answer, as it sends it back.
pub fn cookies(answer: &Answer) -> Vec<String> {
    let set = answer.headers.get_all(header::SET_COOKIE).iter();
    set.filter_map(|value| value.to_str().ok()?.split_once(';'))
        .map(|(pair, _)| pair.to_owned())
        .filter(|pair| !pair.ends_with('='))
        .collect()
}

pub fn configure(config: &mut Config, issuer: String) {
    config.public_address = Some("https://herstelroute.test/".to_owned());
    config.login.login_issuer = Some(issuer);
    config.login.login_client_id = Some("herstelroute".to_owned());
    config.login.login_key = Some(own_key().into());
    config.login.login_acr = SUBSTANTIAL.to_owned();
}

/// The public half of our own key, as a provider gets it.
pub fn own_keys() -> Value {
    let key = ClientKey::read(&own_key()).expect("a key");
    serde_json::from_str(&key.public_set()).expect("JSON")
}

fn own_key() -> String {
    secret(99).to_pkcs8_pem(LineEnding::LF).expect("PEM").to_string()
}

fn represented() -> Represented {
    Represented {
        issuer: "urn:register".to_owned(),
        id_type: "urn:nl-eid-gdi:1.0:id:OIN".to_owned(),
        id: "00000001".to_owned(),
    }
}

pub fn represents() -> Value {
    json!({"iss": "urn:register", "sub_id_type": "urn:nl-eid-gdi:1.0:id:OIN", "sub": "00000001"})
}

/// A place whose provider may lie.
struct Scene {
    place: Place,
    provider: Hostile,
}

impl Scene {
    async fn new() -> Scene {
        let provider = Hostile::start().await;
        Scene { place: Place::at(provider.issuer()).await, provider }
    }

    /// There and back, as somebody.
    async fn sign_in(&self, subject: &str, invitation: Option<&Code>) -> Answer {
        let trip = self.place.depart(invitation).await;
        self.says(&trip, subject);
        self.back(&trip).await
    }

    fn says(&self, trip: &Trip, subject: &str) {
        self.provider.says(Says {
            subject: subject.to_owned(),
            acr: SUBSTANTIAL.to_owned(),
            represents: Some(represents()),
            nonce: trip.parameter("nonce"),
            challenge: trip.parameter("code_challenge"),
            at: self.place.app.services.clock.now().at,
        });
    }

    async fn back(&self, trip: &Trip) -> Answer {
        let (state, issuer) = (trip.parameter("state"), self.provider.issuer());
        self.place.arrive(&trip.cookie, &[("code", "a code"), ("state", &state), ("iss", &issuer)]).await
    }
}

/// Nobody is let in, a page says so, and the invitation is still good for an honest sign-in.
async fn check_refused(lie: Lie) {
    check_refused_with(lie, StatusCode::UNPROCESSABLE_ENTITY).await;
}

async fn check_refused_with(lie: Lie, status: StatusCode) {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    scene.provider.lies(lie);
    let refused = scene.sign_in(SUBJECT, Some(&code)).await.with(status);
    check_nobody(&scene, &refused, &id).await;
    scene.provider.lies(HONEST);
    // What it told about itself is believed for an hour; a provider that was away is left alone for a moment.
    scene.place.app.services.clock.move_by(60 * 60);
    let let_in = scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
    assert_eq!(let_in.header("location"), "/balie");
    assert!(scene.place.has_signed_in(&id).await);
}

async fn check_nobody(scene: &Scene, refused: &Answer, id: &str) {
    assert_eq!(cookies(refused), Vec::<String>::new());
    refused.view().check();
    assert!(refused.view().has(".error-summary, .notice"), "it says why");
    assert!(!scene.place.has_signed_in(id).await);
    assert!(!log::written().contains(SUBJECT));
}

/// What the pages of signing in say, for tests that read.
pub async fn every_state() -> Vec<(&'static str, View)> {
    let scene = Scene::new().await;
    let lies: [(&'static str, Lie); 5] = [
        ("can't be trusted", Lie { signed: Signed::NotAtAll, ..HONEST }),
        ("not sure enough", Lie { claims: |it| it["acr"] = LOW.into(), ..HONEST }),
        ("no organisation", Lie { claims: |it| it["represents"] = Value::Null, ..HONEST }),
        ("another organisation", Lie { claims: |it| it["represents"]["sub"] = "2".into(), ..HONEST }),
        ("doesn't answer", Lie { answers: Answers::WithTooMuch, ..HONEST }),
    ];
    let (id, code) = scene.place.invite("Samira").await;
    let mut states = vec![
        ("can sign in", scene.place.app.get(PATH).await.view()),
        ("not invited", scene.sign_in("nobody", None).await.view()),
    ];
    let form = states[0].1.form(".form").with("invitation", "0000");
    states.push(("a wrong invitation", scene.place.app.submit(&form).await.view()));
    for (what, lie) in lies {
        scene.provider.lies(lie);
        states.push((what, scene.sign_in(SUBJECT, Some(&code)).await.view()));
    }
    scene.provider.lies(HONEST);
    let trip = scene.place.depart(None).await;
    let (state, issuer) = (trip.parameter("state"), scene.provider.issuer());
    let told = [("error", "access_denied"), ("state", state.as_str()), ("iss", issuer.as_str())];
    states.push(("stopped", scene.place.arrive(&trip.cookie, &told).await.view()));
    scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
    scene.place.accounts.block(&id, scene.place.app.services.clock.now()).await.expect("blocked");
    states.push(("blocked", scene.sign_in(SUBJECT, None).await.view()));
    for _ in 0..10 {
        scene.place.app.submit(&form).await;
    }
    states.push(("tried too often", scene.place.app.submit(&form).await.view()));
    states
}

#[tokio::test]
async fn who_was_invited_is_let_in_and_from_then_without_the_invitation() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    let let_in = scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
    assert_eq!(let_in.header("location"), "/balie");
    assert!(scene.place.has_signed_in(&id).await);
    let [session] = cookies(&let_in).try_into().expect("one cookie: the other is gone");
    assert!(session.starts_with("__Host-balie="));
    let request = Request::get("/balie").header(header::COOKIE, session);
    let desk = scene.place.app.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(desk.with(StatusCode::OK).view().heading(), "Welkom, Samira");

    scene.sign_in(SUBJECT, None).await.with(StatusCode::SEE_OTHER);
    assert!(!log::written().contains(SUBJECT));
}

#[tokio::test]
async fn the_browser_is_sent_with_all_that_the_profile_asks_for() {
    let scene = Scene::new().await;
    let trip = scene.place.depart(None).await;
    assert!(trip.address.starts_with(&format!("{}/auth?", scene.provider.issuer())));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "herstelroute"),
        ("scope", "openid"),
        ("redirect_uri", "https://herstelroute.test/inloggen/terug"),
        ("code_challenge_method", "S256"),
        ("acr_values", &format!("{SUBSTANTIAL} {HIGH}")),
    ] {
        assert_eq!(trip.parameter(name), value, "{name}");
    }
    let other = scene.place.depart(None).await;
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(trip.parameter(name).len(), 43, "{name}: 256 bits");
        assert_ne!(trip.parameter(name), other.parameter(name), "{name}");
    }
}

#[tokio::test]
async fn the_policy_lets_the_form_lead_to_the_provider_and_nowhere_else() {
    let scene = Scene::new().await;
    let policy = |answer: &Answer| answer.header("content-security-policy").to_owned();
    let page = policy(&scene.place.app.get(PATH).await);
    assert!(page.contains(&format!("form-action 'self' {};", scene.provider.issuer())), "{page}");
    assert!(policy(&scene.place.app.get("/dossier").await).contains("form-action 'self';"));
}

#[tokio::test]
async fn the_public_key_is_there_for_the_provider_and_the_private_one_isnt() {
    let scene = Scene::new().await;
    let answer = scene.place.app.get("/inloggen/sleutels").await.with(StatusCode::OK);
    let set: Value = serde_json::from_str(&answer.text()).expect("JSON");
    let key = &set["keys"][0];
    assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("EC"), &json!("ES256"), &json!("sig")));
    assert!(key.get("d").is_none());
    TestApp::new().await.get("/inloggen/sleutels").await.with(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_surer_sign_in_than_asked_lets_in() {
    let scene = Scene::new().await;
    let (_, code) = scene.place.invite("Samira").await;
    scene.provider.lies(Lie { claims: |it| it["acr"] = HIGH.into(), ..HONEST });
    scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
}

// What a token says.

#[tokio::test]
async fn a_token_of_another_issuer_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["iss"] = "https://elders.example".into(), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_for_another_client_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["aud"] = "another".into(), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_is_for_another_client_too_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["aud"] = json!(["herstelroute", "another"]), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_given_out_for_another_client_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["azp"] = "another".into(), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_with_another_nonce_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["nonce"] = "another".into(), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_without_a_nonce_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["nonce"] = Value::Null, ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_is_over_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["exp"] = json!(it["iat"].as_i64().unwrap()), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_was_made_long_ago_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["iat"] = json!(it["iat"].as_i64().unwrap() - 601), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_from_the_future_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["iat"] = json!(it["iat"].as_i64().unwrap() + 61), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_doesnt_count_yet_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["nbf"] = json!(it["iat"].as_i64().unwrap() + 61), ..HONEST }).await;
}

#[tokio::test]
async fn a_token_without_a_subject_lets_nobody_in() {
    check_refused(Lie { claims: |it| it["sub"] = Value::Null, ..HONEST }).await;
}

#[tokio::test]
async fn without_a_level_of_assurance_nobody_is_let_in() {
    check_refused(Lie { claims: |it| it["acr"] = Value::Null, ..HONEST }).await;
}

#[tokio::test]
async fn with_too_low_a_level_of_assurance_nobody_is_let_in() {
    check_refused(Lie { claims: |it| it["acr"] = LOW.into(), ..HONEST }).await;
}

#[tokio::test]
async fn who_doesnt_tell_for_whom_she_works_isnt_let_in() {
    check_refused(Lie { claims: |it| it["represents"] = Value::Null, ..HONEST }).await;
}

#[tokio::test]
async fn who_works_for_another_organisation_isnt_let_in() {
    for claims in [
        (|it: &mut Value| it["represents"]["sub"] = "00000002".into()) as fn(&mut Value),
        |it| it["represents"]["iss"] = "urn:another".into(),
        |it| it["represents"]["sub_id_type"] = "urn:another".into(),
    ] {
        check_refused(Lie { claims, ..HONEST }).await;
    }
}

#[tokio::test]
async fn an_organisation_that_isnt_told_in_full_lets_nobody_in() {
    for claims in [
        (|it: &mut Value| it["represents"] = json!({"sub": "00000001"})) as fn(&mut Value),
        |it| it["represents"] = json!("00000001"),
        |it| it["represents"] = json!([represents()]),
        |it| it["represents"]["represents"] = represents(),
    ] {
        check_refused(Lie { claims, ..HONEST }).await;
    }
}

// How it is signed.

#[tokio::test]
async fn a_token_that_isnt_signed_lets_nobody_in() {
    check_refused(Lie { signed: Signed::NotAtAll, ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_is_signed_with_another_key_lets_nobody_in() {
    check_refused(Lie { signed: Signed::WithAnotherKey, ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_is_signed_with_a_key_that_nobody_told_of_lets_nobody_in() {
    check_refused(Lie { signed: Signed::WithAnUnknownKey, ..HONEST }).await;
}

#[tokio::test]
async fn a_token_that_takes_the_public_key_for_a_secret_lets_nobody_in() {
    check_refused(Lie { signed: Signed::WithThePublicKeyAsASecret, ..HONEST }).await;
}

// How it answers.

#[tokio::test]
async fn a_code_that_the_provider_doesnt_take_lets_nobody_in() {
    check_refused(Lie { answers: Answers::ByRefusing, ..HONEST }).await;
}

#[tokio::test]
async fn an_answer_without_a_token_lets_nobody_in() {
    for answers in [Answers::WithoutAToken, Answers::WithNoJson] {
        check_refused(Lie { answers, ..HONEST }).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_too_large_lets_nobody_in() {
    check_refused_with(Lie { answers: Answers::WithTooMuch, ..HONEST }, StatusCode::SERVICE_UNAVAILABLE)
        .await;
}

#[tokio::test]
async fn an_answer_that_takes_too_long_lets_nobody_in() {
    check_refused_with(Lie { answers: Answers::TooLate, ..HONEST }, StatusCode::SERVICE_UNAVAILABLE).await;
}

#[tokio::test]
async fn an_answer_that_sends_us_elsewhere_isnt_followed() {
    check_refused(Lie { answers: Answers::BySendingElsewhere, ..HONEST }).await;
}

// There and back.

#[tokio::test]
async fn coming_back_a_second_time_lets_nobody_in() {
    let scene = Scene::new().await;
    let (_, code) = scene.place.invite("Samira").await;
    let trip = scene.place.depart(Some(&code)).await;
    scene.says(&trip, SUBJECT);
    scene.back(&trip).await.with(StatusCode::SEE_OTHER);
    // The browser kept its cookie, and the provider takes the code once more.
    let again = scene.back(&trip).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cookies(&again), Vec::<String>::new());
    assert_eq!(scene.provider.asked("token"), 1, "the code isn't shown to the provider again");
}

#[tokio::test]
async fn coming_back_in_another_browser_lets_nobody_in() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    let (hers, his) = (scene.place.depart(Some(&code)).await, scene.place.depart(None).await);
    scene.says(&hers, SUBJECT);
    for cookie in [his.cookie.as_str(), "", "__Host-inloggen=", "__Host-inloggen=x"] {
        let elsewhere = Trip { address: hers.address.clone(), cookie: cookie.to_owned() };
        let refused = scene.back(&elsewhere).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        check_nobody(&scene, &refused, &id).await;
    }
    assert_eq!(scene.provider.asked("token"), 0);
    scene.back(&hers).await.with(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn coming_back_with_another_state_or_none_lets_nobody_in() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    let trip = scene.place.depart(Some(&code)).await;
    scene.says(&trip, SUBJECT);
    let issuer = scene.provider.issuer();
    for told in [
        &[("code", "x"), ("state", "another"), ("iss", &issuer)][..],
        &[("code", "x"), ("iss", &issuer)],
        &[],
    ] {
        let refused = scene.place.arrive(&trip.cookie, told).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        check_nobody(&scene, &refused, &id).await;
    }
}

#[tokio::test]
async fn coming_back_too_late_lets_nobody_in() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    let trip = scene.place.depart(Some(&code)).await;
    scene.place.app.services.clock.move_by(601);
    scene.says(&trip, SUBJECT);
    let refused = scene.back(&trip).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    check_nobody(&scene, &refused, &id).await;
}

#[tokio::test]
async fn a_code_that_another_provider_gave_isnt_shown_to_this_one() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    for issuer in [Some("https://elders.example"), Some(""), None] {
        let trip = scene.place.depart(Some(&code)).await;
        scene.says(&trip, SUBJECT);
        let state = trip.parameter("state");
        let mut told = vec![("code", "a code"), ("state", state.as_str())];
        told.extend(issuer.map(|issuer| ("iss", issuer)));
        let refused = scene.place.arrive(&trip.cookie, &told).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        check_nobody(&scene, &refused, &id).await;
    }
    assert_eq!(scene.provider.asked("token"), 0);
}

#[tokio::test]
async fn a_provider_that_never_says_who_it_is_may_keep_silent() {
    let scene = Scene::new().await;
    scene.provider.lies(Lie {
        metadata: |it| it["authorization_response_iss_parameter_supported"] = false.into(),
        ..HONEST
    });
    let (_, code) = scene.place.invite("Samira").await;
    let trip = scene.place.depart(Some(&code)).await;
    scene.says(&trip, SUBJECT);
    let state = trip.parameter("state");
    let told = [("code", "a code"), ("state", state.as_str())];
    scene.place.arrive(&trip.cookie, &told).await.with(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_stops_halfway_can_begin_again() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    let trip = scene.place.depart(Some(&code)).await;
    let (state, issuer) = (trip.parameter("state"), scene.provider.issuer());
    let told = [("error", "access_denied"), ("state", state.as_str()), ("iss", issuer.as_str())];
    let refused = scene.place.arrive(&trip.cookie, &told).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    check_nobody(&scene, &refused, &id).await;
    scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
}

// Who may come.

#[tokio::test]
async fn who_wasnt_invited_isnt_let_in() {
    let scene = Scene::new().await;
    let (id, _) = scene.place.invite("Samira").await;
    let refused = scene.sign_in(SUBJECT, None).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    check_nobody(&scene, &refused, &id).await;
}

#[tokio::test]
async fn an_invitation_lets_in_one_person() {
    let scene = Scene::new().await;
    let (_, code) = scene.place.invite("Samira").await;
    let (first, second) = (scene.place.depart(Some(&code)).await, scene.place.depart(Some(&code)).await);
    scene.says(&first, SUBJECT);
    scene.back(&first).await.with(StatusCode::SEE_OTHER);
    scene.says(&second, "somebody else");
    let refused = scene.back(&second).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cookies(&refused), Vec::<String>::new());
    let form = scene.place.app.get(PATH).await.view().form(".form").with("invitation", &code.to_string());
    scene.place.app.submit(&form).await.with(StatusCode::UNPROCESSABLE_ENTITY).view().check();
}

#[tokio::test]
async fn an_invitation_is_good_for_a_week() {
    let scene = Scene::new().await;
    let (_, code) = scene.place.invite("Samira").await;
    scene.place.app.services.clock.move_by(7 * 24 * 60 * 60);
    scene.place.depart(Some(&code)).await;
    scene.place.app.services.clock.move_by(1);
    let form = scene.place.app.get(PATH).await.view().form(".form").with("invitation", &code.to_string());
    scene.place.app.submit(&form).await.with(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn who_was_blocked_isnt_let_in() {
    let scene = Scene::new().await;
    let (id, code) = scene.place.invite("Samira").await;
    scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
    assert!(scene.place.accounts.block(&id, scene.place.app.services.clock.now()).await.expect("done"));
    let refused = scene.sign_in(SUBJECT, None).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cookies(&refused), Vec::<String>::new());
    refused.view().check();
}

#[tokio::test]
async fn who_guesses_invitations_is_stopped_and_others_arent() {
    let scene = Scene::new().await;
    let (_, code) = scene.place.invite("Samira").await;
    let form = scene.place.app.get(PATH).await.view().form(".form");
    let try_from = async |address: &str, code: &str| {
        let request = post(PATH).header(header::CONTENT_TYPE, FORM).header(CLIENT_ADDRESS, address);
        let body = encoded(&form.clone().with("invitation", code).fields);
        scene.place.app.send(request.body(body.into()).expect("a request")).await
    };
    for _ in 0..10 {
        try_from("192.0.2.1", "0000").await.with(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let stopped = try_from("192.0.2.1", &code.to_string()).await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!(!stopped.header("retry-after").is_empty());
    stopped.view().check();
    try_from("192.0.2.2", &code.to_string()).await.with(StatusCode::SEE_OTHER);
    // Who has an account signs in as before.
    try_from("192.0.2.1", "").await.with(StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_is_the_same_on_postgresql() {
    let provider = Hostile::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let (url, clock) = (cluster::postgres(), Clock::standing_at(MORNING));
    let set = |config: &mut Config| configure(config, provider.issuer());
    let app = TestApp::configured(&url, folder, Figures::default(), clock, set).await;
    let scene = Scene { place: Place::of(app).await, provider };
    let (id, code) = scene.place.invite("Samira").await;
    scene.sign_in(SUBJECT, None).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
    assert!(scene.place.has_signed_in(&id).await);
    let trip = scene.place.depart(None).await;
    scene.says(&trip, SUBJECT);
    scene.back(&trip).await.with(StatusCode::SEE_OTHER);
    scene.back(&trip).await.with(StatusCode::UNPROCESSABLE_ENTITY);
}

// A provider that comes and goes.

#[tokio::test]
async fn a_provider_that_is_away_says_so_on_the_page_and_leaves_the_rest_working() {
    let scene = Scene::new().await;
    let (app, clock) = (&scene.place.app, &scene.place.app.services.clock);
    scene.provider.lies(Lie { is_away: true, ..HONEST });
    for _ in 0..3 {
        let page = app.get(PATH).await.with(StatusCode::SERVICE_UNAVAILABLE).view();
        page.check();
        assert!(page.has("main .notice") && !page.has("main form"));
    }
    assert_eq!(scene.provider.asked("metadata"), 1, "it is left alone for a moment");
    app.post(PATH, &[("invitation", "")]).await.with(StatusCode::SERVICE_UNAVAILABLE).view().check();
    app.get("/bedragen").await.with(StatusCode::OK);
    app.post("/balie/oppakken", &[("id", "1")]).await.with(StatusCode::UNAUTHORIZED);
    scene.provider.lies(HONEST);
    clock.move_by(10);
    app.get(PATH).await.with(StatusCode::OK);
    // What it told is remembered, also when it goes away again.
    scene.provider.lies(Lie { is_away: true, ..HONEST });
    clock.move_by(60 * 60);
    app.get(PATH).await.with(StatusCode::OK);
}

#[tokio::test]
async fn a_provider_that_calls_itself_another_isnt_believed() {
    for metadata in [
        (|it: &mut Value| it["issuer"] = "https://elders.example".into()) as fn(&mut Value),
        |it| it["jwks_uri"] = "http://192.0.2.1/keys".into(),
        |it| it["jwks_uri"] = "file:///etc/passwd".into(),
        |it| it["authorization_endpoint"] = "geen adres".into(),
        |it| it["authorization_endpoint"] = "javascript:alert(1)".into(),
        |it| it["authorization_endpoint"] = "http://192.0.2.1/auth".into(),
    ] {
        let scene = Scene::new().await;
        scene.provider.lies(Lie { metadata, ..HONEST });
        scene.place.app.get(PATH).await.with(StatusCode::SERVICE_UNAVAILABLE).view().check();
    }
}

#[tokio::test]
async fn a_provider_may_change_its_key() {
    let scene = Scene::new().await;
    let (_, code) = scene.place.invite("Samira").await;
    scene.sign_in(SUBJECT, Some(&code)).await.with(StatusCode::SEE_OTHER);
    scene.provider.changes_its_key();
    scene.place.app.services.clock.move_by(10);
    scene.sign_in(SUBJECT, None).await.with(StatusCode::SEE_OTHER);
    assert_eq!(scene.provider.asked("metadata"), 2);
}
