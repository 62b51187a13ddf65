//! Every page in every state that has words of its own, for tests that read.

use std::collections::BTreeSet;

use app::urls::{DESK, Page, RECEIPT_OPEN};
use axum::http::StatusCode;
use domain::amounts::{DamageKind, Ground};
use domain::chooser::{OutcomeId, QuestionId};

use crate::amounts::receipt;
use crate::app::TestApp;
use crate::browser::View;
use crate::families::families;
use crate::{desk, dossier, figures, help, ready_letter, sign_in, staff, timeline};

/// A page as someone sees it.
pub struct State {
    pub path: &'static str,
    /// Its path, and what was done there.
    pub name: String,
    pub view: View,
}

/// All of them.
pub async fn states() -> Vec<State> {
    let app = TestApp::new().await;
    let mut states = Vec::new();
    for page in Page::ALL {
        states.push(State::of(page.path(), "opened", app.get(page.path()).await.view()));
    }
    states.push(State::of("/nergens", "not found", app.get("/nergens").await.view()));
    states.push(State::of("/", "wrong method", app.post("/", &[("", "")]).await.view()));
    chooser(&app, &mut states).await;
    amounts(&app, &mut states).await;
    receipts(&app, &mut states).await;
    cases(&app, &mut states).await;
    letters(&app, &mut states).await;
    for (what, view) in dossier::every_state().await {
        states.push(State::of(Page::Dossier.path(), what, view));
    }
    for (path, what, view) in help::every_state().await {
        states.push(State::of(path, what, view));
    }
    for (path, what, view) in desk::every_state().await {
        states.push(State::of(path, what, view));
    }
    for (what, view) in staff::every_state().await {
        states.push(State::of(DESK, what, view));
    }
    for (what, view) in sign_in::every_state().await {
        states.push(State::of(Page::SignIn.path(), what, view));
    }
    estimated(&mut states).await;
    states
}

impl State {
    fn of(path: &'static str, what: &str, view: View) -> State {
        State { path, name: format!("{path} ({what})"), view }
    }
}

/// Pages that say something else where there are estimates.
async fn estimated(states: &mut Vec<State>) {
    for (what, is_invented) in [("estimated", false), ("estimated from invented cases", true)] {
        let app = figures::app(is_invented).await;
        let view = app.get(Page::Figures.path()).await.with(StatusCode::OK).view();
        states.push(State::of(Page::Figures.path(), what, view));
        let told =
            app.post(Page::Timeline.path(), &timeline::a_full_case()).await.with(StatusCode::OK).view();
        states.push(State::of(Page::Timeline.path(), what, told));
    }
}

async fn chooser(app: &TestApp, states: &mut Vec<State>) {
    let path = Page::Chooser.path();
    let mut seen = BTreeSet::new();
    for question in QuestionId::ALL {
        for answer in question.answers().iter().filter(|answer| seen.insert(answer.next)) {
            let sent = [("at", question.id()), (&format!("answer.{}", question.id()), answer.id)];
            let view = app.post(path, &sent).await.with(StatusCode::OK).view();
            states.push(State::of(path, &format!("{:?}", answer.next), view));
        }
    }
    let unanswered = app
        .post(path, &[("at", QuestionId::Urgent.id())])
        .await
        .with(StatusCode::UNPROCESSABLE_ENTITY)
        .view();
    states.push(State::of(path, "without an answer", unanswered));
    for (what, said) in
        [("fits", ["yes", "no", "yes", "yes", "yes"]), ("doesn't fit", ["no", "", "", "", ""])]
    {
        let questions = [
            "ex_recognised",
            "ex_earlier_compensation",
            "ex_parted_before_payment",
            "ex_benefit_partner",
            "ex_harmed_year",
        ];
        let mut sent = typed(&[
            ("at", OutcomeId::FormerPartnerOutcome.id()),
            ("answer.urgent", "no"),
            ("answer.who", "former_partner"),
        ]);
        sent.extend(
            questions
                .iter()
                .zip(said)
                .map(|(question, said)| (format!("answer.{question}"), said.to_owned())),
        );
        let view = app.post(path, &sent).await.with(StatusCode::OK).view();
        states.push(State::of(path, &format!("a former partner who {what}"), view));
    }
}

