//! /dossier: opened with a code, changed, linked, deleted. Every answer holds a ticket in place of the code.

use app::entries::{ACTION, Entries};
use app::timeline::dossier::{
    self, CODE, FORM, LINK_CODE, LinkRefused, Message, Refused, TICKET, Trouble, VERSION, action, letters_of,
    merged,
};
use app::timeline::form::LETTERS;
use app::urls::Page;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::client::{Client, later, minutes};
use super::form::{Typed, is_number, number};
use super::portal::Portal;
use super::render;
use crate::clock::Now;
use crate::code::Code;
use crate::store::Limit;
use crate::timeline::{DossierError, Dossiers, Opened, Saved};

/// Codes can't be guessed; who tries all the same is stopped.
const WRONG_CODES: Limit = Limit { action: "dossier code", most: 10, seconds: 15 * 60 };
const WRONG_LINK_CODES: Limit = Limit { action: "link code", most: 10, seconds: 15 * 60 };

pub async fn show(State(portal): State<Portal>) -> Response {
    portal.renderer.personal(|| dossier::start(None, &Entries::default()))
}

/// What a button on any page of the dossier asks.
pub async fn act(
    State(portal): State<Portal>,
    client: Client,
    headers: HeaderMap,
    Typed(sent): Typed,
) -> Response {
    let desk = Desk { portal: &portal, client, now: portal.clock.now() };
    match desk.answer(&sent, &headers).await {
        Ok(response) => response,
        Err(error) => desk.trouble(&sent, &error),
    }
}

type Result<T> = std::result::Result<T, DossierError>;

/// One request about a dossier.
struct Desk<'a> {
    portal: &'a Portal,
    client: Client,
    now: Now,
}

