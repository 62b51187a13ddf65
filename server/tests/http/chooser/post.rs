//! /keuzehulp without scripts: a question a page, kept by nobody but the page itself.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::chooser::{Node, OutcomeId, QuestionId, START};

use crate::app::TestApp;
use crate::browser::{Form, View};

const PATH: &str = "/keuzehulp";

#[tokio::test]
async fn an_answer_leads_to_the_next_question_and_travels_along() {
    let app = TestApp::new().await;
    let view = after(&app, &[("urgent", "no"), ("who", "parent")]).await;
    let form = form(&view);
    assert_eq!(form.value("at"), Some("recognised"));
    assert_eq!(form.value("answer.urgent"), Some("no"));
    assert_eq!(form.value("answer.who"), Some("parent"));
    assert_eq!(form.value("answer.recognised"), None, "nothing is chosen for her");
}

#[tokio::test]
async fn without_an_answer_the_same_question_says_so() {
    let app = TestApp::new().await;
    let first = form(&app.get(PATH).await.view());
    let view = app.submit(&first.press("next")).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    view.check();
    assert!(view.title().starts_with("Fout: "), "{}", view.title());
    assert_eq!(form(&view).value("at"), Some("urgent"));
    view.one(".error-summary[role='alert'] a[href='#answer.urgent-1']");
    assert!(view.has("[name='answer.urgent'][aria-describedby='answer.urgent-fout']"));
    assert!(view.has_id("answer.urgent-fout"));
}

#[tokio::test]
async fn back_keeps_what_was_answered() {
    let app = TestApp::new().await;
    let view = after(&app, &[("urgent", "no"), ("who", "parent"), ("recognised", "yes")]).await;
    let back = app.submit(&form(&view).press("back")).await.with(StatusCode::OK).view();
    assert_eq!(form(&back).value("at"), Some("recognised"));
    assert_eq!(form(&back).value("answer.recognised"), Some("yes"), "what she chose is still chosen");
    let further = app.submit(&form(&back).press("back")).await.with(StatusCode::OK).view();
    let fields = form(&further);
    assert_eq!((fields.value("at"), fields.value("answer.who")), (Some("who"), Some("parent")));
    assert_eq!(fields.value("answer.recognised"), Some("yes"));
}

#[tokio::test]
async fn before_the_first_question_there_is_nothing_to_go_back_to() {
    assert!(!form(&TestApp::new().await.get(PATH).await.view()).has_button("back"));
}

#[tokio::test]
async fn an_answer_can_be_changed_and_only_what_hangs_on_it_goes() {
    let app = TestApp::new().await;
    let given = [
        ("urgent", "no"),
        ("who", "parent"),
        ("recognised", "yes"),
        ("received", "nothing"),
        ("assessment", "running"),
    ];
    let view = after(&app, &given).await;
    let change = view.form(":not(.form):has([value='recognised'])").press("recognised");
    let changing = app.submit(&change).await.with(StatusCode::OK).view();
    assert_eq!(form(&changing).value("at"), Some("recognised"));

    let detour = answer(&app, &changing, "recognised", "no").await;
    assert_eq!(form(&detour).value("at"), Some("first_test"));
    let back_on_the_path = answer(&app, &detour, "first_test", "granted").await;
    let fields = form(&back_on_the_path);
    assert_eq!(fields.value("at"), Some("received"));
    assert_eq!(
        fields.value("answer.received"),
        Some("nothing"),
        "what doesn't hang on the change is still chosen"
    );
}

#[tokio::test]
async fn who_finds_that_it_is_urgent_after_all_sees_a_person_first_and_then_goes_on() {
    let app = TestApp::new().await;
    let view = after(&app, &[("urgent", "no"), ("who", "parent"), ("recognised", "yes")]).await;
    let change = view.form(":not(.form):has([value='urgent'])").press("urgent");
    let changing = app.submit(&change).await.with(StatusCode::OK).view();
    let person = answer(&app, &changing, "urgent", "yes").await;
    assert_eq!(form(&person).value("at"), Some("person_now"));
    assert_eq!(person.all(".answers dt").len(), 1, "only what brought her here");

    let back = app.submit(&form(&person).press("back")).await.with(StatusCode::OK).view();
    assert_eq!(form(&back).value("at"), Some("urgent"));

    let on = app.submit(&form(&person).press("next")).await.with(StatusCode::OK).view();
    let fields = form(&on);
    assert_eq!((fields.value("at"), fields.value("answer.who")), (Some("who"), Some("parent")));
    assert_eq!(fields.value("answer.recognised"), Some("yes"), "what she said before is kept");
}

