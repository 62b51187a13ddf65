//! What is tried, and what may come of it.

mod bodies;
mod heads;
mod places;

use std::net::SocketAddr;

/// What may lie behind a place that isn't served: lines of files that are there.
pub const SECRETS: [&str; 3] = ["[workspace.package]", "root:x:0:0", "HERSTELROUTE_"];

pub struct Kind {
    pub what: String,
    pub sent: Vec<u8>,
    pub wanted: Wanted,
}

#[derive(Debug)]
pub enum Wanted {
    /// Nothing more is heard from who sends this: 4xx or nothing, and the line is closed.
    Refused,
    /// One of these once, and the line is closed: nobody knows where the next request begins.
    Closed(&'static [u16]),
    /// One of these, once.
    Once(&'static [u16]),
    /// All of these, in this order.
    Each(Vec<u16>),
}

pub fn all(server: SocketAddr) -> Vec<Kind> {
    let mut kinds = bodies::all();
    kinds.extend(heads::all(server));
    kinds.extend(places::all());
    kinds
}

fn kind(what: impl Into<String>, sent: impl Into<Vec<u8>>, wanted: Wanted) -> Kind {
    Kind { what: what.into(), sent: sent.into(), wanted }
}

const HOST: &str = "Host: herstelroute.test\r\n";

/// A page, with these lines in its head.
fn get(target: &str, lines: &str) -> String {
    format!("GET {target} HTTP/1.1\r\n{HOST}{lines}\r\n")
}