impl Desk<'_> {
    async fn answer(&self, sent: &Entries, headers: &HeaderMap) -> Result<Response> {
        let (asked, number) = sent.text(ACTION).split_once('.').unwrap_or((sent.text(ACTION), ""));
        match asked {
            action::ASK => return Ok(self.confirm(sent)),
            action::MAKE => return self.make(sent, headers).await,
            _ => {}
        }
        let opened = match self.code(sent).await? {
            Ok(code) => self.portal.dossiers.open(code, self.now).await?,
            Err(refused) => return Ok(self.start(refused, sent)),
        };
        let Some(mut opened) = opened else { return self.not_opened(sent).await };
        match asked {
            action::SAVE => self.save(opened, sent).await,
            action::KEEP_THEIRS => self.keep_theirs(opened, sent).await,
            action::MERGE => {
                let both = merged(&letters_of(sent), &opened.letters);
                self.page(opened, both, Message::Merged, None).await
            }
            action::SHOW_VERSION => self.earlier(opened, number).await,
            action::LINK => self.link(opened, sent).await,
            action::UNLINK => {
                self.portal.dossiers.unlink(&opened, self.now).await?;
                let letters = opened.letters.clone();
                opened.case_id = None;
                self.page(opened, letters, Message::Unlinked, None).await
            }
            action::EXPORT => {
                let kept = self.portal.dossiers.export(&opened, &self.portal.clock).await?;
                Ok(render::kept(kept, "dossier.json"))
            }
            action::ASK_DELETE => {
                let ticket = self.portal.dossiers.ticket(&opened.code(), self.now)?;
                Ok(self.portal.renderer.personal(|| dossier::confirm_delete(&ticket)))
            }
            action::DELETE => {
                self.portal.dossiers.delete(&opened, self.now).await?;
                Ok(self.portal.renderer.personal(dossier::deleted))
            }
            _ => self.show(opened, sent).await,
        }
    }

    /// The code that was typed, or the one in the page's ticket.
    async fn code(&self, sent: &Entries) -> Result<std::result::Result<Code, Refused>> {
        let typed = sent.text(CODE);
        if typed.is_empty() {
            let Some(ticket) = sent.get(TICKET) else { return Ok(Err(Refused::NoCode)) };
            return Ok(self.portal.dossiers.code_in(ticket, self.now).ok_or(Refused::TicketEnded));
        }
        if let Some(seconds) = self.client.must_wait(self.portal, WRONG_CODES).await? {
            return Ok(Err(Refused::TooOften(minutes(seconds))));
        }
        Ok(Ok(Code::typed(typed)))
    }

    /// There is no such dossier: a wrong code, or deleted while a page stood open.
    async fn not_opened(&self, sent: &Entries) -> Result<Response> {
        if sent.text(CODE).is_empty() {
            let letters = letters_of(sent);
            return Ok(self.portal.renderer.personal(|| dossier::gone(&letters)));
        }
        self.client.count(self.portal, WRONG_CODES).await?;
        Ok(self.start(Refused::UnknownCode, sent))
    }

    /// Where the code is asked. What was typed before goes along.
    fn start(&self, refused: Refused, sent: &Entries) -> Response {
        let mut unsaved = sent.clone();
        [CODE, TICKET, ACTION, FORM, LINK_CODE].into_iter().for_each(|name| unsaved.remove(name));
        let response = self.portal.renderer.personal(|| dossier::start(Some(refused), &unsaved));
        match refused {
            Refused::TooOften(minutes) => later(response, minutes),
            _ => response,
        }
    }

    fn confirm(&self, sent: &Entries) -> Response {
        self.portal.renderer.personal(|| dossier::confirm(&letters_of(sent), &number(), self.now.on))
    }

    async fn make(&self, sent: &Entries, headers: &HeaderMap) -> Result<Response> {
        let form = sent.text(FORM);
        let letters = letters_of(sent);
        if !is_number(form) || letters.rows(LETTERS) == 0 {
            return Ok(self.confirm(sent));
        }
        let dossiers = &self.portal.dossiers;
        let code = dossiers.make(form, &letters, self.client.hash(), self.now).await?;
        let ticket = dossiers.ticket(&code, self.now)?;
        // Behind the fragment's sign: a browser never sends that.
        let address = origin(headers).map(|origin| format!("{origin}{}#{code}", Page::Dossier.path()));
        let code = code.to_string();
        Ok(self
            .portal
            .renderer
            .personal(|| dossier::made(&code, address.as_deref(), &ticket, Dossiers::ends_on(self.now.on))))
    }

    async fn save(&self, opened: Opened, sent: &Entries) -> Result<Response> {
        let base = sent.text(VERSION).parse().unwrap_or(0);
        self.keep(opened, base, letters_of(sent)).await
    }

    /// What she typed becomes a version too, before the one that stood there is saved again.
    async fn keep_theirs(&self, opened: Opened, sent: &Entries) -> Result<Response> {
        let (mine, theirs) = (letters_of(sent), opened.letters.clone());
        self.portal.dossiers.save(&opened, opened.version, &mine, self.now).await?;
        match self.portal.dossiers.open(opened.code(), self.now).await? {
            Some(newest) => {
                let base = newest.version;
                self.keep(newest, base, theirs).await
            }
            None => Ok(self.portal.renderer.personal(|| dossier::gone(&mine))),
        }
    }

    /// Saves letters that were written on top of version `base`, and shows what became of it.
    async fn keep(&self, opened: Opened, base: i64, letters: Entries) -> Result<Response> {
        let saved = self.portal.dossiers.save(&opened, base, &letters, self.now).await?;
        let newest = self.portal.dossiers.open(opened.code(), self.now).await?;
        match (saved, newest) {
            (Saved::Kept, Some(newest)) => self.page(newest, letters, Message::Saved, None).await,
            (Saved::Stale, Some(newest)) => {
                let theirs = newest.letters.clone();
                self.page(newest, letters, Message::Stale(theirs), None).await
            }
            (Saved::Gone, _) | (_, None) => Ok(self.portal.renderer.personal(|| dossier::gone(&letters))),
        }
    }

    async fn earlier(&self, opened: Opened, number: &str) -> Result<Response> {
        let number = number.parse().unwrap_or(opened.version);
        match self.portal.dossiers.version(&opened, number).await? {
            Some(letters) => self.page(opened, letters, Message::Shown(number), None).await,
            None => self.show(opened, &Entries::default()).await,
        }
    }

    async fn link(&self, mut opened: Opened, sent: &Entries) -> Result<Response> {
        let letters = opened.letters.clone();
        if let Some(seconds) = self.client.must_wait(self.portal, WRONG_LINK_CODES).await? {
            let minutes = minutes(seconds);
            let page =
                self.page(opened, letters, Message::None, Some(LinkRefused::TooOften(minutes))).await?;
            return Ok(later(page, minutes));
        }
        let code = Code::typed(sent.text(LINK_CODE));
        match self.portal.dossiers.link(&opened, &code, self.now).await? {
            Some(case_id) => {
                opened.case_id = Some(case_id);
                self.page(opened, letters, Message::Linked, None).await
            }
            None => {
                self.client.count(self.portal, WRONG_LINK_CODES).await?;
                self.page(opened, letters, Message::None, Some(LinkRefused::UnknownCode)).await
            }
        }
    }

    /// What is saved; or what was typed before the ticket ended, or with a row more or less.
    async fn show(&self, mut opened: Opened, sent: &Entries) -> Result<Response> {
        if sent.rows(LETTERS) == 0 {
            let letters = opened.letters.clone();
            return self.page(opened, letters, Message::None, None).await;
        }
        let mut typed = sent.clone();
        [CODE, TICKET, VERSION].into_iter().for_each(|name| typed.remove(name));
        typed.apply_action(&[LETTERS]);
        let is_saved = letters_of(&typed) == opened.letters;
        let message = if is_saved { Message::None } else { Message::NotSaved };
        // What she saves is written on top of what she saw.
        opened.version = sent.text(VERSION).parse().unwrap_or(opened.version);
        self.page(opened, typed, message, None).await
    }

    async fn page(
        &self,
        opened: Opened,
        letters: Entries,
        message: Message,
        link_refused: Option<LinkRefused>,
    ) -> Result<Response> {
        let versions = self.portal.dossiers.versions(&opened).await?;
        let office = match opened.case_id {
            Some(case_id) => Some(self.portal.offices.events(case_id).await?),
            None => None,
        };
        let view = dossier::Opened {
            ticket: self.portal.dossiers.ticket(&opened.code(), self.now)?,
            version: opened.version,
            letters,
            message,
            ends_on: opened.ends_on,
            versions: versions
                .iter()
                .map(|it| (it.number, self.portal.clock.in_words(it.saved_at)))
                .collect(),
            office,
            estimated: self.portal.figures.current().spreads(),
            link_refused,
        };
        Ok(self.portal.renderer.personal(|| dossier::opened(&view, self.now.on)))
    }

    /// Nothing that was sent is lost: it can be sent again.
    fn trouble(&self, sent: &Entries, error: &DossierError) -> Response {
        let page = |why| self.portal.renderer.personal(|| dossier::again(sent, why));
        match error {
            DossierError::TooLarge => page(Trouble::TooLarge),
            DossierError::TooMany(seconds) => {
                let minutes = minutes(*seconds);
                later(page(Trouble::TooMany(minutes)), minutes)
            }
            DossierError::Store(_) | DossierError::Unopened(_) => {
                tracing::error!(%error, "a dossier couldn't be kept or opened");
                let mut response = page(Trouble::Ours);
                *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                response
            }
        }
    }
}

/// Where her browser found this site. What a browser sends as `Origin` of its own form can be relied on.
fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok().filter(|origin| origin.starts_with("http"))
}
