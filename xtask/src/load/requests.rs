//! How many requests for help are kept in a second, each by somebody else.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::scope;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::client::{Line, Request};
use super::times::Times;
use crate::proof::Figures;
use crate::say::number;
use crate::server::{CLIENT_ADDRESS, Running};

const CLIENTS: usize = 32;
const LASTS: Duration = Duration::from_secs(20);

/// A helper who fits most of those requests.
pub const WHAT_A_HELPER_DOES: [(&str, &str); 8] = [
    ("kinds.legal", "yes"),
    ("kinds.experience_expert", "yes"),
    ("languages.nl", "yes"),
    ("languages.tr", "yes"),
    ("regions.utrecht", "yes"),
    ("regions.zeeland", "yes"),
    ("gender", "woman"),
    ("most", "5"),
];

/// Sends them as fast as they are kept, and says how fast that was.
pub fn keep(server: &Running, database: &str, wanted_a_second: usize, figures: &Figures) -> Result<()> {
    let times = Times::default();
    let begun = Instant::now();
    scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let mut line = Line::to(server.address());
                while begun.elapsed() < LASTS {
                    let number = next();
                    let asked = Instant::now();
                    times.add(asked, send(&mut line, number));
                }
            });
        }
    });
    let took = begun.elapsed();
    let kept = times.all_well()? as f64 / took.as_secs_f64();
    figures.add(
        &format!("requests for help kept a second, each on disk before it is acknowledged, {CLIENTS} phones, {database}"),
        &format!("{}; {times}", number(kept)),
        &number(wanted_a_second as f64),
    )?;
    ensure!(kept >= wanted_a_second as f64, "{kept:.0} a second is too few");
    Ok(())
}

/// No two of a run are the same.
pub fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

pub fn send(line: &mut Line, number: u32) -> Result<()> {
    let page = line.ask(&request(number).bytes())?.text();
    ensure!(page.contains("id=\"nummer\""), "it wasn't kept");
    Ok(())
}

pub fn request(number: u32) -> Request {
    let form = format!("{:032x}", 0xbead_0000_0000_4000_8000_0000_0000_0000_u128 + u128::from(number));
    let [_, a, b, c] = number.to_be_bytes();
    let of = |choices: &[&'static str], step: u32| choices[(number / step) as usize % choices.len()];
    let fields = [
        ("at", "check"),
        ("action", "send"),
        ("form", &form),
        ("urgent", if number.is_multiple_of(50) { "yes" } else { "no" }),
        ("kind", of(&["legal", "financial", "psychosocial", "experience_expert"], 1)),
        ("about.step.objection", "yes"),
        ("wish", "find"),
        ("language", of(&["nl", "nl", "nl", "tr", "ar"], 4)),
        ("region", of(&["utrecht", "zeeland", "limburg", "drenthe", "flevoland", "friesland"], 7)),
        ("name", "Fatma"),
        ("reach.phone", "yes"),
        ("phone", "06 12345678"),
        ("moments.morning", "yes"),
        ("story", "De brief van vorige week begrijp ik niet.\nIk wil iemand die met mij meeleest."),
    ];
    Request::post("/hulpvraag", &fields).with(CLIENT_ADDRESS, &format!("10.{a}.{b}.{c}"))
}
