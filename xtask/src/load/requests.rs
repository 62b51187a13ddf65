//! How many requests for help are kept in a second, each by somebody else.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::scope;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::times::Times;
use crate::say::note;
use crate::server::Running;

const CLIENTS: usize = 32;
const LASTS: Duration = Duration::from_secs(20);

/// Sends them as fast as they are kept, and says how fast that was.
pub fn keep(server: &Running, database: &str, wanted_a_second: u32) -> Result<()> {
    let (times, next) = (Times::default(), AtomicU32::new(0));
    let begun = Instant::now();
    scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                while begun.elapsed() < LASTS {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    times.add(Instant::now(), send(server, number));
                }
            });
        }
    });
    let took = begun.elapsed();
    let kept = times.all_well()?;
    note(&format!(
        "requests for help in {database}: {:.0} kept a second, of the {wanted_a_second} that we want; {times}",
        kept as f64 / took.as_secs_f64()
    ));
    Ok(())
}

fn send(server: &Running, number: u32) -> Result<()> {
    let form = format!("{:032x}", 0xbead_0000_0000_4000_8000_0000_0000_0000_u128 + u128::from(number));
    let [_, a, b, c] = number.to_be_bytes();
    let of = |choices: &[&'static str], step: u32| choices[(number / step) as usize % choices.len()];
    let page = server.post_form_from(
        &format!("10.{a}.{b}.{c}"),
        "/hulpvraag",
        &[
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
        ],
    )?;
    ensure!(page.contains("id=\"nummer\""), "it wasn't kept");
    Ok(())
}
