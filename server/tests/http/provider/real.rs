//! A real provider: npm's `oidc-provider`, in a process of its own, over real HTTP.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use axum::http::StatusCode;
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use crate::sign_in::{Place, SUBSTANTIAL, Trip, cookies, own_keys, represents};

/// The provider; it stops when it is dropped.
struct Real {
    running: Child,
    /// It would stumble over a closed pipe.
    _output: BufReader<ChildStdout>,
    issuer: String,
}

impl Real {
    fn start(people: &Value) -> Real {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end");
        assert!(
            folder.join("node_modules/oidc-provider").exists(),
            "the login provider is missing: run `npm ci --ignore-scripts` in end2end"
        );
        let settings = json!({
            "jwks": own_keys(),
            "redirect_uri": "https://herstelroute.test/inloggen/terug",
            "people": people,
        });
        let mut running = Command::new("node")
            .args(["login-provider.mjs", &settings.to_string()])
            .current_dir(folder)
            // It ends with this program, which holds its input.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node runs");
        let mut line = String::new();
        let mut output = BufReader::new(running.stdout.take().expect("its output"));
        output.read_line(&mut line).expect("a line");
        assert!(line.starts_with("http://127.0.0.1:"), "{line:?}");
        Real { running, _output: output, issuer: line.trim().to_owned() }
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

/// What someone's browser does at the provider.
struct Browser {
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Browser {
        let client =
            reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Browser { client, cookies: BTreeMap::new() }
    }

    async fn ask(&mut self, request: reqwest::RequestBuilder) -> reqwest::Response {
        let kept = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        let answer = request.header("cookie", kept.join("; ")).send().await.expect("an answer");
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    /// Signs in as somebody; gives what the provider sends her back with.
    async fn sign_in(&mut self, address: &str, name: &str) -> Vec<(String, String)> {
        let mut address = reqwest::Url::parse(address).expect("an address");
        let mut answer = self.ask(self.client.get(address.clone())).await;
        for _ in 0..10 {
            if answer.status() == StatusCode::OK {
                let button = format!("{address}/{name}");
                let page = answer.text().await.expect("a page");
                assert!(page.contains(&format!("/{name}\"")), "{page}");
                answer = self.ask(self.client.post(button)).await;
                continue;
            }
            assert!(answer.status().is_redirection(), "{}", answer.text().await.unwrap_or_default());
            let location = answer.headers()["location"].to_str().expect("text");
            address = address.join(location).expect("an address");
            if address.host_str() == Some("herstelroute.test") {
                return address.query_pairs().into_owned().collect();
            }
            answer = self.ask(self.client.get(address.clone())).await;
        }
        panic!("it goes round and round: {address}");
    }
}

fn people() -> Value {
    let low = "http://eidas.europa.eu/LoA/low";
    let elsewhere =
        json!({"iss": "urn:register", "sub_id_type": "urn:nl-eid-gdi:1.0:id:OIN", "sub": "00000002"});
    json!({
        "samira": {"acr": SUBSTANTIAL, "represents": represents()},
        "laag": {"acr": low, "represents": represents()},
        "elders": {"acr": SUBSTANTIAL, "represents": elsewhere},
        "niemand": {"acr": SUBSTANTIAL},
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_provider_lets_in_whom_we_invited_with_all_that_was_agreed() {
    let provider = Real::start(&people());
    let place = Place::really_at(provider.issuer.clone()).await;
    let (_, code) = place.invite("Samira").await;

    for name in ["laag", "elders", "niemand"] {
        let trip = place.depart(Some(&code)).await;
        let told = Browser::new().sign_in(&trip.address, name).await;
        let refused = back(&place, &trip, &told).await.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(cookies(&refused), Vec::<String>::new(), "{name}");
        refused.view().check();
    }

    let trip = place.depart(Some(&code)).await;
    let told = Browser::new().sign_in(&trip.address, "samira").await;
    let let_in = back(&place, &trip, &told).await.with(StatusCode::SEE_OTHER);
    assert_eq!(let_in.header("location"), "/balie");

    // A code works once at the provider too, whatever browser brings it.
    let other = place.depart(None).await;
    let code_of =
        |told: &[(String, String)]| told.iter().find(|(name, _)| name == "code").cloned().expect("a code");
    let state = ("state".to_owned(), other.parameter("state"));
    let again = vec![code_of(&told), state, ("iss".to_owned(), provider.issuer.clone())];
    back(&place, &other, &again).await.with(StatusCode::UNPROCESSABLE_ENTITY);

    let once_more = place.depart(None).await;
    let told = Browser::new().sign_in(&once_more.address, "samira").await;
    back(&place, &once_more, &told).await.with(StatusCode::SEE_OTHER);
}

async fn back(place: &Place, trip: &Trip, told: &[(String, String)]) -> crate::app::Answer {
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    place.arrive(&trip.cookie, &told).await
}
