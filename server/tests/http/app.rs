//! The portal in a test: the whole router, without a socket, over a folder of files that the test made.

use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use app::shell::Site;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::HeaderName;
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use server::account::{Accounts, DemoAccounts, DemoStaff};
use server::clock::Clock;
use server::code::Code;
use server::config::{Config, DatabaseConfig, KeysConfig, LogFormat, LoginConfig, MailConfig};
use server::figures::Figures;
use server::http::{Services, Stopping};
use server::lines::Limits;
use server::store::Store;
use server::together::Together;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::browser::{Form, View};
use crate::database;
use crate::log;
use crate::site::site;

/// Where "Verlaat deze pagina snel" goes in these tests.
pub const LEAVE_TO: &str = "https://weer.example.org/";
/// Where the proxy tells who asks.
pub const CLIENT_ADDRESS: HeaderName = HeaderName::from_static("x-forwarded-for");
pub const FORM: &str = "application/x-www-form-urlencoded";

/// 2026-11-23 in the morning, in Amsterdam.
pub const MORNING: i64 = 1_795_420_800;

pub struct TestApp {
    router: Router,
    pub services: Services,
    /// Whom the links of the demo let in.
    pub demo_links: Vec<(DemoStaff, Code)>,
    pub site: Site,
    _folders: [TempDir; 2],
}

/// What came back, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl TestApp {
    /// A demo on built files and a database of its own.
    pub async fn new() -> TestApp {
        TestApp::with(Figures::default()).await
    }

    /// The same, with estimates.
    pub async fn with(figures: Figures) -> TestApp {
        let (url, folder) = empty_database().await;
        TestApp::on(&url, folder, figures).await
    }

    /// Another process on the same database.
    pub async fn on(database_url: &str, folder: TempDir, figures: Figures) -> TestApp {
        TestApp::configured(database_url, folder, figures, Clock::standing_at(MORNING), |_| {}).await
    }

    /// With other settings than those of a demo.
    pub async fn set(change: impl FnOnce(&mut Config)) -> TestApp {
        let (url, folder) = empty_database().await;
        TestApp::configured(&url, folder, Figures::default(), Clock::standing_at(MORNING), change).await
    }

    /// The same, with a clock that goes by itself.
    pub async fn by_the_clock(change: impl FnOnce(&mut Config)) -> TestApp {
        let (url, folder) = empty_database().await;
        TestApp::configured(&url, folder, Figures::default(), Clock::default(), change).await
    }

    pub async fn configured(
        database_url: &str,
        folder: TempDir,
        figures: Figures,
        clock: Clock,
        change: impl FnOnce(&mut Config),
    ) -> TestApp {
        log::keep();
        let site = site();
        let mut config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            metrics_listen: None,
            log_format: LogFormat::Text,
            stop_after_seconds: 0,
            most_at_once: 512,
            site: site.path().to_owned(),
            demo: true,
            operator: None,
            helpline: None,
            helpline_hours: None,
            leave_to: LEAVE_TO.to_owned(),
            database: DatabaseConfig { database_url: database_url.to_owned() },
            client_address_header: Some(CLIENT_ADDRESS),
            keys: KeysConfig { seal_keys: None },
            public_address: None,
            mail: MailConfig::default(),
            login: LoginConfig {
                login_issuer: None,
                login_client_id: None,
                login_key: None,
                login_acr: String::new(),
            },
        };
        change(&mut config);
        let store = Store::open(database_url).await.expect("a database");
        let keys = config.keys.keys(config.demo).expect("keys");
        let accounts = Accounts::new(store.clone());
        let demo = DemoAccounts::of(&config, &accounts, clock.now()).await.expect("accounts");
        let (demo_accounts, links) = demo.unzip();
        let demo_accounts = demo_accounts.map(Arc::new);
        let provider = config.provider().expect("settings").map(Arc::new);
        let together = Together::start(store.clone(), clock.clone());
        let (figures, stopping) = (Arc::new(figures), Stopping::default());
        let services = Services { store, keys, clock, figures, demo_accounts, provider, together, stopping };
        let told = config.site().expect("a site");
        let router = server::http::router(&config, told.clone(), services.clone());
        TestApp {
            router,
            services,
            demo_links: links.unwrap_or_default(),
            site: told,
            _folders: [site, folder],
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// A form as a browser posts it.
    pub async fn post<N: AsRef<str>, V: AsRef<str>>(&self, path: &str, fields: &[(N, V)]) -> Answer {
        self.send(
            post(path).header(header::CONTENT_TYPE, FORM).body(encoded(fields).into()).expect("a request"),
        )
        .await
    }

    /// Sends a form that stands on a page, where it says that it goes.
    pub async fn submit(&self, form: &Form) -> Answer {
        assert_eq!(form.method, "post", "what she typed must not stand in an address");
        self.post(&form.action, &form.fields).await
    }

    /// Answers on a socket too, as long as the test runs.
    pub async fn listen(&self) -> SocketAddr {
        self.listen_within(Limits::default()).await
    }

    /// The same, with less patience.
    pub async fn listen_within(&self, limits: Limits) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = self.router.clone();
        tokio::spawn(server::lines::serve(listener, router, limits, std::future::pending()));
        address
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

async fn empty_database() -> (String, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    std::fs::copy(database::template().await, &path).expect("a database");
    (format!("sqlite:{}", path.display()), folder)
}

/// A post from a page of this same site.
pub fn post(path: &str) -> Builder {
    Request::post(path)
        .header(header::HOST, "herstelroute.test")
        .header(header::ORIGIN, "https://herstelroute.test")
        .header("sec-fetch-site", "same-origin")
}

pub fn encoded<N: AsRef<str>, V: AsRef<str>>(fields: &[(N, V)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Answer {
    /// The same answer, once it is sure to be what the test is about.
    #[track_caller]
    pub fn with(self, status: StatusCode) -> Answer {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// A header's value; empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// The body as it was before it was compressed.
    pub fn decoded(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        let body = &*self.body;
        let read = match self.header("content-encoding") {
            "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut plain),
            "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut plain),
            "" => return body.to_vec(),
            other => panic!("nobody asked for {other}"),
        };
        read.expect("a whole body");
        plain
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.decoded()).expect("UTF-8")
    }

    /// The page, as a browser without scripts shows it.
    #[track_caller]
    pub fn view(&self) -> View {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8");
        View::of(&self.text())
    }
}
