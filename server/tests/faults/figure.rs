//! Figures for the README, and how much is tried for them.

#[path = "../../../app/domain/tests/shared/figure.rs"]
mod kept;

pub use kept::add;

/// How often something is tried: what the environment says, or what a normal test has time for.
pub fn times(name: &str, normal: u32) -> u32 {
    std::env::var(name).map_or(normal, |times| times.parse().expect("a number"))
}

/// A count as the README writes it: 2.310.
pub fn count(number: u32) -> String {
    let (thousands, rest) = (number / 1_000, number % 1_000);
    if thousands == 0 { rest.to_string() } else { format!("{thousands}.{rest:03}") }
}
