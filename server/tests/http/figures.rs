//! /cijfers: what was estimated and what was published, and the same estimates on /tijdlijn.

use axum::http::StatusCode;
use domain::Date;
use domain::figures::{Caseload, Estimate, FEWEST_CASES, Spread};
use domain::timeline::{Event, EventKind, Step};
use scraper::ElementRef;
use server::figures::Figures;

use crate::app::TestApp;
use crate::browser::{View, words};
use crate::timeline::a_full_case;

const PATH: &str = "/cijfers";

/// Objections of which fewer than nine of ten were decided, requests for damage of which all were, settlements of which few
/// came to an end, and too few appeals.
pub fn estimates(is_invented: bool) -> Vec<Estimate> {
    let on = Date::constant(2026, 11, 1);
    let mut caseload = if is_invented { Caseload::invented(on) } else { Caseload::new(on) };
    for number in 0..1_200 {
        let ended = |one_in: i32, days: i32| (number % one_in == 0).then_some(days + number % 300);
        use EventKind::{AppealDecided, AppealLodged, DamageDecided, DamageRequested};
        use EventKind::{ObjectionDecided, ObjectionLodged, SettlementRequested, SettlementSigned};
        let kept = (number % 4 != 0).then_some(300 + number % 300);
        caseload.add(&case(ObjectionLodged, ObjectionDecided, kept));
        caseload.add(&case(DamageRequested, DamageDecided, ended(1, 150)));
        caseload.add(&case(SettlementRequested, SettlementSigned, ended(5, 200)));
        if number < 49 {
            caseload.add(&case(AppealLodged, AppealDecided, ended(1, 200)));
        }
    }
    caseload.estimates()
}

fn case(start: EventKind, end: EventKind, days: Option<i32>) -> Vec<Event> {
    let from = Date::constant(2023, 1, 1);
    let event = |kind, on| Event { on, kind, step: None, outcome: None, until: None, way: None, code: None };
    let end = days.and_then(|days| from.plus_days(days)).map(|on| event(end, on));
    [event(start, from)].into_iter().chain(end).collect()
}

/// A portal with estimates.
pub async fn app(is_invented: bool) -> TestApp {
    let figures = Figures::default();
    figures.replace(estimates(is_invented));
    TestApp::with(figures).await
}

async fn page(app: &TestApp) -> View {
    let view = app.get(PATH).await.with(StatusCode::OK).view();
    view.check();
    view
}

fn main(view: &View) -> String {
    words(view.one("main"))
}

#[track_caller]
fn of_step(view: &View, step: Step) -> String {
    words(view.one(&format!(".estimate#{}", step.id())))
}

