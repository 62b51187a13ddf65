//! How fast pages come: told, and only held to what even a slow machine without optimisation reaches.

use std::time::{Duration, Instant};

use axum::http::StatusCode;

use crate::app::TestApp;
use crate::families::families;

const PAGES: u32 = 300;

#[tokio::test]
async fn calculator_pages_come_fast() {
    let app = TestApp::new().await;
    let (typed, _) = families(1).next().expect("a family");
    let started = Instant::now();
    for _ in 0..PAGES {
        app.post("/bedragen", &typed).await.with(StatusCode::OK);
    }
    let took = started.elapsed();
    println!("{:.0} calculator pages a second, on one core", f64::from(PAGES) / took.as_secs_f64());
    assert!(took < Duration::from_secs(30), "{PAGES} pages took {took:?}");
}
