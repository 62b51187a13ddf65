//! The desk over HTTP: two helpers and a coordinator. Nobody sees a name or a story but who picked it up.

use app::urls::{DESK, DESK_AIDS, DESK_AVAILABILITY, DESK_COLLEAGUE, DESK_OVERVIEW};
use axum::http::StatusCode;
use server::account::Role;

use crate::app::TestApp;
use crate::browser::{View, words};
use crate::help::{self, Held};
use crate::log;
use crate::staff::Browser;

const MARKER: &str = "Zonnebloem";
const DAY: i64 = 24 * 60 * 60;

/// A request with a marker in everything that is hers.
async fn made(app: &TestApp) -> Held {
    let marked = [
        ("name", "Zonnebloem A"),
        ("story", "Zonnebloem B"),
        ("times", "Zonnebloem C"),
        ("no_one_from", "Zonnebloem D"),
        ("municipality", "Zonnebloem E"),
        ("mail", "zonnebloem@voorbeeld.nl"),
    ];
    help::made(app, &marked).await
}

/// Tells what she does: what fits the request.
pub async fn tells(helper: &Browser<'_>) {
    let form = helper.get(DESK_AVAILABILITY).await.with(StatusCode::OK).view().form(".form");
    let form = ["kinds.legal", "languages.tr", "regions.utrecht"]
        .into_iter()
        .fold(form, |form, name| form.with(name, "yes"))
        .with("gender", "woman");
    helper.submit(&form).await.with(StatusCode::SEE_OTHER);
}

/// Two who do the same, signed in.
async fn two(app: &TestApp) -> [Browser<'_>; 2] {
    let both = [app.sign_in(Role::ExperienceExpert).await, app.sign_in(Role::IndependentExpert).await];
    for helper in &both {
        tells(helper).await;
    }
    both
}

async fn show(helper: &Browser<'_>, path: &str) -> View {
    let view = helper.get(path).await.with(StatusCode::OK).view();
    view.check();
    view
}

/// Picks up what stands first; gives where it stands from then on.
pub async fn pick_up(helper: &Browser<'_>) -> String {
    let list = show(helper, DESK).await;
    let form = list.form("[action='/balie/oppakken']");
    let answer = helper.submit(&form).await.with(StatusCode::SEE_OTHER);
    let location = answer.header("location").to_owned();
    location.split_once('?').expect("it says what was done").0.to_owned()
}

#[tokio::test]
async fn of_two_helpers_one_picks_it_up_and_only_she_sees_whose_it_is() {
    let app = TestApp::new().await;
    let held = made(&app).await;
    let [one, other] = two(&app).await;
    let seen = show(&one, DESK).await;
    let form = seen.form("[action='/balie/oppakken']");
    for helper in [&one, &other] {
        let text = helper.get(DESK).await.text();
        for hidden in [MARKER, &MARKER.to_lowercase(), &held.reference, &held.code, "06 12345678"] {
            assert!(!text.contains(hidden), "{hidden} stands in the list");
        }
    }
    let place = pick_up(&one).await;
    let too_late = other.submit(&form).await.with(StatusCode::SEE_OTHER);
    assert_eq!(too_late.header("location"), "/balie?klaar=weg");
    assert!(!show(&other, DESK).await.has("[action='/balie/oppakken']"));
    let opened = one.get(&place).await.with(StatusCode::OK);
    opened.view().check();
    for told in ["A", "B", "C", "D", "E"] {
        assert!(opened.text().contains(&format!("{MARKER} {told}")), "{told}");
    }
    assert!(opened.text().contains(&held.reference));
    let refused = other.get(&place).await.with(StatusCode::NOT_FOUND);
    assert!(!refused.text().contains(MARKER));
    assert!(!log::written().contains(MARKER), "it stands in the log");
}

#[tokio::test]
async fn a_contact_is_written_down_and_what_was_typed_is_never_lost() {
    let app = TestApp::new().await;
    let held = made(&app).await;
    let [one, _] = two(&app).await;
    let place = pick_up(&one).await;
    let page = show(&one, &place).await;
    let contact = page.form("[action]:has([value='contact'])");
    let refused = one.submit(&contact.clone().with("note", "Zij belt terug")).await;
    let view = refused.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    view.check();
    assert_eq!(words(view.one("textarea[name='note']")), "Zij belt terug");
    assert!(view.has(".error-summary [href='#way']"));
    let told = contact.with("way", "reached").with("note", "Zij belt terug");
    one.submit(&told).await.with(StatusCode::SEE_OTHER);
    assert!(words(show(&one, &place).await.one("#contact")).contains("Zij belt terug"));
    // She sees who opened it.
    let followed = help::opened(&app, &held).await.with(StatusCode::OK).text();
    assert!(followed.contains("Samira"));
    let close = page.form("[action]:has([value='close'])").with("outcome", "helped");
    let closed = one.submit(&close).await.with(StatusCode::SEE_OTHER);
    assert_eq!(closed.header("location"), "/balie?klaar=afgerond");
    let stale = one.submit(&told).await.with(StatusCode::NOT_FOUND);
    assert!(stale.text().contains("Zij belt terug"), "to be copied");
}

