//! A meeting that goes on, from one chair: what is said goes out sealed and in order, what comes in is opened and checked,
//! and a line that breaks is made again.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use domain::together::{
    AWAY_AFTER, Ending, Frame, HERE_EVERY, Happening, Header, Inbox, Message, Notice, Outbox, Refused,
};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::browser::{now, on_leave, on_window, since};
use super::kept::{self, Kept};
use super::line::{self, Came, Line};
use super::seal::Seal;

/// What a chair is told.
pub enum Told {
    /// The line is there (again), or the other chair came (back): all of one's own half is to be told.
    Tell,
    Message(Message),
    /// Someone used the code.
    Joined,
    /// The other chair is away, or back.
    Away(bool),
    /// This chair's own line is broken, or whole again.
    Offline(bool),
    Ended(Ending),
}

/// One chair of a meeting.
pub struct Meeting {
    pub kept: RefCell<Kept>,
    seal: Seal,
    orders: UnboundedSender<Order>,
    /// Until it begins.
    received: Cell<Option<UnboundedReceiver<Order>>>,
    heard_at: Cell<u64>,
    is_away: Cell<bool>,
    is_over: Cell<bool>,
    on_told: OnceCell<Box<dyn Fn(Told)>>,
}

enum Order {
    Send(Message),
    /// The line may be dead without knowing it.
    Renew,
    Stop,
}

/// How a frame follows on the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comes {
    Next,
    /// The other chair opened a page, or asks to be told all.
    First,
    /// Others were lost on the way. A new epoch of this chair asks for all.
    AfterGap,
}

impl Comes {
    fn after(seen: Option<(u64, u32)>, header: Header) -> Comes {
        match seen {
            Some((epoch, number)) if epoch == header.epoch && header.number - number > 1 => Comes::AfterGap,
            Some((epoch, _)) if epoch == header.epoch => Comes::Next,
            _ => Comes::First,
        }
    }
}

/// How the line ended.
enum Over {
    /// It never worked.
    NotOpened,
    Broken,
    Ended(Ending),
}

impl Meeting {
    /// Takes the chair that is kept; silent until [`Meeting::begin`]. `None`: this browser has no cryptography here.
    pub async fn open(kept: Kept) -> Option<Rc<Meeting>> {
        let seal = Seal::of(&kept.code()?, kept.chair()).await?;
        let (orders, received) = unbounded();
        Some(Rc::new(Meeting {
            kept: RefCell::new(kept),
            seal,
            orders,
            received: Cell::new(Some(received)),
            heard_at: Cell::new(now()),
            is_away: Cell::new(false),
            is_over: Cell::new(false),
            on_told: OnceCell::new(),
        }))
    }

    /// Tells the chair from now on what happens. Once.
    pub fn begin(self: &Rc<Self>, on_told: impl Fn(Told) + 'static) {
        let Some(received) = self.received.take() else { return };
        let _ = self.on_told.set(Box::new(on_told));
        spawn_local(self.clone().run(received));
        spawn_local(self.clone().beat());
        self.watch();
    }

    /// What happens around the meeting.
    fn watch(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        // Another network may let through what the last one blocked.
        on_window(&["online"], move || {
            if let Some(meeting) = weak.upgrade() {
                meeting.kept.borrow_mut().is_polling = false;
            }
        });
        let weak = Rc::downgrade(self);
        on_window(&["online", "pageshow", "visibilitychange"], move || {
            if let Some(meeting) = weak.upgrade()
                && since(meeting.heard_at.get()) > HERE_EVERY
            {
                let _ = meeting.orders.unbounded_send(Order::Renew);
            }
        });
        let weak = Rc::downgrade(self);
        // "Wis alles" wipes the meeting too, and then starts the page anew.
        on_window(&["click", "pagehide"], move || {
            if let Some(meeting) = weak.upgrade().filter(|it| !it.is_over.get())
                && Kept::load().is_none()
            {
                meeting.stop();
            }
        });
        let weak = Rc::downgrade(self);
        on_leave(move || {
            if let Some(meeting) = weak.upgrade() {
                meeting.stop();
            }
        });
    }

