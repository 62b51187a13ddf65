//! /hulpvraag and /hulpvraag/volgen without scripts: asked in small steps, kept once, followed, taken back.

use axum::http::StatusCode;
use server::code::Code;
use server::help::{MOST_REQUESTS, Reference};

use crate::app::{Answer, CLIENT_ADDRESS, FORM, TestApp, encoded, post};
use crate::browser::{Form, View, words};
use crate::log;

const PATH: &str = "/hulpvraag";
const FOLLOW: &str = "/hulpvraag/volgen";

/// One answer a page, in the order in which they are asked.
const ANSWERS: [(&str, &[(&str, &str)]); 10] = [
    ("urgent", &[("urgent", "no")]),
    ("kind", &[("kind", "legal")]),
    ("about", &[("about.step.objection", "yes"), ("about.route.settlement", "yes")]),
    ("wish", &[("wish", "find")]),
    ("preferences", &[("gender", "woman"), ("no_ties.uht", "yes"), ("no_one_from", "Almere")]),
    ("language", &[("language", "tr")]),
    ("region", &[("region", "utrecht"), ("municipality", "Zeist")]),
    (
        "reach",
        &[
            ("name", "Fatma"),
            ("reach.phone", "yes"),
            ("phone", "06 12345678"),
            ("reach.mail", "yes"),
            ("mail", "f@voorbeeld.nl"),
        ],
    ),
    ("moments", &[("moments.morning", "yes"), ("times", "niet op woensdag")]),
    ("story", &[("story", "Regel een.\nRegel <b>twee</b>.")]),
];

/// What she holds once it is made.
pub struct Held {
    pub reference: String,
    pub code: String,
}

fn question(view: &View) -> Form {
    view.form(".form:has([name='at'])")
}

/// Answers everything up to the last page.
pub async fn answered(app: &TestApp, changed: &[(&str, &str)]) -> View {
    let mut view = app.get(PATH).await.with(StatusCode::OK).view();
    view.check();
    for (step, given) in ANSWERS {
        let mut form = question(&view);
        assert_eq!(form.value("at"), Some(step));
        for (name, value) in given {
            let value = changed.iter().find(|(field, _)| field == name).map_or(*value, |(_, value)| *value);
            form = form.with(name, value);
        }
        view = app.submit(&form.press("next")).await.with(StatusCode::OK).view();
        view.check();
    }
    assert_eq!(question(&view).value("at"), Some("check"));
    view
}

fn held(view: &View) -> Held {
    Held { reference: words(view.one("#nummer")), code: words(view.one("#code")) }
}

/// A request, made as a browser does.
pub async fn made(app: &TestApp, changed: &[(&str, &str)]) -> Held {
    let check = answered(app, changed).await;
    held(&app.submit(&question(&check).press("send")).await.with(StatusCode::OK).view())
}

/// The page of a request.
pub async fn opened(app: &TestApp, held: &Held) -> Answer {
    let start = app.get(FOLLOW).await.with(StatusCode::OK).view();
    start.check();
    let form = start.form(".form").with("reference", &held.reference).with("code", &held.code);
    app.submit(&form.press("open")).await
}

