//! /bedragen without scripts: the figures of the rules, or what is wrong at its place.

use axum::http::StatusCode;
use domain::amounts::{Assessment, RouteAssessment, assess};
use domain::{Cents, Date, Range};

use crate::app::TestApp;
use crate::browser::{Form, View, amounts, words};
use crate::families::{families, today};

const PATH: &str = "/bedragen";

#[tokio::test]
async fn the_figures_are_those_of_the_rules() {
    let app = TestApp::new().await;
    for (typed, situation) in families(60) {
        let view = app.post(PATH, &typed).await.with(StatusCode::OK).view();
        view.check();
        check_figures(&view, &assess(&situation));
    }
}

#[tokio::test]
async fn what_was_typed_still_stands_in_the_form_beside_the_figures() {
    let app = TestApp::new().await;
    for (typed, _) in families(20) {
        check_kept(&app.post(PATH, &typed).await.with(StatusCode::OK).view(), &typed);
    }
}

#[tokio::test]
async fn figures_name_their_sources() {
    let (typed, _) = families(1).next().expect("a family");
    let view = TestApp::new().await.post(PATH, &typed).await.view();
    for line in view.all(".line[data-origin='rule'], .line[data-origin='calculated'] .source") {
        assert!(!words(line).is_empty());
    }
    assert!(view.has(".line .source a[href^='https://']"));
}

#[tokio::test]
async fn what_cant_be_read_is_told_at_its_field_and_nothing_is_lost() {
    let year = ("years[0].year", "2012");
    let income = ("damages[0].kind", "income");
    let tomorrow = in_dutch(Date::new(today().year() + 1, 1, 1).expect("a day"));
    for (wrong, typed) in [
        ("received", vec![("received", "dertigduizend")]),
        ("received", vec![("received", "30.00")]),
        ("received", vec![("received", "-5")]),
        ("received", vec![("received", "10.000.000.000,01")]),
        ("received", vec![("received", "99999999999999999999999999")]),
        ("legal_help", vec![("legal_help", "1,5")]),
        ("first_correction_on", vec![("first_correction_on", "31-2-2014")]),
        ("first_correction_on", vec![("first_correction_on", "1-1-14")]),
        ("first_correction_on", vec![("first_correction_on", "1-1-1990")]),
        ("first_correction_on", vec![("first_correction_on", &tomorrow)]),
        ("decision_on", vec![("decision_on", "gisteren")]),
        ("decision_on", vec![("first_correction_on", "1-7-2014"), ("decision_on", "30-6-2014")]),
        ("years[0].year", vec![("years[0].year", "12"), ("years[0].reclaimed", "100")]),
        ("years[0].year", vec![("years[0].year", "2004")]),
        ("years[0].year", vec![("years[0].year", "2999")]),
        ("years[0].year", vec![("years[0].reclaimed", "12.000")]),
        ("years[0].reclaimed", vec![year, ("years[0].reclaimed", "12,000")]),
        ("years[0].interest_and_costs_paid", vec![year, ("years[0].interest_and_costs_paid", "x")]),
        ("years[0].missed_interest", vec![year, ("years[0].missed_interest", "€")]),
        ("years[0].outstanding", vec![year, ("years[0].outstanding", "--")]),
        ("years[2].year", vec![("rows.years", "3"), year, ("years[2].year", "2031")]),
        ("damages[0].low", vec![income, ("damages[0].low", "veel")]),
        ("damages[0].high", vec![income, ("damages[0].low", "2000"), ("damages[0].high", "1000")]),
        ("damages[0].kind", vec![("damages[0].kind", ""), ("damages[0].high", "1000")]),
        ("children[0].born_on", vec![("children[0].born_on", "2010")]),
        ("children[1].born_on", vec![("rows.children", "2"), ("children[1].born_on", &tomorrow)]),
    ] {
        check_refused(wrong, &typed).await;
    }
}

#[tokio::test]
async fn more_years_than_there_can_be_are_refused() {
    let rows: Vec<(String, &str)> = (0..40).map(|row| (format!("years[{row}].year"), "2012")).collect();
    check_refused("years", &rows).await;
}

#[tokio::test]
async fn every_problem_is_told_at_once() {
    let typed =
        [("received", "30.00"), ("legal_help", "?"), ("children[0].born_on", "?"), ("years[0].year", "?")];
    let view = TestApp::new().await.post(PATH, &typed).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    view.check();
    assert_eq!(view.all(".error-summary a").len(), typed.len());
    assert_eq!(view.all("[aria-invalid='true']").len(), typed.len());
}

#[tokio::test]
async fn rows_come_and_go_and_keep_what_was_typed() {
    let app = TestApp::new().await;
    let mut form = form(&app.get(PATH).await.view());
    for group in ["years", "damages", "children"] {
        form = press(&app, &form, &format!("add.{group}")).await;
    }
    let rows = ["rows.years", "rows.damages", "rows.children"];
    assert_eq!(rows.map(|name| form.value(name)), [Some("2"), Some("1"), Some("1")]);

    let typed = form.with("years[0].year", "2010").with("years[1].year", "2011").with("received", "30.00");
    let fewer = press(&app, &typed, "remove.years.0").await;
    assert_eq!(fewer.value("years[0].year"), Some("2011"), "the row behind it moved up");
    assert_eq!(fewer.value("years[1].year"), None);
    assert_eq!(fewer.value("received"), Some("30.00"), "nobody is corrected while rows come and go");

    let none = press(&app, &press(&app, &fewer, "remove.years.0").await, "remove.damages.0").await;
    assert_eq!(rows.map(|name| none.value(name)), [Some("0"), Some("0"), Some("1")]);
    let none = press(&app, &none, "remove.children.0").await;
    assert!(none.fields.iter().all(|(name, _)| !name.contains('[')), "{:?}", none.fields);
}

