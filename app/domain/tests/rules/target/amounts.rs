//! Any bytes as an amount that was typed.

use domain::money::Cents;

/// What is taken has the digits that stand there, within bounds, and is read again as it is shown.
pub fn any_bytes(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let Ok(amount) = Cents::parse(&typed) else { return };
    assert!((Cents::ZERO..=Cents::MOST).contains(&amount), "{amount:?} of {typed:?}");
    assert_eq!(Cents::parse(&amount.to_string()), Ok(amount));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let as_euros = amount.0 % 100 == 0 && number(&digits) == amount.0 / 100;
    let as_cents = typed.contains(',') && number(&digits) == amount.0;
    assert!(as_euros || as_cents, "{amount:?} of {typed:?}");
}

fn number(digits: &str) -> i64 {
    digits.parse().unwrap_or(-1)
}