/// Everything that both pages can say while nobody helps yet.
pub async fn every_state() -> Vec<(&'static str, &'static str, View)> {
    let app = TestApp::new().await;
    let mut states = Vec::new();
    let mut view = app.get(PATH).await.view();
    for (step, given) in ANSWERS {
        let empty = app.submit(&question(&view).press("next")).await.view();
        states.push((PATH, step, empty));
        let form = given.iter().fold(question(&view), |form, (name, value)| form.with(name, value));
        view = app.submit(&form.press("next")).await.view();
    }
    for (what, wish) in [("choose someone", "chosen"), ("my own helper", "own")] {
        let back = app.submit(&question(&view).press("wish")).await.view();
        let form = question(&back).with("wish", wish).press("next");
        let shown = app.submit(&form).await.with(StatusCode::OK).view();
        states.push((PATH, what, app.submit(&question(&shown).press("next")).await.view()));
        states.push((PATH, what, shown));
    }
    let made = app.submit(&question(&view).press("send")).await.view();
    let held = held(&made);
    states.push((PATH, "all answers", view));
    states.push((PATH, "made", made));
    let page = opened(&app, &held).await.view();
    let wrong = Held { reference: held.reference.clone(), code: "0000".to_owned() };
    states.push((FOLLOW, "a wrong code", opened(&app, &wrong).await.view()));
    let refused = contact(&page).with("phone", "bel maar").press("contact");
    states.push((FOLLOW, "a wrong number", app.submit(&refused).await.view()));
    let changed = app.submit(&contact(&page).with("name", "F.").press("contact")).await.view();
    states.push((FOLLOW, "changed", changed));
    app.services.clock.move_by(4 * 24 * 60 * 60);
    states.push((FOLLOW, "unclaimed for too long", opened(&app, &held).await.view()));
    states.push((FOLLOW, "open too long", app.submit(&contact(&page).press("contact")).await.view()));
    let page_now = opened(&app, &held).await.view();
    let sure = app.submit(&page_now.form(":has([value='ask_withdraw'])").press("ask_withdraw")).await.view();
    let withdrawn = app.submit(&sure.form(".form").press("withdraw")).await.view();
    states.push((FOLLOW, "sure to take it back", sure));
    states.push((FOLLOW, "taken back just now", withdrawn));
    states.push((FOLLOW, "taken back", opened(&app, &held).await.view()));
    app.services.store.clone().close().await;
    let no_database = app.submit(&contact(&page_now).press("contact")).await.view();
    states.push((FOLLOW, "no database", no_database));
    states
}

fn contact(view: &View) -> Form {
    view.form(".form:has([value='contact'])")
}

#[tokio::test]
async fn every_question_leads_on_keeps_what_was_answered_and_can_be_changed() {
    let app = TestApp::new().await;
    let check = answered(&app, &[]).await;
    for (_, given) in ANSWERS {
        for (name, value) in given {
            assert_eq!(question(&check).value(name), Some(*value), "{name} goes along");
        }
    }
    let change = app.submit(&question(&check).press("language")).await.with(StatusCode::OK).view();
    let back = app.submit(&question(&change).with("language", "ar").press("next")).await.view();
    assert_eq!(question(&back).value("at"), Some("check"), "one change, and back to all answers");
    assert_eq!(question(&back).value("language"), Some("ar"));
    assert_eq!(question(&back).value("story"), Some("Regel een.\nRegel <b>twee</b>."));
}

#[tokio::test]
async fn what_a_changed_answer_asks_for_is_asked_and_what_it_leaves_behind_isnt_sent() {
    let app = TestApp::new().await;
    let check = answered(&app, &[]).await;
    let wish = app.submit(&question(&check).press("wish")).await.view();
    let own = app.submit(&question(&wish).with("wish", "own").press("next")).await.view();
    assert_eq!(question(&own).value("at"), Some("own_helper"));
    let form = question(&own).with("own_helper", "mr. De Vries, 030-1234567").press("next");
    let check = app.submit(&form).await.with(StatusCode::OK).view();
    assert!(!words(check.one(".answers")).contains("Almere"), "preferences are for who is looked for");
    let held = held(&app.submit(&question(&check).press("send")).await.with(StatusCode::OK).view());
    let page = opened(&app, &held).await.with(StatusCode::OK).view();
    let file = app.submit(&page.form(":has([value='export'])").press("export")).await.text();
    assert!(file.contains("mr. De Vries") && !file.contains("Almere"), "{file}");
}

