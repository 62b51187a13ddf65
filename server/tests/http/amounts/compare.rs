//! /vergelijken without scripts: the four routes side by side, with her own figures.

use axum::http::StatusCode;
use domain::amounts::{Route, assess};

use crate::app::TestApp;
use crate::browser::{View, amounts, words};
use crate::families::{families, today};

const PATH: &str = "/vergelijken";

#[tokio::test]
async fn every_card_bears_the_figure_of_the_rules() {
    let app = TestApp::new().await;
    for (typed, situation) in families(30) {
        let view = app.post(PATH, &typed).await.with(StatusCode::OK).view();
        view.check();
        for route in assess(&situation).routes {
            let shown: Vec<_> = card(&view, route.route, ".figure-amount")
                .iter()
                .flat_map(|figure| amounts(figure))
                .collect();
            let ends = match route.total {
                None => Vec::new(),
                Some(total) if route.complete && !total.is_exact() => vec![total.low, total.high],
                Some(total) => vec![total.low],
            };
            assert_eq!(shown, ends, "{:?}", route.route);
        }
    }
}

#[tokio::test]
async fn without_a_situation_there_are_four_cards_and_no_figures() {
    let app = TestApp::new().await;
    for view in [
        app.get(PATH).await.with(StatusCode::OK).view(),
        app.post::<&str, &str>(PATH, &[]).await.with(StatusCode::OK).view(),
    ] {
        view.check();
        assert_eq!(view.all(".route-card").len(), Route::ALL.len());
        assert!(!view.has(".figure-amount, .range-bars"));
        view.one(".overview a[href='/keuzehulp']");
        view.one(".overview a[href='/bedragen']");
    }
}

#[tokio::test]
async fn every_card_answers_the_same_questions_and_says_whether_its_route_is_open() {
    let view = TestApp::new().await.get(PATH).await.view();
    let asked = Route::ALL.map(|route| card(&view, route, "dt").len());
    assert!(asked[0] >= 7 && asked.iter().all(|count| *count == asked[0]), "{asked:?}");
    for route in Route::ALL {
        let state = view.one(&format!("#kaart-{} .state", route.id()));
        assert_eq!(state.attr("data-state"), Some(route.availability_on(today()).id()), "{route:?}");
        assert!(!words(state).is_empty(), "{route:?}: never by colour alone");
        assert!(card(&view, route, "dd").iter().all(|answer| !answer.is_empty()), "{route:?}");
        assert!(!card(&view, route, ".source").is_empty(), "{route:?}");
    }
}

#[tokio::test]
async fn what_her_answers_speak_for_is_told_with_why_and_nothing_is_decided() {
    let answers = [
        ("answer.urgent", "no"),
        ("answer.who", "parent"),
        ("answer.recognised", "yes"),
        ("answer.received", "more"),
        ("answer.assessment", "running"),
        ("answer.matters", "be_heard"),
        ("answer.further_damage", "yes"),
    ];
    let view = TestApp::new().await.post(PATH, &answers).await.with(StatusCode::OK).view();
    let fits: Vec<&str> = view.all(".fits li > a").into_iter().filter_map(|link| link.attr("href")).collect();
    assert_eq!(fits, ["#kaart-settlement", "#kaart-damage_commission"]);
    assert_eq!(view.all(".fits li p").len(), 3, "both answers speak for the first, one for the second");
    assert_eq!(view.all(".route-card").len(), Route::ALL.len(), "the others stay");
}

#[tokio::test]
async fn what_cant_be_read_goes_back_to_where_it_was_typed() {
    let answer = TestApp::new().await.post(PATH, &[("received", "30.00"), ("legal_help", "12")]).await;
    let view = answer.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    view.check();
    assert!(view.title().starts_with("Fout: "), "{}", view.title());
    view.one(".error-summary a[href='#received']");
    assert_eq!([view.typed("received"), view.typed("legal_help")], ["30.00", "12"]);
}

#[tokio::test]
async fn the_way_back_to_the_form_keeps_everything() {
    let app = TestApp::new().await;
    let (typed, _) = families(2).last().expect("a family");
    let view = app.post(PATH, &typed).await.view();
    let back = view.form("[action='/bedragen']");
    assert_eq!(back.fields, typed);
    app.submit(&back).await.with(StatusCode::OK);
}

#[tokio::test]
async fn the_form_of_the_amounts_leads_here_with_one_button() {
    let app = TestApp::new().await;
    let form = app.get("/bedragen").await.view().form(".form").with("received", "30.000");
    let view = app.submit(&form.press(PATH)).await.with(StatusCode::OK).view();
    assert!(view.has(".range-bars"));
}

/// What stands in a part of a route's card.
fn card(view: &View, route: Route, part: &str) -> Vec<String> {
    view.all(&format!("#kaart-{} {part}", route.id())).into_iter().map(words).collect()
}
