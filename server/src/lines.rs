//! Lines from browsers: how many there may be, and how long each may take. Who is slow holds a line, and nothing that others
//! wait for.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use tower::Service;

use crate::http::OneTooMany;

/// The most of a head that is waited for, and of an answer that waits to be sent.
const BUFFER_BYTES: usize = 32 * 1024;
/// Those who find no line are told so on one of these; who comes even then, isn't.
const REFUSALS: usize = 256;
/// Files that aren't lines: the database's, those of the site, and lines between two browsers.
#[cfg(unix)]
const OTHER_FILES: u64 = 512;
/// When no line can be had, until it is tried again.
const REST: Duration = Duration::from_millis(200);

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Lines at once. One between two browsers that look along with each other is counted with the meetings.
    pub lines: usize,
    /// From the end of an answer until the next head is whole. A proxy keeps a line that it doesn't use for a minute, and
    /// must be the one who ends it: what it sends on a line that we just ended would be lost.
    pub head: Duration,
    /// Nothing of an answer is taken for so long.
    pub unread: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { lines: 10_000, head: Duration::from_secs(65), unread: Duration::from_secs(20) }
    }
}

impl Limits {
    /// As many lines as this process may have files, after it asked for all that it may.
    #[must_use]
    pub fn of_this_process() -> Limits {
        let limits = Limits::default();
        #[cfg(unix)]
        let limits = Limits { lines: limits.lines.min(files()), ..limits };
        limits
    }
}

#[cfg(unix)]
fn files() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // Where that isn't allowed, it goes on with what it has.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(files.saturating_sub(OTHER_FILES).max(files / 2)).unwrap_or(usize::MAX)
}

/// Answers whoever comes, until told to stop: then lets nobody in, and finishes what is under way.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, told: impl Future<Output = ()>) {
    let (stopping, _) = watch::channel(());
    let lines = Lines {
        router: router.with_state(()),
        limits,
        free: Arc::new(Semaphore::new(limits.lines)),
        refusals: Arc::new(Semaphore::new(REFUSALS)),
    };
    let mut told = pin!(told);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut told => break,
        };
        match accepted {
            Ok((stream, peer)) => lines.open(stream, peer, stopping.subscribe()),
            // She went away while she waited to be let in.
            Err(error)
                if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(error) => {
                tracing::error!(%error, "nobody can be let in");
                tokio::time::sleep(REST).await;
            }
        }
    }
    drop(listener);
    stopping.send_replace(());
    // Each line lets go of it when it ends.
    stopping.closed().await;
}

struct Lines {
    router: Router,
    limits: Limits,
    free: Arc<Semaphore>,
    refusals: Arc<Semaphore>,
}

impl Lines {
    fn open(&self, stream: TcpStream, peer: SocketAddr, stopping: watch::Receiver<()>) {
        let free = self.free.clone().try_acquire_owned();
        let (place, one_too_many) = match free.or_else(|_| self.refusals.clone().try_acquire_owned()) {
            Ok(place) => {
                let one_too_many = Arc::ptr_eq(place.semaphore(), &self.refusals).then_some(OneTooMany);
                (place, one_too_many)
            }
            Err(_) => return,
        };
        let line = Line { router: self.router.clone(), peer, one_too_many, _place: place };
        tokio::spawn(line.answer(stream, self.limits, stopping));
    }
}

/// One browser's, or a proxy's.
struct Line {
    router: Router,
    peer: SocketAddr,
    one_too_many: Option<OneTooMany>,
    _place: OwnedSemaphorePermit,
}

impl Line {
    async fn answer(self, stream: TcpStream, limits: Limits, mut stopping: watch::Receiver<()>) {
        // An answer goes in one piece; without this its end may wait for a sign from the other side.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.unread));
        let service = service_fn(|request| self.route(request));
        let line = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(BUFFER_BYTES)
            .keep_alive(self.one_too_many.is_none())
            .serve_connection(TokioIo::new(Box::pin(stream)), service)
            .with_upgrades();
        let mut line = pin!(line);
        tokio::select! {
            // How a line broke off is of no use to anyone.
            _ = line.as_mut() => return,
            _ = stopping.changed() => line.as_mut().graceful_shutdown(),
        }
        let _ = line.await;
    }

    fn route(
        &self,
        mut request: Request<Incoming>,
    ) -> impl Future<Output = Result<Response<Body>, Infallible>> + use<> {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        if let Some(it) = self.one_too_many {
            request.extensions_mut().insert(it);
        }
        self.router.clone().call(request.map(Body::new))
    }
}
