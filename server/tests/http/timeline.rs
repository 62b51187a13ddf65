//! /tijdlijn without scripts: the line of steps, or what is wrong at its place.

use axum::http::StatusCode;
use domain::timeline::EventKind;

use crate::app::TestApp;
use crate::browser::{View, words};
use crate::families::today;

const PATH: &str = "/tijdlijn";

/// A case in which every step is entered, one is late, and the organisation waits for her.
pub fn a_full_case() -> Vec<(String, String)> {
    letters(&[
        ("registered", "16-1-2022", ""),
        ("first_test_decided", "1-5-2022", "yes"),
        ("conversation_planned", "1-6-2022", ""),
        ("assessment_decided", "1-8-2024", ""),
        ("objection_lodged", "1-9-2024", ""),
        ("information_asked", "1-10-2024", ""),
        ("damage_requested", "1-3-2023", ""),
        ("notice_of_default", "5-3-2024", ""),
        ("settlement_requested", "1-12-2025", ""),
    ])
}

/// What a case can come to: the one thing to do is another in each.
pub fn cases() -> Vec<(&'static str, Vec<(String, String)>)> {
    vec![
        ("a full case", a_full_case()),
        ("nothing to do", letters(&[("appeal_lodged", "1-9-2026", "")])),
        ("late", late()),
        (
            "a notice that was received",
            letters(&[("damage_requested", "1-3-2023", ""), ("notice_of_default", "5-3-2024", "")]),
        ),
        ("a conversation", letters(&[("conversation_planned", "1-9-2026", "")])),
        ("recognised", letters(&[("first_test_decided", &days_ago(30), "yes")])),
        ("decided", letters(&[("assessment_decided", &days_ago(20), "")])),
        ("decided before", letters(&[("assessment_decided", &days_ago(80), "")])),
        ("a settlement", {
            let mut case = letters(&[("settlement_requested", "1-12-2025", "")]);
            case.push(("letters[0].way".to_owned(), "sgh".to_owned()));
            case
        }),
    ]
}

/// Her assessment should have been decided long ago.
pub fn late() -> Vec<(String, String)> {
    letters(&[("registered", "16-1-2023", ""), ("first_test_decided", "1-5-2023", "")])
}

/// A day as people write it, so long before the day that the server counts with.
pub fn days_ago(days: i32) -> String {
    let day = today().plus_days(-days).expect("a day");
    format!("{}-{}-{}", day.day(), day.month(), day.year())
}

pub fn letters(letters: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let fields = letters.iter().enumerate().flat_map(|(row, (kind, on, outcome))| {
        [("kind", *kind), ("on", *on), ("outcome", *outcome)]
            .map(|(field, value)| (format!("letters[{row}].{field}"), value.to_owned()))
    });
    fields.chain([("rows.letters".to_owned(), letters.len().to_string())]).collect()
}

#[tokio::test]
async fn two_letters_give_the_line_of_steps_and_whose_turn_it_is() {
    let app = TestApp::new().await;
    let sent = letters(&[("registered", "16-1-2023", ""), ("first_test_decided", "1-5-2023", "")]);
    let view = app.post(PATH, &sent).await.with(StatusCode::OK).view();
    view.check();
    let current = view.all(".timeline-step[data-state='current']");
    assert_eq!(current.len(), 1, "the assessment runs");
    assert!(words(current[0]).contains("16 juli 2023"), "{}", words(current[0]));
    assert!(view.has(".timeline-step[data-state='current'] .timeline-late"), "it is long past that day");
    assert!(view.has(".timeline-step[data-state='current'] .clocks li[data-turn='organisation']"));
    assert!(view.has(".timeline-step[data-state='next']"));
}

#[tokio::test]
async fn what_was_typed_still_stands_in_the_form() {
    let sent = a_full_case();
    let view = TestApp::new().await.post(PATH, &sent).await.with(StatusCode::OK).view();
    view.check();
    for (name, value) in sent.iter().filter(|(name, _)| name.ends_with(".on")) {
        assert_eq!(view.one(&format!("[id='{name}']")).attr("value"), Some(value.as_str()), "{name}");
    }
    for (name, value) in sent.iter().filter(|(name, _)| name.ends_with(".kind")) {
        let chosen = view.one(&format!("[id='{name}'] option[selected]"));
        assert_eq!(chosen.attr("value"), Some(value.as_str()), "{name}");
    }
}

