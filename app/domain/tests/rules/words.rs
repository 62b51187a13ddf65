//! The word of a thing in texts, styles and forms is the one that stands in files.

use std::collections::BTreeSet;

use domain::amounts::{DamageKind, Ground, Origin, Route};
use domain::parameter::Availability;
use domain::parameters::{floor, ib};
use serde::Serialize;
use serde_json::to_value;

#[track_caller]
fn check<T: Serialize + Copy>(things: &[T], id: impl Fn(T) -> &'static str) {
    for thing in things {
        assert_eq!(to_value(thing).expect("JSON"), id(*thing));
    }
    assert_eq!(things.iter().map(|thing| id(*thing)).collect::<BTreeSet<_>>().len(), things.len());
}

#[test]
fn it_is_the_same_everywhere() {
    check(&Route::ALL, Route::id);
    check(&Ground::ALL, Ground::id);
    check(&DamageKind::ALL, DamageKind::id);
    check(&[Origin::YouSaid, Origin::Rule, Origin::Calculated], Origin::id);
    check(
        &[Availability::Open, Availability::RunningOnly, Availability::Closed, Availability::Check],
        Availability::id,
    );
}

#[test]
fn a_parameter_is_itself_and_no_other() {
    assert!(floor::AMOUNT_ENTRY == floor::AMOUNT_ENTRY);
    assert!(floor::AMOUNT_ENTRY != ib::HALF_YEAR_ENTRY);
}