#[tokio::test]
async fn what_is_missing_is_told_at_its_place_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let fields = |step: &'static str| {
        let number = "0190b1a2c3d44e5f8a9b0c1d2e3f4a5b";
        vec![("at", step), ("form", number), ("action", "next"), ("times", "kept")]
    };
    for (step, field) in [
        ("urgent", "urgent"),
        ("kind", "kind"),
        ("about", "about"),
        ("wish", "wish"),
        ("profile", "chosen"),
        ("own_helper", "own_helper"),
        ("language", "language"),
        ("region", "region"),
        ("reach", "name"),
    ] {
        let view = app.post(PATH, &fields(step)).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
        view.check();
        assert!(view.has(&format!(".error-summary a[href='#{field}']")), "{step}");
        assert!(view.has_id(field) && view.has_id(&format!("{field}-fout")), "{step}");
        assert_eq!(question(&view).value("times"), Some("kept"), "{step}");
    }
}

#[tokio::test]
async fn a_number_or_an_address_that_cant_be_used_is_refused() {
    let app = TestApp::new().await;
    let base = [("at", "reach"), ("action", "next"), ("name", "F")];
    for (field, typed) in [
        ("phone", "12"),
        ("phone", "bel mij"),
        ("phone", "06 1234567890123456"),
        ("phone", ""),
        ("mail", "f"),
        ("mail", "f@x"),
        ("mail", "f@@voorbeeld.nl"),
        ("mail", "a@b.nl, c@d.nl"),
        ("mail", "f@voorbeeld.nl\nBcc: x@y.nl"),
        ("mail", ""),
    ] {
        let way = format!("reach.{field}");
        let mut sent = base.to_vec();
        sent.extend([(way.as_str(), "yes"), (field, typed)]);
        let view = app.post(PATH, &sent).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
        assert!(view.has(&format!("#{field}-fout")), "{field} {typed:?}");
        assert_eq!(question(&view).value("name"), Some("F"));
    }
}

#[tokio::test]
async fn sent_twice_or_after_a_broken_connection_it_is_made_once() {
    let app = TestApp::new().await;
    let check = question(&answered(&app, &[]).await).press("send");
    let first = held(&app.submit(&check).await.with(StatusCode::OK).view());
    // The answer never arrived; she presses again the next day.
    app.services.clock.move_by(24 * 60 * 60);
    let again = app.submit(&check).await.with(StatusCode::OK).view();
    assert_eq!(words(again.one("#nummer")), first.reference);
    assert_eq!(words(again.one("#code")), first.code);
    let page = opened(&app, &first).await.with(StatusCode::OK).view();
    assert_eq!(page.all("ol.todo > li").len(), 1, "made once");
}

