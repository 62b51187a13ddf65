//! Situations that nobody thought of.

use domain::amounts::{
    Child, Damage, DamageKind, FormerPartner, FormerPartnerAnswers, Ground, Situation, Year,
};
use domain::{Cents, Date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const FIRST: Date = Date::constant(2005, 1, 1);

/// Any situation that passes [`Situation::check`], with a taste for what lies at an edge.
/// Any situation that the form lets through.
pub fn possible() -> impl Strategy<Value = Situation> {
    day().prop_map(|on| on.max(FIRST)).prop_flat_map(|on| {
        let dates = (option::of(day_until(on)), option::of(day_until(on))).prop_map(|dates| match dates {
            (Some(one), Some(other)) => (Some(one.min(other)), Some(one.max(other))),
            dates => dates,
        });
        let most = usize::try_from(on.year() - FIRST.year() + 1).unwrap_or_default().min(8);
        let years = option::of(vec(year(FIRST.year()..=on.year()), 0..=most));
        let money = (option::of(amount()), option::of(amount()));
        let people = (vec(born_until(on).prop_map(|born_on| Child { born_on }), 0..4), former_partner());
        (any::<bool>(), money, years, dates, option::of(vec(damage(), 0..5)), people).prop_map(
            move |(recognised, money, years, dates, damages, people)| {
                put_together(Situation::new(on, recognised), money, years, dates, damages, people)
            },
        )
    })
}

/// Any situation that JSON can hold, true or not.
pub fn readable() -> impl Strategy<Value = Situation> {
    let cents = || prop_oneof![any::<i64>(), select(vec![i64::MIN, i64::MAX, -1, 0])].prop_map(Cents);
    let date = || {
        prop_oneof![
            day(),
            (0_i16..=9999, 1_i8..=12, 1_i8..=31).prop_filter_map("a date", |(y, m, d)| Date::new(y, m, d))
        ]
    };
    let year = year_of(any::<i16>(), option::of(cents()), cents());
    let damage = (select(DamageKind::ALL.to_vec()), option::of(cents()), option::of(cents()))
        .prop_map(|(kind, low, high)| Damage { kind, low, high });
    let money = (option::of(cents()), option::of(cents()));
    let dates = (option::of(date()), option::of(date()));
    let people = (vec(date().prop_map(|born_on| Child { born_on }), 0..4), former_partner());
    (date(), any::<bool>(), money, option::of(vec(year, 0..8)), dates, option::of(vec(damage, 0..4)), people)
        .prop_map(|(on, recognised, money, years, dates, damages, people)| {
            put_together(Situation::new(on, recognised), money, years, dates, damages, people)
        })
}

fn year(years: std::ops::RangeInclusive<i16>) -> impl Strategy<Value = Year> {
    let outstanding = prop_oneof![4 => Just(Cents::ZERO), 1 => amount()];
    year_of(years, option::weighted(0.9, amount()), outstanding)
}

fn year_of(
    year: impl Strategy<Value = i16>,
    amount: impl Strategy<Value = Option<Cents>> + Clone,
    outstanding: impl Strategy<Value = Cents>,
) -> impl Strategy<Value = Year> {
    let amounts = [amount.clone(), amount.clone(), amount];
    (year, option::weighted(0.9, select(Ground::ALL.to_vec())), amounts, outstanding).prop_map(
        |(year, ground, [reclaimed, interest_and_costs_paid, missed_interest], outstanding)| Year {
            year,
            ground,
            reclaimed,
            interest_and_costs_paid,
            missed_interest,
            outstanding,
        },
    )
}

fn damage() -> impl Strategy<Value = Damage> {
    (select(DamageKind::ALL.to_vec()), option::weighted(0.9, amount()), option::weighted(0.9, amount()))
        .prop_map(|(kind, one, other)| match one.zip(other) {
            Some((one, other)) => Damage { kind, low: Some(one.min(other)), high: Some(one.max(other)) },
            None => Damage { kind, low: one, high: other },
        })
}

fn former_partner() -> impl Strategy<Value = FormerPartner> {
    let answers = [(); 6].map(|()| any::<Option<bool>>());
    let answers = answers.prop_map(
        |[ex_recognised, earlier_compensation, parted_before_payment, benefit_partner, own, after]| {
            FormerPartner::Answers(FormerPartnerAnswers {
                ex_recognised,
                earlier_compensation,
                parted_before_payment,
                benefit_partner,
                harmed_year_own_children: own,
                decision_and_year_after: after,
            })
        },
    );
    prop_oneof![any::<bool>().prop_map(FormerPartner::Is), answers]
}

/// Nothing, a cent, around the threshold of hardship and the floor, everything.
pub fn amount() -> impl Strategy<Value = Cents> + Clone {
    let edges = vec![0, 1, 2, 149_999, 150_000, 150_001, 2_999_999, 3_000_000, 3_000_001, Cents::MOST.0 / 2];
    prop_oneof![select(edges), 0..=100_i64, 0..=10_000_000_i64].prop_map(Cents)
}

/// Any day, often one on which a rule turns.
pub fn day() -> impl Strategy<Value = Date> {
    let edges = [
        (2005, 1, 1),
        (2005, 12, 31),
        (2008, 2, 29),
        (2014, 8, 31),
        (2022, 11, 5),
        (2023, 7, 1),
        (2025, 11, 24),
        (2025, 11, 25),
        (2026, 3, 31),
        (2026, 4, 1),
        (2026, 11, 22),
        (9999, 12, 31),
    ];
    let edges = select(edges.map(|(year, month, day)| Date::constant(year, month, day)).to_vec());
    let any =
        (2005_i16..2040, 1_i8..=12, 1_i8..=31).prop_filter_map("a date", |(y, m, d)| Date::new(y, m, d));
    prop_oneof![1 => edges, 3 => any]
}

fn day_until(on: Date) -> impl Strategy<Value = Date> {
    day().prop_map(move |day| day.min(on))
}

fn born_until(on: Date) -> impl Strategy<Value = Date> {
    let edges =
        [(1984, 1, 1), (1984, 1, 2), (1983, 12, 31), (2017, 7, 1), (2017, 7, 2), (2005, 7, 1), (2022, 11, 6)];
    let edges = select(edges.map(|(year, month, day)| Date::constant(year, month, day)).to_vec());
    prop_oneof![day(), edges].prop_map(move |day| day.min(on))
}

/// A situation from the parts that a strategy draws: received and legal help, first correction and decision, children and
/// former partner.
fn put_together(
    blank: Situation,
    (received, legal_help): (Option<Cents>, Option<Cents>),
    years: Option<Vec<Year>>,
    (first_correction_on, decision_on): (Option<Date>, Option<Date>),
    damages: Option<Vec<Damage>>,
    (children, former_partner): (Vec<Child>, FormerPartner),
) -> Situation {
    Situation {
        received,
        years,
        first_correction_on,
        decision_on,
        legal_help,
        damages,
        children,
        former_partner,
        ..blank
    }
}
