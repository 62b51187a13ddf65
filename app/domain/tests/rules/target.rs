//! What must hold of any bytes that come in from outside. `cargo fuzz` (in `app/domain`) looks for bytes that break it for as
//! long as one likes; here it tries some, at random and from words that stand in such input.

mod amounts;
mod dates;
#[path = "../shared/mixed.rs"]
mod mixed;
mod receipt;
mod situation;

use domain::amounts::{Receipt, Situation};
use mixed::mixed;
use proptest::collection::vec;
use proptest::prelude::*;

const AMOUNTS: &[&str] = &[
    "€",
    "\u{a0}",
    " ",
    ".",
    ",",
    ",-",
    ",–",
    "-",
    "−",
    "0",
    "000",
    "30",
    "30.000",
    ",00",
    "9999999999",
    "٣",
    "３",
];
const DATES: &[&str] =
    &["-", "/", ".", " ", "1", "31", "29", "02", "2", "2023", "0000", "9999", "juli", "maart", "mrt", "İ"];
const SITUATIONS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"on\"",
    "\"2026-11-22\"",
    "\"recognised\"",
    "true",
    "null",
    "\"received\"",
    "3000000",
    "\"years\"",
    "\"year\"",
    "2012",
    "\"ground\"",
    "\"compensation\"",
    "\"reclaimed\"",
    "-1",
    "1e9",
    "9223372036854775807",
    "\"damages\"",
    "\"kind\"",
    "\"income\"",
    "\"low\"",
    "\"high\"",
    "\"children\"",
    "\"born_on\"",
    "\"former_partner\"",
    "\"\"",
];

/// Something right, with bytes changed, left out or put in.
fn nearly(right: Vec<u8>, words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0_usize..8, prop::sample::select(words), any::<bool>());
    vec(change, 0..4).prop_map(move |changes| {
        let mut bytes = right.clone();
        for (at, less, word, is_put_in) in changes {
            let at = at.index(bytes.len());
            let end = (at + less).min(bytes.len());
            bytes.splice(at..end, if is_put_in { word.bytes().collect() } else { Vec::new() });
            if bytes.is_empty() {
                break;
            }
        }
        bytes
    })
}

fn right() -> Situation {
    let json = r#"{"on":"2026-11-22","recognised":true,"received":3000000,"years":[{"year":2012,"ground":"compensation",
        "reclaimed":1200000,"interest_and_costs_paid":0,"missed_interest":0}],"first_correction_on":"2014-07-01",
        "decision_on":"2019-12-31","legal_help":0,"damages":[{"kind":"income","low":500000,"high":1500000}],
        "children":[{"born_on":"2010-03-01"}],"former_partner":false}"#;
    Situation::from_json(json).expect("a situation")
}

fn situation_as_json() -> Vec<u8> {
    serde_json::to_vec(&right()).expect("JSON")
}

fn receipt_as_json() -> Vec<u8> {
    serde_json::to_vec(&Receipt::of(right())).expect("JSON")
}

proptest! {
    #[test]
    fn any_bytes_are_an_amount_or_refused(bytes in mixed(AMOUNTS)) {
        amounts::any_bytes(&bytes);
    }

    #[test]
    fn any_bytes_are_a_day_or_none(bytes in mixed(DATES)) {
        dates::any_bytes(&bytes);
    }

    #[test]
    fn any_bytes_are_a_situation_or_refused(
        bytes in prop_oneof![mixed(SITUATIONS), nearly(situation_as_json(), SITUATIONS)],
    ) {
        situation::any_bytes(&bytes);
    }

    #[test]
    fn any_bytes_are_a_receipt_or_refused(
        bytes in prop_oneof![mixed(SITUATIONS), nearly(receipt_as_json(), SITUATIONS)],
    ) {
        receipt::any_bytes(&bytes);
    }
}

#[test]
fn what_is_right_is_taken() {
    amounts::any_bytes("€ 30.000,05".as_bytes());
    dates::any_bytes("1 juli 2014".as_bytes());
    situation::any_bytes(&situation_as_json());
    receipt::any_bytes(&receipt_as_json());
}
