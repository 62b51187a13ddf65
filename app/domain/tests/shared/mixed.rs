//! Input that may be anything.

use proptest::collection::vec;
use proptest::prelude::*;

/// Bytes at random, or words that stand in such input, in any order.
pub fn mixed(words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let words = vec(prop::sample::select(words), 0..24).prop_map(|words| words.concat().into_bytes());
    prop_oneof![1 => vec(any::<u8>(), 0..64), 3 => words]
}