    /// Says something to the other chair. While there is no line it is lost: all is told once there is one.
    pub fn say(&self, message: Message) {
        let _ = self.orders.unbounded_send(Order::Send(message));
    }

    /// Ends it, for both.
    pub fn stop(&self) {
        let _ = self.orders.unbounded_send(Order::Stop);
    }

    /// Writes down what happened.
    pub fn happened(&self, happening: Happening) {
        kept::happened(happening);
    }

    #[must_use]
    pub fn is_away(&self) -> bool {
        self.is_away.get()
    }

    fn tell(&self, told: Told) {
        if let Some(on_told) = self.on_told.get() {
            on_told(told);
        }
    }

    /// Keeps the line until the meeting is over.
    async fn run(self: Rc<Self>, mut orders: UnboundedReceiver<Order>) {
        let mut failed = 0_u32;
        let ending = loop {
            let is_polling = self.kept.borrow().is_polling;
            let over = match self.open_line(is_polling).await {
                Some(mut line) => self.use_line(&mut line, &mut orders, &mut failed).await,
                None => Over::NotOpened,
            };
            match over {
                Over::Ended(ending) => break ending,
                // Twice in vain: perhaps WebSockets are blocked somewhere on the way. Or nothing gets through.
                Over::NotOpened if failed >= 1 => self.kept.borrow_mut().is_polling = !is_polling,
                Over::NotOpened | Over::Broken => {}
            }
            failed += 1;
            if failed > 2 {
                self.tell(Told::Offline(true));
            }
            let pause = 250_u32 << failed.min(5);
            match select(TimeoutFuture::new(pause), orders.next()).await {
                Either::Right((Some(Order::Stop), _)) => break self.stopped(),
                Either::Left(_) | Either::Right(_) => {}
            }
        };
        self.is_over.set(true);
        // Wiped stays wiped.
        if ending != Ending::Elsewhere && Kept::load().is_some() {
            self.happened(Happening::ended(ending));
            Kept::forget();
        }
        self.tell(Told::Ended(ending));
        // The server forgets that this browser is in a meeting; the other chair was told.
        if ending != Ending::Elsewhere {
            let ticket = self.kept.borrow().ticket.clone();
            line::stop(Some(&ticket)).await;
        }
    }

    async fn open_line(&self, is_polling: bool) -> Option<Line> {
        let ticket = self.kept.borrow().ticket.clone();
        if is_polling { Some(Line::poll(&ticket)) } else { Line::socket(&ticket).await }
    }

    /// The ending that this chair makes; the server is told at the end of [`Meeting::run`].
    fn stopped(&self) -> Ending {
        Ending::stopped_by(self.kept.borrow().chair())
    }

