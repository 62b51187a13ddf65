//! /tijdlijn without scripts: the line of steps, or what is wrong at its place.

use axum::http::StatusCode;
use domain::timeline::EventKind;

use crate::app::TestApp;
use crate::browser::words;

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
