//! The line to the server: a WebSocket, or long polling where that is blocked. It carries frames that are sealed, and the
//! server's own notices.

use std::pin::Pin;

use domain::together::Notice;
use futures_util::future::{Either, select};
use futures_util::{SinkExt, StreamExt};
use gloo_net::http::{Request, Response};
use gloo_net::websocket::Message;
use gloo_net::websocket::futures::WebSocket;
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::urls::{
    TOGETHER_BEGIN, TOGETHER_FETCH, TOGETHER_JOIN, TOGETHER_LINE, TOGETHER_SEND, TOGETHER_STOP,
};

/// A WebSocket that takes longer to open is taken for blocked, in milliseconds.
const PATIENCE: u32 = 5_000;

/// What came over the line.
pub enum Came {
    Frame(Vec<u8>),
    Notice(Notice),
}

/// An open line.
pub enum Line {
    Socket(Box<WebSocket>),
    Poll { ticket: String, under_way: Option<Fetch>, came: Vec<Came> },
}

type Fetch = Pin<Box<dyn Future<Output = Option<Vec<Came>>>>>;

impl Line {
    /// Opens a WebSocket. `None`: that doesn't work here, now.
    pub async fn socket(ticket: &str) -> Option<Line> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let mut socket =
            WebSocket::open(&format!("{scheme}://{}{TOGETHER_LINE}", location.host().ok()?)).ok()?;
        let opened =
            select(socket.send(Message::Text(ticket.to_owned())), TimeoutFuture::new(PATIENCE)).await;
        let is_open = matches!(opened, Either::Left((Ok(()), _)));
        is_open.then(|| Line::Socket(Box::new(socket)))
    }

    /// Asks again and again.
    #[must_use]
    pub fn poll(ticket: &str) -> Line {
        Line::Poll { ticket: ticket.to_owned(), under_way: None, came: Vec::new() }
    }

    /// What comes next; `None`: the line broke. May be given up halfway: nothing is lost.
    pub async fn next(&mut self) -> Option<Came> {
        match self {
            Line::Socket(socket) => loop {
                match socket.next().await? {
                    Ok(Message::Bytes(frame)) => return Some(Came::Frame(frame)),
                    Ok(Message::Text(text)) => {
                        if let Some(notice) = Notice::parse(&text) {
                            return Some(Came::Notice(notice));
                        }
                    }
                    Err(_) => return None,
                }
            },
            Line::Poll { ticket, under_way, came } => loop {
                if !came.is_empty() {
                    return Some(came.remove(0));
                }
                let fetch = under_way.get_or_insert_with(|| Box::pin(fetch(ticket.clone())));
                let fetched = fetch.await;
                *under_way = None;
                *came = fetched?;
            },
        }
    }

    /// Sends a frame. `false`: the line broke.
    pub async fn send(&mut self, frame: Vec<u8>) -> bool {
        match self {
            Line::Socket(socket) => socket.send(Message::Bytes(frame)).await.is_ok(),
            Line::Poll { ticket, .. } => {
                let answer = post(TOGETHER_SEND, Some(ticket), &frame).await;
                // What is over is told to who asks what comes, with the reason.
                answer.is_some_and(|answer| answer.ok() || answer.status() == 404)
            }
        }
    }
}

/// Waits for what comes; `None`: the server doesn't answer.
async fn fetch(ticket: String) -> Option<Vec<Came>> {
    let answer = Request::get(TOGETHER_FETCH)
        .header("authorization", &format!("Bearer {ticket}"))
        .send()
        .await
        .ok()?;
    if !answer.ok() {
        return None;
    }
    let bytes = answer.binary().await.ok()?;
    let (mut came, mut rest) = (Vec::new(), &bytes[..]);
    while let Some(([kind, length @ ..], more)) = rest.split_first_chunk::<5>() {
        let (item, more) = more.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        match kind {
            b'f' => came.push(Came::Frame(item.to_vec())),
            _ => came.extend(std::str::from_utf8(item).ok().and_then(Notice::parse).map(Came::Notice)),
        }
        rest = more;
    }
    Some(came)
}

async fn post(path: &str, ticket: Option<&str>, body: &[u8]) -> Option<Response> {
    let mut request = Request::post(path);
    if let Some(ticket) = ticket {
        request = request.header("authorization", &format!("Bearer {ticket}"));
    }
    request.body(Uint8Array::from(body)).ok()?.send().await.ok()
}

/// Why no ticket was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTicket {
    /// No such code, not any more, or someone else used it.
    Refused,
    /// Too many tried; again after so many minutes.
    TooMany(u32),
    Offline,
}

/// A chair in a meeting with that name: the parent's, where a meeting begins.
pub async fn begin(name: &[u8]) -> Result<String, NoTicket> {
    ticket(post(TOGETHER_BEGIN, None, name).await).await
}

/// The helper's chair. The code is used up with it.
pub async fn join(name: &[u8]) -> Result<String, NoTicket> {
    ticket(post(TOGETHER_JOIN, None, name).await).await
}

async fn ticket(answer: Option<Response>) -> Result<String, NoTicket> {
    let answer = answer.ok_or(NoTicket::Offline)?;
    match answer.status() {
        200 => answer.text().await.map_err(|_| NoTicket::Offline),
        404 => Err(NoTicket::Refused),
        429 => {
            let seconds = answer.headers().get("retry-after").and_then(|seconds| seconds.parse().ok());
            Err(NoTicket::TooMany(seconds.unwrap_or(60_u32).div_ceil(60)))
        }
        _ => Err(NoTicket::Offline),
    }
}

/// Ends the meeting for both, also when this page goes; tried again while the server doesn't answer. Without a
/// ticket: the meeting that this browser is in.
pub async fn stop(ticket: Option<&str>) {
    for pause in [0, 500, 2_000, 5_000] {
        if pause > 0 {
            TimeoutFuture::new(pause).await;
        }
        if stop_once(ticket).await.is_ok() {
            return;
        }
    }
}

async fn stop_once(ticket: Option<&str>) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let headers = web_sys::Headers::new()?;
    if let Some(ticket) = ticket {
        headers.set("authorization", &format!("Bearer {ticket}"))?;
    }
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_headers(&headers);
    js_sys::Reflect::set(&options, &"keepalive".into(), &JsValue::TRUE)?;
    JsFuture::from(window.fetch_with_str_and_init(TOGETHER_STOP, &options)).await.map(drop)
}
