//! What a parent does with a request: make it, follow it, ask for somebody else, take it back.

use app::help::Profile;
use app::help::follow::Followed;
use app::help::form::{Draft, Personal};
use domain::Date;
use domain::help::{Event, Kind, Language, Region, State, Tie, claim_due_on};
use thiserror::Error;

use super::reference::Reference;
use super::store::entity::{helper, request};
use crate::clock::{Clock, Now};
use crate::code::Code;
use crate::seal::{Keys, Unopened};
use crate::store::{Counted, Limit, Store, StoreError};
use crate::ticket;

/// What its codes are for.
const ABOUT: &str = "request";
/// What is personal in a closed request is kept for so long.
const DAYS_KEPT: i32 = 90;
/// So many numbers of other requests in a row are no chance any more.
const MOST_TAKEN: usize = 8;
/// A town hall where many sit behind one address makes fewer in an hour.
pub const MOST_REQUESTS: Limit = Limit { action: "request", most: 30, seconds: 60 * 60 };

/// The requests of this server, as parents make and follow them.
#[derive(Clone, Debug)]
pub struct Requests {
    store: Store,
    keys: Keys,
}

/// What became of a new request.
#[derive(Clone, Debug)]
pub enum Making {
    Made {
        code: Code,
        reference: Reference,
        claim_due_on: Date,
    },
    /// Too many came from one address: seconds until the next may.
    TooMany(i64),
}

/// A request in the hands of who has its code.
#[derive(Clone, Debug)]
pub struct Opened {
    code: Code,
    row: request::Model,
    /// `None`: erased.
    pub personal: Option<Personal>,
    pub state: State,
}

#[derive(Debug, Error)]
pub enum RequestError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unopened(#[from] Unopened),
    #[error("every number that it could have is taken")]
    NoNumber,
}

type Result<T> = std::result::Result<T, RequestError>;

impl Opened {
    /// What it was opened with.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.code
    }
}

impl Requests {
    #[must_use]
    pub fn new(store: Store, keys: Keys) -> Requests {
        Requests { store, keys }
    }

    /// Keeps a request. The same `form` (a number that its first page got at random) makes one, however often it is sent;
    /// `who` is counted against the limit.
    ///
    /// # Errors
    /// The database doesn't answer: then nothing was kept.
    pub async fn make(&self, form: &str, draft: &Draft, who: &[u8], now: Now) -> Result<Making> {
        let secrets = self.keys.hashes(b"new request");
        let codes: Vec<Code> = secrets.map(|secret| Code::from_secret(&secret, form.as_bytes())).collect();
        // Also under older keys: it may have been sent before the server got its newest one.
        for code in &codes {
            if let Some(kept) = self.kept(code, now).await? {
                return Ok(kept);
            }
        }
        let code = codes.into_iter().next().ok_or(Unopened)?;
        if let Some(until) = self.store.barred_until(MOST_REQUESTS, who, now.at).await? {
            return Ok(Making::TooMany(until - now.at));
        }
        for taken in 0..MOST_TAKEN {
            let reference = Reference::after(code.finder(ABOUT), taken);
            let row = self.row(&code, &reference, draft, now)?;
            if self.store.make_request(row, Counted { limit: MOST_REQUESTS, who }, now.at).await? {
                return Ok(Making::Made { code, reference, claim_due_on: claim_due_on(now.on) });
            }
            // The same form came at this very moment; or else the number is taken.
            if let Some(kept) = self.kept(&code, now).await? {
                return Ok(kept);
            }
        }
        Err(RequestError::NoNumber)
    }

    /// What she is told of a request that is kept under that code.
    async fn kept(&self, code: &Code, now: Now) -> Result<Option<Making>> {
        let Some(kept) = self.store.find_request(code.finder(ABOUT), None).await? else { return Ok(None) };
        self.store.settle().await?;
        Ok(Some(Making::Made {
            code: code.clone(),
            reference: Reference::kept(kept.reference),
            claim_due_on: Date::parse_iso(&kept.claim_due_on).unwrap_or_else(|| claim_due_on(now.on)),
        }))
    }