#[tokio::test]
async fn a_request_goes_from_one_helper_to_another_and_back_on_the_list() {
    let app = TestApp::new().await;
    made(&app).await;
    let [one, other] = two(&app).await;
    let place = pick_up(&one).await;
    let give = show(&one, &place).await.form("[action]:has([value='hand_over'])");
    let nobody = one.submit(&give).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    assert!(nobody.has(".error-summary [href='#to']"));
    let given = one.submit(&give.with("to", "demo-willem")).await.with(StatusCode::SEE_OTHER);
    assert_eq!(given.header("location"), "/balie?klaar=doorgegeven");
    one.get(&place).await.with(StatusCode::NOT_FOUND);
    let back = show(&other, &place).await.form("[action]:has([value='release'])");
    // Nobody says whose it is but a coordinator.
    let forged = one.submit(&back.clone().with("owner", "demo-willem")).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    other.submit(&back).await.with(StatusCode::SEE_OTHER);
    assert!(
        !show(&other, DESK).await.has("[action='/balie/oppakken']"),
        "who gave it back doesn't see it again"
    );
    assert!(show(&one, DESK).await.has("[action='/balie/oppakken']"));
}

#[tokio::test]
async fn the_overview_is_the_coordinators_and_tells_no_story() {
    let app = TestApp::new().await;
    let held = made(&app).await;
    let [one, _] = two(&app).await;
    one.get(DESK_OVERVIEW).await.with(StatusCode::FORBIDDEN);
    app.services.clock.move_by(4 * DAY);
    let coordinator = app.sign_in(Role::Coordinator).await;
    assert!(show(&coordinator, DESK).await.has("nav [href='/balie/overzicht']"));
    let overview = show(&coordinator, DESK_OVERVIEW).await;
    let text = words(overview.one("main"));
    assert!(!text.contains(MARKER) && !text.contains(&held.reference), "{text}");
    let give = overview.form("[action^='/balie/aanvraag/']:has([value='hand_over'])");
    let nobody = coordinator.submit(&give).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    nobody.check();
    assert!(nobody.has(".error-summary"));
    let place = give.action.clone();
    let given = coordinator.submit(&give.with("to", "demo-samira")).await.with(StatusCode::SEE_OTHER);
    assert_eq!(given.header("location"), "/balie/overzicht?klaar=doorgegeven");
    coordinator.get(&place).await.with(StatusCode::FORBIDDEN);
    assert!(words(show(&coordinator, DESK_OVERVIEW).await.one("#wie-draagt-wat")).contains("1 van 5"));
    app.services.clock.move_by(6 * DAY);
    let auditor = app.sign_in(Role::Auditor).await;
    auditor.get(DESK_OVERVIEW).await.with(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_coordinator_invites_shuts_out_and_says_what_an_organisation_sees() {
    let app = TestApp::new().await;
    made(&app).await;
    let [one, _] = two(&app).await;
    assert!(show(&one, DESK).await.has("[action='/balie/oppakken']"));
    let coordinator = app.sign_in(Role::Coordinator).await;
    let overview = show(&coordinator, DESK_OVERVIEW).await;
    let invite = overview.form("[action='/balie/overzicht/uitnodigen']");
    let refused = coordinator.submit(&invite.clone().with("name", "Nora")).await;
    let refused = refused.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    refused.check();
    assert_eq!(refused.typed("name"), "Nora");
    let invited = coordinator.submit(&invite.with("name", "Nora").with("role", "experience-expert")).await;
    let code = words(invited.with(StatusCode::OK).view().one("#code"));
    assert!(server::code::Code::read(&code).is_some(), "{code}");
    let sees = overview.form("[action='/balie/overzicht/organisatie']").with("kinds.financial", "yes");
    coordinator.submit(&sees).await.with(StatusCode::SEE_OTHER);
    assert!(
        !show(&one, DESK).await.has("[action='/balie/oppakken']"),
        "her organisation sees other things now"
    );
    let overview = show(&coordinator, DESK_OVERVIEW).await;
    assert!(words(overview.one("#wie-werkt-hier")).contains("Nora"));
    let block = overview.form("[action='/balie/overzicht/blokkeren']:has([value='demo-samira'])");
    coordinator.submit(&block).await.with(StatusCode::SEE_OTHER);
    let out = one.get(DESK).await;
    assert_ne!(out.status, StatusCode::OK, "her session ended");
    let own = coordinator.post("/balie/overzicht/blokkeren", &[("staff", "demo-henk")]).await;
    assert_eq!(own.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_told_and_what_was_typed_stays() {
    let app = TestApp::new().await;
    let one = app.sign_in(Role::ExperienceExpert).await;
    assert!(show(&one, DESK).await.has("#wacht [href='/balie/beschikbaar']"));
    let form = show(&one, DESK_AVAILABILITY).await.form(".form");
    let form = form.with("paused", "morgen").with("most", "99").with("mail", "a@example.org");
    let refused = one.submit(&form).await.with(StatusCode::UNPROCESSABLE_ENTITY).view();
    refused.check();
    assert_eq!(refused.typed("paused"), "morgen");
    for field in ["kinds", "languages", "most", "paused"] {
        assert!(refused.has(&format!(".error-summary [href='#{field}']")), "{field}");
    }
    tells(&one).await;
    let kept = show(&one, DESK_AVAILABILITY).await;
    assert!(kept.has("[name='kinds.legal'][checked]") && !kept.has("[name='kinds.financial'][checked]"));
}

#[tokio::test]
async fn a_colleague_listens_and_only_then_sees_how() {
    let app = TestApp::new().await;
    let [one, other] = two(&app).await;
    let form = show(&one, DESK_COLLEAGUE).await.form(".form");
    one.submit(&form).await.with(StatusCode::UNPROCESSABLE_ENTITY);
    one.submit(&form.with("text", "Zwaar gesprek").with("reach", "06 00000000"))
        .await
        .with(StatusCode::SEE_OTHER);
    let seen = show(&other, DESK_COLLEAGUE).await;
    let text = words(seen.one("main"));
    assert!(text.contains("Zwaar gesprek") && !text.contains("06 00000000"), "{text}");
    other.submit(&seen.form("[action]:has([value='take'])")).await.with(StatusCode::SEE_OTHER);
    assert!(words(show(&other, DESK_COLLEAGUE).await.one("#uw-vragen")).contains("06 00000000"));
    let own = show(&one, DESK_COLLEAGUE).await;
    one.submit(&own.form("[action]:has([value='close'])")).await.with(StatusCode::SEE_OTHER);
    assert!(!show(&other, DESK_COLLEAGUE).await.has("#uw-vragen"));
}

/// Everything that the pages of the desk can say.
pub async fn every_state() -> Vec<(&'static str, &'static str, View)> {
    let app = TestApp::new().await;
    help::made(&app, &[]).await;
    let one = app.sign_in(Role::ExperienceExpert).await;
    let mut states = vec![
        (DESK, "nothing told yet", one.get(DESK).await.view()),
        (DESK_AVAILABILITY, "empty", one.get(DESK_AVAILABILITY).await.view()),
        (DESK_AIDS, "read", one.get(DESK_AIDS).await.view()),
    ];
    let empty = states[1].2.form(".form").with("most", "0").with("paused", "x").with("mail", "x");
    states.push((DESK_AVAILABILITY, "wrong", one.submit(&empty).await.view()));
    tells(&one).await;
    states.push((DESK, "something waits", one.get(DESK).await.view()));
    let place = pick_up(&one).await;
    let opened = one.get(&place).await.view();
    for (what, form) in [("contact", "contact"), ("close", "close"), ("hand over", "hand_over")] {
        if !opened.has(&format!("[value='{form}']")) {
            continue;
        }
        let form = opened.form(&format!("[action]:has([value='{form}'])"));
        states.push((DESK, what, one.submit(&form).await.view()));
    }
    let contact =
        opened.form("[action]:has([value='contact'])").with("way", "tried").with("note", "Geen gehoor.");
    one.submit(&contact).await;
    states.push((DESK, "a request", one.get(&place).await.view()));
    states.push((DESK, "one's own", one.get(DESK).await.view()));
    for said in [
        "opgepakt",
        "weg",
        "vol",
        "pauze",
        "past-niet",
        "teruggezet",
        "doorgegeven",
        "afgerond",
        "opgeslagen",
    ] {
        states.push((DESK, said, one.get(&format!("/balie?klaar={said}")).await.view()));
    }
    let asks = one.get(DESK_COLLEAGUE).await.view();
    states.push((DESK_COLLEAGUE, "wrong", one.submit(&asks.form(".form")).await.view()));
    one.submit(&asks.form(".form").with("text", "Zwaar.").with("reach", "Bel mij.")).await;
    for said in ["gevraagd", "luistert", "voorbij", "klaar"] {
        states.push((DESK_COLLEAGUE, said, one.get(&format!("/balie/collega?klaar={said}")).await.view()));
    }
    states.push((DESK, "gone", one.get("/balie/aanvraag/0").await.view()));
    help::made(&app, &[]).await;
    app.services.clock.move_by(9 * DAY);
    let quiet = TestApp::new().await;
    for (what, app) in [("late", &app), ("in time", &quiet)] {
        let coordinator = app.sign_in(Role::Coordinator).await;
        states.push((DESK_OVERVIEW, what, coordinator.get(DESK_OVERVIEW).await.view()));
    }
    states
}
