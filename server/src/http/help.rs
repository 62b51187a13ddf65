//! /hulpvraag: one question a page, all answers, and kept; /hulpvraag/volgen: opened with number and code.

use app::entries::{ACTION, Entries};
use app::help::follow::{self, CAN_GO_ON, CODE, Message, REFERENCE, Refused, TICKET, WAS_FAIR, action};
use app::help::form::{self, CHOSEN, FORM, KIND};
use app::help::{self, Made, Place, Profile, SEND, Step};
use app::urls::Page;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::help::{Act, Kind, Wish};

use super::client::{Client, later, minutes};
use super::form::{Typed, is_number, number};
use super::portal::Portal;
use super::render;
use crate::clock::Now;
use crate::code::Code;
use crate::help::{Making, Opened, Reference, RequestError};
use crate::store::Limit;

/// Codes can't be guessed; who tries all the same is stopped.
const WRONG_CODES: Limit = Limit { action: "request code", most: 10, seconds: 15 * 60 };

type Result<T> = std::result::Result<T, RequestError>;

pub async fn show(State(portal): State<Portal>) -> Response {
    let typed = help::begin(&number(), Entries::default());
    portal.renderer.personal(|| help::question(&Place::at(Step::Urgent), &typed, &[]))
}

/// What a button on one of the pages asks; or another page, with what she wants help with.
pub async fn answer(State(portal): State<Portal>, client: Client, Typed(sent): Typed) -> Response {
    match ask(&portal, &client, sent.clone()).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request couldn't be kept");
            unavailable(portal.renderer.personal(|| help::trouble(Page::Help, &sent)))
        }
    }
}

async fn ask(portal: &Portal, client: &Client, mut typed: Entries) -> Result<Response> {
    let now = portal.clock.now();
    if !is_number(typed.text(FORM)) {
        typed = help::begin(&number(), typed);
    }
    let profiles = profiles(portal, &mut typed, now).await?;
    let place = Place::after(&typed);
    if typed.text(ACTION) == SEND && place == Place::at(Step::Check) {
        return send(portal, client, &typed, now).await;
    }
    Ok(portal.renderer.personal(|| help::question(&place, &typed, &profiles)))
}

/// Whom she may choose. Who can't be chosen any more isn't chosen.
async fn profiles(portal: &Portal, typed: &mut Entries, now: Now) -> Result<Vec<Profile>> {
    let wants_to_choose = Wish::parse(typed.text(form::WISH)) == Some(Wish::Chosen);
    let profiles = match Kind::parse(typed.text(KIND)) {
        Some(kind) if wants_to_choose => portal.requests.profiles(kind, now.on).await?,
        _ => Vec::new(),
    };
    if !profiles.iter().any(|profile| profile.id == typed.text(CHOSEN)) {
        typed.remove(CHOSEN);
    }
    Ok(profiles)
}

async fn send(portal: &Portal, client: &Client, typed: &Entries, now: Now) -> Result<Response> {
    let Some(draft) = form::read(typed) else {
        let place = Place::first_incomplete(typed);
        return Ok(portal.renderer.personal(|| help::question(&place, typed, &[])));
    };
    match portal.requests.make(typed.text(FORM), &draft, client.hash(), now).await? {
        Making::TooMany(seconds) => {
            let minutes = minutes(seconds);
            Ok(later(portal.renderer.personal(|| help::too_many(typed, minutes)), minutes))
        }
        Making::Made { code, reference, claim_due_on } => {
            let ticket = portal.requests.ticket(&code, now)?;
            let made = Made {
                reference: &reference.to_string(),
                code: &code.to_string(),
                ticket: &ticket,
                is_urgent: draft.request.is_urgent,
                gets_mail: draft.personal.mail_for_news().is_some(),
                claim_due_on,
            };
            Ok(portal.renderer.personal(|| help::made(&made)))
        }
    }
}

pub async fn ask_code(State(portal): State<Portal>) -> Response {
    portal.renderer.personal(|| follow::start(None, ""))
}

/// What a button on the page of her request asks.
pub async fn follow(State(portal): State<Portal>, client: Client, Typed(sent): Typed) -> Response {
    let desk = Following { portal: &portal, client, now: portal.clock.now() };
    match desk.answer(&sent).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request couldn't be followed");
            unavailable(portal.renderer.personal(|| help::trouble(Page::FollowHelp, &sent)))
        }
    }
}

/// One request about a request for help.
struct Following<'a> {
    portal: &'a Portal,
    client: Client,
    now: Now,
}