    /// A new one as it stands in the database.
    fn row(&self, code: &Code, reference: &Reference, draft: &Draft, now: Now) -> Result<request::Model> {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let sealed = self.keys.seal(&place(&id), draft.personal.encode().as_bytes())?;
        let asked = &draft.request;
        Ok(request::Model {
            finder: code.finder(ABOUT).0.to_vec(),
            reference: reference.signs().to_owned(),
            state: State::Received.id().to_owned(),
            kind: asked.kind.id().to_owned(),
            about: words(asked.about.iter().map(|about| about.id())),
            urgent: i64::from(asked.is_urgent),
            language: asked.language.id().to_owned(),
            region: asked.region.id().to_owned(),
            chosen: asked.chosen.clone(),
            gender: asked.preferences.gender.map(|gender| gender.id().to_owned()),
            same_background: i64::from(asked.preferences.same_background),
            no_ties: words(asked.preferences.no_ties.iter().map(|tie| tie.id())),
            sealed: Some(sealed),
            made_at: now.at,
            claim_due_on: claim_due_on(now.on).to_string(),
            helper_id: None,
            claimed_at: None,
            contact_due_on: None,
            contacted_at: None,
            closed_at: None,
            outcome: None,
            was_fair: None,
            can_go_on: None,
            erased_at: None,
            id,
        })
    }

    /// The request of a code. `None`: there is none, or it has another number.
    ///
    /// # Errors
    /// The database doesn't answer, or the key is gone.
    pub async fn open(&self, code: Code, reference: Option<&Reference>) -> Result<Option<Opened>> {
        let found = self.store.find_request(code.finder(ABOUT), reference).await?;
        let Some(row) = found else { return Ok(None) };
        let personal = match &row.sealed {
            Some(sealed) => Some(Personal::decode(&self.keys.open(&place(&row.id), sealed)?)),
            None => None,
        };
        let state = State::parse(&row.state).unwrap_or(State::Received);
        Ok(Some(Opened { code, row, personal, state }))
    }

