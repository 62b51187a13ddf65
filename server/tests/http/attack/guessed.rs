//! Guessing: each address gets so many wrong guesses in a quarter of an hour, whichever process it asks, and bars nobody
//! else.

use axum::http::StatusCode;

use super::secrets::{Scene, Secret};
use crate::provider::hostile::Hostile;

const QUARTER: i64 = 15 * 60;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_waits_at_every_process_and_bars_nobody_else() {
    let provider = Hostile::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("shared.db").display());
    let here = Scene::on(&url, folder, provider.issuer()).await;
    let there = Scene::on(&url, tempfile::tempdir().expect("a folder"), provider.issuer()).await;
    for secret in Secret::ALL {
        let ask = async |scene: &Scene, guess: &str, from: &str| {
            scene.app.send(scene.guess(secret, guess, from)).await
        };
        for at in 0..secret.most() {
            let scene = if at % 2 == 0 { &here } else { &there };
            let wrong = match at % 3 {
                0 => secret.unknown(),
                1 => secret.near(&scene.right(secret).await),
                _ => secret.malformed(&secret.unknown()).unwrap_or_else(|| secret.unknown()),
            };
            let answer = ask(scene, &wrong, "192.0.2.1").await;
            assert_eq!(answer.status, secret.refused(), "{secret:?} {at}");
        }
        for scene in [&here, &there] {
            let barred = ask(scene, &secret.unknown(), "192.0.2.1").await;
            assert_eq!(barred.status, StatusCode::TOO_MANY_REQUESTS, "{secret:?}");
            let wait: i64 = barred.header("retry-after").parse().expect("seconds");
            assert!((1..=QUARTER).contains(&wait), "{secret:?}: {wait}");
            // What a client tells of itself comes before what its proxy adds.
            let same = ask(scene, &secret.unknown(), "198.51.100.7, 192.0.2.1").await;
            assert_eq!(same.status, StatusCode::TOO_MANY_REQUESTS, "{secret:?}");
            // A right token always passes: an office can't be barred by who guesses from its own address.
            let right = ask(scene, &scene.right(secret).await, "192.0.2.1").await;
            assert_eq!(right.status == StatusCode::TOO_MANY_REQUESTS, secret != Secret::Token, "{secret:?}");
            let other = ask(scene, &scene.right(secret).await, "192.0.2.2").await;
            assert_ne!(other.status, StatusCode::TOO_MANY_REQUESTS, "{secret:?}");
            assert_ne!(other.status, secret.refused(), "{secret:?}: it was right");
        }
        let later = [&here, &there].map(|scene| scene.app.services.clock.move_by(QUARTER));
        assert_eq!(later.len(), 2);
        let again = ask(&here, &secret.unknown(), "192.0.2.1").await;
        assert_eq!(again.status, secret.refused(), "{secret:?}");
    }
}
