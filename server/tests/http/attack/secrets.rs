//! Everything that lets in who knows it, and how a guess at it is sent.

use app::entries::Entries;
use app::urls::{SIGN_IN_DEMO, TOGETHER_JOIN};
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use domain::Date;
use domain::timeline::{Event, EventKind};
use server::account::{Accounts, Role};
use server::clock::{Clock, Now};
use server::code::Code;
use server::figures::Figures;
use server::help::Reference;
use server::office::{Offices, Row, Scope};
use server::timeline::Dossiers;
use server::together::MeetingName;
use tempfile::TempDir;

use crate::app::{CLIENT_ADDRESS, FORM, MORNING, TestApp, encoded, post};
use crate::help;
use crate::sign_in::configure;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    Dossier,
    /// A number, a space and a code.
    Request,
    Link,
    Invitation,
    /// What both browsers derive from the code of a meeting.
    Meeting,
    Token,
    DemoLink,
}

impl Secret {
    pub const ALL: [Secret; 7] = [
        Secret::Dossier,
        Secret::Request,
        Secret::Link,
        Secret::Invitation,
        Secret::Meeting,
        Secret::Token,
        Secret::DemoLink,
    ];

    /// As a figure calls it.
    pub const fn in_words(self) -> &'static str {
        match self {
            Secret::Dossier => "the code of a dossier",
            Secret::Request => "the number and code of a request",
            Secret::Link => "a link code",
            Secret::Invitation => "an invitation",
            Secret::Meeting => "the name of a meeting",
            Secret::Token => "the token of an office",
            Secret::DemoLink => "a link of the demo",
        }
    }

    /// What is answered to a guess that is wrong.
    pub const fn refused(self) -> StatusCode {
        match self {
            Secret::Meeting => StatusCode::NOT_FOUND,
            Secret::Token => StatusCode::UNAUTHORIZED,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// How often an address may be wrong in a quarter of an hour.
    pub const fn most(self) -> usize {
        if matches!(self, Secret::Token | Secret::DemoLink) { 20 } else { 10 }
    }

    /// One of the right shape that nobody has.
    pub fn unknown(self) -> String {
        match self {
            Secret::Request => {
                format!("{} {}", Reference::of(Code::random().finder("nothing")), Code::random())
            }
            Secret::Meeting => random(32),
            Secret::Token => format!("hr_{}", random(32)),
            _ => Code::random().to_string(),
        }
    }

    /// All but one sign of a right one.
    pub fn near(self, right: &str) -> String {
        loop {
            let near = self.with_sign(right, &random(1));
            if near != right {
                return near;
            }
        }
    }

    /// With a sign that none has; `None`: any sign will do.
    pub fn malformed(self, right: &str) -> Option<String> {
        (self != Secret::Meeting)
            .then(|| self.with_sign(right, if self == Secret::Token { "!" } else { "U" }))
    }

    /// With another sign at some place.
    fn with_sign(self, right: &str, sign: &str) -> String {
        let from = right.rfind([' ', '_']).map_or(0, |at| at + 1);
        let places: Vec<usize> = right
            .char_indices()
            .map(|(at, _)| at)
            .filter(|at| *at >= from && &right[*at..=*at] != "-")
            .collect();
        let at = places[fastrand::usize(..places.len())];
        format!("{}{sign}{}", &right[..at], &right[at + 1..])
    }
}

/// Signs that every kind of code has.
fn random(signs: usize) -> String {
    (0..signs).map(|_| *fastrand::choice(b"ABCDEFGH234567").expect("some")).map(char::from).collect()
}

/// A portal with something behind each.
pub struct Scene {
    pub app: TestApp,
    accounts: Accounts,
    dossiers: Dossiers,
    /// Of a page with an opened dossier.
    ticket: String,
}

impl Scene {
    /// A process on that database.
    pub async fn on(database_url: &str, folder: TempDir, issuer: String) -> Scene {
        let set = |config: &mut _| configure(config, issuer);
        let clock = Clock::standing_at(MORNING);
        let app = TestApp::configured(database_url, folder, Figures::default(), clock, set).await;
        let services = &app.services;
        let accounts = Accounts::new(services.store.clone());
        let dossiers = Dossiers::new(services.store.clone(), services.keys.clone());
        let mut scene = Scene { accounts, dossiers, ticket: String::new(), app };
        let code = scene.dossier().await;
        scene.ticket = scene.dossiers.ticket(&code, scene.now()).expect("a ticket");
        scene
    }

    /// A guess, from somewhere.
    pub fn guess(&self, secret: Secret, guess: &str, from: &str) -> Request<Body> {
        let form = |path: &str, fields: &[(&str, &str)]| {
            let request = post(path).header(header::CONTENT_TYPE, FORM);
            (request, encoded(fields).into_bytes())
        };
        let (request, body): (Builder, Vec<u8>) = match secret {
            Secret::Dossier => form("/dossier", &[("action", "open"), ("code", guess)]),
            Secret::Request => {
                let (reference, code) = guess.split_once(' ').expect("both");
                form("/hulpvraag/volgen", &[("action", "open"), ("reference", reference), ("code", code)])
            }
            Secret::Link => {
                form("/dossier", &[("action", "link"), ("ticket", &self.ticket), ("link_code", guess)])
            }
            Secret::Invitation => form("/inloggen", &[("invitation", guess)]),
            Secret::Meeting => (post(TOGETHER_JOIN), guess.into()),
            Secret::Token => {
                let request = Request::get("/api/v1/batches/none");
                (request.header(header::AUTHORIZATION, format!("Bearer {guess}")), Vec::new())
            }
            Secret::DemoLink => (Request::get(format!("{SIGN_IN_DEMO}/{guess}")), Vec::new()),
        };
        request.header(CLIENT_ADDRESS, from).body(body.into()).expect("a request")
    }

    /// A right one, that opens something.
    pub async fn right(&self, secret: Secret) -> String {
        match secret {
            Secret::Dossier => self.dossier().await.to_string(),
            Secret::Request => {
                let held = help::made(&self.app, &[]).await;
                format!("{} {}", held.reference, held.code)
            }
            Secret::Link => self.link().await.to_string(),
            Secret::Invitation => self.invited(self.now()).await.to_string(),
            Secret::Meeting => {
                let name = random(32);
                let read = MeetingName::read(name.as_bytes()).expect("a name");
                self.app.services.together.begin(&read).await.expect("an answer").expect("a ticket");
                name
            }
            Secret::Token => self.token().await.1,
            Secret::DemoLink => {
                let person = fastrand::usize(..self.app.demo_links.len() / 2);
                self.app.demo_links[person].1.signs().to_owned()
            }
        }
    }

    /// One that was right, and opens nothing any more. Of a request: her code, with the number of somebody else.
    pub async fn spent(&self, secret: Secret) -> String {
        let (services, now) = (&self.app.services, self.now());
        match secret {
            Secret::Dossier => {
                let code = self.dossier().await;
                let opened =
                    self.dossiers.open(code.clone(), now).await.expect("an answer").expect("a dossier");
                self.dossiers.delete(&opened, now).await.expect("an answer");
                code.to_string()
            }
            Secret::Request => {
                let (hers, his) = (self.right(secret).await, self.right(secret).await);
                format!(
                    "{} {}",
                    his.split(' ').next().expect("a number"),
                    hers.split(' ').nth(1).expect("a code")
                )
            }
            Secret::Link => {
                let code = self.link().await;
                let opened = self.dossiers.open(self.dossier().await, now).await.expect("an answer");
                self.dossiers.link(&opened.expect("a dossier"), &code, now).await.expect("an answer");
                code.to_string()
            }
            Secret::Invitation => {
                self.invited(Now { at: now.at - 8 * 24 * 60 * 60, on: now.on }).await.to_string()
            }
            Secret::Meeting => {
                let name = self.right(secret).await;
                let read = MeetingName::read(name.as_bytes()).expect("a name");
                services.together.join(&read, None).await.expect("an answer").expect("a ticket");
                name
            }
            Secret::Token => {
                let (id, token) = self.token().await;
                Offices::new(services.store.clone()).revoke_token(&id, now).await.expect("an answer");
                token
            }
            Secret::DemoLink => {
                let person = fastrand::usize(self.app.demo_links.len() / 2..self.app.demo_links.len());
                let code = self.app.demo_links[person].1.signs().to_owned();
                let _ = services
                    .demo_accounts
                    .as_ref()
                    .expect("a demo")
                    .take(&Code::read(&code).expect("a code"));
                code
            }
        }
    }

    fn now(&self) -> Now {
        self.app.services.clock.now()
    }

    async fn dossier(&self) -> Code {
        let form = fastrand::u128(..).to_string();
        let letters = [("letters[0].kind", "registered"), ("letters[0].on", "16-1-2023")];
        let letters = Entries::from_pairs(letters);
        self.dossiers.make(&form, &letters, form.as_bytes(), self.now()).await.expect("a dossier")
    }

    async fn link(&self) -> Code {
        let offices = Offices::new(self.app.services.store.clone());
        let case = fastrand::u64(..).to_string();
        let (kind, on) = (EventKind::Registered, Date::constant(2025, 3, 3));
        let event = Event { on, kind, step: None, outcome: None, until: None, way: None, code: None };
        let row = Row { line: 1, case: case.clone(), event, withdrawn: false };
        offices.import("Kantoor", vec![row], self.now()).await.expect("an answer");
        let links = offices.make_links("Kantoor", vec![case], self.now()).await.expect("an answer");
        links.expect("its case")[0].code.clone()
    }

    async fn invited(&self, now: Now) -> Code {
        let invited = self.accounts.invite(Role::ExperienceExpert, "Nora", None, now).await;
        invited.expect("an invitation").1
    }

    async fn token(&self) -> (String, String) {
        let offices = Offices::new(self.app.services.store.clone());
        let made = offices.make_token("Kantoor", &[Scope::Events], self.now()).await.expect("a token");
        (made.0.id, made.1.show().to_owned())
    }
}