#[tokio::test]
async fn number_and_code_are_what_a_person_can_copy_and_only_together_do_they_open() {
    let app = TestApp::new().await;
    let (hers, his) = (made(&app, &[]).await, made(&app, &[]).await);
    assert!(Code::read(&hers.code).is_some() && Reference::read(&hers.reference).is_some());
    let copied =
        Held { reference: hers.reference.to_lowercase().replace('-', " "), code: hers.code.to_lowercase() };
    let answer = opened(&app, &copied).await.with(StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-security-policy").contains("script-src 'none'"), "no script runs here");
    assert!(!answer.text().contains(&hers.code), "the code is shown once");
    answer.view().check();
    let wrong = [
        Held { reference: his.reference.clone(), code: hers.code.clone() },
        Held { reference: hers.reference.clone(), code: his.code },
        Held { reference: "HV-00000-00000".to_owned(), code: hers.code.clone() },
        Held { reference: hers.reference.clone(), code: "0000-0000-0000-0000-0000".to_owned() },
        Held { reference: hers.reference.clone(), code: "<script>".to_owned() },
    ];
    let mut said = Vec::new();
    for held in &wrong {
        let view = opened(&app, held).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
        said.push(words(view.one(".error-summary")));
        assert!(!view.has("[name='ticket']"));
    }
    said.dedup();
    assert_eq!(said.len(), 1, "what is wrong isn't told: {said:?}");
}

#[tokio::test]
async fn who_tries_many_codes_is_stopped_and_told_where_a_person_is() {
    let app = TestApp::new().await;
    let hers = made(&app, &[]).await;
    let wrong = Held { reference: hers.reference.clone(), code: "0000".to_owned() };
    for _ in 0..10 {
        opened(&app, &wrong).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let stopped = opened(&app, &hers).await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!(stopped.header("retry-after").parse::<u32>().is_ok());
    assert!(stopped.view().has("#mens a[href^='tel:']"));
    app.services.clock.move_by(15 * 60);
    opened(&app, &hers).await.with(StatusCode::OK);
}

#[tokio::test]
async fn a_flood_ends_in_a_way_to_a_person_and_no_answer_of_hers_is_lost() {
    let app = TestApp::new().await;
    let check = question(&answered(&app, &[]).await).press("send");
    let send = async |number: i64, from: &str| {
        let form = check.clone().with("form", &format!("{number:032x}"));
        let request = post(PATH).header("content-type", FORM).header(CLIENT_ADDRESS, from);
        app.send(request.body(encoded(&form.fields).into()).expect("a request")).await
    };
    for number in 1..=MOST_REQUESTS.most {
        send(number, "10.1.1.1").await.with(StatusCode::OK);
    }
    send(1, "10.1.1.1").await.with(StatusCode::OK);
    let stopped = send(1_000, "10.1.1.1").await.with(StatusCode::TOO_MANY_REQUESTS);
    assert!(stopped.header("retry-after").parse::<u32>().is_ok());
    let view = stopped.view();
    view.check();
    assert!(view.has("#mens a[href^='tel:']"));
    send(1_000, "10.2.2.2").await.with(StatusCode::OK);
    app.services.clock.move_by(60 * 60);
    let made =
        app.submit(&view.form(".form").with("form", &format!("{:032x}", 2_000)).with("action", "send")).await;
    assert!(made.with(StatusCode::OK).view().has("#nummer"), "all of it stood on that page");
}

#[tokio::test]
async fn only_what_she_ticks_comes_along_from_other_pages() {
    let app = TestApp::new().await;
    for (page, ticked) in [
        ("/vergelijken", "about.route.settlement"),
        ("/keuzehulp", "about.route.settlement"),
        ("/tijdlijn", "about.step.objection"),
    ] {
        let view = app.get(page).await.view();
        let form = view.form("[action='/hulpvraag']");
        assert!(form.fields.is_empty(), "{page}: nothing is ticked for her: {:?}", form.fields);
        assert!(view.has(&format!("form[action='/hulpvraag'] [name='{ticked}']")), "{page}");
        let first = app.submit(&form.with(ticked, "yes").with("received", "30.000")).await.view();
        assert_eq!(question(&first).value("at"), Some("urgent"));
        assert_eq!(question(&first).value(ticked), Some("yes"), "{page}");
        assert_eq!(question(&first).value("received"), None, "{page}: nothing else");
    }
}

#[tokio::test]
async fn she_changes_how_she_is_reached_and_a_wrong_number_changes_nothing() {
    let app = TestApp::new().await;
    let hers = made(&app, &[]).await;
    let page = opened(&app, &hers).await.view();
    assert_eq!(contact(&page).value("phone"), Some("06 12345678"));
    let wrong = contact(&page).with("phone", "geen").with("times", "alleen dinsdag");
    let refused = app.submit(&wrong.press("contact")).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    refused.check();
    assert_eq!(contact(&refused).value("times"), Some("alleen dinsdag"), "nothing typed is lost");
    let right = contact(&refused).with("phone", "030 1234567").press("contact");
    let changed = app.submit(&right).await.with(StatusCode::OK).view();
    assert_eq!(contact(&changed).value("phone"), Some("030 1234567"));
    let page = opened(&app, &hers).await.view();
    assert_eq!(contact(&page).value("times"), Some("alleen dinsdag"));
}

#[tokio::test]
async fn taken_back_it_is_erased_at_once() {
    let app = TestApp::new().await;
    let hers = made(&app, &[]).await;
    let page = opened(&app, &hers).await.view();
    let sure = app.submit(&page.form(":has([value='ask_withdraw'])").press("ask_withdraw")).await.view();
    assert!(contact_of(&app, &hers).await, "asking isn't doing");
    for _ in 0..2 {
        app.submit(&sure.form(".form").press("withdraw")).await.with(StatusCode::OK).view().check();
    }
    let page = opened(&app, &hers).await.with(StatusCode::OK);
    assert!(!page.text().contains("Fatma"));
    let view = page.view();
    assert!(!view.has("[value='contact'], [value='ask_withdraw']"));
    assert_eq!(view.all("ol.todo > li").len(), 2, "made and taken back, once");
}

async fn contact_of(app: &TestApp, held: &Held) -> bool {
    opened(app, held).await.text().contains("Fatma")
}

#[tokio::test]
async fn she_can_take_along_all_that_is_kept_of_her() {
    let app = TestApp::new().await;
    let hers = made(&app, &[]).await;
    let page = opened(&app, &hers).await.view();
    let answer = app.submit(&page.form(":has([value='export'])").press("export")).await.with(StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(answer.header("content-disposition").starts_with("attachment"));
    let file: serde_json::Value = serde_json::from_str(&answer.text()).expect("JSON");
    let answers = file.as_array().expect("a list of questions");
    let lines: Vec<&str> = answers
        .iter()
        .flat_map(|it| it["antwoord"].as_array().expect("answers"))
        .filter_map(serde_json::Value::as_str)
        .collect();
    assert!(lines.contains(&hers.reference.as_str()));
    for field in ["no_one_from", "municipality", "name", "phone", "mail", "times", "story"] {
        let given = ANSWERS.iter().flat_map(|(_, given)| *given).find(|(name, _)| *name == field);
        let (_, value) = given.expect("it was answered");
        assert!(lines.contains(value), "{field}: {lines:?}");
    }
    let last = answers.last().expect("what happened");
    assert_eq!(last["antwoord"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_is_too_long_or_strange_is_told_or_kept_as_text() {
    let app = TestApp::new().await;
    let long = "x".repeat(5_001);
    let sent = [("at", "story"), ("action", "next"), ("story", &long)];
    let view = app.post(PATH, &sent).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    assert_eq!(question(&view).value("story"), Some(long.as_str()), "nothing typed is lost");
    let strange = "<script>alert(1)</script> \u{202e}omgekeerd \u{1f600} '; DROP TABLE request; --";
    let hers = made(&app, &[("story", strange), ("name", "<img src=x>")]).await;
    let page = opened(&app, &hers).await.with(StatusCode::OK);
    assert!(!page.text().contains("<img src=x"));
    let file = app.submit(&page.view().form(":has([value='export'])").press("export")).await;
    assert!(file.text().contains("DROP TABLE"), "kept as text");
}

#[tokio::test]
async fn nothing_that_she_tells_is_written_in_the_log() {
    let app = TestApp::new().await;
    let marker = "MERKHULP4711";
    let mail = format!("{marker}@voorbeeld.nl");
    let changed = ["name", "times", "story", "municipality", "no_one_from"].map(|field| (field, marker));
    let changed: Vec<(&str, &str)> = changed.into_iter().chain([("mail", mail.as_str())]).collect();
    let hers = made(&app, &changed).await;
    let page = opened(&app, &hers).await.with(StatusCode::OK).view();
    app.submit(&contact(&page).with("phone", marker).press("contact"))
        .await
        .with(StatusCode::UNPROCESSABLE_ENTITY);
    app.services.store.clone().close().await;
    app.submit(&contact(&page).press("contact")).await.with(StatusCode::SERVICE_UNAVAILABLE);
    let written = log::written();
    for secret in [marker, &hers.code, &hers.code.replace('-', ""), &hers.reference] {
        let lines: Vec<&str> = written.lines().filter(|line| line.contains(secret)).collect();
        assert_eq!(lines, Vec::<&str>::new(), "{secret}");
    }
}