#[tokio::test]
async fn without_enough_cases_only_what_was_published_is_told() {
    let view = page(&TestApp::new().await).await;
    assert!(!view.has(".plot, .estimate"));
    let text = main(&view);
    for told in [
        &format!("{FEWEST_CASES} zaken"),
        "81 weken op 1 maart 2025",
        "69.400 op 30 april 2025",
        "59.417 op 31 december 2022",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    let sources: String = view.all(".more .source").into_iter().map(words).collect();
    assert!(
        sources.contains("20e voortgangsrapportage") && sources.contains("vierde kwartaal 2022"),
        "{sources}"
    );
}

#[tokio::test]
async fn each_step_with_cases_enough_has_its_range_its_cases_and_its_date() {
    let view = page(&app(false).await).await;
    let steps: Vec<_> = view.all(".estimate").into_iter().filter_map(|it| it.attr("id")).collect();
    assert_eq!(steps, ["objection", "settlement", "damage"]);
    let damage = of_step(&view, Step::Damage);
    // 150 to 449 days, as many on each: half on day 299 and nine of ten on day 419.
    for told in [
        "De helft was klaar na ongeveer 10 maanden.",
        "Negen van de tien waren klaar na ongeveer 14 maanden.",
        "Aantal zaken: 1.200.",
        "1 november 2026",
    ] {
        assert!(damage.contains(told), "{told} in {damage}");
    }
    assert!(main(&view).contains("Dat zijn niet alle zaken."));
    assert!(!view.has(".notice"), "nothing says that they are invented");
}

#[tokio::test]
async fn where_the_curve_doesnt_fall_that_far_it_took_longer() {
    let view = page(&app(false).await).await;
    // Seen from 1-1-2023 until 1-11-2026: 1.400 days, 45 whole months and no 46.
    let objection = of_step(&view, Step::Objection);
    assert!(objection.contains("De helft was klaar na ongeveer"), "{objection}");
    assert!(
        objection.contains("Bij meer dan één op de tien duurde het langer dan 45 maanden."),
        "{objection}"
    );
    let settlement = of_step(&view, Step::Settlement);
    assert!(settlement.contains("Bij meer dan de helft duurde het langer dan 45 maanden."), "{settlement}");
    assert!(!settlement.contains("De helft was klaar"), "{settlement}");
}

#[tokio::test]
async fn a_plot_says_in_words_and_in_numbers_what_it_shows() {
    let view = page(&app(false).await).await;
    let plots = view.all(".plot");
    assert_eq!(plots.len(), 3);
    for plot in plots {
        assert_eq!(plot.attr("role"), Some("img"));
        let step = plot.parent().and_then(ElementRef::wrap).expect("its step");
        let told = plot.attr("aria-label").expect("a text");
        let said = step.child_elements().find(|it| it.value().name() == "p").map(words).expect("a sentence");
        assert!(told.contains(&said), "{told}");
    }
    let rows = view.all(".estimate#damage .more li").into_iter().map(words).collect::<Vec<_>>();
    assert!(rows.contains(&"Na 3 maanden: 100\u{a0}% nog bezig".to_owned()), "{rows:?}");
    assert_eq!(
        rows.last().map(String::as_str),
        Some("Na 12 maanden: 28\u{a0}% nog bezig"),
        "nobody was seen longer"
    );
}

#[tokio::test]
async fn invented_cases_are_called_so() {
    let view = page(&app(true).await).await;
    assert!(words(view.one(".notice")).contains("Deze zaken zijn verzonnen"));
    let told = app(true).await.post("/tijdlijn", &a_full_case()).await.with(StatusCode::OK).view();
    assert!(main(&told).contains("Herstelroute, verzonnen zaken"));
}

#[tokio::test]
async fn a_new_estimate_stands_on_the_next_page() {
    let app = TestApp::new().await;
    assert!(!page(&app).await.has(".plot"));
    app.services.figures.replace(estimates(false));
    assert!(page(&app).await.has(".plot"));
    app.services.figures.replace(Vec::new());
    assert!(!page(&app).await.has(".plot"));
}

#[tokio::test]
async fn the_timeline_prefers_an_estimate_and_hands_it_to_the_phone() {
    let app = app(false).await;
    let told = app.post("/tijdlijn", &a_full_case()).await.with(StatusCode::OK).view();
    told.check();
    let found: Vec<String> =
        told.all(".timeline-step[data-state='current']").into_iter().map(words).collect();
    assert!(found.iter().any(|it| it.contains("duurde het langer dan 200 weken")), "{found:?}");
    assert!(found.iter().all(|it| !it.contains("ongeveer 81 weken")));
    let handed = told.one("main").attr("data-observed").expect("what was estimated");
    let spreads: Vec<Spread> = estimates(false).iter().map(|estimate| estimate.spread).collect();
    assert_eq!(Spread::decode(handed), spreads);
    assert!(handed.len() < 400, "{} bytes on every visit", handed.len());
}

#[tokio::test]
async fn without_estimates_the_timeline_tells_what_was_published() {
    let told = TestApp::new().await.post("/tijdlijn", &a_full_case()).await.with(StatusCode::OK).view();
    assert_eq!(told.one("main").attr("data-observed"), None);
    assert!(main(&told).contains("ongeveer 81 weken."));
    assert!(told.has(".timeline-step a[href='/cijfers']"));
}
