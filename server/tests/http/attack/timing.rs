//! How long a wrong guess takes tells nothing: not that it was nearly right, not that it was right once.
//!
//! Whole requests go through the whole router in this process, one after the other in random order, so that nothing of a
//! network hides a difference. Each comes from an address of its own, for the limits. Welch's t tells whether two kinds take
//! different times on average. As the machine does other things too, it is taken twice: of the times without the slowest
//! tenth, and of their places in the order from quick to slow, which no long wait can hide. The larger one counts.

use std::collections::BTreeMap;
use std::env;
use std::time::Instant;

use super::secrets::{Scene, Secret};
use crate::figure;
use crate::provider::hostile::Hostile;

/// Beyond this, two kinds of guesses are told apart.
const MOST: f64 = 4.5;
/// Of each kind; a long run asks for ten thousand.
const FEW: usize = 150;
/// Of each kind, so that no sample repeats the one before it.
const POOL: usize = 6;

#[tokio::test]
async fn how_long_a_wrong_guess_takes_tells_nothing() {
    let provider = Hostile::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("timed.db").display());
    let scene = Scene::on(&url, folder, provider.issuer()).await;
    let samples = samples();
    let mut told = Vec::new();
    for secret in Secret::ALL {
        let pool = Pool::of(&scene, secret).await;
        let mut times = measure(&scene, &pool, samples).await;
        if apart(&times).0 >= MOST {
            // What the code does shows again; what the machine did meanwhile doesn't.
            println!("{secret:?}: |t| = {:.1} once; means {:?}", apart(&times).0, means(&times));
            times = measure(&scene, &pool, samples).await;
        }
        let (t, pair) = apart(&times);
        report(secret, t, samples);
        if t >= MOST {
            told.push(format!("{secret:?}: |t| = {t:.1} between {pair}; means {:?}", means(&times)));
        }
    }
    assert!(told.is_empty(), "{told:#?}");
}

/// So that the test above can fail: a difference of a few percent is seen, also when the machine is busy now and then.
#[test]
fn a_difference_of_a_few_percent_is_seen() {
    let mut chance = fastrand::Rng::with_seed(7);
    let mut time = |mean: f64| {
        let wait = if chance.u8(..) < 50 { 100.0 * chance.f64() } else { 0.0 };
        mean * (0.8 + 0.4 * chance.f64()) + wait
    };
    let mut of = |mean: f64| (0..2_000).map(|_| time(mean)).collect::<Vec<f64>>();
    let (slow, quick, alike) = (of(1.03), of(1.0), of(1.0));
    let told = |one, other| farthest(&places(&Times::from([("one", one), ("other", other)]))).0;
    assert!(told(slow, quick.clone()) > MOST);
    assert!(told(alike, quick) < MOST);
}

fn samples() -> usize {
    let told = env::var("SAMPLES").ok().map(|told| told.parse().expect("SAMPLES is a number"));
    told.unwrap_or(if env::var_os("LONG").is_some() { 10_000 } else { FEW })
}

type Times = BTreeMap<&'static str, Vec<f64>>;

/// What guesses are made from.
struct Pool {
    secret: Secret,
    right: Vec<String>,
    spent: Vec<String>,
}

impl Pool {
    async fn of(scene: &Scene, secret: Secret) -> Pool {
        let mut pool = Pool { secret, right: Vec::new(), spent: Vec::new() };
        for _ in 0..POOL {
            pool.right.push(scene.right(secret).await);
            pool.spent.push(scene.spent(secret).await);
        }
        pool
    }

    /// A wrong one of that kind, where there is one.
    fn guess(&self, kind: &str) -> Option<String> {
        let any = |pool: &[String]| pool[fastrand::usize(..pool.len())].clone();
        match kind {
            "unknown" => Some(self.secret.unknown()),
            "nearly right" => Some(self.secret.near(&any(&self.right))),
            "right once" => Some(any(&self.spent)),
            _ => self.secret.malformed(&self.secret.unknown()),
        }
    }
}

async fn measure(scene: &Scene, pool: &Pool, samples: usize) -> Times {
    let secret = pool.secret;
    let kinds = ["unknown", "nearly right", "right once", "malformed"];
    let kinds: Vec<&str> = kinds.into_iter().filter(|kind| pool.guess(kind).is_some()).collect();
    let mut order: Vec<&'static str> = kinds.repeat(samples);
    fastrand::shuffle(&mut order);
    let mut times = Times::new();
    for (at, kind) in order.into_iter().enumerate() {
        let guess = pool.guess(kind).unwrap_or_default();
        let request = scene.guess(secret, &guess, &format!("{secret:?} {at}"));
        let started = Instant::now();
        let answer = scene.app.send(request).await;
        let took = started.elapsed();
        assert_eq!(answer.status, secret.refused(), "{secret:?}, {kind}");
        times.entry(kind).or_default().push(took.as_secs_f64());
    }
    times
}

/// How far apart the two kinds are that differ most, and which.
fn apart(times: &Times) -> (f64, String) {
    let [of_times, of_places] = [farthest(&crop(times)), farthest(&places(times))];
    if of_times.0 > of_places.0 { of_times } else { of_places }
}

/// From quick to slow.
fn in_order(times: &Times) -> Vec<f64> {
    let mut all: Vec<f64> = times.values().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    all
}

/// Where each stands among all.
fn places(times: &Times) -> Times {
    let all = in_order(times);
    let place = |time: &f64| all.partition_point(|other| other < time) as f64;
    times.iter().map(|(kind, times)| (*kind, times.iter().map(place).collect())).collect()
}

/// Without the slowest tenth of all.
fn crop(times: &Times) -> Times {
    let all = in_order(times);
    let most = all[all.len() * 9 / 10];
    let quick = |times: &Vec<f64>| times.iter().copied().filter(|time| *time <= most).collect();
    times.iter().map(|(kind, times)| (*kind, quick(times))).collect()
}

/// The two kinds that differ most.
fn farthest(times: &Times) -> (f64, String) {
    let mut farthest = (0.0, String::new());
    for (one, of_one) in times {
        for (other, of_other) in times.range(..*one) {
            let t = welch(of_one, of_other).abs();
            if t >= farthest.0 {
                farthest = (t, format!("{other} and {one}"));
            }
        }
    }
    farthest
}

fn welch(one: &[f64], other: &[f64]) -> f64 {
    let [(mean, error), (other_mean, other_error)] = [one, other].map(|times| {
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        let spread = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, spread / count)
    });
    (mean - other_mean) / (error + other_error).sqrt()
}

fn means(times: &Times) -> BTreeMap<&'static str, String> {
    let mean = |times: &Vec<f64>| times.iter().sum::<f64>() / times.len() as f64;
    times.iter().map(|(kind, times)| (*kind, format!("{:.1} µs", 1e6 * mean(times)))).collect()
}

/// For the part "Proof" of the README, where someone asked for it.
fn report(secret: Secret, t: f64, samples: usize) {
    let promise = format!("|t| of wrong guesses at {}", secret.in_words());
    let measured = format!("{t:.1} ({samples} samples of each kind)").replace('.', ",");
    figure::add(&promise, &measured, &format!("< {MOST}").replace('.', ","));
}