    /// A request as its page shows it.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn follow(&self, opened: &Opened, clock: &Clock) -> Result<Followed> {
        let now = clock.now();
        let row = &opened.row;
        let mut events = self.store.request_events(&row.id).await?;
        // Who opens it several times in a row is told once a day.
        events.dedup_by(|(later, _), (earlier, _)| {
            later.kind == Event::Opened.id()
                && (&later.kind, &later.staff_id) == (&earlier.kind, &earlier.staff_id)
                && clock.day(later.at) == clock.day(earlier.at)
        });
        let helper = match &row.helper_id {
            Some(id) => Some(self.store.helper_name(id).await?.unwrap_or_default()),
            None => None,
        };
        let erased_on = row.closed_at.filter(|_| opened.personal.is_some());
        let profiles = match Kind::parse(&row.kind) {
            Some(kind) if opened.state.has_helper() => self.profiles(kind, now.on).await?,
            _ => Vec::new(),
        };
        Ok(Followed {
            ticket: ticket::of(&self.keys, ABOUT, &opened.code, now)?,
            reference: Reference::kept(row.reference.clone()).to_string(),
            state: opened.state,
            on: now.on,
            helper,
            made: clock.in_words(row.made_at),
            asked: row.asked(),
            answers: [row.was_fair, row.can_go_on],
            claim_due_on: Date::parse_iso(&row.claim_due_on).unwrap_or(now.on),
            contact_due_on: row.contact_due_on.as_deref().and_then(Date::parse_iso),
            events: events
                .into_iter()
                .filter_map(|(event, name)| {
                    Some((clock.in_words(event.at), Event::parse(&event.kind)?, name))
                })
                .collect(),
            personal: opened.personal.clone(),
            erased_on: erased_on.and_then(|at| clock.day(at).plus_days(DAYS_KEPT)),
            asks_answers: opened.state == State::Closed && row.was_fair.is_none() && row.can_go_on.is_none(),
            profiles: profiles.into_iter().filter(|it| Some(&it.id) != row.helper_id.as_ref()).collect(),
            message: app::help::follow::Message::None,
        })
    }

    /// The code in the ticket of a page that is still good.
    #[must_use]
    pub fn code_in(&self, ticket: &str, now: Now) -> Option<Code> {
        ticket::code_in(&self.keys, ABOUT, ticket, now)
    }

    /// What a page holds in place of the code.
    ///
    /// # Errors
    /// Only where there is no key.
    pub fn ticket(&self, code: &Code, now: Now) -> Result<String> {
        Ok(ticket::of(&self.keys, ABOUT, code, now)?)
    }

    /// Those who made themselves known, do this kind of help and can take on someone now.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn profiles(&self, kind: Kind, on: Date) -> Result<Vec<Profile>> {
        let published = self.store.published_helpers().await?;
        let takes_on = |helper: &helper::Model| {
            let paused = helper.paused_until.as_deref().and_then(Date::parse_iso);
            Kind::list(&helper.kinds).contains(&kind) && paused.is_none_or(|until| until < on)
        };
        Ok(published.into_iter().filter(takes_on).map(profile).collect())
    }

    /// Somebody else, please; `chosen`, if she knows who. `false`: nobody has it now.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn decline(&self, opened: &Opened, chosen: Option<&str>, now: Now) -> Result<bool> {
        let due_on = claim_due_on(now.on).to_string();
        Ok(self.store.decline_helper(&opened.row, chosen, due_on, now.at).await?)
    }

    /// Other ways to reach her. `false`: it is over.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn change(&self, opened: &Opened, personal: &Personal, now: Now) -> Result<bool> {
        let sealed = self.keys.seal(&place(&opened.row.id), personal.encode().as_bytes())?;
        Ok(self.store.change_request(&opened.row, sealed, now.at).await?)
    }

    /// Her answers at the end, each from 1 (no) to 3 (yes). `false`: it isn't over yet, or she answered before.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn answer(
        &self,
        opened: &Opened,
        was_fair: Option<i64>,
        can_go_on: Option<i64>,
        now: Now,
    ) -> Result<bool> {
        Ok(self.store.answer_request(&opened.row.id, was_fair, can_go_on, now.at).await?)
    }

    /// Takes it back and erases what is personal.
    ///
    /// # Errors
    /// The database doesn't answer: then nothing was erased.
    pub async fn withdraw(&self, opened: &Opened, now: Now) -> Result<bool> {
        Ok(self.store.withdraw_request(&opened.row.id, now.at).await?)
    }

    /// All that is kept of her, for her.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn export(&self, opened: &Opened, clock: &Clock) -> Result<Vec<(&'static str, Vec<String>)>> {
        let followed = self.follow(opened, clock).await?;
        self.store.request_exported(&opened.row.id, clock.now().at).await?;
        Ok(app::help::export(&followed))
    }

    /// Erases what is personal in requests that were closed long enough ago; gives how many. Doing it twice does nothing more.
    ///
    /// # Errors
    /// The database doesn't answer.
    pub async fn forget(&self, now: Now) -> std::result::Result<u64, StoreError> {
        forget(&self.store, now).await
    }
}

/// The same, without keys.
///
/// # Errors
/// The database doesn't answer.
pub async fn forget(store: &Store, now: Now) -> std::result::Result<u64, StoreError> {
    let before = now.at - i64::from(DAYS_KEPT) * 24 * 60 * 60;
    store.erase_requests_closed_before(before, now.at).await
}

/// A request's own text opens only where it belongs.
pub(crate) fn place(id: &str) -> String {
    format!("{ABOUT} {id}")
}

fn profile(helper: helper::Model) -> Profile {
    Profile {
        id: helper.staff_id,
        name: helper.name,
        about_me: helper.about_me,
        languages: Language::list(&helper.languages),
        regions: Region::list(&helper.regions),
        ties: Tie::list(&helper.ties),
    }
}

fn words(ids: impl Iterator<Item = impl AsRef<str>>) -> String {
    ids.map(|id| id.as_ref().to_owned()).collect::<Vec<_>>().join(" ")
}