async fn amounts(app: &TestApp, states: &mut Vec<State>) {
    let mut situations: Vec<Vec<(String, String)>> = families(4).map(|(typed, _)| typed).collect();
    situations.extend([every_ground_and_damage(), two_grounds(), everything_wrong(), answers_only()]);
    for (number, typed) in situations.iter().enumerate() {
        for page in [Page::Amounts, Page::Comparison] {
            let view = app.post(page.path(), typed).await.view();
            states.push(State::of(page.path(), &format!("situation {number}"), view));
        }
    }
}

async fn receipts(app: &TestApp, states: &mut Vec<State>) {
    for (what, file) in receipt::every_kind() {
        let view = receipt::open(app, file.to_string().as_bytes()).await.view();
        states.push(State::of(RECEIPT_OPEN, what, view));
    }
}

async fn cases(app: &TestApp, states: &mut Vec<State>) {
    let path = Page::Timeline.path();
    for (what, typed) in timeline::cases() {
        let view = app.post(path, &typed).await.with(StatusCode::OK).view();
        states.push(State::of(path, what, view));
    }
    let typed = [("needs", "rust"), ("ask", "waarom")];
    let view = app.post(Page::Conversation.path(), &typed).await.with(StatusCode::OK).view();
    states.push(State::of(Page::Conversation.path(), "filled in", view));
}

async fn letters(app: &TestApp, states: &mut Vec<State>) {
    let path = Page::ReadyLetter.path();
    for (what, typed, status) in ready_letter::every_kind() {
        let view = app.post(path, &typed).await.with(status).view();
        states.push(State::of(path, what, view));
    }
}

fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn every_ground_and_damage() -> Vec<(String, String)> {
    let mut fields =
        typed(&[("recognised", "yes"), ("received", "30.000"), ("children[0].born_on", "1-7-2010")]);
    for (row, ground) in Ground::ALL.into_iter().enumerate() {
        for (field, value) in [("year", (2010 + row).to_string()), ("reclaimed", "9.000".to_owned())] {
            fields.push((format!("years[{row}].{field}"), value));
        }
        fields.push((format!("years[{row}].ground"), ground.id().to_owned()));
    }
    for (row, kind) in DamageKind::ALL.into_iter().enumerate() {
        for (field, value) in [("kind", kind.id()), ("low", "100"), ("high", "200")] {
            fields.push((format!("damages[{row}].{field}"), value.to_owned()));
        }
    }
    fields
}

fn two_grounds() -> Vec<(String, String)> {
    typed(&[
        ("recognised", "yes"),
        ("years[0].year", "2012"),
        ("years[0].ground", "compensation"),
        ("years[0].reclaimed", "9.000"),
        ("years[1].year", "2012"),
        ("years[1].ground", "intent_or_gross_fault"),
        ("years[1].reclaimed", "9.000"),
        ("years[2].year", "2013"),
        ("years[2].ground", "hardship"),
        ("years[2].reclaimed", "100"),
    ])
}

fn everything_wrong() -> Vec<(String, String)> {
    typed(&[
        ("received", "1.2.3"),
        ("legal_help", "-5"),
        ("first_correction_on", "31-2-2014"),
        ("decision_on", "1-1-2099"),
        ("years[0].year", "2004"),
        ("years[0].reclaimed", "veel"),
        ("years[1].year", "12"),
        ("years[1].reclaimed", "1000000000000000000"),
        ("damages[0].low", "9.000"),
        ("damages[0].high", "100"),
        ("children[0].born_on", "1-1-2099"),
    ])
}

fn answers_only() -> Vec<(String, String)> {
    typed(&[
        ("answer.urgent", "no"),
        ("answer.who", "parent"),
        ("answer.recognised", "yes"),
        ("answer.received", "thirty_thousand"),
        ("answer.assessment", "running"),
        ("answer.matters", "to_the_cent"),
        ("answer.further_damage", "yes"),
        ("answer.strength", "together"),
        ("answer.former_partner", "no"),
        ("answer.children", "no"),
    ])
}