    async fn use_line(
        &self,
        line: &mut Line,
        orders: &mut UnboundedReceiver<Order>,
        failed: &mut u32,
    ) -> Over {
        let (mut is_open, mut is_noticed) = (false, false);
        let mut outbox: Option<Outbox> = None;
        if matches!(line, Line::Poll { .. }) {
            // Who asked from another page before sits there still, and gets no notice.
            outbox = Some(self.begin_epoch());
            self.tell(Told::Tell);
        }
        loop {
            let came = {
                let next = std::pin::pin!(line.next());
                match select(next, orders.next()).await {
                    Either::Left((came, _)) => Either::Left(came),
                    Either::Right((order, _)) => Either::Right(order),
                }
            };
            match came {
                Either::Left(None) => return broken(is_open),
                Either::Left(Some(Came::Notice(notice))) => {
                    match notice {
                        Notice::Ended(ending) => return Over::Ended(ending),
                        Notice::Waiting => {}
                        Notice::Joined(badge) => {
                            self.kept.borrow_mut().joined(badge);
                            self.kept.borrow().save();
                            self.tell(Told::Joined);
                        }
                    }
                    // The first notice says that the chair is taken: what was told before may have been answered in vain.
                    if !std::mem::replace(&mut is_noticed, true) {
                        outbox = Some(self.begin_epoch());
                        self.tell(Told::Tell);
                    }
                    self.opened(&mut is_open, failed);
                }
                Either::Left(Some(Came::Frame(frame))) => {
                    self.opened(&mut is_open, failed);
                    // What can't be opened or came before is as if it hadn't come.
                    if let Ok((message, comes)) = self.receive(&frame).await {
                        self.heard();
                        if comes == Comes::AfterGap && outbox.is_some() {
                            outbox = Some(self.begin_epoch());
                        }
                        if comes != Comes::Next {
                            self.tell(Told::Tell);
                        }
                        // That the other chair is taken is all that this one says.
                        if message != Message::Here {
                            self.tell(Told::Message(message));
                        }
                    }
                }
                Either::Right(Some(Order::Send(message))) => {
                    let Some(outbox) = &mut outbox else { continue };
                    let Some(header) = outbox.next_header() else { return Over::Broken };
                    let Some(bytes) = message.encode() else { continue };
                    let Some(frame) = self.seal.seal(header, &bytes).await else { continue };
                    if !line.send(frame).await {
                        return broken(is_open);
                    }
                    if matches!(line, Line::Poll { .. }) {
                        self.opened(&mut is_open, failed);
                    }
                }
                Either::Right(Some(Order::Renew)) => return Over::Broken,
                Either::Right(Some(Order::Stop) | None) => return Over::Ended(self.stopped()),
            }
        }
    }

    /// Something came over the line: it works.
    fn opened(&self, is_open: &mut bool, failed: &mut u32) {
        if !std::mem::replace(is_open, true) {
            *failed = 0;
            self.heard_at.set(now());
            self.tell(Told::Offline(false));
        }
    }

    fn begin_epoch(&self) -> Outbox {
        let mut kept = self.kept.borrow_mut();
        let outbox = Outbox::begin(kept.chair(), now(), kept.epoch);
        kept.epoch = Some(outbox.epoch());
        kept.save();
        outbox
    }

    /// The message in a frame, and what it comes after.
    async fn receive(&self, bytes: &[u8]) -> Result<(Message, Comes), Refused> {
        let frame = Frame::read(bytes)?;
        let (chair, seen) = {
            let kept = self.kept.borrow();
            (kept.chair(), kept.seen)
        };
        let mut inbox = Inbox::of(chair, seen);
        inbox.check(frame.header)?;
        let opened = self.seal.open(frame).await?;
        let message = Message::decode(&opened, chair.other())?;
        inbox.opened(frame.header)?;
        let mut kept = self.kept.borrow_mut();
        kept.seen = inbox.last();
        kept.save();
        Ok((message, Comes::after(seen, frame.header)))
    }

    fn heard(&self) {
        self.heard_at.set(now());
        // The notice was lost: then the server vouches for nobody.
        if !self.kept.borrow().is_joined {
            self.kept.borrow_mut().joined(None);
            self.tell(Told::Joined);
        }
        if self.is_away.replace(false) {
            self.happened(Happening::Back);
            self.tell(Told::Away(false));
        }
    }

    /// Says that this chair is there, and notices when the other isn't.
    async fn beat(self: Rc<Self>) {
        let mut told_at = now();
        while !self.is_over.get() {
            TimeoutFuture::new(1_000).await;
            if since(told_at) >= HERE_EVERY {
                told_at = now();
                self.say(Message::Here);
            }
            let is_silent = since(self.heard_at.get()) > AWAY_AFTER;
            if is_silent && self.kept.borrow().is_joined && !self.is_away.replace(true) {
                self.happened(Happening::Away);
                self.tell(Told::Away(true));
                // Perhaps it is this chair's line that is dead.
                let _ = self.orders.unbounded_send(Order::Renew);
            }
        }
    }
}

const fn broken(was_open: bool) -> Over {
    if was_open { Over::Broken } else { Over::NotOpened }
}