#[tokio::test]
async fn rows_that_arent_there_cant_be_taken_out() {
    let app = TestApp::new().await;
    for action in [
        "remove.years.7",
        "remove.years.x",
        "remove.years.99999999999999999999",
        "add.nothing",
        "add.years.1",
        "remove",
        ".",
    ] {
        let view = app
            .post(PATH, &[("years[0].year", "2010"), ("action", action)])
            .await
            .with(StatusCode::OK)
            .view();
        assert_eq!(view.typed("years[0].year"), "2010", "{action}");
    }
}

#[tokio::test]
async fn what_the_chooser_heard_fills_the_form() {
    let answers = [
        ("answer.urgent", "no"),
        ("answer.who", "parent"),
        ("answer.recognised", "yes"),
        ("answer.received", "thirty_thousand"),
        ("answer.assessment", "running"),
    ];
    let view = TestApp::new().await.post(PATH, &answers).await.with(StatusCode::OK).view();
    assert_eq!(view.typed("received"), "30.000");
    let form = form(&view);
    assert_eq!(form.value("recognised"), Some("yes"));
    assert_eq!(form.value("answer.assessment"), Some("running"), "her answers travel on");
}

#[tokio::test]
async fn nothing_of_it_is_there_for_who_comes_next() {
    let app = TestApp::new().await;
    let before = form(&app.get(PATH).await.view()).fields;
    let (typed, _) = families(3).last().expect("a family");
    app.post(PATH, &typed).await.with(StatusCode::OK);
    assert_eq!(form(&app.get(PATH).await.view()).fields, before);
}

async fn check_refused<N: AsRef<str>>(wrong: &str, typed: &[(N, &str)]) {
    let answer = TestApp::new().await.post(PATH, typed).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("cache-control"), "no-store");
    let view = answer.view();
    view.check();
    assert!(view.title().starts_with("Fout: "), "{}", view.title());
    let summary = view.one(&format!(".error-summary[role='alert'] a[href='#{wrong}']"));
    assert!(view.has_id(&format!("{wrong}-fout")), "{wrong} tells what is wrong at its place");
    let at_the_field = words(view.one(&format!("[id='{wrong}-fout'] span")));
    assert!(at_the_field.ends_with(&words(summary)), "the same words in both places: {at_the_field}");
    check_kept(&view, typed);
}

#[track_caller]
fn check_kept<N: AsRef<str>, V: AsRef<str>>(view: &View, typed: &[(N, V)]) {
    let form = form(view);
    for (name, value) in typed {
        let (name, value) = (name.as_ref(), value.as_ref());
        assert_eq!(form.value(name), Some(value), "{name}");
    }
}

/// The same euros in the same places.
#[track_caller]
fn check_figures(view: &View, assessment: &Assessment) {
    for route in &assessment.routes {
        check_route(view, route);
    }
    let beside: Vec<Cents> = view
        .all("#uitkomst section:not([class]) :is(li, p:not(.source))")
        .into_iter()
        .flat_map(|told| amounts(&words(told)))
        .collect();
    let children = assessment.children.iter().filter_map(|child| child.amount);
    let former_partner = assessment
        .former_partner
        .iter()
        .filter(|answer| answer.eligible == Some(true))
        .filter_map(|answer| answer.amount);
    assert_eq!(beside, children.chain(former_partner).collect::<Vec<_>>(), "what is paid beside it");
}

#[track_caller]
fn check_route(view: &View, route: &RouteAssessment) {
    let at = |part: &str| format!("#uitkomst .route-result[data-route='{}'] {part}", route.route.id());
    let Some(total) = route.total else {
        assert!(!view.has(&at("")), "no figures for who isn't recognised");
        return;
    };
    let bar = format!("#uitkomst .range-row[data-route='{}'] .range-text", route.route.id());
    for place in [at(".figure-amount"), at(".line-total .line-amount"), bar] {
        assert_eq!(shown(view, &place), [ends(total, route.complete)], "{place}");
    }
    let still = route.still_to_receive.map_or_else(Vec::new, |still| ends(still, route.complete));
    assert_eq!(shown(view, &at(".figure-still")), [still], "{:?}", route.route);
    let lines: Vec<Vec<Cents>> = route.lines.iter().map(|line| ends(upward(line.amount), true)).collect();
    assert_eq!(shown(view, &at("li.line .line-amount")), lines, "{:?}", route.route);
}

/// The amounts in each element.
fn shown(view: &View, selector: &str) -> Vec<Vec<Cents>> {
    view.all(selector).into_iter().map(|element| amounts(&words(element))).collect()
}

/// A range as it is told: no upper end while something is missing, one amount where both are the same.
fn ends(range: Range, complete: bool) -> Vec<Cents> {
    if complete && !range.is_exact() { vec![range.low, range.high] } else { vec![range.low] }
}

fn upward(Range { low, high }: Range) -> Range {
    Range { low: low.min(high), high: low.max(high) }
}

fn in_dutch(day: Date) -> String {
    let iso = day.to_string();
    iso.split('-').rev().collect::<Vec<_>>().join("-")
}

fn form(view: &View) -> Form {
    view.form(".form[action='/bedragen']")
}

async fn press(app: &TestApp, typed: &Form, button: &str) -> Form {
    let view = app.submit(&typed.press(button)).await.with(StatusCode::OK).view();
    view.check();
    form(&view)
}
