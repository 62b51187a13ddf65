//! A table for two: a meeting in a test, and the lines of who sits at it.

use std::net::SocketAddr;
use std::time::Duration;

use app::urls::{TOGETHER_BEGIN, TOGETHER_JOIN, TOGETHER_LINE, TOGETHER_STOP};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::together::Notice;
use futures_util::{SinkExt, StreamExt};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, Query};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};

use crate::app::{Answer, CLIENT_ADDRESS, TestApp, post};

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A portal where people meet, and where it listens.
pub struct Table {
    pub app: TestApp,
    pub address: SocketAddr,
}

impl Table {
    pub async fn new() -> Table {
        Table::of(TestApp::new().await).await
    }

    pub async fn of(app: TestApp) -> Table {
        let address = app.listen().await;
        Table { app, address }
    }

    /// Begins a meeting under the name that is made of this; gives the parent's ticket.
    pub async fn begin(&self, name: u8) -> String {
        self.ask(TOGETHER_BEGIN, name).await.with(StatusCode::OK).text()
    }

    /// Joins it; gives the helper's ticket.
    pub async fn join(&self, name: u8) -> String {
        self.ask(TOGETHER_JOIN, name).await.with(StatusCode::OK).text()
    }

    pub async fn ask(&self, path: &str, name: u8) -> Answer {
        self.app.send(post(path).body(vec![name; 32].into()).expect("a request")).await
    }

    /// Somebody at that address.
    pub async fn ask_from(&self, address: &str, path: &str, name: u8) -> Answer {
        let request = post(path).header(CLIENT_ADDRESS, address);
        self.app.send(request.body(vec![name; 32].into()).expect("a request")).await
    }

    pub async fn stop(&self, ticket: &str) -> Answer {
        let request = post(TOGETHER_STOP).header(header::AUTHORIZATION, format!("Bearer {ticket}"));
        self.app.send(request.body(Body::empty()).expect("a request")).await
    }

    /// From her browser, which has a cookie; `shown`: the ticket of the tab itself.
    pub async fn stop_from(&self, shown: Option<&str>, cookie: &str) -> Answer {
        let mut request = post(TOGETHER_STOP).header(header::COOKIE, format!("__Host-samen={cookie}"));
        if let Some(shown) = shown {
            request = request.header(header::AUTHORIZATION, format!("Bearer {shown}"));
        }
        self.app.send(request.body(Body::empty()).expect("a request")).await
    }

    pub async fn sit(&self, ticket: &str) -> Line {
        let mut line = self.connect(None).await.expect("a line");
        line.send(Message::text(ticket)).await;
        line
    }

    /// Both, once each knows that the other is there.
    pub async fn both(&self, name: u8) -> (Line, Line) {
        let (parent, helper) = (self.begin(name).await, self.join(name).await);
        let (mut parent, mut helper) = (self.sit(&parent).await, self.sit(&helper).await);
        for line in [&mut parent, &mut helper] {
            assert_eq!(line.notice().await, Notice::Joined(None));
        }
        (parent, helper)
    }

    /// From a page of that site.
    pub async fn connect(&self, origin: Option<&str>) -> Result<Line, tungstenite::Error> {
        let stream = TcpStream::connect(self.address).await.expect("it listens");
        let mut request = format!("ws://{}{TOGETHER_LINE}", self.address).into_client_request()?;
        if let Some(origin) = origin {
            request.headers_mut().insert(header::ORIGIN, origin.parse().expect("an origin"));
        }
        Ok(Line(tokio_tungstenite::client_async(request, stream).await?.0))
    }

    /// How many rows there are of meetings, and of what is on its way.
    pub async fn rows(&self) -> [i64; 2] {
        let mut rows = [0; 2];
        for (rows, table) in rows.iter_mut().zip(["meeting", "meeting_frame"]) {
            let question = Query::select().expr_as(Expr::cust("count(*)"), "n").from(table).to_owned();
            let row =
                self.app.services.store.db().query_one(&question).await.expect("an answer").expect("a row");
            *rows = row.try_get_by("n").expect("a count");
        }
        rows
    }
}

/// A browser's end of a line.
pub struct Line(WebSocketStream<TcpStream>);

impl Line {
    pub async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("sent");
    }

    pub async fn frame(&mut self, frame: &[u8]) {
        self.send(Message::binary(frame.to_vec())).await;
    }

    /// Sends what the other side may not take any more.
    pub async fn try_frame(&mut self, frame: &[u8]) -> bool {
        self.0.send(Message::binary(frame.to_vec())).await.is_ok()
    }

    pub async fn notice(&mut self) -> Notice {
        match self.next().await {
            Message::Text(text) => Notice::parse(&text).expect("a notice"),
            other => panic!("no notice: {other:?}"),
        }
    }

    /// The next notice, whatever frames come before it.
    pub async fn notice_at_last(&mut self) -> Notice {
        loop {
            match self.next().await {
                Message::Text(text) => return Notice::parse(&text).expect("a notice"),
                Message::Binary(_) => {}
                other => panic!("no notice: {other:?}"),
            }
        }
    }

    pub async fn received(&mut self) -> Vec<u8> {
        match self.next().await {
            Message::Binary(frame) => frame.into(),
            other => panic!("no frame: {other:?}"),
        }
    }

    /// The server says goodbye; gives its code.
    pub async fn closed(&mut self) -> u16 {
        match self.next().await {
            Message::Close(Some(frame)) => frame.code.into(),
            other => panic!("no goodbye: {other:?}"),
        }
    }

    async fn next(&mut self) -> Message {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("something comes");
            match next.expect("the line is open").expect("a message") {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return message,
            }
        }
    }
}

/// A request of whoever holds a ticket.
pub fn with_ticket(method: &str, path: &str, ticket: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::AUTHORIZATION, format!("Bearer {ticket}"))
}