#[tokio::test]
async fn what_was_typed_for_the_amounts_goes_along() {
    let app = TestApp::new().await;
    let sent = [
        ("at", "urgent"),
        ("answer.urgent", "no"),
        ("action", "next"),
        ("received", "12.345"),
        ("years[0].year", "2011"),
    ];
    let view = app.post(PATH, &sent).await.with(StatusCode::OK).view();
    for name in ["received", "years[0].year"] {
        assert_eq!(
            form(&view).value(name),
            sent.into_iter().find(|(sent, _)| *sent == name).map(|(_, value)| value)
        );
    }
}

#[tokio::test]
async fn what_no_page_of_ours_sent_is_answered_at_a_question() {
    let app = TestApp::new().await;
    for (sent, status) in [
        (vec![], StatusCode::OK),
        (vec![("", "")], StatusCode::OK),
        (vec![("at", "nowhere"), ("action", "whatever")], StatusCode::OK),
        (
            vec![("at", "urgent"), ("answer.urgent", "maybe"), ("action", "next")],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (vec![("at", "comparison"), ("action", "back")], StatusCode::OK),
        (vec![("at", "children"), ("action", "back")], StatusCode::OK),
        (vec![("at", "urgent"), ("at", "who"), ("answer.nobody", "yes")], StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let view = app.post(PATH, &sent).await.with(status).view();
        view.check();
        let at = form(&view).value("at").map(str::to_owned).expect("a place");
        assert!(QuestionId::parse(&at).is_some(), "{sent:?} leads to {at}");
    }
}

#[tokio::test]
async fn the_end_hands_her_answers_to_the_comparison() {
    let app = TestApp::new().await;
    let (mut at, mut view) = (START, app.get(PATH).await.view());
    while let Node::Question(question) = at {
        // The last answer that leads on to the comparison.
        let chosen =
            question.answers().iter().rfind(|answer| leads_to_comparison(answer.next)).expect("a way on");
        view = answer(&app, &view, question.id(), chosen.id).await;
        at = chosen.next;
    }
    assert_eq!(at, Node::Outcome(OutcomeId::Comparison));
    let onward = view.form("[action='/vergelijken']");
    assert_eq!(onward.value("answer.who"), Some("parent"));
    app.submit(&onward).await.with(StatusCode::OK).view().check();
}

/// All answers of all questions, each question reached by one path; the paths themselves are walked in `domain`.
#[tokio::test]
async fn every_answer_of_every_question_leads_where_the_graph_says() {
    let app = TestApp::new().await;
    let mut to_do = vec![(START, app.get(PATH).await.view())];
    let mut seen = BTreeSet::from([START]);
    while let Some((node, view)) = to_do.pop() {
        view.check();
        assert_eq!(form(&view).value("at"), Some(id(node)));
        let next: Vec<(Node, View)> = match node {
            Node::Question(question) => {
                let mut next = Vec::new();
                for given in question.answers() {
                    next.push((given.next, answer(&app, &view, question.id(), given.id).await));
                }
                next
            }
            Node::Outcome(outcome) => match outcome.continues() {
                Some(on) => {
                    vec![(on, app.submit(&form(&view).press("next")).await.with(StatusCode::OK).view())]
                }
                None => Vec::new(),
            },
        };
        for (to, reached) in next {
            assert_eq!(form(&reached).value("at"), Some(id(to)), "from {node:?}");
            if seen.insert(to) {
                to_do.push((to, reached));
            }
        }
    }
    assert_eq!(seen.len(), QuestionId::ALL.len() + OutcomeId::ALL.len());
}

/// What is shown after these answers, given one by one.
async fn after(app: &TestApp, answers: &[(&str, &str)]) -> View {
    let mut view = app.get(PATH).await.view();
    for (question, given) in answers {
        view = answer(app, &view, question, given).await;
    }
    view
}

async fn answer(app: &TestApp, view: &View, question: &str, given: &str) -> View {
    let name = format!("answer.{question}");
    assert!(view.has(&format!("[name='{name}'][value='{given}']")), "{question} has no answer {given}");
    app.submit(&form(view).with(&name, given).press("next")).await.with(StatusCode::OK).view()
}

fn form(view: &View) -> Form {
    view.form(".form")
}

fn id(node: Node) -> &'static str {
    match node {
        Node::Question(question) => question.id(),
        Node::Outcome(outcome) => outcome.id(),
    }
}

fn leads_to_comparison(node: Node) -> bool {
    match node {
        Node::Outcome(outcome) => outcome == OutcomeId::Comparison,
        Node::Question(question) => question.answers().iter().any(|answer| leads_to_comparison(answer.next)),
    }
}