#[tokio::test]
async fn what_cant_have_happened_is_told_at_its_field_and_the_rest_counts() {
    for (wrong, kind, on) in [
        ("on", "assessment_decided", "31-2-2014"),
        ("on", "assessment_decided", "1-1-14"),
        ("on", "assessment_decided", "1-1-2003"),
        ("on", "assessment_decided", "1-1-2100"),
        ("on", "assessment_decided", "1-1-2022"),
        ("on", "first_test_decided", "1-5-2023"),
        ("kind", "", "1-1-2024"),
        ("kind", "surprise", "1-1-2024"),
    ] {
        let sent = letters(&[
            ("registered", "16-1-2023", ""),
            ("first_test_decided", "1-5-2023", ""),
            (kind, on, ""),
        ]);
        let view = TestApp::new().await.post(PATH, &sent).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
        view.check();
        let field = format!("letters[2].{wrong}");
        assert!(view.has(&format!("[data-problem-of='{field}'] .field-error")), "{kind} on {on}");
        assert!(view.has(&format!(".error-summary a[href='#{field}']")), "{kind} on {on}");
        assert!(view.has(".timeline-step[data-state='current']"), "{kind} on {on}: the rest counts");
    }
}

#[tokio::test]
async fn rows_come_and_go_without_judging_what_stands_there() {
    let app = TestApp::new().await;
    let mut sent = letters(&[("registered", "31-2-2023", "")]);
    sent.push(("action".to_owned(), "add.letters".to_owned()));
    let view = app.post(PATH, &sent).await.with(StatusCode::OK).view();
    assert_eq!(view.all(".letters form > fieldset > fieldset[data-row-of='letters']").len(), 2);
    assert!(!view.has(".error-summary"));
    let mut sent = letters(&[("registered", "16-1-2023", ""), ("assessment_decided", "1-2-2024", "")]);
    sent.push(("action".to_owned(), "remove.letters.0".to_owned()));
    let view = app.post(PATH, &sent).await.with(StatusCode::OK).view();
    assert_eq!(view.one("[id='letters[0].on']").attr("value"), Some("1-2-2024"));
}

#[tokio::test]
async fn every_kind_of_letter_can_be_told_but_the_offices_own_codes() {
    let view = TestApp::new().await.get(PATH).await.view();
    let offered = view.all("[id='letters[0].kind'] option");
    let offered: Vec<&str> = offered.iter().filter_map(|option| option.attr("value")).collect();
    for kind in EventKind::ALL {
        assert_eq!(offered.contains(&kind.id()), kind != EventKind::Other, "{}", kind.id());
    }
}

/// Without scripts the answer stands before the form; what is wrong is put right first.
#[tokio::test]
async fn an_answer_stands_before_the_form_and_a_refusal_behind_it() {
    let app = TestApp::new().await;
    let order = |view: &View| {
        let parts = view.all(".letters form, .letters .results");
        parts.iter().map(|part| part.value().name().to_owned()).collect::<Vec<_>>()
    };
    let answered = app.post(PATH, &late()).await.with(StatusCode::OK).view();
    answered.check();
    assert_eq!(order(&answered), ["section", "form"]);
    assert_eq!(order(&app.get(PATH).await.view()), ["form", "section"]);
    let wrong = letters(&[("registered", "31-2-2023", "")]);
    let refused = app.post(PATH, &wrong).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    assert_eq!(order(&refused), ["form", "section"]);
}

/// What waits for her; where it is late, what she can do about it; or that there is nothing.
#[tokio::test]
async fn the_one_thing_to_do_stands_first() {
    let app = TestApp::new().await;
    for (case, notice, has_letter) in [
        (a_full_case(), ".notice--waiting", false),
        (late(), ".notice--late", true),
        (letters(&[("appeal_lodged", "1-9-2026", "")]), ".notice--done", false),
    ] {
        let view = app.post(PATH, &case).await.with(StatusCode::OK).view();
        let first = ".results > [data-part]:first-of-type";
        assert_eq!(view.all(&format!("{first} .notice")).len(), 1, "one thing");
        assert!(view.has(&format!("{first} {notice}")), "{notice}");
        assert_eq!(view.has(&format!("{first} [name='wish']")), has_letter, "{notice}");
    }
}

#[tokio::test]
async fn a_letter_is_offered_where_she_has_a_right_to_it_and_takes_her_dates_along() {
    let view = TestApp::new().await.post(PATH, &a_full_case()).await.with(StatusCode::OK).view();
    let form = view.one(".letters form").attr("id").expect("an id").to_owned();
    let offered = view.all("[name='wish']");
    assert!(offered.iter().any(|button| button.attr("value") == Some("request_file")));
    for button in offered {
        assert_eq!(button.attr("formaction"), Some("/tijdlijn/brief"));
        assert_eq!(button.attr("form"), Some(form.as_str()));
    }
}

#[tokio::test]
async fn the_way_to_a_settlement_stands_at_its_step() {
    let mut sent = letters(&[("settlement_requested", "1-12-2025", "")]);
    sent.push(("letters[0].way".to_owned(), "mijnherstel".to_owned()));
    let view = TestApp::new().await.post(PATH, &sent).await.with(StatusCode::OK).view();
    assert!(words(view.one(".timeline-step[data-state='current']")).contains("MijnHerstel"));
}
