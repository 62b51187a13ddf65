//! "Verlaat deze pagina snel".

use app::urls::LEAVE;
use axum::http::StatusCode;

use crate::app::{LEAVE_TO, TestApp};

#[tokio::test]
async fn leaving_wipes_what_the_browser_kept_and_shows_another_site() {
    let answer = TestApp::new().await.get(LEAVE).await.with(StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), LEAVE_TO);
    assert_eq!(answer.header("clear-site-data"), r#""cache", "storage""#);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "the other site isn't told where she was");
    assert!(answer.header("set-cookie").starts_with("__Host-samen=; "), "{}", answer.header("set-cookie"));
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn the_way_out_stands_on_every_page() {
    let app = TestApp::new().await;
    for page in app::urls::Page::ALL {
        app.get(page.path()).await.view().one("footer a.leave[href='/weg']");
    }
}
