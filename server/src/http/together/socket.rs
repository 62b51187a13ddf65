//! A line that stays open: a WebSocket.

use std::error::Error;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::together::{Ending, MOST_FRAME_BYTES, Notice};
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::Refusal;
use crate::http::portal::Portal;
use crate::store::StoreError;
use crate::together::{Item, NoSeat, Seat, Ticket, Together};

/// Its ticket comes at once.
const TICKET_WITHIN: Duration = Duration::from_secs(5);
/// Often enough for what lies between, which cuts off lines that are silent for a minute.
const PING_EVERY: Duration = Duration::from_secs(15);
const SILENT_FOR: Duration = Duration::from_secs(45);
/// Who takes nothing for so long is gone.
const SENT_WITHIN: Duration = Duration::from_secs(10);
/// How long a last word gets to arrive.
const LAST_WORD: Duration = Duration::from_secs(1);
/// Most of what is sent is far smaller; the default of 128 kB would be all that a line costs.
const BUFFER_BYTES: usize = 4 * 1024;

/// Only for pages of this site: a browser lets any page open a WebSocket, and says from which.
pub async fn line(
    State(portal): State<Portal>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    if !is_own(&headers) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let together = portal.together;
    if together.is_full() {
        return Err(Refusal::Full);
    }
    Ok(upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * MOST_FRAME_BYTES)
        .max_frame_size(MOST_FRAME_BYTES)
        .max_message_size(MOST_FRAME_BYTES)
        .on_upgrade(|socket| converse(socket, together)))
}

fn is_own(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).map(|host| host.as_bytes());
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.as_bytes();
    let told = [&b"https://"[..], b"http://"].iter().find_map(|scheme| origin.strip_prefix(*scheme));
    told.is_some() && told == host
}

/// Why a line ends.
enum End {
    /// Both sides know.
    Over,
    /// What was sent is larger than a frame may be.
    TooLarge,
    /// Nobody is at the other side, or the database doesn't answer.
    Lost,
}

async fn converse(mut socket: WebSocket, together: Together) {
    let Some(ticket) = ticket(&mut socket).await else { return };
    // The futures that ask the database are large, and gone most of the time.
    let seat = match Box::pin(together.sit(&ticket)).await {
        Ok(seat) => seat,
        Err(why) => return refuse(socket, why).await,
    };
    drop(ticket);
    tracing::debug!("a chair is taken");
    let mut line = Line { socket, together, seat, heard_at: Instant::now() };
    let end = line.carry().await;
    Box::pin(line.end(end)).await;
    tracing::debug!("a chair is free");
}

async fn ticket(socket: &mut WebSocket) -> Option<Ticket> {
    match timeout(TICKET_WITHIN, socket.recv()).await {
        Ok(Some(Ok(Message::Text(text)))) => Some(Ticket::shown(&text)),
        _ => None,
    }
}

async fn refuse(mut socket: WebSocket, why: NoSeat) {
    match why {
        NoSeat::Unknown => {
            let notice = Notice::Ended(Ending::Unknown);
            let _ = send(&mut socket, Message::text(notice.to_string())).await;
            close(&mut socket, close_code::NORMAL).await;
        }
        NoSeat::Full => close(&mut socket, close_code::AGAIN).await,
        NoSeat::Store(error) => {
            tracing::error!(%error, "a meeting waits for the database");
            close(&mut socket, close_code::AGAIN).await;
        }
    }
}

/// One chair's.
struct Line {
    socket: WebSocket,
    together: Together,
    seat: Seat,
    heard_at: Instant,
}

impl Line {
    async fn carry(&mut self) -> End {
        let mut pings = pings();
        loop {
            let carried = tokio::select! {
                item = self.seat.next() => self.tell(item).await,
                message = self.socket.recv() => self.hear(message).await,
                _ = pings.tick() => self.ping().await,
            };
            if let Err(end) = carried {
                return end;
            }
        }
    }

    async fn tell(&mut self, item: Item) -> Result<(), End> {
        let is_last = matches!(item, Item::Notice(Notice::Ended(_)));
        match item {
            Item::Notice(notice) => send(&mut self.socket, Message::text(notice.to_string())).await?,
            Item::Frame(frame) => send(&mut self.socket, Message::Binary(frame.into())).await?,
            Item::Restart => {
                close(&mut self.socket, close_code::RESTART).await;
                return Err(End::Lost);
            }
        }
        if is_last { Err(End::Over) } else { Ok(()) }
    }

    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        self.heard_at = Instant::now();
        match message {
            Some(Ok(Message::Binary(frame))) => {
                Box::pin(self.together.pass(&self.seat, (*frame).into())).await.map_err(unavailable)
            }
            Some(Ok(Message::Close(_))) | None => Err(End::Lost),
            Some(Ok(_)) => Ok(()),
            Some(Err(error)) if is_too_large(&error) => Err(End::TooLarge),
            Some(Err(_)) => Err(End::Lost),
        }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.heard_at.elapsed() >= SILENT_FOR {
            return Err(End::Lost);
        }
        send(&mut self.socket, Message::Ping(Bytes::new())).await
    }

    async fn end(mut self, end: End) {
        match end {
            End::Lost => {}
            End::Over => close(&mut self.socket, close_code::NORMAL).await,
            End::TooLarge => {
                if let Err(error) = self.together.end_for_too_much(&self.seat).await {
                    unavailable(error);
                }
                let notice = Notice::Ended(Ending::TooMuch);
                let _ = send(&mut self.socket, Message::text(notice.to_string())).await;
                let _ = send(&mut self.socket, goodbye(close_code::SIZE)).await;
                // A line that ends with something unread loses its last word. Reading on would take in all that is too much.
                tokio::time::sleep(LAST_WORD).await;
            }
        }
    }
}

fn pings() -> Interval {
    let mut pings = interval(PING_EVERY);
    pings.reset();
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}

async fn send(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    let sent = timeout(SENT_WITHIN, socket.send(message)).await;
    sent.is_ok_and(|sent| sent.is_ok()).then_some(()).ok_or(End::Lost)
}

/// Says goodbye, and waits a moment for the answer.
async fn close(socket: &mut WebSocket, code: u16) {
    if send(socket, goodbye(code)).await.is_ok() {
        // If it doesn't come, the line breaks off.
        let _ = timeout(LAST_WORD, async { while let Some(Ok(_)) = socket.recv().await {} }).await;
    }
}

fn goodbye(code: u16) -> Message {
    Message::Close(Some(CloseFrame { code, reason: "".into() }))
}

fn unavailable(error: StoreError) -> End {
    tracing::error!(%error, "a meeting waits for the database");
    End::Lost
}

fn is_too_large(error: &axum::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    matches!(cause, Some(tungstenite::Error::Capacity(_)))
}
