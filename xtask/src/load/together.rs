//! How soon one browser sees what the other did while 500 pairs look along with each other, and what an idle pair costs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{interval_at, sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::times::Times;
use crate::proof::Figures;
use crate::say::{decimal, number};
use crate::server::Running;

const PAIRS: u32 = 500;
const LASTS: Duration = Duration::from_secs(30);
/// Each chair says that it is there…
const BEAT_EVERY: Duration = Duration::from_secs(4);
const BEAT_BYTES: usize = 256;
/// …and she changes something.
const CHANGE_EVERY: Duration = Duration::from_secs(1);
const CHANGE_BYTES: usize = 1024;
/// Until what was made for connecting is gone.
const SETTLES_IN: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(10);

const MOST_MS: f64 = 200.0;
const MOST_BYTES_A_PAIR: u64 = 32 * 1024;

type Socket = WebSocketStream<TcpStream>;

/// Parents sit at one server and helpers at another, or all at the same.
pub fn meet(parents: &Running, helpers: &Running, figures: &Figures) -> Result<()> {
    let tickets = (0..PAIRS).map(|pair| tickets(parents, helpers, pair)).collect::<Result<Vec<_>>>()?;
    let one = parents.address() == helpers.address();
    let before = parents.memory_bytes()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut pairs = Vec::new();
        for (parent, helper) in &tickets {
            pairs.push((sit(parents, parent).await?, sit(helpers, helper).await?));
        }
        sleep(SETTLES_IN).await;
        let bytes = parents.memory_bytes()?.saturating_sub(before) / u64::from(PAIRS);
        let times = Arc::new(Times::default());
        let sent = talk(pairs, &times).await?;
        let seen = times.all_well()?;
        let servers = if one { "one server" } else { "two servers that share PostgreSQL" };
        figures.add(
            &format!("{PAIRS} pairs that look along, each with a change of 1 kB a second, until it arrives: {servers}"),
            &format!("{times}; {} of {} seen", number(seen as f64), number(sent as f64)),
            &format!("p95 {MOST_MS:.0} ms"),
        )?;
        ensure!(seen == sent, "{} changes were lost", sent - seen);
        ensure!(times.percentile(95) <= MOST_MS, "that is too slow");
        // Over two servers, each has half of every pair.
        if one {
            figures.add(
                "a pair that does nothing, in the server's memory",
                &format!("{} kB", decimal(bytes as f64 / 1024.0)),
                &format!("{} kB", MOST_BYTES_A_PAIR / 1024),
            )?;
            ensure!(bytes <= MOST_BYTES_A_PAIR, "that is too much");
        }
        Ok(())
    })
}

/// Of both chairs. Everyone lives somewhere else, for the limits.
fn tickets(parents: &Running, helpers: &Running, pair: u32) -> Result<(String, String)> {
    let [.., high, low] = pair.to_be_bytes();
    let address = format!("10.8.{high}.{low}");
    let name = [high, low].repeat(16);
    let parent = parents.post_bytes_from(&address, "/samen/lijn/begin", &name)?;
    Ok((parent, helpers.post_bytes_from(&address, "/samen/lijn/mee", &name)?))
}

async fn sit(server: &Running, ticket: &str) -> Result<Socket> {
    let stream = TcpStream::connect(server.address()).await?;
    let url = format!("ws://{}/samen/lijn", server.address());
    let (mut socket, _) = tokio_tungstenite::client_async(url, stream).await?;
    socket.send(Message::text(ticket)).await?;
    match timeout(PATIENCE, socket.next()).await?.context("the line broke off")?? {
        Message::Text(state) if state.starts_with("joined") => Ok(socket),
        other => bail!("no seat: {other:?}"),
    }
}

/// All of them do what browsers do, each in its own rhythm; gives how many changes were sent.
async fn talk(pairs: Vec<(Socket, Socket)>, times: &Arc<Times>) -> Result<usize> {
    let begun = Instant::now();
    let (mut senders, mut receivers) = (JoinSet::new(), JoinSet::new());
    for (number, (parent, helper)) in (0..PAIRS).zip(pairs) {
        let first = begun + CHANGE_EVERY * number / PAIRS;
        let ((to_helper, at_parent), (to_parent, at_helper)) = (parent.split(), helper.split());
        senders.spawn(send(to_helper, begun, first, CHANGE_EVERY));
        senders.spawn(send(to_parent, begun, first, BEAT_EVERY));
        receivers.spawn(receive(at_helper, begun, times.clone()));
        receivers.spawn(receive(at_parent, begun, times.clone()));
    }
    let mut sent = 0;
    let mut lines = Vec::new();
    while let Some(done) = senders.join_next().await {
        let (changes, line) = done??;
        sent += changes;
        lines.push(line);
    }
    // What is on its way gets time to arrive.
    sleep(Duration::from_secs(2)).await;
    receivers.shutdown().await;
    Ok(sent)
}

/// Sends something at each tick: a change each time, or none at all; and now and then a sign of life.
async fn send(
    mut line: SplitSink<Socket, Message>,
    begun: Instant,
    first: Instant,
    every: Duration,
) -> Result<(usize, SplitSink<Socket, Message>)> {
    let mut ticks = interval_at(first.into(), every);
    let (mut changes, mut beat_at) = (0, first);
    while begun.elapsed() < LASTS {
        let now = ticks.tick().await.into_std();
        if every == CHANGE_EVERY {
            line.send(frame(begun, CHANGE_BYTES)).await?;
            changes += 1;
        }
        if now >= beat_at {
            line.send(frame(begun, BEAT_BYTES)).await?;
            beat_at += BEAT_EVERY;
        }
    }
    Ok((changes, line))
}

/// Begins with when it was sent.
fn frame(begun: Instant, bytes: usize) -> Message {
    let mut frame = vec![0; bytes];
    let sent = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    frame[..8].copy_from_slice(&sent.to_be_bytes());
    Message::binary(frame)
}

async fn receive(mut line: SplitStream<Socket>, begun: Instant, times: Arc<Times>) {
    while let Some(Ok(message)) = line.next().await {
        match message {
            Message::Binary(frame) if frame.len() == CHANGE_BYTES => {
                let sent: [u8; 8] = frame[..8].try_into().unwrap_or_default();
                times.add(begun + Duration::from_micros(u64::from_be_bytes(sent)), Ok(()));
            }
            Message::Text(notice) => times.add(begun, Err(anyhow::anyhow!("it ended: {notice}"))),
            _ => {}
        }
    }
}