impl Following<'_> {
    async fn answer(&self, sent: &Entries) -> Result<Response> {
        let opened = match self.open(sent).await? {
            Ok(opened) => opened,
            Err(refused) => return Ok(self.start(refused, sent)),
        };
        let requests = &self.portal.requests;
        match sent.text(ACTION) {
            action::CONTACT => self.change(opened, sent).await,
            action::DECLINE => {
                let chosen = Some(sent.text(CHOSEN)).filter(|chosen| !chosen.is_empty());
                let is_done = requests.decline(&opened, chosen, self.now).await?;
                self.again(&opened, is_done, Message::Declined).await
            }
            action::ANSWER => {
                let said = |name| sent.text(name).parse().ok().filter(|said| (1..=3).contains(said));
                let (was_fair, can_go_on) = (said(WAS_FAIR), said(CAN_GO_ON));
                if was_fair.is_none() && can_go_on.is_none() {
                    return self.page(&opened, Message::None).await;
                }
                let is_done = requests.answer(&opened, was_fair, can_go_on, self.now).await?;
                self.again(&opened, is_done, Message::Answered).await
            }
            action::ASK_WITHDRAW if opened.state.after(Act::Withdraw).is_some() => {
                let ticket = requests.ticket(opened.code(), self.now)?;
                Ok(self.portal.renderer.personal(|| follow::confirm_withdraw(&ticket)))
            }
            action::WITHDRAW => {
                // Taken back twice is taken back.
                requests.withdraw(&opened, self.now).await?;
                Ok(self.portal.renderer.personal(follow::withdrawn))
            }
            action::EXPORT => {
                let export = requests.export(&opened, &self.portal.clock).await?;
                Ok(render::kept(export, "hulpvraag.json"))
            }
            _ => self.page(&opened, Message::None).await,
        }
    }

    /// With the page's ticket, or with the number and the code that were typed.
    async fn open(&self, sent: &Entries) -> Result<std::result::Result<Opened, Refused>> {
        let requests = &self.portal.requests;
        if let Some(ticket) = sent.get(TICKET) {
            let Some(code) = requests.code_in(ticket, self.now) else { return Ok(Err(Refused::TicketEnded)) };
            return Ok(requests.open(code, None).await?.ok_or(Refused::Unknown));
        }
        let (reference, code) = (sent.text(REFERENCE), sent.text(CODE));
        if reference.is_empty() || code.is_empty() {
            return Ok(Err(Refused::Missing));
        }
        if let Some(seconds) = self.client.must_wait(self.portal, WRONG_CODES).await? {
            return Ok(Err(Refused::TooOften(minutes(seconds))));
        }
        match requests.open(Code::typed(code), Some(&Reference::typed(reference))).await? {
            Some(opened) => Ok(Ok(opened)),
            None => {
                self.client.count(self.portal, WRONG_CODES).await?;
                Ok(Err(Refused::Unknown))
            }
        }
    }

    async fn change(&self, opened: Opened, sent: &Entries) -> Result<Response> {
        let Some(personal) = &opened.personal else { return self.page(&opened, Message::CantNow).await };
        match personal.reached_by(sent) {
            Err(problems) => self.page(&opened, Message::Refused(sent.clone(), problems)).await,
            Ok(changed) => {
                let is_done = self.portal.requests.change(&opened, &changed, self.now).await?;
                self.again(&opened, is_done, Message::Changed).await
            }
        }
    }

    /// The page as it is now, and whether what she asked was done.
    async fn again(&self, opened: &Opened, is_done: bool, done: Message) -> Result<Response> {
        let message = if is_done { done } else { Message::CantNow };
        match self.portal.requests.open(opened.code().clone(), None).await? {
            Some(now) => self.page(&now, message).await,
            None => Ok(self.start(Refused::Unknown, &Entries::default())),
        }
    }

    async fn page(&self, opened: &Opened, message: Message) -> Result<Response> {
        let mut followed = self.portal.requests.follow(opened, &self.portal.clock).await?;
        followed.message = message;
        Ok(self.portal.renderer.personal(|| follow::opened(&followed)))
    }

    fn start(&self, refused: Refused, sent: &Entries) -> Response {
        let response = self.portal.renderer.personal(|| follow::start(Some(refused), sent.text(REFERENCE)));
        match refused {
            Refused::TooOften(minutes) => later(response, minutes),
            _ => response,
        }
    }
}

fn unavailable(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}
