//! A robot that finds every form by itself: it fills in whatever can be typed in, and presses every button.

use std::collections::{BTreeSet, VecDeque};

use app::urls::{
    DESK, DESK_AIDS, DESK_AVAILABILITY, DESK_BLOCK, DESK_COLLEAGUE, DESK_LOG, DESK_OVERVIEW, Page, SIGN_OUT,
};
use axum::body::Body;
use axum::http::{Request, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use server::account::Role;

use super::payloads::Fill;
use crate::amounts::receipt;
use crate::app::{Answer, CLIENT_ADDRESS, FORM, TestApp, post};
use crate::browser::{Form, without_ids};
use crate::{desk, dossier, help, ready_letter, timeline};

/// What was done, and what came of it.
pub struct Seen {
    pub what: String,
    pub answer: Answer,
}

pub struct Walk<'a> {
    app: &'a TestApp,
    fill: Fill,
    /// What is put into each field that nobody types in, while the others stay as they are.
    forced: Option<&'static str>,
    waiting: VecDeque<(Option<String>, Form)>,
    known: BTreeSet<String>,
    seen: Vec<Seen>,
    sent: usize,
}

impl<'a> Walk<'a> {
    pub fn new(app: &'a TestApp, fill: impl Fn(&str) -> Vec<u8> + 'static) -> Walk<'a> {
        let (waiting, known, seen) = (VecDeque::new(), BTreeSet::new(), Vec::new());
        Walk { app, fill: Box::new(fill), forced: None, waiting, known, seen, sent: 0 }
    }

    /// Puts that, in turn, into each field that nobody types in too.
    pub fn forcing(mut self, forced: &'static str) -> Walk<'a> {
        self.forced = Some(forced);
        self
    }

    /// Goes everywhere; gives what it saw, in the same order each time.
    pub async fn everywhere(mut self) -> Vec<Seen> {
        for page in Page::ALL {
            self.look(None, page.path()).await;
        }
        self.begin_deeper().await;
        self.begin_at_the_desk().await;
        while let Some((cookie, form)) = self.waiting.pop_front() {
            self.press(cookie, &form).await;
        }
        self.seen
    }

    /// Pages that stand behind right answers, which the robot doesn't know.
    async fn begin_deeper(&mut self) {
        let rows = [("rows.years", "1"), ("rows.damages", "1"), ("rows.children", "1")];
        let mut views = vec![self.app.post("/bedragen", &rows).await.view()];
        views.push(self.app.post("/tijdlijn", &timeline::a_full_case()).await.view());
        for (_, typed, _) in ready_letter::every_kind() {
            views.push(self.app.post(Page::ReadyLetter.path(), &typed).await.view());
        }
        for (_, file) in receipt::every_kind() {
            views.push(receipt::open(self.app, file.to_string().as_bytes()).await.view());
        }
        views.push(help::answered(self.app, &[]).await);
        let held = help::made(self.app, &[]).await;
        views.push(help::opened(self.app, &held).await.view());
        views.push(dossier::made(self.app).await.1);
        for view in views {
            self.waiting.extend(view.forms().into_iter().map(|form| (None, form)));
        }
    }

    async fn begin_at_the_desk(&mut self) {
        let expert = self.app.sign_in(Role::ExperienceExpert).await;
        desk::tells(&expert).await;
        let request = desk::pick_up(&expert).await;
        for path in [DESK, DESK_AVAILABILITY, DESK_AIDS, DESK_COLLEAGUE, &request] {
            self.look(Some(expert.cookie.clone()), path).await;
        }
        for (role, path) in [(Role::Coordinator, DESK_OVERVIEW), (Role::Auditor, DESK_LOG)] {
            let cookie = self.app.sign_in(role).await.cookie;
            self.look(Some(cookie), path).await;
        }
    }

    async fn look(&mut self, cookie: Option<String>, path: &str) {
        let mut request = Request::get(path);
        if let Some(cookie) = &cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let answer = self.app.send(request.body(Body::empty()).expect("a request")).await;
        self.keep(format!("GET {}", without_ids(path)), cookie, answer);
    }

    /// Each button once, in each kind of form.
    async fn press(&mut self, cookie: Option<String>, form: &Form) {
        for pressed in form.presses() {
            if [SIGN_OUT, DESK_BLOCK].contains(&pressed.action.as_str()) || !self.known.insert(kind(&pressed))
            {
                continue;
            }
            assert_eq!(pressed.method, "post", "what she typed must not stand in an address");
            self.force(&cookie, &pressed).await;
            let fields = pressed.fields.iter().map(|(name, value)| {
                let is_typed = pressed.typed_in.contains(name);
                (name.as_str(), if is_typed { (self.fill)(name) } else { value.clone().into_bytes() })
            });
            let fields: Vec<_> = fields.collect();
            let answer = self.send(&cookie, &pressed.action, &fields).await;
            let onward = answer.header("location").to_owned();
            self.keep(kind(&pressed), cookie.clone(), answer);
            if onward.starts_with('/') {
                self.look(cookie.clone(), &onward).await;
            }
        }
    }

    async fn force(&mut self, cookie: &Option<String>, form: &Form) {
        let Some(forced) = self.forced else { return };
        for (name, _) in form.fields.iter().filter(|(name, _)| !form.typed_in.contains(name)) {
            let fields = form.fields.iter().map(|(other, value)| {
                (other.as_str(), if other == name { forced } else { value }.as_bytes().to_vec())
            });
            let fields: Vec<_> = fields.collect();
            let answer = self.send(cookie, &form.action, &fields).await;
            self.seen.push(Seen { what: format!("{name} in {}", kind(form)), answer });
        }
    }

    async fn send(&mut self, cookie: &Option<String>, path: &str, fields: &[(&str, Vec<u8>)]) -> Answer {
        self.sent += 1;
        // From everywhere, so that nobody is told to wait.
        let request = post(path)
            .header(header::CONTENT_TYPE, FORM)
            .header(CLIENT_ADDRESS, format!("walk {}", self.sent));
        let request = match cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        self.app.send(request.body(encoded(fields).into()).expect("a request")).await
    }

    fn keep(&mut self, what: String, cookie: Option<String>, answer: Answer) {
        if answer.header("content-type").starts_with("text/html") {
            let forms = answer.view().forms();
            self.waiting.extend(forms.into_iter().map(|form| (cookie.clone(), form)));
        }
        self.seen.push(Seen { what, answer });
    }
}

/// Where a form goes, which fields it has and which button was pressed: rows of one group are alike.
fn kind(form: &Form) -> String {
    let alike = |name: &str| name.replace(|sign: char| sign.is_ascii_digit(), "");
    let names: BTreeSet<String> = form.fields.iter().map(|(name, _)| alike(name)).collect();
    let names: Vec<String> = names.into_iter().collect();
    let pressed = form.fields.iter().rfind(|(name, _)| name == "action" || name == "wish");
    let pressed = pressed.map(|(_, value)| alike(value)).unwrap_or_default();
    let page = form.fields.iter().find(|(name, _)| name == "at" || name == "letter");
    let page = page.map(|(_, value)| value.as_str()).unwrap_or_default();
    format!("{} ({page} {pressed}): {}", without_ids(&form.action), names.join(" "))
}

/// As a browser sends it, if it could send these bytes.
pub fn encoded(fields: &[(&str, Vec<u8>)]) -> String {
    let pair = |(name, value): &(&str, Vec<u8>)| {
        let [name, value] = [name.as_bytes(), value.as_slice()]
            .map(|bytes| percent_encode(bytes, NON_ALPHANUMERIC).to_string());
        format!("{name}={value}")
    };
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}
