//! Figures for who keeps the server running, as Prometheus reads them: how much and how fast, never who or what.
//!
//! All names and labels stand in this file. A label is a route of ours or a word from a fixed list, so nothing that someone
//! sends can become one, and how many series there are is known beforehand.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{MatchedPath, State};
use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use crate::mail::Delivered;
use crate::store::Store;
use crate::together::Together;

const REQUESTS: &str = "herstelroute_requests_total";
const REQUEST_SECONDS: &str = "herstelroute_request_seconds";
const DATABASE_SECONDS: &str = "herstelroute_database_seconds";
const MEETINGS: &str = "herstelroute_meetings";
const CHAIRS: &str = "herstelroute_chairs";
const MAILS_WAITING: &str = "herstelroute_mails_waiting";
const MAILS: &str = "herstelroute_mails_total";
const UNDER_WAY: &str = "herstelroute_requests_under_way";
const TURNED_AWAY: &str = "herstelroute_requests_turned_away_total";
const AUDIT_ROWS: &str = "herstelroute_audit_rows_total";

/// From what a page costs to what a request may cost at most, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0];
/// Measurements are put together at least this often, also when nobody asks.
const UPKEEP: Duration = Duration::from_secs(5);
/// Nobody waits longer for the outbox.
const PATIENCE: Duration = Duration::from_secs(2);

/// A request was answered.
pub fn answered(method: &Method, route: Option<&MatchedPath>, status: StatusCode, took: Duration) {
    let route = match route {
        Some(route) => route.as_str().to_owned(),
        None if status.is_success() || status.is_redirection() => "files".to_owned(),
        // A path that leads nowhere may hold anything.
        None => "unknown".to_owned(),
    };
    histogram!(REQUEST_SECONDS, "route" => route.clone()).record(took);
    counter!(REQUESTS, "method" => method_word(method), "route" => route, "status" => status_class(status))
        .increment(1);
}

/// A request for which there was no room.
pub fn turned_away() {
    counter!(TURNED_AWAY).increment(1);
}

/// Counts a request that has a place, for as long as it has.
#[must_use]
pub fn under_way() -> UnderWay {
    gauge!(UNDER_WAY).increment(1.0);
    UnderWay(())
}

pub struct UnderWay(());

impl Drop for UnderWay {
    fn drop(&mut self) {
        gauge!(UNDER_WAY).decrement(1.0);
    }
}

/// The database answered who asked whether it is ready.
pub fn database_answered(took: Duration) {
    histogram!(DATABASE_SECONDS).record(took);
}

/// Mails were brought, or weren't.
pub fn delivered(delivered: Delivered) {
    let Delivered { sent, later, failed } = delivered;
    for (outcome, mails) in [("sent", sent), ("later", later), ("failed", failed)] {
        counter!(MAILS, "outcome" => outcome).increment(mails as u64);
    }
}

/// Lines were written into the audit log.
pub fn audited(lines: usize) {
    counter!(AUDIT_ROWS).increment(lines as u64);
}

/// A method in a word of ours: a request may name any.
pub fn method_word(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

const fn status_class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

/// All that was measured in this process since it was made; before, nothing is.
#[derive(Clone)]
pub struct Measures(PrometheusHandle);

impl Measures {
    /// Begins to measure.
    ///
    /// # Errors
    /// This process does so already.
    pub fn begin() -> Result<Measures> {
        let seconds = Matcher::Suffix("_seconds".to_owned());
        let recorder = PrometheusBuilder::new().set_buckets_for_metric(seconds, &BUCKETS)?.build_recorder();
        let measures = Measures(recorder.handle());
        metrics::set_global_recorder(recorder).ok().context("this process measures already")?;
        describe_counter!(REQUESTS, "Requests that were answered");
        describe_histogram!(REQUEST_SECONDS, "From a whole head of a request to the head of its answer");
        describe_gauge!(UNDER_WAY, "Requests that are worked on now");
        describe_counter!(TURNED_AWAY, "Requests that were told to come back, because there was no room");
        describe_histogram!(DATABASE_SECONDS, "How long the database took to answer /readyz");
        describe_gauge!(MEETINGS, "Pairs that look along with each other, as far as this process knows");
        describe_gauge!(CHAIRS, "Browsers in those meetings that are connected to this process");
        describe_gauge!(MAILS_WAITING, "Mails in the outbox that are to be sent, of all processes");
        describe_counter!(MAILS, "What came of mails that this process tried to send");
        describe_counter!(AUDIT_ROWS, "Lines that this process wrote into the audit log");
        // Nothing yet is a figure too.
        delivered(Delivered::default());
        audited(0);
        Ok(measures)
    }

    /// In Prometheus' text format.
    pub async fn shown(&self, store: &Store, together: &Together) -> String {
        let (meetings, chairs) = together.count();
        gauge!(MEETINGS).set(meetings as f64);
        gauge!(CHAIRS).set(chairs as f64);
        let waiting = tokio::time::timeout(PATIENCE, store.mails_waiting()).await;
        // An old number would look like a good one.
        gauge!(MAILS_WAITING).set(waiting.ok().and_then(Result::ok).map_or(f64::NAN, |mails| mails as f64));
        self.0.render()
    }

    /// Answers on a listener of its own, for as long as the process runs: the portal's proxy can't lead anyone here.
    pub async fn serve(self, listener: TcpListener, store: Store, together: Together) {
        let handle = self.0.clone();
        tokio::spawn(async move {
            let mut clock = tokio::time::interval(UPKEEP);
            loop {
                clock.tick().await;
                handle.run_upkeep();
            }
        });
        let router = Router::new().route("/metrics", get(show)).with_state(Arc::new((self, store, together)));
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "figures are shown no more");
        }
    }
}

async fn show(State(all): State<Arc<(Measures, Store, Together)>>) -> impl IntoResponse {
    let (measures, store, together) = &*all;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, measures.shown(store, together).await)
}
