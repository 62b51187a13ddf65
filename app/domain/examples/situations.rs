//! Prints situations that nobody thought of, one a line, for `cargo xtask rules`: `situations SEED COUNT`. One in eight is
//! impossible, and must be refused in the same words everywhere.

#[path = "../tests/shared/situations.rs"]
mod situations;

use std::env;
use std::error::Error;
use std::io::{self, BufWriter, Write};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut number =
        || arguments.next().ok_or("situations SEED COUNT")?.parse::<u64>().map_err(Box::<dyn Error>::from);
    let (seed, count) = (number()?, number()?);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let situation = prop_oneof![7 => situations::possible(), 1 => situations::readable()];
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..count {
        let situation = situation.new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        serde_json::to_writer(&mut out, &situation)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
